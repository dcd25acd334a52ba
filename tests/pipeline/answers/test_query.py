"""What analysts may ask in SQL, and what no query may do."""

from __future__ import annotations

import contextlib
import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.answers.bounded import QueryBounds, QueryError
from pipeline.answers.query import QueryFormat, describe, read_parameters, run_query
from pipeline.store.columns import TABLES
from pipeline.store.dataset import OutputError
from tests.pipeline.invented_output import InventedDocument


def ask(output: Path, sql: str, form: QueryFormat = "json", width: int | None = None) -> str:
    answer = io.BytesIO()
    run_query(output, sql, form, answer, width=width)
    return answer.getvalue().decode()


def rows(output: Path, sql: str) -> list[dict[str, object]]:
    return json.loads(ask(output, sql))


def test_the_year_before_stands_beside_each_value(output: Path) -> None:
    sql = "SELECT value, previous_value, change FROM kpi WHERE branch_code = '33' AND value = 60.3"
    [row] = rows(output, sql)
    assert row == {"value": 60.3, "previous_value": 57.0, "change": 3.3}


def test_an_old_column_stands_in_for_a_plan_that_is_not_there(tmp_path: Path) -> None:
    comparison = InventedDocument(2024, "33", "岡山", kind="comparison")
    comparison.target("健診実施率", "rate", 60.0, "percent", edition="new", fiscal_year=2024)
    comparison.target("健診実施率", "rate", 55.0, "percent", edition="old", fiscal_year=2023)
    comparison.write(tmp_path)
    assert rows(tmp_path, "SELECT previous_value FROM kpi WHERE fiscal_year = 2024") == [{"previous_value": 55.0}]

    before = InventedDocument(2023, "33", "岡山")
    before.target("健診実施率", "rate", 54.0, "percent")
    before.write(tmp_path)
    assert rows(tmp_path, "SELECT previous_value FROM kpi WHERE fiscal_year = 2024") == [{"previous_value": 54.0}]


def test_a_rule_for_all_goes_before_its_exception(tmp_path: Path) -> None:
    plan = InventedDocument(2024, "33", "岡山")
    plan.target("使用割合", "generic", None, None, basis="previous_year", condition="80%以上の支部", kind="kpi")
    plan.target("使用割合", "generic", 80.0, "percent", kind="kpi")
    plan.write(tmp_path)
    assert rows(tmp_path, "SELECT value, condition FROM kpi") == [{"value": 80.0, "condition": None}]


def test_populations_are_never_mixed(tmp_path: Path) -> None:
    plan = InventedDocument(2024, "33", "岡山")
    plan.target("実施率", "guidance", 20.0, "percent", population="insured")
    plan.target("実施率", "guidance", 8.0, "percent", population="dependents")
    plan.write(tmp_path)
    [row] = rows(tmp_path, "FROM kpi_matrix")
    assert (row["guidance_insured"], row["guidance_dependents"]) == (20.0, 8.0)


def test_a_change_of_unit_is_no_change_of_value(tmp_path: Path) -> None:
    for year, unit in ((2023, "offices"), (2024, "people")):
        plan = InventedDocument(year, "33", "岡山")
        plan.target("健康宣言", "declared", float(year), unit)
        plan.write(tmp_path)
    [row] = rows(tmp_path, "SELECT previous_value, change FROM kpi WHERE fiscal_year = 2024")
    assert row == {"previous_value": None, "change": None}


def test_the_matrix_has_a_row_a_branch_and_year(output: Path) -> None:
    matrix = rows(output, "SELECT branch_code, fiscal_year, checkup_rate FROM kpi_matrix ORDER BY ALL")
    assert [tuple(row.values()) for row in matrix] == [
        ("13", 2024, 52.0), ("33", 2023, 57.0), ("33", 2024, 60.3), ("43", 2023, 65.1), ("43", 2024, 66.5)
    ]  # fmt: skip


def test_latest_holds_each_branch_s_newest_year(output: Path) -> None:
    assert rows(output, "SELECT DISTINCT fiscal_year FROM latest") == [{"fiscal_year": 2024}]


@pytest.mark.parametrize("table", TABLES)
def test_every_table_can_be_asked_even_when_empty(output: Path, table: str) -> None:
    assert rows(output, f"SELECT count(*) >= 0 AS counted FROM {table}") == [{"counted": True}]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('{file}')",
        "SELECT * FROM read_text('{file}')",
        "SELECT * FROM read_blob('{file}')",
        "SELECT * FROM '{file}'",
        "SELECT * FROM read_parquet('{parquet}')",
        "SELECT * FROM glob('/*')",
        "COPY (SELECT 1) TO '{new}'",
        "EXPORT DATABASE '{new}'",
        "ATTACH '{new}'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET temp_directory = '{new}'",
        "PRAGMA enable_profiling",
        "CREATE TABLE kept AS SELECT 1",
        "DROP VIEW kpi",
        "DELETE FROM targets",
        "SELECT 1; COPY (SELECT 1) TO '{new}'",
        "SELECT * FROM secret_frame",
        "",
    ],
)
def test_a_query_reads_no_other_file_and_writes_nothing(
    output: Path, tmp_path_factory: pytest.TempPathFactory, sql: str
) -> None:
    secret_frame = TABLES  # a Python name that DuckDB must not find
    assert secret_frame
    other = tmp_path_factory.mktemp("other")
    (other / "secret.csv").write_text("a\n1\n", encoding="utf-8")
    parquet = next((output / "tables").rglob("*.parquet"))
    before = sorted(path for path in [*other.rglob("*"), *output.rglob("*")])
    with pytest.raises(QueryError):
        ask(output, sql.format(file=other / "secret.csv", parquet=parquet, new=other / "new"))
    assert sorted(path for path in [*other.rglob("*"), *output.rglob("*")]) == before


def test_a_sort_too_large_for_memory_spills_to_no_file(output: Path) -> None:
    assert rows(output, "SELECT current_setting('temp_directory') AS place")[0]["place"] in ("", None)


def test_csv_has_a_heading_and_lists_as_json(output: Path) -> None:
    answer = list(csv.reader(io.StringIO(ask(output, "SELECT branch_code, notes FROM targets LIMIT 1", "csv"))))
    assert answer[0] == ["branch_code", "notes"]
    assert json.loads(answer[1][1]) == []


def test_parquet_reads_back(output: Path) -> None:
    answer = io.BytesIO()
    run_query(output, "SELECT value FROM kpi ORDER BY value DESC LIMIT 1", "parquet", answer)
    assert pq.read_table(io.BytesIO(answer.getvalue())).to_pylist() == [{"value": 66.5}]


def test_a_table_too_wide_for_the_terminal_turns_on_its_side(output: Path) -> None:
    sql = "SELECT branch_name, statement, source_file, target_id FROM kpi WHERE branch_code = '13' AND value = 52"
    assert "branch_name  東京\n" in ask(output, sql, "table", width=60)
    assert "東京" in ask(output, sql, "table").splitlines()[2]


def test_text_from_a_document_cannot_steer_the_terminal(tmp_path: Path) -> None:
    plan = InventedDocument(2024, "33", "岡山", title="\x1b[2Jplan\r")
    plan.write(tmp_path)
    answer = ask(tmp_path, "SELECT title FROM documents", "table")
    assert "\x1b" not in answer
    assert "\r" not in answer


def test_describe_names_every_table_view_and_column_with_a_meaning(output: Path) -> None:
    lines = describe(output).splitlines()
    for table in TABLES.values():
        assert f"{table.name}: one row {table.row}" in lines
    for view in ("kpi", "kpi_matrix", "latest"):
        assert any(line.startswith(f"{view} (view): ") for line in lines)
    columns = [line for line in lines if line.startswith("  ")]
    assert [line for line in columns if len(line.split()) < 3] == []


def test_a_folder_without_tables_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="branch-plans ingest"):
        ask(tmp_path / "nowhere", "SELECT 1")


@pytest.mark.parametrize("sql", ["SELEC", "SELECT nothing FROM kpi", "SELECT * FROM nowhere"])
def test_what_is_wrong_with_a_question_is_said_in_one_line(output: Path, sql: str) -> None:
    with pytest.raises(QueryError) as told:
        ask(output, sql)
    assert "\n" not in str(told.value)
    assert "branch-plans query" in str(told.value)


def test_parameters_stand_for_values(output: Path) -> None:
    answer = io.BytesIO()
    sql = "SELECT value FROM kpi WHERE branch_code = $code AND fiscal_year = $year AND value IS NOT NULL"
    run_query(output, sql, "json", answer, parameters=read_parameters(["code=33", "year=2024"]))
    assert json.loads(answer.getvalue()) == [{"value": 60.3}]


def test_what_parameters_mean_is_told_by_their_form() -> None:
    given = ["year=2024", "rate=60.5", "code=01", "name=岡山=x", "none=", "less=-3"]
    assert read_parameters(given) == {
        "year": 2024, "rate": 60.5, "code": "01", "name": "岡山=x", "none": None, "less": -3
    }  # fmt: skip


@pytest.mark.parametrize(
    ("sql", "given", "said"),
    [
        ("SELECT $year", [], "year"),
        ("SELECT $year", ["yaer=1"], "year"),
        ("SELECT 1", ["year=1"], "year"),
        ("SELECT 1", ["year"], "NAME=VALUE"),
        ("SELECT brach_name FROM kpi", [], "branch_name"),
        ("SELECT * FROM kpi_histroy", [], "kpi_history"),
    ],
)
def test_names_that_are_not_there_are_answered_with_the_nearest(
    output: Path, sql: str, given: list[str], said: str
) -> None:
    with pytest.raises(QueryError, match=said) as told:
        run_query(output, sql, "json", io.BytesIO(), parameters=read_parameters(given))
    assert "\n" not in str(told.value)


def test_markdown_holds_text_as_text(tmp_path: Path) -> None:
    plan = InventedDocument(2024, "33", "岡山", title="a|b <b>*c*")
    plan.write(tmp_path)
    assert ask(tmp_path, "SELECT title, page_count FROM documents", "markdown") == (
        "| title | page\\_count |\n| --- | ---: |\n| a\\|b &lt;b>\\*c\\* | 2 |\n"
    )


@pytest.mark.parametrize("form", ["table", "csv", "json", "markdown", "parquet"])
def test_two_columns_of_one_name_show_two_values(form: QueryFormat, output: Path) -> None:
    answer = io.BytesIO()
    run_query(output, "SELECT 11 AS v, 22 AS v, 33 AS v_2, 44 AS v", form, answer)
    if form == "parquet":
        [row] = pq.read_table(io.BytesIO(answer.getvalue())).to_pylist()
        assert row == {"v": 11, "v_3": 22, "v_2": 33, "v_4": 44}
        return
    said = answer.getvalue().decode().replace("\\", "")
    assert [said.count(words) for words in ("v_3", "v_2", "v_4", "11", "22", "33", "44")] == [1] * 7


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("SELECT sum(a.range * b.range) FROM range(1000000) a, range(1000000) b", "longer than 0.3 seconds"),
        ("SELECT repeat('x', 1000) || range FROM range(10000)", "larger than 4 MiB"),
        ("SELECT list(range || repeat('x', 100)) FROM range(3000000)", "more than 64 MiB of memory"),
        ("SELECT range FROM range(2000)", "2,000 rows"),
    ],
)
def test_a_query_has_bounds_and_says_which_it_passed(sql: str, words: str, output: Path) -> None:
    bounds = QueryBounds(seconds=0.3, memory_mb=64, answer_mb=4, rows=1000)
    if "memory" in words:
        bounds = QueryBounds(memory_mb=64)
    with pytest.raises(QueryError, match=words):
        run_query(output, sql, "json", io.BytesIO(), bounds=bounds)


@pytest.mark.parametrize("form", ["table", "csv", "json", "markdown", "parquet"])
@pytest.mark.parametrize(
    "value",
    [
        "INTERVAL 3 MONTH",
        "TIMESTAMP '290000-01-01'",
        "170141183460469231731687303715884105727::HUGEINT",
        "MAP {'a': 1}",
        "'infinity'::DOUBLE",
        "'101'::BIT",
        "union_value(a := 1)",
        "TIMETZ '12:00:00+09'",
        "'infinity'::DATE",
        "'\\x00'::BLOB",
    ],
)
def test_values_of_every_type_are_shown_or_refused_in_one_line(value: str, form: QueryFormat, output: Path) -> None:
    with contextlib.suppress(QueryError):
        run_query(output, f"SELECT {value} AS v", form, io.BytesIO())
