"""Struck text is deleted; text struck and inserted in one column is two editions."""

from __future__ import annotations

import pymupdf
import pytest

from normalizers.normalize import normalize_document
from parsers.model.document import ParsedDocument
from parsers.parse import parse_document
from tests.parsers.sheets import SIZE, Sheet

RED = (0.8, 0.0, 0.0)
BLUE = (0.0, 0.0, 0.8)
Color = tuple[float, float, float]
TITLE = "令和6年度 山形支部事業計画"


def revised(*lines: tuple[str, str, str, str], color: tuple[float, float, float] | None, title: str = TITLE) -> Sheet:
    """Lines of (before, struck, inserted, after); what is struck and inserted is coloured or underlined."""
    sheet = Sheet().text(60, 50, title, size=14).text(60, 80, "1. 基盤的保険者機能の盤石化")
    for index, (before, struck, inserted, after) in enumerate(lines):
        y = 110 + 20 * index
        x = 60.0
        sheet.text(x, y, before)
        x += SIZE * len(before)
        start = x
        sheet.text(x, y, struck, color=color or (0, 0, 0))
        x += SIZE * len(struck)
        if struck:
            sheet.line(start, y - 3.5, x, y - 3.5, width=0.6)
        start = x
        sheet.text(x, y, inserted, color=color or (0, 0, 0))
        x += SIZE * len(inserted)
        if inserted and color is None:
            sheet.line(start, y + 2, x, y + 2, width=0.6)
        sheet.text(x, y, after)
    return sheet


def texts(document: ParsedDocument, edition: str) -> list[str]:
    return [paragraph.text.text for paragraph in document.paragraphs if paragraph.edition == edition]


@pytest.mark.parametrize("color", [None, RED])
def test_one_struck_value_is_a_correction(color: tuple[float, float, float] | None) -> None:
    line = ("■ KPI：郵送化率を", "92.0%", "96.5%", "以上とする")
    document = parse_document(revised(line, color=color).data(), "plan.pdf")
    assert document.identity.kind == "plan"
    assert texts(document, "single")[-1] == "■ KPI：郵送化率を96.5%以上とする"
    records = normalize_document(document)
    assert [target.value for target in records.targets] == [96.5]
    (change,) = records.changes
    assert (change.kind, change.old_marked, change.new_marked) == ("modified", ("92.0%",), ("96.5%",))
    assert (change.new_text, change.old_text) == (
        "■ KPI:郵送化率を96.5%以上とする",
        "■ KPI:郵送化率を92.0%以上とする",
    )


@pytest.mark.parametrize("color", [None, RED])
def test_a_line_struck_as_a_whole_is_kept_as_removed(color: tuple[float, float, float] | None) -> None:
    lines = (("・広報誌を配る。", "", "", ""), ("", "・窓口で手引を渡す。", "", ""))
    records = normalize_document(parse_document(revised(*lines, color=color).data(), "plan.pdf"))
    assert [measure.text for measure in records.measures][-1] == "・広報誌を配る。"
    assert [(c.kind, c.new_text, c.old_text) for c in records.changes] == [("removed", None, "・窓口で手引を渡す。")]


@pytest.mark.parametrize(
    ("struck", "inserted"),
    [(RED, BLUE), ((0, 0, 0), BLUE), (BLUE, (0, 0, 0)), ((0, 0, 0), RED)],
    ids=["red and blue", "black and blue", "blue and underlined", "black and red"],
)
@pytest.mark.parametrize("lines", [2, 6])
def test_struck_and_inserted_text_may_have_colours_of_their_own(struck: Color, inserted: Color, lines: int) -> None:
    sheet = Sheet().text(60, 50, TITLE, size=14).text(60, 80, "1. 基盤的保険者機能の盤石化")
    for index, (before, old, new, after) in enumerate(LINES[:lines]):
        y = 110 + 20 * index
        ends = [60 + SIZE * len(part) for part in (before, before + old, before + old + new)]
        sheet.text(60, y, before).text(ends[0], y, old, color=struck).text(ends[1], y, new, color=inserted)
        sheet.text(ends[2], y, after)
        if old:
            sheet.line(ends[0], y - 3.5, ends[1], y - 3.5, width=0.6)
        if new and inserted == (0, 0, 0):
            sheet.line(ends[1], y + 2, ends[2], y + 2, width=0.6)
    document = parse_document(sheet.data(), "plan.pdf")
    assert document.identity.kind == "comparison"
    expected = LINES[:lines]
    assert texts(document, "new")[1:] == [b + n + a for b, _, n, a in expected if b + n + a]
    assert texts(document, "old")[1:] == [b + o + a for b, o, _, a in expected if b + o + a]


@pytest.mark.parametrize("color", [None, RED])
def test_both_editions_are_of_one_year_unless_the_title_is_changed(color: tuple[float, float, float] | None) -> None:
    document = parse_document(revised(*LINES, color=color).data(), "plan.pdf")
    assert {(m.edition, m.fiscal_year) for m in normalize_document(document).measures} == {("new", 2024), ("old", 2024)}
    sheet = revised(*LINES, color=color, title="")
    before, x = "令和", 60.0
    sheet.text(x, 50, before, size=14).text(x + 28, 50, "5", size=14, color=color or (0, 0, 0))
    sheet.text(x + 42, 50, "6", size=14, color=color or (0, 0, 0)).text(x + 56, 50, "年度 山形支部事業計画", size=14)
    sheet.line(x + 28, 45, x + 35, 45, width=0.6)
    if color is None:
        sheet.line(x + 42, 52.5, x + 49, 52.5, width=0.6)
    document = parse_document(sheet.data(), "plan.pdf")
    assert (document.identity.title, document.identity.fiscal_year) == ("令和6年度 山形支部事業計画", 2024)
    assert {(m.edition, m.fiscal_year) for m in normalize_document(document).measures} == {("new", 2024), ("old", 2023)}


LINES = (
    ("・健診を", "医師会と", "健診機関と", "進める。"),
    ("■ KPI：① 受診率を", "60.3%以上", "61.7%以上", "とする"),
    ("② 郵送化率を", "92.0%", "96.5%", "以上とする"),
    ("・広報誌を配る。", "", "", ""),
    ("", "・窓口で手引を渡す。", "", ""),
    ("", "", "・動画を公開する。", ""),
)


@pytest.mark.parametrize("color", [None, RED])
def test_many_struck_and_inserted_places_are_two_editions(color: tuple[float, float, float] | None) -> None:
    document = parse_document(revised(*LINES, color=color).data(), "plan.pdf")
    assert document.identity.kind == "comparison"
    assert texts(document, "new")[1:] == [
        "・健診を健診機関と進める。",
        "■ KPI：① 受診率を61.7%以上とする",
        "② 郵送化率を96.5%以上とする",
        "・広報誌を配る。",
        "・動画を公開する。",
    ]
    assert texts(document, "old")[1:] == [
        "・健診を医師会と進める。",
        "■ KPI：① 受診率を60.3%以上とする",
        "② 郵送化率を92.0%以上とする",
        "・広報誌を配る。",
        "・窓口で手引を渡す。",
    ]
    records = normalize_document(document)
    assert [(target.edition, target.value) for target in records.targets] == [
        ("new", 61.7),
        ("new", 96.5),
        ("old", 60.3),
        ("old", 92.0),
    ]
    assert sorted(change.kind for change in records.changes) == ["added", "modified", "modified", "modified", "removed"]
    assert document.pages[0].lost_characters == document.pages[0].repeated_characters == 0


def test_a_document_that_calls_itself_so_is_a_comparison_with_one_place() -> None:
    line = ("■ KPI：郵送化率を", "92.0%", "96.5%", "以上とする")
    named = revised(line, ("・広報する。", "", "", ""), color=RED, title=TITLE + "（見え消し版）")
    told = revised(line, ("・広報する。", "", "", ""), color=RED).text(300, 70, "※取消線は削除した箇所")
    for sheet in (named, told):
        document = parse_document(sheet.data(), "plan.pdf")
        assert "■ KPI：郵送化率を92.0%以上とする" in texts(document, "old")


@pytest.mark.parametrize("box", [(215, 108, 260, 121), (160, 134, 230, 146)])
def test_a_text_box_beside_an_annotation_that_strikes_words_replaces_them(box: tuple[int, int, int, int]) -> None:
    sheet = (
        Sheet().text(60, 50, TITLE, size=14).text(60, 80, "1. 基盤的保険者機能の盤石化").text(60, 100, "・広報する。")
    )
    sheet.text(60, 130, "■ KPI：郵送化率を92.0%以上とする").text(60, 160, "■ KPI：受診率を61.7%以上とする")
    sheet.page.add_strikeout_annot(pymupdf.Rect(170, 119, 220, 133))
    sheet.page.add_freetext_annot(box, "96.5%", fontsize=9, fontname="helv", text_color=RED)
    document = parse_document(sheet.data(), "plan.pdf")
    assert "■ KPI：郵送化率を96.5%以上とする" in texts(document, "single")
    assert document.pages[0].lost_characters == 0
    assert [target.value for target in normalize_document(document).targets] == [96.5, 61.7]


@pytest.mark.parametrize("title", [f"{TITLE}（見え消し版）", f"{TITLE}（変更履歴付き）"])
def test_what_is_struck_in_one_colour_and_inserted_in_another_is_two_editions(title: str) -> None:
    sheet = Sheet().text(60, 50, title, size=14).text(60, 80, "1. 基盤的保険者機能の盤石化")
    sheet.text(60, 110, "■ KPI：郵送化率を").text(170, 110, "92.0%", color=(0, 0, 0.8)).line(170, 106.5, 220, 106.5)
    sheet.text(220, 110, "96.5%", color=RED).text(270, 110, "以上とする")
    document = parse_document(sheet.data(), "plan.pdf")
    assert document.identity.kind == "comparison"
    assert texts(document, "new")[-1] == "■ KPI：郵送化率を96.5%以上とする"
    assert texts(document, "old")[-1] == "■ KPI：郵送化率を92.0%以上とする"


@pytest.mark.parametrize(
    "named",
    [
        "令和５年度計画からの変更を赤字で示す。",
        "（下線：令和５年度計画からの追加、取消線：削除）",
        "（令和5年度事業計画）に対する修正は取消線による。",
        "※赤字取消線は令和５年度計画からの削除を示す",
        "取消線：令和５年度計画の記載",
    ],
)
def test_the_old_edition_is_of_the_plan_that_the_page_names(named: str) -> None:
    lines = (
        ("■ KPI：① 受診率を", "60.3%以上", "61.7%以上", "とする"),
        ("② 郵送化率を", "92.0%", "96.5%", "以上とする"),
    )
    sheet = revised(*lines, color=RED, title=f"{TITLE}（見え消し版）").text(60, 300, named)
    records = normalize_document(parse_document(sheet.data(), "plan.pdf"))
    assert [(t.edition, t.fiscal_year, t.value) for t in records.targets] == [
        ("new", 2024, 61.7),
        ("new", 2024, 96.5),
        ("old", 2023, 60.3),
        ("old", 2023, 92.0),
    ]


@pytest.mark.parametrize(
    ("title", "told"),
    [
        (f"{TITLE}（令和５年度からの見え消し）", ""),
        (f"{TITLE}（対令和5年度 見え消し版）", ""),
        ("岡山支部事業計画 修正箇所（令和５年度計画 → 令和６年度計画）", ""),
        ("令和５年度岡山支部事業計画から令和６年度岡山支部事業計画（案）への変更点（見え消し版）", ""),
        (f"{TITLE}（見え消し版）", "※Ｒ５年度からの変更箇所を赤字で示す。"),
    ],
)
def test_the_old_edition_is_of_the_year_that_the_page_names(title: str, told: str) -> None:
    sheet = revised(("■ KPI：郵送化率を", "92.0%", "96.5%", "以上とする"), color=RED, title=title).text(60, 300, told)
    records = normalize_document(parse_document(sheet.data(), "plan.pdf"))
    assert [(t.edition, t.fiscal_year) for t in records.targets] == [("new", 2024), ("old", 2023)]


@pytest.mark.parametrize(
    "legend", ["旧：令和５年度事業計画（取消線）　新：令和６年度事業計画（下線）", "旧：R5年度計画（取消線）"]
)
def test_a_legend_names_the_old_edition(legend: str) -> None:
    title = f"{TITLE}（見え消し版）"
    sheet = revised(("■ KPI：郵送化率を", "92.0%", "96.5%", "以上とする"), color=RED, title=title).text(60, 64, legend)
    for number, line in enumerate(("○ 健診の推進", "・案内を送る。", "・事業所を訪問する。")):
        sheet.text(60, 140 + 16 * number, line)
    records = normalize_document(parse_document(sheet.data(), "plan.pdf"))
    assert [(t.edition, t.fiscal_year) for t in records.targets] == [("new", 2024), ("old", 2023)]


@pytest.mark.parametrize("line", ["・令和５年度からの変更に対応する。", "・令和5年度から変更された様式を配る。"])
def test_a_measure_that_names_a_year_is_not_the_old_editions(line: str) -> None:
    sheet = revised(
        ("■ KPI：郵送化率を", "92.0%", "96.5%", "以上とする"), color=RED, title=f"{TITLE}（見え消し版）"
    ).text(60, 300, line)
    records = normalize_document(parse_document(sheet.data(), "plan.pdf"))
    assert {t.fiscal_year for t in records.targets} == {2024}


@pytest.mark.parametrize("color", [RED, BLUE])
def test_inserted_text_may_be_most_of_the_page(color: Color) -> None:
    whole = [("", "", f"・{word}を商工会議所及び社会保険労務士会と共に進める。", "") for word in "一二三四五六"]
    lines = (LINES[0], ("② 郵送化率を", "92.0%", "96.5%", "以上とする"), *whole)
    document = parse_document(revised(*lines, color=color).data(), "plan.pdf")
    assert texts(document, "new")[1:] == [b + n + a for b, _, n, a in lines]
    assert texts(document, "old")[1:] == ["・健診を医師会と進める。", "② 郵送化率を92.0%以上とする"]


@pytest.mark.parametrize("mark", ["○", "・", "（3）"])
@pytest.mark.parametrize("color", [None, RED])
def test_a_mark_that_was_not_struck_with_its_item_is_no_line(mark: str, color: Color | None) -> None:
    lines = (*LINES[:4], (mark, "窓口で手引を渡す。", "", ""), (mark, "", "動画を公開する。", ""))
    document = parse_document(revised(*lines, color=color).data(), "plan.pdf")
    assert texts(document, "new")[-2:] == ["・広報誌を配る。", f"{mark}動画を公開する。"]
    assert texts(document, "old")[-2:] == ["・広報誌を配る。", f"{mark}窓口で手引を渡す。"]


@pytest.mark.parametrize("color", [None, RED])
def test_the_old_editions_aims_are_not_doubted_for_what_is_struck(color: Color | None) -> None:
    records = normalize_document(parse_document(revised(*LINES, color=color).data(), "plan.pdf"))
    old = [target for target in records.targets if target.edition == "old"]
    assert [target.value for target in old] == [60.3, 92.0]
    assert not any(reason.code == "struck_text" for target in old for reason in target.confidence_reasons)


@pytest.mark.parametrize("color", [None, RED])
@pytest.mark.parametrize("header", [("指標", "目標値"), ("重点事項", "ＫＰＩ")])
def test_a_revised_cell_of_a_table_of_targets_is_a_change(header: tuple[str, str], color: Color | None) -> None:
    rows = (("郵送化率", "92.0%以上", "96.5%以上"), ("受診率", "60.3%以上", "61.7%以上"), ("回収率", "", "94.0%以上"))
    sheet = Sheet().text(60, 50, TITLE, size=14).text(60, 70, "1. 基盤的保険者機能の盤石化")
    sheet.grid([60, 220, 420], [80 + 25 * at for at in range(len(rows) + 2)])
    sheet.text(65, 97, header[0]).text(225, 97, header[1])
    for at, (name, old, new) in enumerate(rows, 1):
        y, middle, end = 97 + 25 * at, 225 + SIZE * len(old), 225 + SIZE * len(old + new)
        sheet.text(65, y, name).text(225, y, old, color=color or (0, 0, 0)).text(
            middle, y, new, color=color or (0, 0, 0)
        )
        if old:
            sheet.line(225, y - 3.5, middle, y - 3.5, width=0.6)
        if color is None:
            sheet.line(middle, y + 2, end, y + 2, width=0.6)
    records = normalize_document(parse_document(sheet.data(), "plan.pdf"))
    assert [(c.kind, c.new_text, c.old_text) for c in records.changes] == [
        ("modified", "96.5%以上", "92.0%以上"),
        ("modified", "61.7%以上", "60.3%以上"),
        ("added", "94.0%以上", None),
    ]
