"""pdfplumber as a second, independent reader of the numbers in given boxes.

It reads a page some twenty times slower than the first reader, so it is asked only where a value is worth it. The
default policy: the pages with the most requests first, at most ``DEFAULT_PAGES`` pages of a document; whoever asks puts
the values in doubt (low confidence, failed checks) before the others or raises the number.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from parsers.model.geometry import Box

DEFAULT_PAGES = 2
MARGIN = 0.5

_NUMERAL = re.compile(r"[0-9]+(?:[.,][0-9]+)*")


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
class Disagreement:
    """A request whose digits the second reader reads differently: ``first`` and ``second`` are the digits read."""

    request: NumberRequest
    first: str
    second: str


def disagreeing_numbers(
    data: bytes, requests: Iterable[NumberRequest], *, max_pages: int | None = DEFAULT_PAGES
) -> list[Disagreement]:
    """Read the boxes of ``requests`` again and return those whose digits differ.

    Requests without a digit are left out. ``max_pages`` bounds the pages read (None: all). A file that pdfplumber
    cannot read gives no disagreement: it is no witness then.
    """
    import pdfplumber
    from pdfplumber.utils.exceptions import PdfminerException

    by_page: dict[int, list[NumberRequest]] = defaultdict(list)
    for request in requests:
        if digits(request.text):
            by_page[request.page].append(request)
    pages = sorted(by_page, key=lambda page: (-len(by_page[page]), page))[:max_pages]
    found: list[Disagreement] = []
    if not pages:
        return found
    try:
        with pdfplumber.open(io.BytesIO(data), pages=sorted(pages)) as pdf:
            for page in pdf.pages:
                found += _page_disagreements(page, by_page[page.page_number])
                page.close()
    except (PdfminerException, ValueError, TypeError, KeyError, AssertionError, RecursionError):
        return found
    return found


def text_in_boxes(chars: Sequence[dict[str, Any]], boxes: Sequence[Box]) -> str:
    """The text of those of a pdfplumber page's ``chars`` whose middles lie in ``boxes``, box by box."""
    texts = []
    for box in boxes:
        inside = [
            char
            for char in chars
            if box.x0 - MARGIN <= (char["x0"] + char["x1"]) / 2 <= box.x1 + MARGIN
            and box.top - MARGIN <= (char["top"] + char["bottom"]) / 2 <= box.bottom + MARGIN
        ]
        inside.sort(key=lambda char: char["x0"])
        texts.append("".join([char["text"] for char in inside]))
    return "".join(texts)


def digits(text: str) -> str:
    """The numerals of a text in order, width folded, thousands marks left out, one after the other without a gap."""
    return "".join(_NUMERAL.findall(_folded(text))).replace(",", "")


def _folded(text: str) -> str:
    """Text with decimal digits and marks in ASCII, blanks dropped; enclosed and raised numbers stay what they are."""
    out = []
    for char in text:
        if char.isdecimal():
            out.append(str(unicodedata.decimal(char)))
        elif not char.isspace():
            out.append({"．": ".", "，": ","}.get(char, char))
    return "".join(out)


def _page_disagreements(page: Any, requests: Sequence[NumberRequest]) -> list[Disagreement]:
    found = []
    chars = page.dedupe_chars().chars
    for request in requests:
        first = digits(request.text)
        second = digits(text_in_boxes(chars, request.boxes))
        if first not in second:
            found.append(Disagreement(request, first, second))
    return found
