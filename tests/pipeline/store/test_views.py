"""What analysts can ask of the views without a join, and that no number stands where it does not belong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.store.view_meanings import view_meanings
from pipeline.store.views import MATRIX, comment, connect
from tests.pipeline.invented_output import InventedDocument

CHECKUP = ("生活習慣病予防健診実施率", "insured_checkup_rate")
JUDO = ("施術箇所3部位以上、かつ月15日以上の施術の申請の割合", "judo_frequent_treatment_rate")


def ask(output: Path, sql: str) -> list[dict[str, Any]]:
    with connect(output) as connection:
        rows: list[dict[str, Any]] = connection.sql(sql).to_arrow_table().to_pylist()
    return rows


def plan(year: int, code: str = "33", name: str = "岡山", **given: Any) -> InventedDocument:
    return InventedDocument(year, code, name, **given)


def test_every_view_and_each_of_its_columns_is_described(output: Path) -> None:
    with connect(output) as connection:
        comment(connection)
        views = connection.execute(
            "SELECT view_name FROM duckdb_views() WHERE NOT internal AND NOT temporary"
        ).fetchall()
        columns = connection.execute(
            "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE table_name IN (SELECT view_name FROM "
            "duckdb_views() WHERE NOT internal AND NOT temporary) ORDER BY table_name, column_index"
        ).fetchall()
    named = {view for (view,) in views} - {"catalogue", "catalogue_national"}
    assert named - set(view_meanings()) - {name for name, *_ in columns if name not in view_meanings()} == set()
    for view, told in view_meanings().items():
        there = [(column, meaning) for name, column, meaning in columns if name == view]
        assert all(meaning for _, meaning in there), view
        if view != MATRIX:
            assert [column for column, _ in there] == list(told.columns)


def test_less_is_better_where_the_indicator_says_so(tmp_path: Path) -> None:
    for year, rate, share in ((2020, 60.0, 1.2), (2021, 61.0, 1.1)):
        document = plan(year)
        document.target(*CHECKUP, rate, "percent", population="insured", kind="kpi")
        document.target(*JUDO, share, "percent", kind="kpi", comparator="le")
        document.write(tmp_path)
    rows = ask(tmp_path, "SELECT indicator_code, change_kind FROM kpi WHERE fiscal_year = 2021 ORDER BY ALL")
    assert [tuple(row.values()) for row in rows] == [(CHECKUP[1], "better"), (JUDO[1], "better")]
    assert ask(tmp_path, "SELECT change_kind FROM kpi WHERE fiscal_year = 2020") == [{"change_kind": None}] * 2


def test_every_indicator_says_how_it_is_counted_in_both_languages(tmp_path: Path) -> None:
    plan(2021).write(tmp_path)
    rows = ask(tmp_path, "SELECT * FROM indicators")
    assert [row for row in rows if not row["definition"].endswith("。") or not row["definition_en"].endswith(".")] == []
    assert len({row["definition"] for row in rows}) == len(rows)
    rate = next(row for row in rows if row["indicator_code"] == "insured_checkup_rate")
    assert (rate["numerator"], rate["denominator"]) == ("insured_checkup_count", "insured_checkup_eligible")
    assert "40歳以上" in rate["definition"]


def test_companies_and_offices_are_one_unit_from_year_to_year(tmp_path: Path) -> None:
    for year, value, unit in ((2020, 1850.0, "companies"), (2021, 1900.0, "offices"), (2022, 1900.0, "companies")):
        document = plan(year)
        document.target("健康宣言事業所数", "declaration_offices", value, unit, statement=f"{year}")
        document.write(tmp_path)
    kpi = ask(tmp_path, "SELECT fiscal_year, change, change_kind FROM kpi WHERE fiscal_year > 2020 ORDER BY 1")
    assert [tuple(row.values()) for row in kpi] == [(2021, 50.0, "better"), (2022, 0.0, "same")]
    changes = ask(tmp_path, "SELECT fiscal_year, kind, change_kind FROM kpi_changes ORDER BY 1")
    assert [tuple(row.values()) for row in changes] == [(2021, "value", "better"), (2022, "wording", "same")]


def test_what_has_no_two_numbers_is_not_comparable(tmp_path: Path) -> None:
    earlier, later = plan(2020), plan(2021)
    earlier.target(*CHECKUP, 60.0, "percent", population="insured")
    later.target(*CHECKUP, None, None, population="insured", basis="previous_year", comparator="ge")
    earlier.write(tmp_path)
    later.write(tmp_path)
    assert ask(tmp_path, "SELECT change_kind FROM kpi WHERE fiscal_year = 2021") == [{"change_kind": "not_comparable"}]


def test_a_rank_never_stands_in_a_rate_s_column(tmp_path: Path) -> None:
    document = plan(2024)
    document.target(*CHECKUP, 3.0, "rank", population="insured", kind="kpi", page=4)
    document.write(tmp_path)
    assert ask(tmp_path, "SELECT insured_checkup_rate AS rate FROM kpi_matrix") == [{"rate": None}]
    sql = "SELECT reason, value, unit, page FROM kpi_conflicts"
    assert ask(tmp_path, sql) == [{"reason": "unit", "value": 3.0, "unit": "rank", "page": 4}]

    document.target(*CHECKUP, 61.0, "percent", population="insured", page=5)
    document.write(tmp_path)
    assert ask(tmp_path, "SELECT insured_checkup_rate AS rate FROM kpi_matrix") == [{"rate": 61.0}]
    assert ask(tmp_path, "SELECT reason, page, kept_page FROM kpi_conflicts") == [
        {"reason": "unit", "page": 4, "kept_page": 5}
    ]


def test_two_values_of_one_plan_are_listed_with_both_pages(tmp_path: Path) -> None:
    document = plan(2024)
    document.target(*CHECKUP, 60.3, "percent", population="insured", kind="kpi", page=1)
    document.target(*CHECKUP, 59.3, "percent", population="insured", kind="plan_figure", page=2)
    document.write(tmp_path)
    [row] = ask(tmp_path, "FROM kpi_conflicts")
    assert (row["reason"], row["value"], row["page"], row["kept_value"], row["kept_page"]) == (
        "other_value", 59.3, 2, 60.3, 1
    )  # fmt: skip


def test_a_baseline_has_a_unit_though_the_aim_has_none(tmp_path: Path) -> None:
    document = plan(2024)
    document.target(
        *CHECKUP, None, None, population="insured", basis="previous_year", baseline_value=58.1, baseline_year=2023
    )
    document.write(tmp_path)
    sql = "SELECT baseline_value AS value, baseline_unit AS unit, baseline_year AS year FROM kpi"
    assert ask(tmp_path, sql) == [{"value": 58.1, "unit": "percent", "year": 2023}]


def test_the_nation_stands_beside_the_branch_and_not_under_its_code(tmp_path: Path) -> None:
    document = plan(2024)
    document.target(*CHECKUP, 66.0, "percent", population="insured")
    document.target(*CHECKUP, 62.5, "percent", population="insured", edition="reference", page=3)
    document.write(tmp_path)
    sql = "SELECT value, national_value, national_source, national_distance FROM kpi"
    assert [tuple(row.values()) for row in ask(tmp_path, sql)] == [(66.0, 62.5, "reference", 3.5)]

    headquarters = plan(2024, "00", "本部")
    headquarters.target(*CHECKUP, 61.7, "percent", population="insured", baseline_value=57.0, baseline_year=2022)
    headquarters.write(tmp_path)
    assert [tuple(row.values()) for row in ask(tmp_path, sql)] == [(66.0, 61.7, "headquarters_plan", 4.3)]
    [nation] = ask(tmp_path, f"FROM national_values WHERE indicator_code = '{CHECKUP[1]}' AND fiscal_year = 2024")
    assert (nation["sources"], nation["sources_differ"], nation["result_value"], nation["result_year"]) == (
        3, True, 57.0, 2022
    )  # fmt: skip


def test_heads_are_not_measured_against_the_nation_s_sum(tmp_path: Path) -> None:
    document = plan(2024)
    document.target("健康宣言事業所数", "declaration_offices", 1850.0, "companies")
    document.write(tmp_path)
    sql = "SELECT national_value, national_distance FROM kpi"
    assert ask(tmp_path, sql) == [{"national_value": 100000.0, "national_distance": None}]


def test_branches_have_places_by_what_is_better(tmp_path: Path) -> None:
    for code, rate, share in (("33", 60.0, 1.0), ("43", 66.5, 2.0), ("13", 60.0, 0.5)):
        document = plan(2021, code, code)
        document.target(*CHECKUP, rate, "percent", population="insured")
        document.target(*JUDO, share, "percent", comparator="le")
        document.write(tmp_path)
    sql = "SELECT branch_code, rank, ranked_branches AS of FROM kpi WHERE indicator_code = '{}' ORDER BY ALL"
    assert [tuple(r.values()) for r in ask(tmp_path, sql.format(CHECKUP[1]))] == [
        ("13", 2, 3),
        ("33", 2, 3),
        ("43", 1, 3),
    ]
    assert [tuple(r.values()) for r in ask(tmp_path, sql.format(JUDO[1]))] == [("13", 1, 3), ("33", 2, 3), ("43", 3, 3)]


def test_an_aim_has_the_headings_above_it(tmp_path: Path) -> None:
    document = plan(2024)
    part = document.add("measures", kind="heading", section="戦略的", text_normalized="医療費の適正化", level=0)
    leaf = document.add("measures", kind="heading", section="戦略的", text_normalized="ジェネリック", parent_id=part)
    document.target("使用割合", "generic_rate", 80.0, "percent", heading_id=leaf)
    document.write(tmp_path)
    [row] = ask(tmp_path, "SELECT heading, heading_path FROM kpi")
    assert tuple(row.values()) == ("ジェネリック", "戦略的 > 医療費の適正化 > ジェネリック")


def test_a_year_is_told_by_its_own_plan_then_by_the_next_comparison(tmp_path: Path) -> None:
    comparison = plan(2021, kind="comparison")
    comparison.target(*CHECKUP, 61.0, "percent", population="insured", edition="new", fiscal_year=2021)
    comparison.target(*CHECKUP, 59.0, "percent", population="insured", edition="old", fiscal_year=2020, page=7)
    comparison.write(tmp_path)
    sql = "SELECT value, read_from, source_count, conflict, conflict_detail FROM kpi_history WHERE fiscal_year = 2020"
    assert [tuple(row.values()) for row in ask(tmp_path, sql)] == [(59.0, "old_column", 1, False, None)]

    own = plan(2020)
    own.target(*CHECKUP, 60.0, "percent", population="insured", page=4)
    own.write(tmp_path)
    [row] = ask(tmp_path, sql)
    assert (row["value"], row["read_from"], row["source_count"], row["conflict"]) == (60.0, "plan", 2, True)
    assert row["conflict_detail"] == (
        f"60.0 percent ({own.document_id}, p. 4) / 59.0 percent ({comparison.document_id}, p. 7)"
    )


def test_a_column_of_an_earlier_year_and_a_result_fill_the_history(tmp_path: Path) -> None:
    table = plan(2024)
    table.target(
        *CHECKUP, 64.0, "percent", population="insured", edition="new", fiscal_year=2024, baseline_value=58.0,
        baseline_year=2022,
    )  # fmt: skip
    table.target(*CHECKUP, 62.0, "percent", population="insured", edition="old", fiscal_year=2022)
    table.write(tmp_path)
    sql = "SELECT fiscal_year, value, read_from, result_value FROM kpi_history ORDER BY fiscal_year"
    assert [tuple(row.values()) for row in ask(tmp_path, sql)] == [
        (2022, 62.0, "kpi_table", 58.0), (2024, 64.0, "plan", None)
    ]  # fmt: skip


def test_a_change_stands_in_one_row_old_beside_new(tmp_path: Path) -> None:
    comparison = plan(2021, kind="comparison")
    both = {"population": "insured", "kind": "kpi"}
    comparison.target(*CHECKUP, 60.0, "percent", edition="old", fiscal_year=2020, statement="60%以上とする", **both)
    comparison.target(
        *CHECKUP, 58.5, "percent", edition="new", fiscal_year=2021, statement="58.5%以上", value_underlined=True, **both
    )
    comparison.target(*JUDO, 1.0, "percent", edition="new", fiscal_year=2021)
    comparison.target("郵送化率", "postal_application_rate", 95.0, "percent", edition="old", fiscal_year=2020)
    comparison.write(tmp_path)
    rows = {row["indicator_code"]: row for row in ask(tmp_path, "FROM kpi_changes")}
    lowered = rows[CHECKUP[1]]
    assert (lowered["old_statement"], lowered["new_statement"], lowered["change"]) == (
        "60%以上とする",
        "58.5%以上",
        -1.5,
    )
    assert (lowered["kind"], lowered["change_kind"], lowered["marked"]) == ("value", "worse", True)
    assert rows[JUDO[1]]["kind"] == "added"
    assert rows["postal_application_rate"]["kind"] == "removed"


def test_a_year_of_which_nothing_is_loaded_adds_and_removes_nothing(tmp_path: Path) -> None:
    document = plan(2021)
    document.target(*CHECKUP, 60.0, "percent", population="insured")
    document.write(tmp_path)
    assert ask(tmp_path, "FROM kpi_changes") == []


def test_an_indicator_is_listed_with_years_wordings_and_the_nation(tmp_path: Path) -> None:
    for year, wording in ((2020, "生活習慣病予防健診受診率"), (2021, "生活習慣病予防健診実施率")):
        document = plan(year)
        document.target(wording, CHECKUP[1], 60.0, "percent", population="insured")
        document.write(tmp_path)
    [row] = ask(tmp_path, f"FROM indicators WHERE indicator_code = '{CHECKUP[1]}'")
    assert (row["unit"], row["direction"], row["years"]) == ("percent", "higher", [2020, 2021])
    assert row["wordings"] == ["生活習慣病予防健診受診率", "生活習慣病予防健診実施率"]
    assert {nation["fiscal_year"]: nation["value"] for nation in row["national"]}[2021] == 58.5
