"""Large numbers beside the items that they count, as in a circle at the left of a title and the text below it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from parsers.model.page import Glyph


@dataclass(frozen=True, slots=True)
class BadgeSettings:
    """Which numbers stand beside an item of several lines. All chosen."""

    badge_larger: float = 1.3
    """Times the size of the text beside it at least."""
    badge_gap: float = 1.0
    """Em of the text beside it between the two at least."""
    most_digits: int = 2
    """Digits of such a number at most."""


SETTINGS = BadgeSettings()


def with_badges_at_titles(rows: Sequence[list[Glyph]]) -> list[list[Glyph]]:
    """The rows, a large number at the head of one, or alone, put at the head of the first row that it stands beside."""
    made: list[list[Glyph]] = []
    waiting: list[Glyph] = []
    for row in rows:
        if waiting and not _is_beside(row, waiting):
            made.append(waiting)
            waiting = []
        cut = 0 if waiting else _badge_end(row)
        badge, rest = row[:cut], [*waiting, *row[cut:]]
        waiting = []
        place = len(made)
        while badge and place and _is_beside(made[place - 1], badge):
            place -= 1
        if place < len(made):
            made[place] = [*badge, *made[place]]
        elif not rest:
            waiting = badge
        else:
            rest = [*badge, *rest]
        if rest:
            made.append(rest)
    return [*made, waiting] if waiting else made


def is_list_number(glyphs: Iterable[Glyph]) -> bool:
    """Whether some glyphs are nothing but a number of one or two digits."""
    text = "".join(glyph.text for glyph in glyphs).strip()
    return text.isdecimal() and len(text) <= SETTINGS.most_digits


def _badge_end(row: Sequence[Glyph]) -> int:
    """How many glyphs at the head of a row are a number alone, or one much larger than its text and set apart from it;
    else 0.
    """
    shown = [index for index, glyph in enumerate(row) if not glyph.text.isspace()]
    digits = 0
    while digits < len(shown) and row[shown[digits]].text.isdecimal():
        digits += 1
    if not 0 < digits <= SETTINGS.most_digits:
        return 0
    if digits == len(shown):
        return len(row)
    number, text = [row[at] for at in shown[:digits]], [row[at] for at in shown[digits:]]
    apart = text[0].x0 - number[-1].x1 >= SETTINGS.badge_gap * median(glyph.size for glyph in text)
    return shown[digits] if apart and _is_larger(number, text) else 0


def _is_larger(number: Sequence[Glyph], text: Sequence[Glyph]) -> bool:
    return min(glyph.size for glyph in number) >= SETTINGS.badge_larger * median(glyph.size for glyph in text)


def _is_beside(row: Sequence[Glyph], badge: Sequence[Glyph]) -> bool:
    """Whether a row of smaller text stands right of a large number, and at its height."""
    shown = [glyph for glyph in row if not glyph.text.isspace()]
    number = [glyph for glyph in badge if not glyph.text.isspace()]
    if not shown or min(glyph.x0 for glyph in shown) < number[-1].x1:
        return False
    over, under = min(glyph.top for glyph in shown), max(glyph.bottom for glyph in shown)
    return under > number[0].top and over < number[0].bottom and _is_larger(number, shown)
