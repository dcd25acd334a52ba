-- Views for people over the tables. Every column has a comment; `branch-plans query` without SQL prints them.

CREATE VIEW aims AS
SELECT
    t.branch_code,
    d.branch_name,
    coalesce(t.fiscal_year, d.fiscal_year) AS fiscal_year,
    t.indicator_code,
    t.indicator,
    coalesce(t.indicator_code, t.indicator) AS indicator_key,
    t.population,
    t.kind,
    t.number,
    t.basis,
    t.comparator,
    t.value,
    t.unit,
    t.baseline_value,
    t.baseline_year,
    t.condition,
    t.statement_normalized AS statement,
    t.section,
    t.confidence,
    t.edition,
    d.is_draft,
    d.source_file,
    t.page,
    t.document_id,
    t.target_id
FROM targets AS t
JOIN documents AS d USING (document_id)
WHERE t.edition <> 'reference' AND t.indicator IS NOT NULL AND t.branch_code IS NOT NULL;

-- Where several rows speak of one branch, year and indicator, the plan of that year goes before the old column of the
-- next year's comparison, a KPI before a plan figure, a rule for all before an exception, a final plan before a draft.
CREATE VIEW kpi AS
WITH ranked AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY branch_code, fiscal_year, indicator_key, population
            ORDER BY
                edition = 'old',
                CASE kind WHEN 'kpi' THEN 0 WHEN 'branch_target' THEN 1 ELSE 2 END,
                condition IS NOT NULL,
                is_draft,
                confidence DESC,
                target_id
        ) AS preference
    FROM aims
),
one AS (SELECT * FROM ranked WHERE preference = 1)
SELECT
    now.branch_code,
    now.branch_name,
    now.fiscal_year,
    now.indicator_code,
    now.indicator,
    now.population,
    now.kind,
    now.basis,
    now.comparator,
    now.value,
    now.unit,
    CASE WHEN before.basis = 'absolute' AND before.unit IS NOT DISTINCT FROM now.unit THEN before.value END
        AS previous_value,
    CASE
        WHEN now.basis = 'absolute' AND before.basis = 'absolute' AND before.unit IS NOT DISTINCT FROM now.unit
        THEN round(now.value - before.value, 6)
    END AS change,
    now.baseline_value,
    now.baseline_year,
    now.condition,
    now.statement,
    now.section,
    now.confidence,
    now.edition,
    now.source_file,
    now.page,
    now.document_id,
    now.target_id
FROM one AS now
LEFT JOIN one AS before
    ON before.branch_code = now.branch_code
    AND before.fiscal_year = now.fiscal_year - 1
    AND before.indicator_key = now.indicator_key
    AND before.population IS NOT DISTINCT FROM now.population;

CREATE VIEW latest AS
SELECT * FROM kpi
QUALIFY fiscal_year = max(fiscal_year) OVER (PARTITION BY branch_code);

COMMENT ON VIEW aims IS 'Every aim of a branch beside its document: targets joined with documents.';
COMMENT ON VIEW kpi IS 'One row a branch, fiscal year, indicator and population, beside the year before.';
COMMENT ON VIEW latest IS 'The rows of kpi for the newest fiscal year of each branch.';
COMMENT ON COLUMN kpi.previous_value IS 'The value aimed at the year before, in the same unit.';
COMMENT ON COLUMN kpi.change IS 'value minus previous_value, where both are absolute and of one unit.';
COMMENT ON COLUMN latest.previous_value IS 'The value aimed at the year before, in the same unit.';
COMMENT ON COLUMN latest.change IS 'value minus previous_value, where both are absolute and of one unit.';
COMMENT ON COLUMN latest.statement IS 'The aim, normalised.';
COMMENT ON COLUMN aims.statement IS 'The aim, normalised.';
COMMENT ON COLUMN kpi.statement IS 'The aim, normalised.';
COMMENT ON COLUMN aims.indicator_key IS 'The indicator''s catalogue code, its wording where it has none.';
