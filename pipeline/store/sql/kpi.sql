-- One row a branch, year, indicator and population. Where several rows speak of it, the plan of that year goes before
-- the old column of the next year's comparison, a value in the indicator's own unit before any other, a KPI before a
-- plan figure, a rule for all before an exception, a final plan before a draft.
CREATE VIEW preferred_aims AS
SELECT
    *,
    row_number() OVER (
        PARTITION BY branch_code, fiscal_year, indicator_key, population
        ORDER BY
            edition = 'old',
            NOT unit_fits,
            CASE kind WHEN 'kpi' THEN 0 WHEN 'branch_target' THEN 1 ELSE 2 END,
            condition IS NOT NULL,
            is_draft,
            confidence DESC,
            target_id
    ) AS preference
FROM aims;

CREATE VIEW kpi AS
WITH one AS (SELECT * FROM preferred_aims WHERE preference = 1),
beside AS (
    SELECT
        now.*,
        before.target_id IS NOT NULL AS has_previous,
        CASE
            WHEN before.basis = 'absolute' AND before.unit_family IS NOT DISTINCT FROM now.unit_family
                THEN before.value
        END AS previous_value,
        n.value AS nation,
        n.basis AS nation_basis,
        n.source AS nation_source,
        CASE n.unit WHEN 'companies' THEN 'offices' ELSE n.unit END AS nation_unit,
        c.comparable
    FROM one AS now
    LEFT JOIN one AS before
        ON before.branch_code = now.branch_code
        AND before.fiscal_year = now.fiscal_year - 1
        AND before.indicator_key = now.indicator_key
        AND before.population IS NOT DISTINCT FROM now.population
    LEFT JOIN catalogue AS c ON c.indicator_code = now.indicator_code
    LEFT JOIN national_values AS n
        ON n.indicator_code = now.indicator_code
        AND n.fiscal_year = now.fiscal_year
        AND (
            n.population IS NOT DISTINCT FROM now.population
            OR (c.population IS NOT NULL AND n.population = c.population AND now.population IS NULL)
        )
)
SELECT
    branch_code,
    branch_name,
    fiscal_year,
    indicator_code,
    indicator,
    indicator_name,
    direction,
    population,
    kind,
    number,
    basis,
    comparator,
    value,
    unit,
    unit_fits,
    previous_value,
    CASE WHEN basis = 'absolute' THEN round(value - previous_value, 6) END AS change,
    CASE
        WHEN NOT has_previous THEN NULL
        WHEN basis <> 'absolute' OR value IS NULL OR previous_value IS NULL THEN 'not_comparable'
        WHEN round(value - previous_value, 6) = 0 THEN 'same'
        WHEN direction IS NULL THEN 'not_comparable'
        WHEN (value > previous_value) = (direction = 'higher') THEN 'better'
        ELSE 'worse'
    END AS change_kind,
    baseline_value,
    baseline_unit,
    baseline_year,
    nation AS national_value,
    nation_basis AS national_basis,
    nation_source AS national_source,
    CASE
        WHEN comparable AND basis = 'absolute' AND nation_basis = 'absolute' AND nation_unit = unit_family
            THEN round(value - nation, 6)
    END AS national_distance,
    CASE
        WHEN direction IS NOT NULL AND basis = 'absolute' AND value IS NOT NULL AND unit_fits
            THEN rank() OVER (
                PARTITION BY
                    fiscal_year, indicator_key, population, unit_family,
                    direction IS NOT NULL AND basis = 'absolute' AND value IS NOT NULL AND unit_fits
                ORDER BY CASE direction WHEN 'lower' THEN value ELSE -value END
            )
    END AS rank,
    CASE
        WHEN direction IS NOT NULL AND basis = 'absolute' AND value IS NOT NULL AND unit_fits
            THEN count(*) OVER (
                PARTITION BY
                    fiscal_year, indicator_key, population, unit_family,
                    direction IS NOT NULL AND basis = 'absolute' AND value IS NOT NULL AND unit_fits
            )
    END AS ranked_branches,
    condition,
    deadline,
    statement,
    section,
    heading,
    heading_path,
    confidence,
    reviewed,
    grade,
    edition,
    is_draft,
    source_file,
    page,
    document_id,
    target_id,
    link
FROM beside;

CREATE VIEW latest AS
SELECT * FROM kpi
QUALIFY fiscal_year = max(fiscal_year) OVER (PARTITION BY branch_code);

-- What was set aside so that kpi and kpi_matrix hold one value of one unit, and why.
CREATE VIEW kpi_conflicts AS
SELECT
    other.branch_code,
    other.branch_name,
    other.fiscal_year,
    other.indicator_code,
    other.indicator_name,
    other.population,
    CASE
        WHEN NOT other.unit_fits THEN 'unit'
        WHEN other.document_id <> kept.document_id THEN 'other_document'
        ELSE 'other_value'
    END AS reason,
    other.kind,
    other.basis,
    other.value,
    other.unit,
    other.condition,
    other.statement,
    other.document_id,
    other.page,
    other.target_id,
    other.link,
    kept.value AS kept_value,
    kept.unit AS kept_unit,
    kept.statement AS kept_statement,
    kept.document_id AS kept_document_id,
    kept.page AS kept_page,
    kept.target_id AS kept_target_id
FROM preferred_aims AS other
JOIN preferred_aims AS kept
    ON kept.preference = 1
    AND kept.branch_code = other.branch_code
    AND kept.fiscal_year = other.fiscal_year
    AND kept.indicator_key = other.indicator_key
    AND kept.population IS NOT DISTINCT FROM other.population
WHERE (other.preference = 1 AND NOT other.unit_fits)
    OR (
        other.preference > 1
        AND other.basis = 'absolute'
        AND other.condition IS NOT DISTINCT FROM kept.condition
        AND (
            other.value IS DISTINCT FROM kept.value
            OR other.unit_family IS DISTINCT FROM kept.unit_family
            OR kept.basis <> 'absolute'
        )
    );
