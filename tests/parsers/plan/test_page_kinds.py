"""Pages that are no table of editions: newspaper columns, however their words fall side by side."""

from __future__ import annotations

import pytest

from normalizers.normalize import normalize_document
from parsers.parse import parse_document
from tests.parsers.sheets import Sheet

LEFT = (
    "１　窓口のサービス",
    "申請書の受付から支払までの日数を",
    "毎日記録し、遅れが生じた場合には",
    "なお、平成３０年度の来訪者数は約",
    "七千人であり、前年度を下回った。",
    "◎目標　郵送化率を九割とする",
    "２　適正化の推進",
    "医療機関への照会を行い、支払前の",
    "審査を徹底する取組を続けて行う。",
)
RIGHT = (
    "３　健診の受診勧奨",
    "事業所を訪ねて受診を勧める。昨年",
    "の支部の受診率は前年同期を上回る",
    "令和元年度の目標と実績とを比べて",
    "進み具合を評議会に報告していく。",
    "◎目標　受診率を六割とする",
    "４　保健指導",
    "栄養士の担当件数を平らにならし、",
    "途中で中断した方に連絡していく。",
)


@pytest.mark.parametrize(("size", "pitch", "gutter"), [(10.0, 16.0, 22.0), (8.0, 13.0, 30.0)])
def test_newspaper_columns_are_read_one_after_the_other_and_are_no_comparison(
    size: float, pitch: float, gutter: float
) -> None:
    sheet = Sheet()
    sheet.text(140, 50, "令和２年度　長崎支部事業計画", size=14)
    for x, column in ((50.0, LEFT), (50 + 16 * size + gutter, RIGHT)):
        for at, line in enumerate(column):
            sheet.text(x, 90 + at * pitch, line, size=size)
    parsed = parse_document(sheet.data(), "42.pdf")
    assert parsed.identity.kind == "plan"
    assert {paragraph.edition for paragraph in parsed.paragraphs} == {"single"}
    assert "".join(paragraph.text.text for paragraph in parsed.paragraphs) == "".join(LEFT + RIGHT)


@pytest.mark.parametrize(("size", "label"), [(9.0, "KPI"), (10.5, "■ 数値目標")])
def test_boxes_in_newspaper_columns_stand_in_the_sections_of_their_columns(size: float, label: str) -> None:
    sheet = Sheet().text(150, 50, "令和6年度 長野支部事業計画", size=14)
    columns = (
        (50, "1. 基盤的保険者機能の盤石化", "① 郵送化率を96.5%以上とする", 112),
        (310, "2. 戦略的保険者機能の一層の発揮", "① 特定健診実施率を61%以上とする", 104),
    )
    for x, head, aim, top in columns:
        sheet.text(x, top - 12, head, size=12)
        sheet.grid([x, x + 235], [top, top + 50])
        sheet.text(x + 5, top + 18, label, size=size).text(x + 5, top + 38, aim, size=size)
        for row in range(9):
            sheet.text(x, top + 70 + 16 * row, "事業所の規模に応じて案内を変え、予約を"[: int(230 / size)], size=size)
    records = normalize_document(parse_document(sheet.data(), "plan.pdf"))
    assert [(target.section, target.value) for target in records.targets] == [
        ("基盤的保険者機能の盤石化", 96.5),
        ("戦略的保険者機能の一層の発揮", 61.0),
    ]
