"""The lines right above tables that name what is counted in them: 表２ 特定保健指導の実施計画."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from normalizers.rows.patterns import pattern
from normalizers.text.characters import normalize
from parsers.model.document import Cell, Paragraph

_MARK = pattern("figures.caption_mark")
_UNIT = pattern("figures.caption_unit")


@dataclass(frozen=True, slots=True)
class TableCaptionSettings:
    """Which lines are captions."""

    longest_name: int = 40
    """Characters: a longer line above a table is text. Chosen."""
    name_reach: float = 40.0
    """Points between a caption and its table. Chosen: two lines, one of which may give the unit."""


SETTINGS = TableCaptionSettings()


def table_captions(paragraphs: Sequence[Paragraph], cells: Sequence[Cell]) -> Mapping[int, str]:
    """The captions of a document's tables by the tables' numbers, normalised, without their own numbers (表２)."""
    tops: dict[tuple[int, int], float] = {}
    places = {cell.cell_id: (cell.page, cell.table_index) for cell in cells}
    for cell in cells:
        key = cell.page, cell.table_index
        tops[key] = min(cell.box.top, tops.get(key, cell.box.top))
    found: dict[int, str] = {}
    seen: set[int] = set()
    before: Paragraph | None = None
    for paragraph in paragraphs:
        if paragraph.place is None:
            before = paragraph if paragraph.cell_id is None and paragraph.pieces else None
            continue
        if paragraph.place.table not in seen and before is not None and paragraph.pieces:
            top = tops.get(places.get(paragraph.cell_id or "", (0, 0)), paragraph.pieces[0].box.top)
            caption = _caption(before, paragraph.page, top)
            if caption:
                found[paragraph.place.table] = caption
        seen.add(paragraph.place.table)
    return found


def _caption(line: Paragraph, page: int, top: float) -> str | None:
    box = line.pieces[-1].box
    text = normalize(line.text.text).text.strip()
    near = line.page == page and 0 <= top - box.bottom + box.height / 2 <= SETTINGS.name_reach
    if not near or line.annotation or len(text) > SETTINGS.longest_name or text.endswith("。"):
        return None
    return _UNIT.sub("", _MARK.sub("", text)).strip()
