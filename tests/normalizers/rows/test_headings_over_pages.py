"""Which heading the aims of a table stand under whose heading a page's end parts from it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from normalizers.normalize import normalize_document
from parsers.parse import parse_layouts
from tests.parsers.set_lines import set_line, set_page, set_table

TITLE = set_line("令和6年度 長野支部事業計画", 150, 40, size=14)
ABOVE = ["１　基盤的保険者機能の盤石化", "（１）窓口", "・案内を行う。", "（２）健康づくり", "・受診を勧める。"]
NAMES = [[["指標"], ["令和6年度目標"]], [["特定健診実施率"], ["54.0%以上"]], [["宣言事業所数"], ["1,200社"]]]
YEARS = [
    [["KPI"], ["特定健診実施率"], ["宣言事業所数"]],
    [["令和6年度目標"], ["54.0%以上"], ["1,200社"]],
    [["令和5年度目標"], ["52.0%以上"], ["1,100社"]],
]


def headings(
    rows: Sequence[Sequence[Sequence[str]]], *, last: float = 760.0, over: str | None = None, below: str = ""
) -> set[str | None]:
    """The headings of the aims in a table that begins page 2; page 1 ends at ``last``."""
    first = [set_line(text, 60 + 12 * text.startswith("・"), last - 20 * (4 - at)) for at, text in enumerate(ABOVE)]
    table = set_table(rows, edges=[60.0 + 140 * at for at in range(len(rows[0]) + 1)], top=90.0)
    second = [set_line(over, 60, 60)] if over else []
    # What follows reaches as far down as the text does anywhere.
    foot = [
        set_line("・" + text, 72, 700 + 20 * at)
        for at, text in enumerate(["広報を行う。", "研修を行う。", "連携を図る。"])
    ]
    tail = [set_line(below, 60, 300)] if below else []
    pages = [set_page(1, [], [TITLE, *first]), set_page(2, [table], [*second, *tail, *foot])]
    records = normalize_document(parse_layouts(pages, name="plan.pdf"))
    names = {measure.measure_id: measure.text for measure in records.measures}
    assert records.targets
    return {names.get(target.heading_id or "") for target in records.targets}


@pytest.mark.parametrize("rows", [NAMES, YEARS])
@pytest.mark.parametrize("over", [None, "（単位：％、社）"])
def test_a_table_that_begins_a_page_stands_under_the_last_heading_of_the_full_page_before(
    rows: Sequence[Sequence[Sequence[str]]], over: str | None
) -> None:
    assert headings(rows, over=over, below="（３）広報") == {"（２）健康づくり"}


@pytest.mark.parametrize(
    ("last", "over"), [(400.0, None), (760.0, "別紙　主な指標"), (760.0, "２　戦略的保険者機能の一層の発揮")]
)
def test_a_page_of_its_own_is_under_no_heading_of_the_page_before(last: float, over: str | None) -> None:
    assert headings(NAMES, last=last, over=over) != {"（２）健康づくり"}


@pytest.mark.parametrize("word", ["変更", "（新規）", "一部変更", "継続・拡充", "ＫＰＩ"])
def test_a_word_of_change_or_a_label_beside_a_row_heads_nothing(word: str) -> None:
    rows = [
        [["区分"], ["新（令和6年度）"], ["旧（令和5年度）"]],
        [[word], ["（１）窓口", "・案内を行う。"], ["（１）窓口", "・案内する。"]],
        [[""], ["（２）広報", "・研修を行う。"], ["（２）広報", "・研修する。"]],
        [[word], ["（３）健診", "・受診を勧める。"], ["（３）健診", "・勧奨する。"]],
    ]
    page = set_page(1, [set_table(rows, edges=(40.0, 90.0, 310.0, 530.0))], [TITLE])
    records = normalize_document(parse_layouts([page], name="plan.pdf"))
    assert word not in {measure.text for measure in records.measures if measure.kind == "heading"}
