"""Boxes of sentences that stand right on a table, and tables with the same columns below one another."""

from __future__ import annotations

import pymupdf
import pytest

from tests.normalizers.rows.drawn_tables import draw_plan, heading_of, read_plan

HEAD = ["目標項目", "令和6年度目標", "令和5年度見込"]


@pytest.mark.parametrize(
    ("boxes", "font", "size"),
    [
        (["受付の手順を見直し、申請から10日以内に支給する。"], "japan", 9.0),
        (["点検員の会議を毎月開く。", "査定の多い24機関を優先して点検する。"], "japan-s", 8.0),
        (
            [
                "催告の文書を見直し、発生した債権は納付書を送って60日で督促に回す。弁護士による催告も行い、訴訟の前に話し合う。"
            ],
            "japan",
            10.0,
        ),
    ],
)
def test_a_box_of_sentences_above_a_header_is_an_action_and_no_header(boxes: list[str], font: str, size: float) -> None:
    rows = [*([box, "<", "<"] for box in boxes), HEAD, ["返納金債権の回収率", "58.0％以上", "55.4％"]]
    parsed, records = read_plan(draw_plan(rows, [230, 120, 120], font=font, size=size))
    actions = [measure.text for measure in records.measures if measure.kind == "action"]
    assert actions == boxes
    assert [(t.indicator, t.value, t.baseline_value) for t in records.targets] == [("返納金債権の回収率", 58.0, 55.4)]
    assert [cell.text.text for cell in parsed.cells if cell.role == "header"] == HEAD


@pytest.mark.parametrize("title", ["令和6年度の目標", "ＫＰＩ一覧（単位：％）"])
def test_a_title_over_all_columns_stays_a_header(title: str) -> None:
    rows = [[title, "<", "<"], HEAD, ["返納金債権の回収率", "58.0％以上", "55.4％"]]
    parsed, records = read_plan(draw_plan(rows, [230, 120, 120]))
    assert [cell.text.text for cell in parsed.cells if cell.role == "header"] == [title, *HEAD]
    assert [t.value for t in records.targets] == [58.0]


@pytest.mark.parametrize(
    ("first", "second"), [("(3) 重症化予防", "(5) 広報活動"), ("１．健診の推進", "２．広報の推進")]
)
def test_of_tables_with_the_same_columns_the_last_ones_heading_holds_over_the_page(first: str, second: str) -> None:
    widths = [230.0, 120.0, 120.0]
    whole = pymupdf.open(stream=draw_plan([HEAD, ["申請率", "50.0％以上", "48.1％"]], widths, above=(first,)))
    below = draw_plan([HEAD, ["登録者数", "4,000人以上", "2,910人"]], widths, above=(second,), title="")
    whole[0].show_pdf_page(pymupdf.Rect(0, 400, 595, 1242), pymupdf.open(stream=below), 0)
    rest = draw_plan([["委嘱事業所数", "3,900事業所以上", "3,876事業所"]], widths, above=(), title="")
    whole.insert_pdf(pymupdf.open(stream=rest))
    _, records = read_plan(bytes(whole.tobytes()))
    assert [(t.indicator, heading_of(records, t)) for t in records.targets] == [
        ("申請率", first),
        ("登録者数", second),
        ("委嘱事業所数", second),
    ]
