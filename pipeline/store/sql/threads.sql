-- Measures followed over the years of a branch (thread) and over branches (topic); `thread_links` is made by ingest.

CREATE VIEW thread_items AS
SELECT
    l.*,
    CASE WHEN m.edition = 'reference' THEN '00' ELSE d.branch_code END AS branch_code,
    CASE WHEN m.edition = 'reference' THEN '本部' ELSE d.branch_name END AS branch_name,
    coalesce(m.fiscal_year, d.fiscal_year - CAST(m.edition = 'old' AS INTEGER)) AS fiscal_year,
    m.kind,
    m.edition,
    m.section,
    coalesce(p.heading_path, m.section) AS heading_path,
    m.text_normalized AS text,
    m.document_id,
    m.page,
    m.ordinal,
    'report/documents/' || m.document_id || '.html#' || m.measure_id AS link
FROM thread_links AS l
JOIN measures AS m USING (measure_id)
JOIN documents AS d USING (document_id)
LEFT JOIN heading_paths AS p ON p.measure_id = m.parent_id;

CREATE VIEW threads AS
WITH items AS MATERIALIZED (SELECT * FROM thread_items),
spans AS (
    SELECT
        thread_id,
        min(fiscal_year) AS first_year,
        max(fiscal_year) AS last_year,
        count(DISTINCT fiscal_year) AS years
    FROM items
    GROUP BY thread_id
),
branch_years AS (
    SELECT branch_code, min(fiscal_year) AS first_loaded, max(fiscal_year) AS last_loaded
    FROM items
    GROUP BY branch_code
),
topics AS (
    SELECT
        topic_id,
        min(fiscal_year) FILTER (branch_code <> '00') AS topic_first_year,
        bool_or(branch_code = '00') AS in_national_plan
    FROM items
    GROUP BY topic_id
),
doing AS (
    SELECT topic_id, fiscal_year, list(branch_name ORDER BY branch_code) AS topic_branches
    FROM (SELECT DISTINCT topic_id, fiscal_year, branch_code, branch_name FROM items WHERE branch_code <> '00')
    GROUP BY topic_id, fiscal_year
),
beginners AS (
    SELECT d.topic_id, d.topic_branches AS topic_first_branches
    FROM doing AS d
    JOIN topics AS t ON t.topic_id = d.topic_id AND t.topic_first_year = d.fiscal_year
)
SELECT
    i.thread_id,
    i.topic_id,
    i.branch_code,
    i.branch_name,
    i.fiscal_year,
    i.kind,
    i.section,
    i.heading_path,
    i.text,
    i.linked,
    i.similarity,
    before.fiscal_year AS previous_year,
    before.text AS previous_text,
    s.first_year,
    s.last_year,
    s.years,
    s.first_year = i.fiscal_year AND i.fiscal_year > b.first_loaded AS is_new,
    s.last_year = i.fiscal_year AND i.fiscal_year < b.last_loaded AND i.merged_into IS NULL AS is_dropped,
    i.topic_similarity,
    t.topic_first_year,
    f.topic_first_branches,
    coalesce(o.topic_branches, []) AS topic_branches,
    t.in_national_plan,
    i.edition,
    i.document_id,
    i.page,
    i.ordinal,
    i.measure_id,
    i.previous_measure_id,
    i.merged_into,
    i.link
FROM items AS i
LEFT JOIN items AS before ON before.measure_id = i.previous_measure_id
JOIN spans AS s ON s.thread_id = i.thread_id
JOIN branch_years AS b ON b.branch_code = i.branch_code
JOIN topics AS t ON t.topic_id = i.topic_id
LEFT JOIN beginners AS f ON f.topic_id = i.topic_id
LEFT JOIN doing AS o ON o.topic_id = i.topic_id AND o.fiscal_year = i.fiscal_year
WHERE i.linked <> 'repeated';

-- What headquarters' plan of a year asks for and a branch's plan of that year does not take up.
CREATE VIEW national_gaps AS
WITH items AS MATERIALIZED (SELECT * FROM thread_items),
national AS (
    SELECT *
    FROM items
    WHERE branch_code = '00' AND linked <> 'repeated' AND kind IN ('heading', 'action', 'target')
    QUALIFY row_number() OVER (PARTITION BY topic_id, fiscal_year ORDER BY document_id, ordinal) = 1
),
plans AS (SELECT DISTINCT branch_code, branch_name, fiscal_year FROM items WHERE branch_code <> '00')
SELECT
    p.branch_code,
    p.branch_name,
    n.fiscal_year,
    n.topic_id,
    n.kind,
    n.section,
    n.heading_path,
    n.text,
    n.document_id,
    n.page,
    n.measure_id,
    n.link
FROM plans AS p
JOIN national AS n ON n.fiscal_year = p.fiscal_year
WHERE NOT EXISTS (
    SELECT 1
    FROM items AS i
    WHERE i.topic_id = n.topic_id AND i.fiscal_year = n.fiscal_year AND i.branch_code = p.branch_code
);
