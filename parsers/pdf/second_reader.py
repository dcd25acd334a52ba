"""pdfplumber as a second, independent reader of the numbers in given boxes.

It shares no code with the first reader up to the characters and their places; what a number says, with its sign, point
and unit, is then read of both texts in the same way. A page costs it some twenty times what it costs the first reader,
so it is asked for single pages only.
"""

from __future__ import annotations

import io
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Literal, NamedTuple

from normalizers.text.characters import normalize
from normalizers.text.numbers import read_quantities
from parsers.model.geometry import Box


@dataclass(frozen=True, slots=True)
class SecondReaderSettings:
    """When a second reading of a value agrees with the first."""

    box_slack: float = 0.5
    """Points that a character's middle may lie outside the box of its line: the two readers' boxes differ by rounding.
    Chosen.
    """
    raised_size: float = 0.75
    """Share of their line's size below which characters are note numbers and ruby, which are no part of its numbers.
    LibreOffice sets superscripts at 0.58.
    """
    witness: float = 0.5
    """Share of a text's characters that the second reader must find: with fewer it reads another place or code. Half,
    chosen.
    """
    same_words: float = 0.9
    """Share of a text's characters from which on the two readers read the same words. Chosen."""


SETTINGS = SecondReaderSettings()


class PrintedNumber(NamedTuple):
    """A number as it is compared: with its sign and in its unit."""

    value: float
    signed: bool
    unit: str | None

    def __str__(self) -> str:
        return f"{'+' if self.signed and self.value > 0 else ''}{self.value:,.10g}{self.unit or ''}"


@dataclass(frozen=True, slots=True)
class NumberRequest:
    """A text whose numbers are to be read again: where it stands, line by line, on one page (from 1).

    ``key`` is the caller's own name for it.
    """

    key: str
    page: int
    boxes: tuple[Box, ...]
    text: str


@dataclass(frozen=True, slots=True)
class SecondReading:
    """What the second reader makes of a request: ``agrees``, other ``numbers``, or other ``words`` alone.

    ``first`` and ``second`` are the numbers that either reader reads.
    """

    request: NumberRequest
    verdict: Literal["agrees", "numbers", "words"]
    first: tuple[PrintedNumber, ...]
    second: tuple[PrintedNumber, ...]


def read_numbers_again(data: bytes, requests: Iterable[NumberRequest]) -> list[SecondReading]:
    """Reads the boxes of ``requests`` again and compares their numbers and words.

    Requests that it is no witness of are left out: those where it finds hardly any of the characters (a picture, a
    turned page, a font without codes), and all of a file that pdfplumber cannot read.
    """
    import pdfplumber
    from pdfplumber.utils.exceptions import PdfminerException

    by_page: dict[int, list[NumberRequest]] = defaultdict(list)
    for request in requests:
        by_page[request.page].append(request)
    found: list[SecondReading] = []
    if not by_page:
        return found
    try:
        with pdfplumber.open(io.BytesIO(data), pages=sorted(by_page)) as pdf:
            for page in pdf.pages:
                chars = sorted(page.chars, key=_level)
                readings = (_compared(chars, request) for request in by_page[page.page_number])
                found += [reading for reading in readings if reading is not None]
                page.close()
    except (PdfminerException, ValueError, TypeError, KeyError, AssertionError, RecursionError):
        # What pdfminer raises on damaged files.
        return found
    return found


def _level(char: dict[str, Any]) -> float:
    return float(char["top"] + char["bottom"]) / 2


def text_in_boxes(chars: Sequence[dict[str, Any]], boxes: Sequence[Box]) -> str:
    """The text of those of a pdfplumber page's ``chars`` whose middles lie in ``boxes``, box by box, no raised ones.

    ``chars`` come from the top of the page down. What is printed twice is there once.
    """
    # pdfplumber takes the square of their count to take away doubles: what lies in a box is little, a page is not.
    from pdfplumber.utils.text import dedupe_chars

    texts = []
    for box in boxes:
        first = bisect_left(chars, box.top - SETTINGS.box_slack, key=_level)
        behind = bisect_right(chars, box.bottom + SETTINGS.box_slack, key=_level)
        inside = dedupe_chars(
            [
                char
                for char in chars[first:behind]
                if box.x0 - SETTINGS.box_slack <= (char["x0"] + char["x1"]) / 2 <= box.x1 + SETTINGS.box_slack
            ]
        )
        if not inside:
            continue
        usual = median(char["size"] for char in inside)
        inside = [char for char in inside if char["size"] >= SETTINGS.raised_size * usual]
        inside.sort(key=lambda char: char["x0"])
        texts.append("".join([char["text"] for char in inside if not _is_covered_blank(char, inside)]))
    return "".join(texts)


def _is_covered_blank(char: dict[str, Any], line: Sequence[dict[str, Any]]) -> bool:
    """Whether a blank lies on another character: Writer draws one beside figures that it underlines, over a digit."""
    if not char["text"].isspace():
        return False
    middle = (char["x0"] + char["x1"]) / 2
    return any(other["x0"] < middle < other["x1"] for other in line if not other["text"].isspace())


def numbers_of(text: str) -> tuple[PrintedNumber, ...]:
    """The numbers of a verbatim text from left to right, with their signs and units."""
    return tuple(
        PrintedNumber(quantity.value, quantity.signed, quantity.unit_code)
        for quantity in read_quantities(normalize(text).text)
    )


def _compared(chars: Sequence[dict[str, Any]], request: NumberRequest) -> SecondReading | None:
    text = text_in_boxes(chars, request.boxes)
    # The first reader keeps note numbers as superscripts; this one leaves out what is raised.
    on_the_line = "".join(c for c in request.text if not unicodedata.decomposition(c).startswith("<super>"))
    mine, theirs = _characters(on_the_line), _characters(text)
    share = (mine & theirs).total() / max(1, mine.total())
    if share < SETTINGS.witness:
        return None
    first, second = numbers_of(on_the_line), numbers_of(text)
    # What the second reader sees besides may be hidden or raised: it is no witness for what is not there.
    verdict: Literal["agrees", "numbers", "words"] = "agrees" if share >= SETTINGS.same_words else "words"
    if Counter(first) - Counter(second):
        verdict = "numbers"
    return SecondReading(request, verdict, first, second)


def _characters(text: str) -> Counter[str]:
    return Counter(character for character in normalize(text).text if not character.isspace())
