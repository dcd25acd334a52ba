"""Lines outside tables that belong to the page and not to the plan: page numbers, titles, stamps, contents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from normalizers.text.fiscal_years import read_years
from normalizers.text.markers import read_marker
from parsers.layout.joined_lines import far_apart
from parsers.model.bare_page import BarePage
from parsers.model.document import Furniture, FurnitureReason
from parsers.model.layout import Line, PageLayout, Table
from parsers.model.styled_text import unstruck
from parsers.paragraphs.line_breaks import ends_open
from parsers.plan.edition_words import read_edition_stamp
from parsers.plan.furniture_words import fits, plain
from parsers.plan.identity_claims import read_claim
from parsers.plan.running_lines import page_numbers, running_lines
from parsers.tables.column_headers import read_header_words


@dataclass(frozen=True, slots=True)
class FurnitureSettings:
    """Lines that belong to the page."""

    title_size: float = 1.15
    """Times the document's usual size of text: a title on a page with text."""
    watermark_size: float = 2.5
    """And a watermark."""
    stamp_head: float = 0.25
    """Share of the page's height above which a stamp names the page's edition. Chosen."""
    line_header_gap: float = 2.0
    """Em between two headers in one line."""
    cover_lines: int = 14
    """A page with more lines is no cover. Chosen."""
    longest_title: int = 60
    """Characters: a longer line names no document. Chosen."""
    arrow_gap: float = 1.0
    """Em of an arrow between it and the box that it leads to. Chosen."""
    ordinary: float = 10.0
    """Points: the size of text where a document has none."""


SETTINGS = FurnitureSettings()


@dataclass(frozen=True, slots=True)
class _Document:
    """What is known of all pages together: by page its running lines and its numbers; the usual size of text."""

    running: Mapping[int, Sequence[Line]]
    numbers: Mapping[int, Sequence[Line]]
    body: float


@dataclass(frozen=True, slots=True)
class _Parted:
    """Lines of a page parted by one rule: what stays, what was set aside, what of it names the document."""

    lines: tuple[Line, ...]
    furniture: tuple[Furniture, ...] = ()
    titles: tuple[str, ...] = ()
    reference: bool = False


def set_furniture_aside(layouts: Sequence[PageLayout]) -> tuple[BarePage, ...]:
    """Tell each page's furniture from its content. Every line ends in exactly one of the two."""
    body = body_size(layouts)
    document = _Document(running_lines(layouts, body), page_numbers(layouts), body)
    pages: list[BarePage] = []
    for layout in layouts:
        before = pages[-1] if pages else None
        in_contents = before is not None and not before.tables and _has_contents(before)
        begun = any(page.lines or page.tables for page in pages)
        pages.append(_bare_page(layout, document, begun=begun, in_contents=in_contents))
    return tuple(pages)


def _has_contents(page: BarePage) -> bool:
    return any(piece.reason == "contents" for piece in page.furniture)


def _bare_page(layout: PageLayout, document: _Document, *, begun: bool, in_contents: bool) -> BarePage:
    """A page without its furniture; ``begun`` tells that content came before, ``in_contents`` that contents did."""
    boxes = {table.index: _stamp_box(table, layout) for table in layout.tables}
    tables = tuple(table for table in layout.tables if boxes[table.index] is None)
    stamps = [parted for parted in boxes.values() if parted is not None]
    marked = _without_marks(layout, document)
    bare = _without_contents(marked.lines, layout.number, in_contents=in_contents)
    named = _without_titles(_with_titles_apart(bare.lines), tables, layout.number, document.body, begun=begun)
    parts = [*stamps, marked, bare, named]
    return BarePage(
        layout,
        named.lines,
        tables,
        tuple(piece for part in parts for piece in part.furniture),
        tuple(title for part in parts for title in part.titles),
        any(part.reference for part in parts),
    )


def _stamp_box(table: Table, layout: PageLayout) -> _Parted | None:
    """A frame of one cell with nothing but a stamp in it; None for any other table."""
    lines = [line for cell in table.cells for line in cell.lines]
    if len(table.cells) > 2 or not 0 < len(lines) <= 2:
        return None
    text = plain("".join(line.text.text for line in lines))
    reference = fits("reference_stamp", text)
    edition = table.box.bottom <= SETTINGS.stamp_head * layout.height and read_edition_stamp(text) is not None
    if not reference and not edition and not fits("stamp", text):
        return None
    page = layout.number
    return _Parted((), tuple(_furniture(page, line, "stamp") for line in lines), reference=reference)


def _without_marks(layout: PageLayout, document: _Document) -> _Parted:
    """The loose lines without those that are furniture by themselves: numbers, stamps, legends, running titles."""
    reasons = [(line, _reason(line, layout, document)) for line in layout.loose_lines]
    return _Parted(
        tuple(line for line, reason in reasons if reason is None),
        tuple(_furniture(layout.number, line, reason) for line, reason in reasons if reason is not None),
        tuple(
            unstruck(line.text)
            for line, reason in reasons
            if reason == "running" and fits("title", plain(line.text.text))
        ),
        any(reason == "stamp" and fits("reference_stamp", plain(line.text.text)) for line, reason in reasons),
    )


def _reason(line: Line, layout: PageLayout, document: _Document) -> FurnitureReason | None:
    text = plain(line.text.text)
    if any(line is number for number in document.numbers.get(layout.number, ())):
        return "page_number"
    if fits("reference_stamp", text) or fits("stamp", text) or fits("legend", text):
        return "stamp"
    if _stands_alone(line, layout) and read_edition_stamp(text) is not None and not fits("title", text):
        return "stamp"
    if fits("watermark", text) and line.size > SETTINGS.watermark_size * document.body:
        return "watermark"
    large = line.size > SETTINGS.title_size * document.body
    if fits("ornament", text) and (large or _leads_between_boxes(line, layout.tables)):
        return "ornament"
    runs = any(line is other for other in document.running.get(layout.number, ()))
    return "running" if runs and not _heads_columns(line, layout) else None


def _leads_between_boxes(line: Line, tables: Sequence[Table]) -> bool:
    """Whether a line stands beside a box, or right above or below one: an arrow from it to another."""
    box = line.box
    for table in tables:
        own = table.box
        beside = own.top < (box.top + box.bottom) / 2 < own.bottom
        gap = max(own.top - box.bottom, box.top - own.bottom)
        near = own.x0 < (box.x0 + box.x1) / 2 < own.x1 and gap <= SETTINGS.arrow_gap * line.size
        if beside or near:
            return True
    return False


def _stands_alone(line: Line, layout: PageLayout) -> bool:
    """Whether a line stands at the page's head with nothing beside it: the header of a column has its neighbours."""
    if line.box.bottom > SETTINGS.stamp_head * layout.height:
        return False
    beside = [other for other in layout.loose_lines if abs(other.box.bottom - line.box.bottom) < line.size / 2]
    return len(beside) == 1


def _heads_columns(line: Line, layout: PageLayout) -> bool:
    """Whether a line is of a row of columns' headers, as tables without rulings repeat it on each page."""
    if any(len(table.cells) > 1 for table in layout.tables):
        return False
    row = [other for other in layout.loose_lines if abs(other.box.bottom - line.box.bottom) < line.size / 2]
    words = [read_header_words(part.text.text) for other in row for part in far_apart(other, SETTINGS.line_header_gap)]
    return len(words) > 1 and all(word.understood for word in words)


def _without_contents(lines: Sequence[Line], page: int, *, in_contents: bool) -> _Parted:
    """The lines without a table of contents: its heading and the lines that end in a page's number."""
    start = next((i for i, line in enumerate(lines) if fits("contents_heading", plain(line.text.text))), None)
    entries = [fits("contents_line", plain(line.text.text)) for line in lines]
    if start is None:
        if not in_contents or sum(entries) * 2 < len(lines) or not lines:
            return _Parted(tuple(lines))
        start = 0
    last = max((i for i, entry in enumerate(entries) if entry and i > start), default=start)
    return _Parted(
        (*lines[:start], *lines[last + 1 :]),
        tuple(_furniture(page, line, "contents") for line in lines[start : last + 1]),
    )


def _with_titles_apart(lines: Sequence[Line]) -> list[Line]:
    """The lines, the document's name cut from what stands far beside it, and before it: a slide's title in one bar."""
    return [part for line in lines for part in _title_apart(line)]


def _title_apart(line: Line) -> list[Line]:
    parts = [line] if line.vertical else far_apart(line, SETTINGS.line_header_gap)
    names = [_names_plan(plain(part.text.text)) for part in parts]
    others = [plain(part.text.text) for part, own in zip(parts, names, strict=True) if not own]
    apart = any(names) and bool(others) and not any(fits("title", other) or fits("stamp", other) for other in others)
    if not apart:
        return [line]
    by_name = sorted(zip(names, parts, strict=True), key=lambda pair: not pair[0])
    return [part for _, part in by_name]


def _names_plan(text: str) -> bool:
    """Whether a text alone names a plan, with its year and its branch."""
    claim = read_claim(text)
    return fits("title", text) and claim.branch is not None and bool(read_years(text))


def _without_titles(lines: Sequence[Line], tables: Sequence[Table], page: int, body: float, *, begun: bool) -> _Parted:
    """The lines without those that name the document: on a cover, or above a page's first table or text."""
    top = min((table.box.top for table in tables if len(table.cells) > 1), default=None)
    titles: list[Line] = []
    kept: list[Line] = []
    if not begun and not tables and _is_cover(lines):
        titles = list(lines)
    else:
        for line in lines:
            heading = top is not None or not kept
            above = heading and (top is None or line.box.bottom <= top + 1)
            named = above and _names_document(
                line, large=SETTINGS.title_size * body, alone=top is not None or not begun
            )
            (titles if named else kept).append(line)
    return _Parted(
        tuple(kept),
        tuple(_furniture(page, line, "title") for line in titles),
        tuple(unstruck(line.text) for line in titles),
    )


def _is_cover(lines: Sequence[Line]) -> bool:
    """Whether a document's first lines, alone on their page, are a cover's."""
    if not 0 < len(lines) <= SETTINGS.cover_lines:
        return False
    named = [fits("title", plain(line.text.text)) for line in lines]
    ends_sentence = any(line.text.text.rstrip().endswith("。") for line in lines)
    return any(named) and sum(named) * 2 >= len(lines) and not ends_sentence


def _names_document(line: Line, *, large: float, alone: bool) -> bool:
    """Whether a line names the document: by its words where it stands ``alone``, else also by a ``large`` size."""
    text = plain(line.text.text)
    if not fits("title", text) or len(text) > SETTINGS.longest_title or _is_of_sentence(text):
        return False
    return alone or line.size >= large


def _is_of_sentence(text: str) -> bool:
    """Whether a line that has words of a title is of a sentence that goes on (○ …のため、実施計画を次の), or an item
    that names no year (○ 実施計画の策定), or none and no branch (２ 特定保健指導の実施計画), or a table's caption.
    """
    marker = read_marker(text)
    marked = marker is not None and not marker.kind.label and (marker.number is None or read_claim(text).branch is None)
    item = marked and not read_years(text)
    led = any(fits("title", text[at + 1 :].strip()) for at, character in enumerate(text) if character == "、")
    captions = fits("caption", text) and read_claim(text).branch is None
    return item or led or captions or text.endswith("。") or ends_open(text)


def _furniture(page: int, line: Line, reason: FurnitureReason) -> Furniture:
    return Furniture(page, line.box, line.text.text, reason)


def body_size(layouts: Sequence[PageLayout]) -> float:
    """The font size of most characters of the document."""
    sizes: Counter[float] = Counter()
    for layout in layouts:
        for table in layout.tables:
            for cell in table.cells:
                for line in cell.lines:
                    sizes[round(line.size, 1)] += len(line.text.text)
        for line in layout.loose_lines:
            sizes[round(line.size, 1)] += len(line.text.text)
    return sizes.most_common(1)[0][0] if sizes else SETTINGS.ordinary
