"""A branch confirms what was read from its plan in Excel, and the answers come back as decisions."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.answers.export import export_workbook
from pipeline.decisions.confirmation_sheet import (
    BY_CELL,
    COLUMNS,
    HEADING_ROW,
    NoConfirmationError,
    read_confirmations,
)
from pipeline.decisions.journal import DecisionsError, bring_in
from tests.pipeline.invented_output import InventedDocument

ANSWER, VALUE = (COLUMNS.index(name) + 1 for name in ("answer", "correct_value"))


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """The workbook of a branch of which two years are loaded, with a comparison's old column."""
    for year in (2023, 2024):
        plan = InventedDocument(year, "33", "岡山", kind="comparison", sha256=f"{year}" + "a" * 60)
        shared = {"population": "insured", "kind": "kpi"}
        plan.target(
            "生活習慣病予防健診実施率", "insured_checkup_rate", 66.5, "percent", edition="new", page=2, **shared
        )
        plan.target(
            "生活習慣病予防健診実施率",
            "insured_checkup_rate",
            64.0,
            "percent",
            edition="old",
            fiscal_year=year - 1,
            **shared,
        )
        plan.target("健康宣言事業所数", "declaration_offices", 1850.0, "offices", edition="new", page=3)
        plan.write(tmp_path / "output")
    file = tmp_path / "kpi.xlsx"
    export_workbook(tmp_path / "output", file)
    return file


def filled(file: Path, *answers: tuple[object, object], by: str | None = "岡山 企画総務") -> bytes:
    """The workbook as a branch sends it back: an answer and a value for each row, from the first."""
    book = openpyxl.load_workbook(file)
    sheet = book["確認 岡山"]
    sheet.cell(*BY_CELL).value = by
    for row, (answer, value) in enumerate(answers, start=HEADING_ROW + 1):
        sheet.cell(row, ANSWER).value = answer
        sheet.cell(row, VALUE).value = value
    sent = file.with_name("sent.xlsx")
    book.save(sent)
    return sent.read_bytes()


def rows(sheet: Worksheet) -> list[tuple[object, ...]]:
    return [tuple(cell.value for cell in row[: ANSWER - 1]) for row in sheet.iter_rows(min_row=HEADING_ROW + 1)]


def test_the_sheet_shows_what_the_newest_plan_was_read_to_say(workbook: Path) -> None:
    sheet = openpyxl.load_workbook(workbook)["確認 岡山"]
    assert [(row[1], row[3], row[4], row[6]) for row in rows(sheet)] == [
        ("生活習慣病予防健診実施率", 66.5, "%", 2), ("健康宣言事業所数", 1850, "事業所", 3)
    ]  # fmt: skip
    assert sheet.column_dimensions["K"].hidden
    assert sheet.protection.sheet
    assert not sheet.cell(HEADING_ROW + 1, ANSWER).protection.locked


def test_yes_confirms_and_no_with_a_value_corrects(workbook: Path) -> None:
    read = read_confirmations(filled(workbook, ("はい", None), ("いいえ", "1,920事業所")))
    first, second = read.decisions
    assert (first.action, first.by, first.page, first.sha256) == ("confirm", "岡山 企画総務", 2, "2024" + "a" * 60)
    assert isinstance(first.before, dict)
    assert first.before["value"] == 66.5
    assert (second.action, second.field, second.before, second.after) == ("correct", "value", 1850.0, 1920.0)
    assert read.faults == ()


def test_a_sheet_that_nobody_filled_in_decides_nothing(workbook: Path) -> None:
    assert read_confirmations(filled(workbook)).decisions == ()


@pytest.mark.parametrize(
    ("value", "after"), [(67, 67.0), ("67.5%", 67.5), ("６７．５", 67.5), ("▲1.5", -1.5), ("1,234.5", 1234.5)]
)
def test_values_are_read_as_people_type_them(workbook: Path, value: object, after: float) -> None:
    [decision] = read_confirmations(filled(workbook, (None, value))).decisions
    assert decision.after == after


def test_a_percentage_as_excel_keeps_it_is_what_was_typed(workbook: Path) -> None:
    book = openpyxl.load_workbook(workbook)
    cell = book["確認 岡山"].cell(HEADING_ROW + 1, VALUE)
    cell.value, cell.number_format = 0.655, "0.0%"
    book.save(workbook)
    [decision] = read_confirmations(workbook.read_bytes()).decisions
    assert decision.after == 65.5


@pytest.mark.parametrize(
    ("answer", "value", "said"),
    [("いいえ", None, "no correct value"), ("たぶん", None, "neither yes nor no"), ("いいえ", "60から65", "no number"),
     ("はい", 61, "another value"), ("いいえ", "未定", "no number")],
)  # fmt: skip
def test_what_is_no_decision_is_named_with_its_row(workbook: Path, answer: str, value: object, said: str) -> None:
    read = read_confirmations(filled(workbook, (answer, value), ("はい", None)))
    [fault] = read.faults
    assert (fault.sheet, fault.row) == ("確認 岡山", HEADING_ROW + 1)
    assert said in str(fault.reason)
    assert len(read.decisions) == 1


def test_an_aim_without_a_number_of_its_own_gets_none_from_a_sheet(tmp_path: Path) -> None:
    plan = InventedDocument(2024, "33", "岡山")
    plan.target("郵送化率", "postal_application_rate", None, None, basis="previous_year", comparator="ge")
    plan.target("健康宣言事業所数", "declaration_offices", 1850.0, "offices")
    plan.write(tmp_path / "output")
    export_workbook(tmp_path / "output", tmp_path / "kpi.xlsx")
    read = read_confirmations(filled(tmp_path / "kpi.xlsx", ("いいえ", 95), ("いいえ", "95%")))
    assert read.decisions == ()
    assert "Decide it in review" in str(read.faults[0].reason)
    assert "another unit" in str(read.faults[1].reason)


def test_a_row_whose_hidden_column_was_changed_decides_nothing(workbook: Path) -> None:
    book = openpyxl.load_workbook(workbook)
    book["確認 岡山"].cell(HEADING_ROW + 1, len(COLUMNS)).value = "?"
    book.save(workbook)
    read = read_confirmations(filled(workbook, ("はい", None)))
    assert read.decisions == ()
    assert "hidden" in str(read.faults[0].reason)


def test_a_sheet_can_be_brought_in_twice(workbook: Path) -> None:
    output = workbook.parent / "output"
    filled(workbook, ("はい", None), ("いいえ", 1920))
    sent = workbook.with_name("sent.xlsx")
    assert (bring_in(output, sent).new, bring_in(output, sent).known) == (2, 2)
    lines = (output / "review" / "decisions.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 2


@pytest.mark.parametrize("data", [b"", b"no workbook", b"PK\x03\x04broken"])
def test_a_file_that_is_no_workbook_is_said_in_one_line(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "sent.xlsx"
    file.write_bytes(data)
    with pytest.raises(DecisionsError, match=r"sent\.xlsx") as told:
        bring_in(tmp_path / "output", file)
    assert "\n" not in str(told.value)


def test_a_workbook_without_such_a_sheet_is_told_so(tmp_path: Path) -> None:
    file = tmp_path / "other.xlsx"
    openpyxl.Workbook().save(file)
    with pytest.raises(NoConfirmationError, match="no sheet"):
        read_confirmations(file.read_bytes())


@pytest.mark.parametrize(("drafts", "asked"), [((True,), 60.0), ((True, False), 61.0)])
def test_a_draft_is_asked_about_only_where_it_is_all_there_is(
    tmp_path: Path, drafts: tuple[bool, ...], asked: float
) -> None:
    for number, is_draft in enumerate(drafts):
        plan = InventedDocument(2024, "33", "岡山", sha256=f"{number}" + "a" * 63)
        plan.target("健診実施率", None, 60.0 + number, "percent")
        plan.add(
            "documents", document_id=plan.document_id, sha256=plan.sha256, branch_code="33", branch_name="岡山",
            fiscal_year=2024, kind="plan", is_draft=is_draft, page_count=2,
        )  # fmt: skip
        plan.write(tmp_path / "output")
    export_workbook(tmp_path / "output", tmp_path / "kpi.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "kpi.xlsx")["確認 岡山"]
    assert [row[3] for row in rows(sheet)] == [asked]
