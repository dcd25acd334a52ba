"""Lines outside tables that belong to the page and not to the plan: page numbers, titles, stamps, contents."""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from statistics import median

from normalizers.text.characters import normalize
from normalizers.text.sections import opens_section
from parsers.layout.joined_lines import far_apart, inked
from parsers.model.bare_page import BarePage
from parsers.model.document import Furniture, FurnitureReason
from parsers.model.layout import Line, PageLayout, Table
from parsers.tables.column_headers import read_header_words

FOOT = 0.88
HEAD = 0.16
TITLE_SIZE = 1.15
HEADER_GAP = 2.0
COVER_LINES = 14
_PATTERN_LISTS = (
    "page_number",
    "stamp",
    "reference_stamp",
    "watermark",
    "legend",
    "title",
    "contents_heading",
    "contents_line",
)


def set_furniture_aside(layouts: Sequence[PageLayout]) -> tuple[BarePage, ...]:
    """Tell each page's furniture from its content. Every line ends in exactly one of the two."""
    running = _running_lines(layouts)
    counted = _counted_pages(layouts)
    body = body_size(layouts)
    pages: list[BarePage] = []
    seen_content = False
    in_contents = False
    for layout in layouts:
        page = _PageSorter(layout, running, counted, body, seen_content, in_contents).sorted()
        in_contents = any(piece.reason == "contents" for piece in page.furniture) and not page.tables
        seen_content = seen_content or bool(page.lines or page.tables)
        pages.append(page)
    return tuple(pages)


class _PageSorter:
    """Sorts one page's loose lines and small boxes into furniture and content."""

    def __init__(
        self,
        layout: PageLayout,
        running: frozenset[str],
        counted: dict[int, Line],
        body: float,
        seen_content: bool,
        in_contents: bool,
    ) -> None:
        self.layout = layout
        self.running = running
        self.number = counted.get(layout.number)
        self.body = body
        self.seen_content = seen_content
        self.in_contents = in_contents
        self.furniture: list[Furniture] = []
        self.titles: list[str] = []
        self.reference = False
        self.bare = not any(len(table.cells) > 1 for table in layout.tables)

    def sorted(self) -> BarePage:
        tables = tuple(table for table in self.layout.tables if not self._is_stamp_box(table))
        lines = [line for line in self.layout.loose_lines if not self._is_furniture(line)]
        lines = self._without_contents(lines)
        lines = self._without_titles(lines, tables)
        return BarePage(self.layout, tuple(lines), tables, tuple(self.furniture), tuple(self.titles), self.reference)

    def _set_aside(self, line: Line, reason: FurnitureReason) -> bool:
        self.furniture.append(_furniture(self.layout.number, line, reason))
        return True

    def _is_stamp_box(self, table: Table) -> bool:
        """A frame of one cell with nothing but a stamp in it."""
        lines = [line for cell in table.cells for line in cell.lines]
        if len(table.cells) > 2 or not 0 < len(lines) <= 2:
            return False
        text = _plain("".join(line.text.text for line in lines))
        if _fits("reference_stamp", text):
            self.reference = True
        elif not _fits("stamp", text):
            return False
        for line in lines:
            self._set_aside(line, "stamp")
        return True

    def _is_furniture(self, line: Line) -> bool:
        text = _plain(line.text.text)
        if self.number is line:
            return self._set_aside(line, "page_number")
        if _fits("reference_stamp", text):
            self.reference = True
            return self._set_aside(line, "stamp")
        if _fits("stamp", text) or _fits("legend", text):
            return self._set_aside(line, "stamp")
        if _fits("watermark", text) and line.size > 2.5 * self.body:
            return self._set_aside(line, "watermark")
        runs = _masked(text) in self.running and _in_margin(line, self.layout)
        if runs and opens_section(text) is None and not (self.bare and _heads_columns(line, self.layout)):
            if _fits("title", text):
                self.titles.append(line.text.text)
            return self._set_aside(line, "running")
        return False

    def _without_contents(self, lines: list[Line]) -> list[Line]:
        """The lines without a table of contents: its heading and the lines that end in a page's number."""
        start = next((i for i, line in enumerate(lines) if _fits("contents_heading", _plain(line.text.text))), None)
        entries = [_fits("contents_line", _plain(line.text.text)) for line in lines]
        if start is None:
            if not self.in_contents or sum(entries) * 2 < len(lines) or not lines:
                return lines
            start = 0
        last = max((i for i, entry in enumerate(entries) if entry and i > start), default=start)
        for line in lines[start : last + 1]:
            self._set_aside(line, "contents")
        return lines[:start] + lines[last + 1 :]

    def _without_titles(self, lines: list[Line], tables: Sequence[Table]) -> list[Line]:
        """The lines without those that name the document: on a cover, or above a page's first table or text."""
        if not lines:
            return lines
        if self._is_cover(lines, tables):
            for line in lines:
                self.titles.append(line.text.text)
                self._set_aside(line, "title")
            return []
        top = min((table.box.top for table in tables if len(table.cells) > 1), default=None)
        kept: list[Line] = []
        heading = True
        for line in lines:
            above = heading and (top is None or line.box.bottom <= top + 1)
            if above and self._names_document(line, before_table=top is not None):
                self.titles.append(line.text.text)
                self._set_aside(line, "title")
            else:
                heading = heading and top is not None
                kept.append(line)
        return kept

    def _is_cover(self, lines: Sequence[Line], tables: Sequence[Table]) -> bool:
        if self.seen_content or tables or len(lines) > COVER_LINES:
            return False
        named = [_fits("title", _plain(line.text.text)) for line in lines]
        ends_sentence = any(line.text.text.rstrip().endswith("。") for line in lines)
        return any(named) and sum(named) * 2 >= len(lines) and not ends_sentence

    def _names_document(self, line: Line, *, before_table: bool) -> bool:
        text = _plain(line.text.text)
        if not _fits("title", text) or len(text) > 60 or text.endswith("。"):
            return False
        return before_table or line.size >= TITLE_SIZE * self.body or not self.seen_content


def _heads_columns(line: Line, layout: PageLayout) -> bool:
    """Whether a line is of a row of columns' headers, as tables without rulings repeat it on each page."""
    row = [other for other in layout.loose_lines if abs(other.box.bottom - line.box.bottom) < line.size / 2]
    words = [read_header_words(part.text.text) for other in row for part in far_apart(other, HEADER_GAP)]
    return len(words) > 1 and all(word.role is not None or word.year is not None for word in words)


def names_watermark(text: str) -> bool:
    """Whether a text is what is printed across pages: 案, 未定稿, DRAFT."""
    return _fits("watermark", _plain(text).replace(" ", ""))


def _furniture(page: int, line: Line, reason: FurnitureReason) -> Furniture:
    return Furniture(page, line.box, line.text.text, reason)


def _plain(text: str) -> str:
    return normalize(text).text.strip()


def _masked(text: str) -> str:
    """A running line with its numbers made alike: they may count the pages."""
    return re.sub(r"[0-9]+", "0", text.replace(" ", ""))


def _in_margin(line: Line, layout: PageLayout) -> bool:
    """Whether a line stands at the page's head or foot, or above its first table."""
    first = min((table.box.top for table in layout.tables), default=0.0)
    return (
        line.box.bottom <= max(HEAD * layout.height, first + 1)
        or line.box.top >= FOOT * layout.height
        or line.box.x0 >= 0.93 * layout.width
    )


def _running_lines(layouts: Sequence[PageLayout]) -> frozenset[str]:
    """Masked texts that stand in the margins of several pages at one height."""
    heights: dict[str, list[float]] = defaultdict(list)
    for layout in layouts:
        for text, line in {
            _masked(_plain(line.text.text)): line for line in layout.loose_lines if _in_margin(line, layout)
        }.items():
            heights[text].append(line.box.top)
    enough = 2 if len(layouts) <= 5 else 3
    return frozenset(
        text
        for text, tops in heights.items()
        if inked(text) > 1 and len(tops) >= enough and sum(abs(top - median(tops)) < 6 for top in tops) >= enough
    )


def _counted_pages(layouts: Sequence[PageLayout]) -> dict[int, Line]:
    """Each page's number, where it has one: by page, the line that holds it.

    A lone number in a margin is the page's where it goes up with the pages, or where nothing else can be told from one
    page.
    """
    candidates: dict[int, list[tuple[int | None, Line]]] = {}
    for layout in layouts:
        candidates[layout.number] = list(_number_lines(layout))
    offsets = Counter(
        number - page for page, found in candidates.items() for number in {n for n, _ in found if n is not None}
    )
    usual = {offset for offset, count in offsets.items() if count >= 2}
    pages: dict[int, Line] = {}
    for page, found in candidates.items():
        fitting = [line for number, line in found if number is None or number - page in usual or len(layouts) < 3]
        if fitting:
            pages[page] = max(fitting, key=lambda line: line.box.bottom)
    return pages


def _number_lines(layout: PageLayout) -> Iterator[tuple[int | None, Line]]:
    for line in layout.loose_lines:
        at_head = line.box.bottom <= 0.1 * layout.height
        if not at_head and line.box.top < FOOT * layout.height:
            continue
        text = _plain(line.text.text)
        found = next((match for pattern in _patterns()["page_number"] if (match := pattern.fullmatch(text))), None)
        if found is not None:
            number = found.groupdict().get("number")
            yield (int(number) if number else None), line


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
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _fits(kind: str, text: str) -> bool:
    return any(pattern.fullmatch(text) for pattern in _patterns()[kind])


@cache
def _patterns() -> dict[str, tuple[re.Pattern[str], ...]]:
    table = tomllib.loads(files("parsers.plan").joinpath("furniture.toml").read_text(encoding="utf-8"))
    return {name: tuple(re.compile(pattern) for pattern in table[name]) for name in _PATTERN_LISTS}
