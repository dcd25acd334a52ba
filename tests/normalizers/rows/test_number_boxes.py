"""The box of a printed number is the one around its own characters, wherever on the page its line runs."""

from __future__ import annotations

import pymupdf
import pytest

from normalizers.normalize import normalize_document
from parsers.model.geometry import Box
from parsers.parse import parse_document

LINES = (
    "令和6年度岡山支部事業計画",
    "○健診の実施",
    "・iii の lll 対策として WWW 事業所1,250社へ案内し、実施率62.5%以上とする。",
    "・レセプト点検の効果額を一人当たり３２０円以上とする。",
)


def plan(rotation: int, turned: int) -> tuple[bytes, list[tuple[str, Box]]]:
    """A page of proportional letters beside full-width ones; each of its characters with its place as shown.

    ``rotation`` is the page's own; ``turned`` is by how much its lines are turned against what is upright.
    """
    document = pymupdf.open()
    page = document.new_page(width=595, height=842)
    page.set_rotation(rotation)
    for at, line in enumerate(LINES):
        place = pymupdf.Point(60, 80 + 30 * at) if turned == 0 else pymupdf.Point(80 + 30 * at, 700)
        page.insert_text(place * page.derotation_matrix, line, fontname="japan", fontsize=11, rotate=rotation + turned)
    data = document.tobytes()
    shown = pymupdf.open(stream=data)[0]
    characters = [
        (character["c"], Box(*(pymupdf.Rect(character["bbox"]) * shown.rotation_matrix)))
        for block in shown.get_text("rawdict")["blocks"]
        for line in block["lines"]
        for span in line["spans"]
        for character in span["chars"]
    ]
    return data, characters


@pytest.mark.parametrize(("rotation", "turned"), [(0, 0), (90, 0), (180, 0), (270, 0), (0, 90)])
def test_the_box_holds_the_number_s_characters_and_no_other(rotation: int, turned: int) -> None:
    data, characters = plan(rotation, turned)
    numbers = normalize_document(parse_document(data, "33_R6.pdf")).numbers
    within = {
        number.text: "".join(
            text for text, box in characters if number.box.contains((box.x0 + box.x1) / 2, (box.top + box.bottom) / 2)
        )
        for number in numbers
    }
    assert {"1,250", "62.5", "３２０"} <= set(within)
    assert all(text == found for text, found in within.items() if text != "6")
