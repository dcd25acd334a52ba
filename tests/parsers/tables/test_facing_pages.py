"""Old and new plan as two pages on one sheet are a comparison; two columns of one plan are none."""

from __future__ import annotations

import pytest

from normalizers.normalize import normalize_document
from parsers.parse import parse_document
from tests.parsers.sheets import Sheet

_BODY = ("基盤的保険者機能関係", "○債権の回収", "・催告を早める。", "■KPI：返納金債権の回収率を{}以上とする")


def _half(sheet: Sheet, x: float, title: str, rate: str, *, size: float, body: tuple[str, ...] = _BODY) -> None:
    sheet.text(x, 50, title, size=size * 1.2)
    for at, line in enumerate(body):
        sheet.text(x + 10 * (at > 0), 90 + 2.2 * size * at, line.format(rate), size=size)


@pytest.mark.parametrize(("width", "height", "size"), [(842, 595, 8.0), (1191, 842, 11.0)])
@pytest.mark.parametrize(
    ("left", "right", "new_left"),
    [
        ("【旧】令和3年度 愛媛支部事業計画", "【新】令和4年度 愛媛支部事業計画（案）", False),
        ("変更後　令和4年度愛媛支部事業計画", "変更前　令和3年度愛媛支部事業計画", True),
        ("令和3年度愛媛支部事業計画", "令和4年度愛媛支部事業計画", False),
    ],
)
def test_two_titled_halves_are_two_editions(
    width: float, height: float, size: float, left: str, right: str, new_left: bool
) -> None:
    sheet = Sheet(width, height)
    rates = ("56.1％", "54.3％") if new_left else ("54.3％", "56.1％")
    _half(sheet, 40, left, rates[0], size=size)
    _half(sheet, width / 2 + 40, right, rates[1], size=size)
    document = parse_document(sheet.data(), "plan.pdf")
    records = normalize_document(document)
    assert (document.identity.kind, document.identity.branch_name, document.identity.fiscal_year) == (
        "comparison",
        "愛媛",
        2022,
    )
    assert {(t.edition, t.fiscal_year, t.value, t.section) for t in records.targets} == {
        ("old", 2021, 54.3, "基盤的保険者機能関係"),
        ("new", 2022, 56.1, "基盤的保険者機能関係"),
    }
    assert [change.kind for change in records.changes] == ["modified"]
    assert document.pages[0].lost_characters == document.pages[0].repeated_characters == 0


def test_columns_of_one_plan_are_no_editions() -> None:
    sheet = Sheet(842, 595)
    _half(sheet, 40, "令和4年度 愛媛支部事業計画", "56.1％", size=8)
    _half(sheet, 461, "広報誌４月号のご案内", "40.0％", size=8)
    document = parse_document(sheet.data(), "plan.pdf")
    assert document.identity.kind == "plan"
    assert {t.edition for t in normalize_document(document).targets} <= {"single"}
