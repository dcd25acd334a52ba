"""Lines at the edges of pages that repeat over them: running titles, and the pages' numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from normalizers.text.markers import read_marker
from normalizers.text.sections import opens_section
from parsers.layout.joined_lines import inked
from parsers.model.layout import Line, PageLayout
from parsers.plan.furniture_words import FurnitureWords, fits, patterns, plain


@dataclass(frozen=True, slots=True)
class RunningLineSettings:
    """What runs in the margins of all pages. Shares of the page's height and width unless said otherwise."""

    head: float = 0.16
    """What stands above is in a margin. Nearest: 0.158 and 0.162."""
    foot: float = 0.88
    """And what stands below. Nearest: 0.876 and 0.88."""
    side: float = 0.93
    """And what stands right of this. Nearest: 0.867, nothing above."""
    number_head: float = 0.1
    """Above this a page's number stands at its head. Nearest: 0.0972 and 0.101."""
    same_place_height: float = 6.0
    """Points by which a running line's height differs from page to page. Nearest: 0.0708, nothing above."""
    no_larger: float = 1.02
    """Times the size of the text that a running title with words of its page's own has at most. Chosen."""
    half_a_sheet: float = 12.0
    """Points by which two pages' numbers on one sheet may miss half of its width: one has a digit more. Chosen."""
    few_pages: int = 5
    """Up to so many pages two lines of one text run; on more it takes three. Chosen."""
    fewest_items: int = 3
    """An item of the plan runs from so many pages on. Chosen."""
    fewest_counted: int = 3
    """On fewer pages nothing can be told from how their numbers go on. Chosen."""


SETTINGS = RunningLineSettings()


# The plan's name at a line's head, with its year or its branch.
_PLAN_NAME = re.compile(r".{0,24}?(?:年度|支部).{0,16}?計画書?(?:[(]案[)])?")
_NUMBER_LAST = re.compile(
    r"(?: ?[-(~] ?| |[Pp]\.? ?)(?P<number>[0-9]{1,4})(?: ?/ ?[0-9]{1,4}| ?(?:頁|ページ)| ?[-)~])?$"
)
_NUMBER_FIRST = re.compile(
    r"^(?:[-(~] ?)?(?P<number>[0-9]{1,4})(?: ?/ ?[0-9]{1,4}| ?(?:頁|ページ)| ?[-)~])?(?: |(?<=[頁ジ)~-]))"
)


def in_margin(line: Line, layout: PageLayout) -> bool:
    """Whether a line stands at the page's head or foot, or above its first table."""
    first = min((table.box.top for table in layout.tables), default=0.0)
    return (
        line.box.bottom <= max(SETTINGS.head * layout.height, first + 1)
        or line.box.top >= SETTINGS.foot * layout.height
        or line.box.x0 >= SETTINGS.side * layout.width
    )


def running_lines(layouts: Sequence[PageLayout], body: float) -> dict[int, tuple[Line, ...]]:
    """By page, the lines in its margins that stand on several pages at one height, outside of all that does not.

    A line repeats where it says the same, or the same but for numbers that count the pages, or begins with one name of
    the plan and is no larger than the text (``body``, its size in points); headings that differ in their numbers, or
    that have text of the page's own above them, are no running titles. The heading of a field is none, nor an item of
    the plan that stands on two pages only, such as those that face each other with 新 and 旧.
    """
    margins = {layout.number: [line for line in layout.loose_lines if in_margin(line, layout)] for layout in layouts}
    repeated = _repeated(margins, body)
    return {layout.number: tuple(_outermost(layout, margins[layout.number], repeated)) for layout in layouts}


def _repeated(margins: Mapping[int, Sequence[Line]], body: float) -> frozenset[tuple[int, str]]:
    """Page and text of the lines that repeat as such."""
    enough = 2 if len(margins) <= SETTINGS.few_pages else 3
    groups: dict[tuple[str, int | None], dict[int, tuple[str, float]]] = defaultdict(dict)
    for page, lines in margins.items():
        for line in lines:
            text = plain(line.text.text)
            if inked(text) > 1 and opens_section(text) is None:
                groups[_closed(text), None][page] = text, line.box.top
                named = _PLAN_NAME.match(_closed(text))
                if named is not None and fits("title", text) and line.size <= SETTINGS.no_larger * body:
                    groups[named[0], None][page] = text, line.box.top
                if (counted := _counted(text)) is not None:
                    groups[_closed(counted.rest), counted.number - page][page] = text, line.box.top
    found: set[tuple[int, str]] = set()
    for (closed, offset), held in groups.items():
        middle = median(top for _, top in held.values())
        least = enough if offset is None else max(enough, len(margins) / 2)
        if _is_item(closed):
            least = max(SETTINGS.fewest_items, least)
        if sum(abs(top - middle) < SETTINGS.same_place_height for _, top in held.values()) >= least:
            found |= {(page, text) for page, (text, _) in held.items()}
    return frozenset(found)


def _is_item(text: str) -> bool:
    """Whether a plain line begins with a mark of the plan's outline and does not name the document."""
    marker = read_marker(text)
    return marker is not None and not marker.kind.label and not marker.kind.note and not fits("title", text)


class _Counted(NamedTuple):
    """A running line's own number and its other words."""

    number: int
    rest: str


def _counted(text: str) -> _Counted | None:
    """The number at an end of a plain line, apart from its words, that may count the pages."""
    found = _NUMBER_LAST.search(text) or _NUMBER_FIRST.search(text)
    if found is None:
        return None
    return _Counted(int(found["number"]), text[: found.start()] + text[found.end() :])


def _closed(text: str) -> str:
    return text.replace(" ", "")


def _outermost(layout: PageLayout, lines: Sequence[Line], repeated: frozenset[tuple[int, str]]) -> Iterator[Line]:
    """Those of a page's repeated lines that nothing but furniture stands outside of, above or below."""
    own = [line for line in layout.loose_lines if not _is_furniture(line, layout.number, repeated)]
    own += [line for table in layout.tables for cell in table.cells for line in cell.lines]
    top = min((line.box.top for line in own), default=layout.height)
    bottom = max((line.box.bottom for line in own), default=0.0)
    for line in lines:
        outside = line.box.top < top or line.box.bottom > bottom or line.box.x0 >= SETTINGS.side * layout.width
        if outside and (layout.number, plain(line.text.text)) in repeated:
            yield line


def _is_furniture(line: Line, page: int, repeated: frozenset[tuple[int, str]]) -> bool:
    text = plain(line.text.text)
    marks: tuple[FurnitureWords, ...] = ("stamp", "reference_stamp", "legend", "page_number", "title")
    return (page, text) in repeated or any(fits(kind, text) for kind in marks)


def page_numbers(layouts: Sequence[PageLayout]) -> dict[int, tuple[Line, ...]]:
    """Each page's number, where it has one: by page, the line that holds it, two on a sheet that shows two pages.

    A lone number in a margin is the page's where it goes up with the pages, or where nothing else can be told from one
    page. Pages taken out of a longer document have numbers at one height that only rise.
    """
    candidates = {layout.number: list(_number_lines(layout)) for layout in layouts}
    offsets = Counter(
        number - page for page, found in candidates.items() for number in {n for n, _ in found if n is not None}
    )
    usual = {offset for offset, count in offsets.items() if count >= 2}
    rising = not usual and _rise([found for found in candidates.values() if found])
    pages: dict[int, tuple[Line, ...]] = {}
    widths = {layout.number: layout.width for layout in layouts}
    for page, found in candidates.items():
        pair = _pair(found, widths[page])
        if pair:
            pages[page] = pair
            continue
        fitting = [
            line
            for number, line in found
            if number is None or number - page in usual or rising or len(layouts) < SETTINGS.fewest_counted
        ]
        if fitting:
            pages[page] = (max(fitting, key=lambda line: line.box.bottom),)
    return pages


def _pair(found: Sequence[tuple[int | None, Line]], width: float) -> tuple[Line, ...]:
    """The numbers of two pages on one sheet: one follows the other, half a sheet to its right; empty for none."""
    for number, line in found:
        for other, beside in found:
            level = abs(beside.box.top - line.box.top) < SETTINGS.same_place_height
            half = abs(beside.box.x0 - line.box.x0 - width / 2) < SETTINGS.half_a_sheet
            if number is not None and other == number + 1 and level and half:
                return line, beside
    return ()


def _rise(pages: Sequence[Sequence[tuple[int | None, Line]]]) -> bool:
    """Whether several pages have one number each, at one height, that goes up from page to page."""
    if len(pages) < 2 or any(len(found) != 1 for found in pages):
        return False
    level = (
        max(found[0][1].box.top for found in pages) - min(found[0][1].box.top for found in pages)
        < SETTINGS.same_place_height
    )
    numbers = [found[0][0] for found in pages]
    return level and all(a is not None and b is not None and a < b for a, b in pairwise(numbers))


def _number_lines(layout: PageLayout) -> Iterator[tuple[int | None, Line]]:
    for line in layout.loose_lines:
        at_head = line.box.bottom <= SETTINGS.number_head * layout.height
        if not at_head and line.box.top < SETTINGS.foot * layout.height:
            continue
        text = plain(line.text.text)
        found = next((match for pattern in patterns("page_number") if (match := pattern.fullmatch(text))), None)
        if found is not None:
            number = found.groupdict().get("number")
            yield (int(number) if number else None), line
