"""Threads over years and branches as an analyst sees them: what is new, dropped, moved, who else does it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.store.views import connect
from pipeline.threads.table import refresh_threads
from tests.pipeline.invented_output import InventedDocument

LECTURE = "事業所で健康講座を開催し、運動の習慣づくりを支援する。"
LETTER = "未治療者に受診勧奨の文書を送付し、電話により受診を促す。"
AUDIT = "不正が疑われる申請は事業所への立入検査により事実を確認する。"


def plan(year: int, code: str, name: str, *actions: str, **given: Any) -> InventedDocument:
    edition = given.pop("edition", "single")
    document = InventedDocument(year, code, name, sha256=f"{code}{year}" + "0" * 58, **given)
    for at, action in enumerate(actions):
        document.add(
            "measures", kind="action", text=action, text_normalized=action, edition=edition, ordinal=at, page=2
        )
    return document


def ask(output: Path, sql: str) -> list[tuple[Any, ...]]:
    refresh_threads(output)
    with connect(output) as connection:
        rows: list[tuple[Any, ...]] = connection.execute(sql).fetchall()
    return rows


def test_what_is_new_and_what_was_dropped(tmp_path: Path) -> None:
    plan(2022, "33", "岡山", LECTURE, AUDIT).write(tmp_path)
    plan(2023, "33", "岡山", LECTURE, LETTER).write(tmp_path)
    sql = "SELECT fiscal_year, text, is_new, is_dropped, first_year FROM threads ORDER BY fiscal_year, ordinal"
    assert ask(tmp_path, sql) == [
        (2022, LECTURE, False, False, 2022),
        (2022, AUDIT, False, True, 2022),
        (2023, LECTURE, False, False, 2022),
        (2023, LETTER, True, False, 2023),
    ]


def test_a_measure_that_was_away_for_a_year_comes_back_to_its_thread(tmp_path: Path) -> None:
    plan(2021, "33", "岡山", LECTURE, AUDIT).write(tmp_path)
    plan(2022, "33", "岡山", AUDIT).write(tmp_path)
    plan(2023, "33", "岡山", AUDIT, LECTURE).write(tmp_path)
    sql = f"SELECT fiscal_year, linked, first_year, years FROM threads WHERE text = '{LECTURE}' ORDER BY ALL"
    assert ask(tmp_path, sql) == [(2021, "first", 2021, 2), (2023, "returned", 2021, 2)]


def test_a_comparison_s_old_column_is_no_second_plan_of_its_year(tmp_path: Path) -> None:
    plan(2022, "33", "岡山", LECTURE, AUDIT).write(tmp_path)
    comparison = plan(2023, "33", "岡山", LECTURE, LETTER, kind="comparison", edition="new")
    for at, text in enumerate((LECTURE, AUDIT)):
        comparison.add(
            "measures", kind="action", text=text, text_normalized=text, edition="old", fiscal_year=2022, ordinal=9 + at
        )
    comparison.write(tmp_path)
    assert ask(tmp_path, "SELECT fiscal_year, count(*) FROM threads GROUP BY 1 ORDER BY 1") == [
        (2022, 2),
        (2023, 2),
    ]
    assert ask(tmp_path, "SELECT count(*) FROM thread_items WHERE linked = 'repeated'") == [(2,)]


def test_who_else_does_it_and_since_when(tmp_path: Path) -> None:
    plan(2022, "33", "岡山", LECTURE).write(tmp_path)
    plan(2023, "33", "岡山", LECTURE).write(tmp_path)
    # Another branch in nearly the same words, with its own name in them.
    plan(2023, "43", "熊本", "熊本支部では事業所で健康講座を開催し、運動の習慣づくりを支援していく。").write(tmp_path)
    plan(2023, "13", "東京", AUDIT).write(tmp_path)
    sql = "SELECT topic_branches, topic_first_year, topic_first_branches FROM threads WHERE branch_code = '43'"
    assert ask(tmp_path, sql) == [(["岡山", "熊本"], 2022, ["岡山"])]


def test_what_of_the_national_plan_a_branch_leaves_out(tmp_path: Path) -> None:
    plan(2023, "00", "本部", LECTURE, AUDIT).write(tmp_path)
    plan(2023, "33", "岡山", LECTURE).write(tmp_path)
    plan(2023, "43", "熊本", AUDIT, LECTURE).write(tmp_path)
    assert ask(tmp_path, "SELECT branch_name, text FROM national_gaps") == [("岡山", AUDIT)]
    assert ask(tmp_path, "SELECT DISTINCT in_national_plan FROM threads") == [(True,)]


def test_the_national_plan_printed_as_a_reference_counts_as_well(tmp_path: Path) -> None:
    document = plan(2023, "33", "岡山", LECTURE)
    document.add("measures", kind="action", text=AUDIT, text_normalized=AUDIT, edition="reference", ordinal=5)
    document.write(tmp_path)
    assert ask(tmp_path, "SELECT branch_name, text FROM national_gaps") == [("岡山", AUDIT)]


def test_threads_of_other_tables_are_no_answer(tmp_path: Path) -> None:
    plan(2022, "33", "岡山", LECTURE).write(tmp_path)
    with connect(tmp_path) as connection, pytest.raises(duckdb.Error, match="branch-plans ingest"):
        connection.execute("SELECT count(*) FROM threads").fetchall()
    assert refresh_threads(tmp_path)
    assert not refresh_threads(tmp_path)
    plan(2023, "33", "岡山", LECTURE).write(tmp_path)
    with connect(tmp_path) as connection, pytest.raises(duckdb.Error, match="branch-plans ingest"):
        connection.execute("SELECT text FROM threads").fetchall()


def test_the_same_tables_give_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        plan(2022, "33", "岡山", LECTURE, AUDIT).write(tmp_path / folder)
        plan(2023, "33", "岡山", LETTER, LECTURE).write(tmp_path / folder)
        refresh_threads(tmp_path / folder)
    one, two = (tmp_path / folder / "derived" / "threads.parquet" for folder in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()


def with_national_part(year: int, code: str, name: str, own: str, national: str) -> InventedDocument:
    document = plan(year, code, name, own)
    document.add(
        "measures", kind="action", text=national, text_normalized=national, edition="reference", ordinal=5, page=2
    )
    return document


CHANGES: dict[str, list[InventedDocument]] = {
    "a branch's plan": [plan(2024, "33", "岡山", LETTER, LECTURE)],
    "a plan that speaks for the nation too": [with_national_part(2024, "33", "岡山", LETTER, LECTURE)],
    "the nation's own plan": [plan(2024, "00", "本部", LECTURE, AUDIT)],
    "a plan that spoke for the nation no longer": [plan(2023, "13", "東京", LETTER, LECTURE)],
}


@pytest.mark.parametrize("change", CHANGES)
def test_threads_made_from_those_of_the_state_before_equal_threads_made_anew(tmp_path: Path, change: str) -> None:
    before, after, anew = (tmp_path / name for name in ("before", "after", "anew"))
    for year in (2022, 2023):
        plan(year, "33", "岡山", LECTURE, AUDIT).write(before)
        plan(year, "43", "熊本", AUDIT, LETTER, LECTURE).write(before)
    plan(2022, "00", "本部", LETTER, AUDIT, AUDIT).write(before)
    with_national_part(2023, "13", "東京", LETTER, AUDIT).write(before)
    refresh_threads(before)
    shutil.copytree(before / "tables", after / "tables", copy_function=os.link)
    for document in CHANGES[change]:
        for file in after.glob(f"tables/*/plan_year=*/{document.document_id}.parquet"):
            file.unlink()  # else the state before, which shares it, would change too
        document.write(after)
    shutil.copytree(after / "tables", anew / "tables")
    assert refresh_threads(after, before)
    assert refresh_threads(anew)
    one, two = (root / "derived" / "threads.parquet" for root in (after, anew))
    assert one.read_bytes() == two.read_bytes()


def test_no_plan_at_all_gives_no_thread(tmp_path: Path) -> None:
    InventedDocument(2023, "33", "岡山").write(tmp_path)
    assert ask(tmp_path, "SELECT * FROM threads") == []


def test_the_national_plan_printed_in_a_branchs_plan_is_no_second_one(tmp_path: Path) -> None:
    plan(2023, "00", "本部", LECTURE, AUDIT).write(tmp_path)
    document = plan(2023, "33", "岡山", LECTURE)
    document.add("measures", kind="action", text=AUDIT, text_normalized=AUDIT, edition="reference", ordinal=5)
    document.write(tmp_path)
    assert ask(tmp_path, "SELECT text FROM threads WHERE branch_code = '00' ORDER BY ordinal") == [(LECTURE,), (AUDIT,)]
    assert ask(tmp_path, "SELECT branch_name, text FROM national_gaps") == [("岡山", AUDIT)]


def test_a_heading_in_other_words_is_known_by_aims_in_other_numbers(tmp_path: Path) -> None:
    for year, name, rate in ((2022, "サービス水準の向上", 95.0), (2023, "業務改革の推進", 96.0)):
        document = InventedDocument(year, "33", "岡山", sha256=f"33{year}" + "0" * 58)
        heading = document.add("measures", kind="heading", text_normalized=name, text=name, ordinal=1, edition="single")
        for at, (indicator, code) in enumerate(
            (("郵送化率", "postal_application_rate"), ("応答率", "call_answer_rate"))
        ):
            target = document.target(indicator, code, rate - at, "percent")
            measure = next(row for row in document.rows["targets"] if row["target_id"] == target)["measure_id"]
            own = next(row for row in document.rows["measures"] if row["measure_id"] == measure)
            own.update(parent_id=heading, ordinal=2 + at, edition="single", section=None)
        document.write(tmp_path)
    sql = "SELECT linked, previous_text FROM threads WHERE kind = 'heading' AND fiscal_year = 2023"
    assert ask(tmp_path, sql) == [("same_items", "サービス水準の向上")]
