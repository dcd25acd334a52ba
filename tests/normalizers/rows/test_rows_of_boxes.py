"""Rows of text boxes on a wide page: what was found, what is done under its own title, and the aims at the right."""

from __future__ import annotations

import pymupdf
import pytest

from tests.normalizers.rows.drawn_tables import read_plan

ROWS = (
    (
        "▲窓口への来訪者は年間9千人である。",
        "サービスの向上",
        "・標準期間10日以内の支給を維持する。",
        "① 受付率を2.9％以下とする",
    ),
    (
        "▲使用割合は令和5年度で87.9％。",
        "医薬品の適正使用",
        "・医師会と共に5地区で研修を開く。",
        "① 使用割合を88.5％以上とする",
    ),
    ("▲喫煙率は全国2位である。", "広報の推進", "・禁煙の講座を30回開く。", "① 宣言事業所数を4,200事業所以上とする"),
)


def draw_rows(
    *, lefts: tuple[float, float, float], seam: float, font: str, size: float, fill: tuple[float, float, float] | None
) -> bytes:
    document = pymupdf.open()
    sheet = document.new_page(width=1190, height=842)
    sheet.insert_text((420, 40), "令和6年度 長野支部事業計画（概要）", fontname=font, fontsize=16)
    for number, (found, title, done, aim) in enumerate(ROWS):
        top = 90.0 + 100 * number
        boxes = (
            (lefts[0], top, top + 80, [found]),
            (lefts[1], top, top + 20, [title]),
            (lefts[1], top + 20 + seam, top + 80, [done]),
            (lefts[2], top, top + 80, ["KPI", aim]),
        )
        for left, upper, lower, lines in boxes:
            ground = fill if lines == [title] else None
            sheet.draw_rect(pymupdf.Rect(left, upper, left + 320, lower), color=(0, 0, 0), width=0.4, fill=ground)
            for at, line in enumerate(lines):
                sheet.insert_text((left + 4, upper + 14 + 1.5 * size * at), line, fontname=font, fontsize=size)
    return bytes(document.tobytes())


@pytest.mark.parametrize(
    ("lefts", "seam", "font", "size"),
    [((60, 400, 740), 2.0, "japan", 10.0), ((40, 380, 760), 0.8, "japan-s", 9.0), ((60, 400, 740), 3.5, "japan", 9.5)],
)
def test_only_what_stands_in_a_box_of_targets_is_an_aim(
    lefts: tuple[float, float, float], seam: float, font: str, size: float
) -> None:
    _, records = read_plan(draw_rows(lefts=lefts, seam=seam, font=font, size=size, fill=None))
    assert [(t.kind, t.comparator, t.value) for t in records.targets] == [
        ("kpi", "le", 2.9),
        ("kpi", "ge", 88.5),
        ("kpi", "ge", 4200.0),
    ]
    texts = [measure.text for measure in records.measures]
    order = [texts.index(text) for row in ROWS for text in row]
    assert order == sorted(order)


@pytest.mark.parametrize(
    ("lefts", "seam", "size", "fill"),
    [
        ((60, 400, 740), 2.0, 10.0, (0.85, 0.9, 0.95)),
        ((40, 380, 760), 0.8, 9.0, (1.0, 0.9, 0.8)),
        ((400, 60, 740), 0.0, 9.5, (0.8, 0.8, 0.8)),
    ],
)
def test_the_title_of_a_box_is_the_heading_of_its_row(
    lefts: tuple[float, float, float], seam: float, size: float, fill: tuple[float, float, float]
) -> None:
    _, records = read_plan(draw_rows(lefts=lefts, seam=seam, font="japan", size=size, fill=fill))
    texts = {measure.measure_id: measure.text for measure in records.measures}
    kinds = {measure.text: measure.kind for measure in records.measures}
    parents = {measure.text: texts.get(measure.parent_id or "") for measure in records.measures}
    titles = [title for _, title, _, _ in ROWS]
    assert [texts.get(target.heading_id or "") for target in records.targets] == titles
    assert [kinds[title] for title in titles] == ["heading"] * 3
    assert [parents[done] for _, _, done, _ in ROWS] == titles
    if lefts[0] < lefts[1]:
        # What was found stands left of the title: it is no part of the row above.
        assert [parents[found] for found, _, _, _ in ROWS] == [None] * 3


def test_a_box_that_says_what_stands_below_it_is_no_heading(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = tuple((found, "取組内容", done, aim) for found, _, done, aim in ROWS)
    monkeypatch.setattr(f"{__name__}.ROWS", rows)
    _, records = read_plan(draw_rows(lefts=(60, 400, 740), seam=1.0, font="japan", size=10.0, fill=(0.85, 0.9, 0.95)))
    assert [target.heading_id for target in records.targets] == [None] * 3
