-- One row a branch, indicator, population, condition and year, over all loaded plans.
CREATE VIEW kpi_history AS
WITH told AS (
    SELECT
        *,
        CASE read_from WHEN 'plan' THEN 0 WHEN 'old_column' THEN 1 ELSE 2 END AS place,
        -- Of one document only what goes before is a source: a plan figure beside its KPI is not a second one.
        row_number() OVER (
            PARTITION BY branch_code, fiscal_year, indicator_key, population, condition, document_id, edition
            ORDER BY
                NOT unit_fits, CASE kind WHEN 'kpi' THEN 0 WHEN 'branch_target' THEN 1 ELSE 2 END,
                confidence DESC, target_id
        ) AS of_document
    FROM aims
),
sourced AS (
    SELECT
        *,
        row_number() OVER sources AS preference,
        count(*) OVER (PARTITION BY branch_code, fiscal_year, indicator_key, population, condition) AS source_count,
        count(DISTINCT concat_ws('|', basis, value, unit_family)) OVER (
            PARTITION BY branch_code, fiscal_year, indicator_key, population, condition
        ) AS readings,
        list({
            'read_from': read_from, 'value': value, 'unit': unit, 'statement': statement,
            'document_id': document_id, 'page': page, 'target_id': target_id
        }) OVER (
            PARTITION BY branch_code, fiscal_year, indicator_key, population, condition
            ORDER BY place, is_draft, target_id
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) AS sources
    FROM told
    WHERE of_document = 1
    WINDOW sources AS (
        PARTITION BY branch_code, fiscal_year, indicator_key, population, condition
        ORDER BY place, is_draft, target_id
    )
),
results AS (
    SELECT
        branch_code,
        baseline_year,
        indicator_key,
        population,
        any_value(baseline_value ORDER BY is_draft, target_id) AS result_value,
        any_value(baseline_unit ORDER BY is_draft, target_id) AS result_unit
    FROM aims
    WHERE baseline_value IS NOT NULL AND baseline_year IS NOT NULL
    GROUP BY branch_code, baseline_year, indicator_key, population
)
SELECT
    s.branch_code,
    s.branch_name,
    s.fiscal_year,
    s.indicator_code,
    s.indicator_key,
    s.indicator,
    s.indicator_name,
    s.direction,
    s.population,
    s.condition,
    s.kind,
    s.basis,
    s.comparator,
    s.value,
    s.unit,
    s.unit_family,
    s.statement,
    r.result_value,
    r.result_unit,
    s.heading_path,
    s.read_from,
    s.source_count,
    s.sources,
    s.readings > 1 AS conflict,
    CASE
        WHEN s.readings > 1
            THEN list_aggregate(
                list_transform(
                    s.sources,
                    lambda source: concat(
                        coalesce(CAST(source.value AS VARCHAR), '-'), ' ', coalesce(source.unit, ''), ' (',
                        source.document_id, ', p. ', source.page, ')'
                    )
                ),
                'string_agg', ' / '
            )
    END AS conflict_detail,
    s.confidence,
    s.reviewed,
    s.marked,
    s.edition,
    s.document_kind,
    s.page,
    s.document_id,
    s.target_id,
    s.link
FROM sourced AS s
LEFT JOIN results AS r
    ON r.branch_code = s.branch_code
    AND r.baseline_year = s.fiscal_year
    AND r.indicator_key = s.indicator_key
    AND r.population IS NOT DISTINCT FROM s.population
WHERE s.preference = 1;

-- From one year to the next in one row. A year that no plan of the branch speaks of makes nothing added or removed.
CREATE VIEW kpi_changes AS
WITH spoken AS (SELECT DISTINCT branch_code, fiscal_year FROM kpi_history),
paired AS (
    SELECT
        coalesce(now.branch_code, before.branch_code) AS branch_code,
        coalesce(now.branch_name, before.branch_name) AS branch_name,
        coalesce(now.fiscal_year, before.fiscal_year + 1) AS fiscal_year,
        coalesce(now.indicator_code, before.indicator_code) AS indicator_code,
        coalesce(now.indicator_name, before.indicator_name) AS indicator_name,
        coalesce(now.direction, before.direction) AS direction,
        coalesce(now.population, before.population) AS population,
        coalesce(now.condition, before.condition) AS condition,
        before.statement AS old_statement,
        now.statement AS new_statement,
        before.basis AS old_basis,
        now.basis AS new_basis,
        before.value AS old_value,
        now.value AS new_value,
        before.unit AS old_unit,
        now.unit AS new_unit,
        before.unit_family IS NOT DISTINCT FROM now.unit_family AS one_unit,
        before.unit_family IS NOT DISTINCT FROM now.unit_family
        AND before.basis = 'absolute' AND now.basis = 'absolute' AS in_numbers,
        -- Only a comparison marks what it changes.
        CASE WHEN now.document_kind = 'comparison' THEN now.marked END AS marked,
        before.target_id AS old_target_id,
        now.target_id AS new_target_id,
        before.document_id AS old_document_id,
        now.document_id AS new_document_id,
        before.page AS old_page,
        now.page AS new_page,
        before.link AS old_link,
        now.link AS new_link
    FROM kpi_history AS now
    FULL JOIN kpi_history AS before
        ON before.branch_code = now.branch_code
        AND before.fiscal_year = now.fiscal_year - 1
        AND before.indicator_key = now.indicator_key
        AND before.population IS NOT DISTINCT FROM now.population
        AND before.condition IS NOT DISTINCT FROM now.condition
)
SELECT
    p.branch_code,
    p.branch_name,
    p.fiscal_year,
    p.indicator_code,
    p.indicator_name,
    p.direction,
    p.population,
    p.condition,
    CASE
        WHEN p.old_target_id IS NULL THEN 'added'
        WHEN p.new_target_id IS NULL THEN 'removed'
        WHEN p.old_basis <> p.new_basis OR p.old_value IS DISTINCT FROM p.new_value
            OR NOT p.one_unit THEN 'value'
        WHEN p.old_statement IS DISTINCT FROM p.new_statement THEN 'wording'
        ELSE 'none'
    END AS kind,
    p.old_statement,
    p.new_statement,
    p.old_basis,
    p.new_basis,
    p.old_value,
    p.old_unit,
    p.new_value,
    p.new_unit,
    CASE WHEN p.in_numbers THEN round(p.new_value - p.old_value, 6) END AS change,
    CASE
        WHEN p.old_target_id IS NULL OR p.new_target_id IS NULL THEN NULL
        WHEN NOT p.in_numbers OR p.old_value IS NULL OR p.new_value IS NULL THEN 'not_comparable'
        WHEN round(p.new_value - p.old_value, 6) = 0 THEN 'same'
        WHEN p.direction IS NULL THEN 'not_comparable'
        WHEN (p.new_value > p.old_value) = (p.direction = 'higher') THEN 'better'
        ELSE 'worse'
    END AS change_kind,
    p.marked,
    p.old_document_id,
    p.old_page,
    p.old_target_id,
    p.old_link,
    p.new_document_id,
    p.new_page,
    p.new_target_id,
    p.new_link
FROM paired AS p
WHERE (p.old_target_id IS NOT NULL OR (p.branch_code, p.fiscal_year - 1) IN (SELECT (branch_code, fiscal_year) FROM spoken))
    AND (p.new_target_id IS NOT NULL OR (p.branch_code, p.fiscal_year) IN (SELECT (branch_code, fiscal_year) FROM spoken));
