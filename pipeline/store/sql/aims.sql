-- What the tables say of an aim, its document and the catalogue side by side. The meaning of every column stands in
-- views.toml. `catalogue` and `catalogue_national` are made of the catalogue of indicators when a connection is opened.

-- The headings above each measure, from the section down: no action under a heading is found without its words.
CREATE VIEW heading_paths AS
WITH RECURSIVE
items AS MATERIALIZED (SELECT measure_id, parent_id, section, kind, text_normalized FROM measures),
paths AS (
    SELECT measure_id, text_normalized AS heading, concat_ws(' > ', section, text_normalized) AS heading_path
    FROM items
    WHERE parent_id IS NULL
    UNION ALL
    SELECT i.measure_id, i.text_normalized, p.heading_path || ' > ' || i.text_normalized
    FROM items AS i
    JOIN paths AS p ON p.measure_id = i.parent_id
)
SELECT * FROM paths;

CREATE VIEW aims AS
SELECT
    t.branch_code,
    d.branch_name,
    coalesce(t.fiscal_year, d.fiscal_year) AS fiscal_year,
    t.indicator_code,
    t.indicator,
    coalesce(t.indicator_code, t.indicator) AS indicator_key,
    coalesce(c.name_ja, t.indicator) AS indicator_name,
    c.direction,
    t.population,
    t.kind,
    t.number,
    t.basis,
    t.comparator,
    t.value,
    t.unit,
    -- Offices and companies are counted alike; a value in any other unit than the catalogue's is not the indicator's.
    CASE t.unit WHEN 'companies' THEN 'offices' ELSE t.unit END AS unit_family,
    t.basis <> 'absolute' OR c.unit IS NULL OR t.unit IS NOT DISTINCT FROM c.unit
    OR (t.unit IN ('offices', 'companies') AND c.unit IN ('offices', 'companies')) AS unit_fits,
    t.baseline_value,
    CASE
        WHEN t.baseline_value IS NULL THEN NULL
        WHEN t.basis = 'absolute' AND t.unit IS NOT NULL THEN t.unit
        ELSE coalesce(c.unit, CASE t.unit WHEN 'percentage_point' THEN 'percent' ELSE t.unit END)
    END AS baseline_unit,
    t.baseline_year,
    t.condition,
    t.deadline,
    t.statement_normalized AS statement,
    t.section,
    h.heading,
    h.heading_path,
    t.confidence,
    t.reviewed,
    d.grade,
    t.value_underlined AS marked,
    t.edition,
    d.kind AS document_kind,
    CASE
        WHEN t.edition <> 'old' THEN 'plan'
        WHEN d.kind = 'comparison' THEN 'old_column'
        ELSE 'kpi_table'
    END AS read_from,
    d.is_draft,
    d.source_file,
    t.page,
    t.document_id,
    t.target_id,
    'report/documents/' || t.document_id || '.html#' || t.target_id AS link
FROM targets AS t
JOIN documents AS d USING (document_id)
LEFT JOIN catalogue AS c ON c.indicator_code = t.indicator_code
LEFT JOIN heading_paths AS h ON h.measure_id = t.heading_id
WHERE t.edition <> 'reference' AND t.indicator IS NOT NULL AND t.branch_code IS NOT NULL AND t.branch_code <> '00';

-- What the nation aims at: a loaded plan of headquarters goes before a 参考 part or 全国 column of a branch's plan,
-- and that before the catalogue's own list.
CREATE VIEW national_values AS
WITH told AS (
    SELECT
        t.indicator_code,
        coalesce(t.population, c.population) AS population,
        coalesce(t.fiscal_year, d.fiscal_year) AS fiscal_year,
        t.basis,
        t.comparator,
        t.value,
        t.unit,
        t.baseline_value AS result_value,
        t.baseline_year AS result_year,
        t.statement_normalized AS statement,
        CASE WHEN t.branch_code = '00' THEN 'headquarters_plan' ELSE 'reference' END AS source,
        t.document_id,
        t.page,
        'report/documents/' || t.document_id || '.html#' || t.target_id AS link,
        CASE WHEN t.branch_code = '00' THEN 0 ELSE 1 END AS rank_of_source,
        CASE t.kind WHEN 'kpi' THEN 0 WHEN 'branch_target' THEN 1 ELSE 2 END AS rank_of_kind,
        t.condition IS NOT NULL AS is_exception,
        t.edition = 'old' AS is_old,
        d.is_draft,
        t.target_id
    FROM targets AS t
    JOIN documents AS d USING (document_id)
    JOIN catalogue AS c ON c.indicator_code = t.indicator_code
    WHERE (t.edition = 'reference' OR t.branch_code = '00')
        AND (
            t.basis <> 'absolute' OR t.unit IS NOT DISTINCT FROM c.unit
            OR (t.unit IN ('offices', 'companies') AND c.unit IN ('offices', 'companies'))
        )
    UNION ALL
    SELECT
        n.indicator_code, c.population, n.fiscal_year, n.basis, CASE c.direction WHEN 'lower' THEN 'le' ELSE 'ge' END,
        n.value, CASE WHEN n.basis = 'absolute' THEN c.unit END, NULL, NULL, NULL, 'catalogue', NULL, NULL, NULL,
        2, 0, false, false, false, n.indicator_code
    FROM catalogue_national AS n
    JOIN catalogue AS c ON c.indicator_code = n.indicator_code
)
SELECT
    t.indicator_code,
    c.name_ja AS indicator_name,
    t.population,
    t.fiscal_year,
    t.basis,
    t.comparator,
    t.value,
    t.unit,
    t.result_value,
    t.result_year,
    t.statement,
    t.source,
    count(*) OVER same AS sources,
    count(DISTINCT t.value) OVER same > 1 AS sources_differ,
    t.document_id,
    t.page,
    t.link
FROM told AS t
JOIN catalogue AS c ON c.indicator_code = t.indicator_code
WINDOW same AS (PARTITION BY t.indicator_code, t.population, t.fiscal_year)
QUALIFY row_number() OVER (
    PARTITION BY t.indicator_code, t.population, t.fiscal_year
    ORDER BY rank_of_source, is_old, rank_of_kind, is_exception, is_draft, t.target_id
) = 1;

CREATE VIEW indicators AS
WITH seen AS (
    SELECT
        indicator_code,
        list(DISTINCT fiscal_year ORDER BY fiscal_year) AS years,
        count(DISTINCT branch_code) AS branches,
        list(DISTINCT indicator ORDER BY indicator) AS wordings
    FROM aims
    WHERE indicator_code IS NOT NULL
    GROUP BY indicator_code
),
nation AS (
    SELECT
        indicator_code,
        list({
            'fiscal_year': fiscal_year, 'population': population, 'basis': basis, 'value': value, 'unit': unit,
            'result_value': result_value, 'result_year': result_year, 'source': source,
            'document_id': document_id, 'page': page
        } ORDER BY fiscal_year, population) AS national
    FROM national_values
    GROUP BY indicator_code
)
SELECT
    c.indicator_code,
    c.name_ja,
    c.name_en,
    c.unit,
    c.direction,
    c.population,
    c.definition,
    c.definition_en,
    c.numerator,
    c.denominator,
    c.comparable,
    coalesce(s.years, []) AS years,
    coalesce(s.branches, 0) AS branches,
    coalesce(s.wordings, []) AS wordings,
    coalesce(n.national, []) AS national
FROM catalogue AS c
LEFT JOIN seen AS s ON s.indicator_code = c.indicator_code
LEFT JOIN nation AS n ON n.indicator_code = c.indicator_code
ORDER BY c.place;
