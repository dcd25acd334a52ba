"""Two pages printed side by side on one sheet are read one after the other."""

from __future__ import annotations

import pytest

from normalizers.normalize import normalize_document
from parsers.parse import parse_document
from tests.parsers.sheets import Sheet

TITLE = "令和5年度 山口支部事業計画"


def sheet(width: float, height: float, *, across: str = "") -> Sheet:
    """A title and a field on the left page; on the right one, at the title's height, a field and its table."""
    left, right = 40.0, width / 2 + 40
    made = Sheet(width, height).text(left, 50, TITLE, size=12).text(left, 90, "1. 基盤的保険者機能関係")
    made.text(left, 120, "■ KPI：郵送化率を95.0%以上とする").text(right, 50, "2. 戦略的保険者機能関係")
    made.grid([right, right + 180, right + 260], [70, 95, 120])
    made.text(right + 5, 86, "指標").text(right + 185, 86, "目標値")
    made.text(right + 5, 111, "特定健診実施率").text(right + 185, 111, "58.8%")
    return made.text(width / 2 - 40, 30, across) if across else made


@pytest.mark.parametrize(("width", "height"), [(842, 595), (1191, 842)])
def test_the_right_page_stands_under_its_own_heading(width: float, height: float) -> None:
    document = parse_document(sheet(width, height).data(), "plan.pdf")
    assert document.identity.title == TITLE
    assert [(t.value, t.section) for t in normalize_document(document).targets] == [
        (95.0, "基盤的保険者機能関係"),
        (58.8, "戦略的保険者機能関係"),
    ]
    assert document.pages[0].lost_characters == document.pages[0].repeated_characters == 0


def test_a_line_across_the_middle_makes_one_page() -> None:
    lines = [line.text.text for line in sheet(842, 595, across="（山口支部評議会）").layout().loose_lines]
    assert not any(line == TITLE for line in lines)


def test_rows_of_text_without_a_table_are_kept_as_rows() -> None:
    made = Sheet(842, 595)
    for row, (name, value) in enumerate([("指標", "目標"), ("受診率", "60.0%"), ("郵送化率", "95.0%")]):
        made.text(40, 60 + 20 * row, name).text(461, 60 + 20 * row, value)
    lines = [line.text.text.split() for line in made.layout().loose_lines]
    assert lines == [["指標", "目標"], ["受診率", "60.0%"], ["郵送化率", "95.0%"]]


def two_pages(label: str, numbers: tuple[str, str], foot: float) -> Sheet:
    """Two pages of one form on a sheet without a table: their lines stand at the same heights."""
    made = Sheet(842, 595).text(40, 40, TITLE, size=12)
    aims = (("郵送化率を97.0%以上とする", "95.0%以上"), ("特定健診受診率を31.0%以上とする", "1,450社"))
    for half, (first, _) in enumerate(aims):
        x = 40 + 421 * half
        made.text(x, 80, f"{half + 1}. 施策その{half + 1}").text(x, 110, "・案内を送り、申請を増やす。")
        made.text(x, 140, label).text(x, 170, f"① {first}").text(x, 200, "② 査定率を対前年度以上とする")
        made.text(x + 160, foot, numbers[half])
    return made


@pytest.mark.parametrize(
    ("label", "numbers", "foot"), [("■ KPI：", ("1", "2"), 575.0), ("【数値目標】", ("－９－", "－10－"), 570.0)]
)
def test_two_pages_without_a_table_are_told_by_their_numbers(label: str, numbers: tuple[str, str], foot: float) -> None:
    records = normalize_document(parse_document(two_pages(label, numbers, foot).data(), "plan.pdf"))
    assert [(t.number, t.value, t.kind) for t in records.targets] == [
        (1, 97.0, "kpi"),
        (2, None, "kpi"),
        (1, 31.0, "kpi"),
        (2, None, "kpi"),
    ]
