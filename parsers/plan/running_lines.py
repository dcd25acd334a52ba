"""Lines at the edges of pages that repeat over them: running titles, and the pages' numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from statistics import median

from parsers.layout.joined_lines import inked
from parsers.model.layout import Line, PageLayout
from parsers.plan.furniture_words import patterns, plain

# Shares of a page's height and width: what stands above HEAD, below FOOT or right of SIDE is in a margin.
HEAD = 0.16
FOOT = 0.88
SIDE = 0.93
NUMBER_HEAD = 0.1
# Points by which a running line's height may differ from page to page.
SAME_HEIGHT = 6.0


def masked(text: str) -> str:
    """A running line with its numbers made alike: they may count the pages."""
    return re.sub(r"[0-9]+", "0", text.replace(" ", ""))


def in_margin(line: Line, layout: PageLayout) -> bool:
    """Whether a line stands at the page's head or foot, or above its first table."""
    first = min((table.box.top for table in layout.tables), default=0.0)
    return (
        line.box.bottom <= max(HEAD * layout.height, first + 1)
        or line.box.top >= FOOT * layout.height
        or line.box.x0 >= SIDE * layout.width
    )


def running_lines(layouts: Sequence[PageLayout]) -> frozenset[str]:
    """Masked texts that stand in the margins of several pages at one height."""
    heights: dict[str, list[float]] = defaultdict(list)
    for layout in layouts:
        for text, line in {
            masked(plain(line.text.text)): line for line in layout.loose_lines if in_margin(line, layout)
        }.items():
            heights[text].append(line.box.top)
    enough = 2 if len(layouts) <= 5 else 3
    return frozenset(
        text
        for text, tops in heights.items()
        if inked(text) > 1
        and len(tops) >= enough
        and sum(abs(top - median(tops)) < SAME_HEIGHT for top in tops) >= enough
    )


def page_numbers(layouts: Sequence[PageLayout]) -> dict[int, Line]:
    """Each page's number, where it has one: by page, the line that holds it.

    A lone number in a margin is the page's where it goes up with the pages, or where nothing else can be told from one
    page.
    """
    candidates = {layout.number: list(_number_lines(layout)) for layout in layouts}
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
        at_head = line.box.bottom <= NUMBER_HEAD * layout.height
        if not at_head and line.box.top < FOOT * layout.height:
            continue
        text = plain(line.text.text)
        found = next((match for pattern in patterns("page_number") if (match := pattern.fullmatch(text))), None)
        if found is not None:
            number = found.groupdict().get("number")
            yield (int(number) if number else None), line
