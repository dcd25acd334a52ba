"""Tables among lines: beside an item's text, and in the columns of a page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from normalizers.normalize import normalize_document
from parsers.model.document import ParsedDocument
from parsers.model.layout import PageLayout, Table
from parsers.parse import parse_layouts
from tests.parsers.set_lines import set_line, set_page, set_table

TITLE = "令和6年度 熊本支部事業計画"


def parsed(page: PageLayout) -> ParsedDocument:
    return parse_layouts([page], name="plan.pdf")


@pytest.mark.parametrize("above", [12.0, 4.0, -2.0])
@pytest.mark.parametrize("mark", ["（{}）", "{}．"])
def test_a_frame_beside_an_items_text_stands_behind_it(above: float, mark: str) -> None:
    lines = [set_line(TITLE, 150, 40, size=14)]
    frames: list[Table] = []
    for item, top in enumerate((100.0, 220.0), 1):
        words = (f"{mark.format(item)} サービス水準の向上", "・健診の案内を行う。", "・協定を結ぶ。")
        lines += [set_line(text, 60, top + 18 * at) for at, text in enumerate(words)]
        frames.append(set_table([[["KPI", f"郵送化率 9{item}.0%以上"]]], edges=(360.0, 536.0), top=top - above))
    lines.append(set_line("以上の取組により、加入者の利益の実現を図り、保険者としての役割を果たしていく。", 60, 330))
    document = parsed(set_page(1, [replace(frame, index=at) for at, frame in enumerate(frames)], lines))
    found = [paragraph.text.text for paragraph in document.paragraphs]
    assert [text for text in found if text.startswith((mark.format(1), mark.format(2), "・協", "郵送", "以上"))] == [
        f"{mark.format(1)} サービス水準の向上",
        "・協定を結ぶ。",
        "郵送化率 91.0%以上",
        f"{mark.format(2)} サービス水準の向上",
        "・協定を結ぶ。",
        "郵送化率 92.0%以上",
        "以上の取組により、加入者の利益の実現を図り、保険者としての役割を果たしていく。",
    ]


@pytest.mark.parametrize("lead", [True, False])
@pytest.mark.parametrize("shift", [0.0, 5.0])
def test_tables_of_a_page_in_two_columns_stand_with_the_text_of_their_column(lead: bool, shift: float) -> None:
    lines = [set_line(TITLE, 150, 30, size=14)]
    tables = [set_table([[["次のとおり重点的に取り組む。"]]], edges=(40.0, 540.0), top=60)] if lead else []
    for side, (x, down) in enumerate(((40.0, 0.0), (310.0, shift)), 1):
        for item, top in enumerate((110.0, 290.0), 1):
            words = (
                f"({item}) 第{side}列の取組{item}",
                "・関係団体と連携し、健診の受診を勧める。",
                "・文書により、事業主に協力を依頼する。",
            )
            lines += [set_line(text, x, top + down + 15 * at) for at, text in enumerate(words)]
            rows = [[["指標"], ["R6目標"]], [[f"受診率{side}{item}"], [f"{side}{item}.5%以上"]]]
            tables.append(set_table(rows, edges=(x, x + 140, x + 220), top=top + down + 60))
    document = parsed(set_page(1, [replace(table, index=at) for at, table in enumerate(tables)], lines))
    records = normalize_document(document)
    names = {measure.measure_id: measure.text for measure in records.measures}
    assert [(target.value, names.get(target.heading_id or "")) for target in records.targets] == [
        (float(f"{side}{item}.5"), f"({item}) 第{side}列の取組{item}") for side in (1, 2) for item in (1, 2)
    ]
