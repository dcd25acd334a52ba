"""Columns of head counts whose headers leave 者数 out: 区分 | 対象者 | 実施見込 | 実施率."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parsers.tables.column_bodies import Body
from parsers.tables.column_headers import HeaderWords
from parsers.tables.columns import plain_text
from parsers.tables.header_rows import Head

_EXPECTED = ("見込", "見込み")
_PEOPLE = "者"
_RATE = "率"


def expected_counts(heads: Sequence[Head], bodies: Sequence[Body]) -> dict[int, HeaderWords]:
    """What the headers of such columns say in full, by index.

    They stand beside the rate that they give, in a table without goals and years: there 実施見込 is no result to come.
    """
    titles = [plain_text(head.title) for head in heads]
    rates = any(
        head.words.role == "quantity" and title.endswith(_RATE) for head, title in zip(heads, titles, strict=True)
    )
    if not rates or any(head.words.dated or head.words.role == "target" for head in heads):
        return {}
    found: dict[int, HeaderWords] = {}
    for index, (head, title, body) in enumerate(zip(heads, titles, bodies, strict=True)):
        words = head.words
        if words.role == "actual" and words.name and title.endswith(_EXPECTED):
            found[index] = replace(words, role="quantity", name=f"{words.name}見込者数", planned=True)
        elif words.role == "group" and title.endswith(_PEOPLE) and body.holds_figures and body.numbers:
            found[index] = replace(words, role="quantity", name=f"{title}数")
    # What the people of a group are is a count only where what is expected of them stands beside.
    return found if any(words.planned for words in found.values()) else {}
