"""Columns of head counts whose headers leave 者数 or 数 out: 対象者 | 実施見込 | 実施率, 終了者見込（実施率）."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from parsers.tables.column_bodies import Body
from parsers.tables.column_headers import HeaderWords
from parsers.tables.columns import plain_text
from parsers.tables.header_rows import Head
from parsers.tables.patterns import words

_EXPECTED = ("見込", "見込み")
_PEOPLE = "者"
_RATE = "率"
_IN_BRACKETS = re.compile(r"[(][^()]*[)]$")
# What is done to people: alone before 見込 it leaves out who is counted.
_DEEDS = words("counts.deeds")


def expected_counts(heads: Sequence[Head], bodies: Sequence[Body]) -> dict[int, HeaderWords]:
    """What the headers of such columns say in full, by index.

    They stand beside the rate that they give, in a table without goals and years: there 実施見込 is no result to come.
    """
    whole = [plain_text(head.title) for head in heads]
    titles = [_IN_BRACKETS.sub("", title) for title in whole]
    rates = any(
        (head.words.role == "quantity" and title.endswith(_RATE)) or title.endswith(f"{_RATE})")
        for head, title in zip(heads, whole, strict=True)
    )
    if not rates or any(head.words.dated or head.words.role == "target" for head in heads):
        return {}
    found: dict[int, HeaderWords] = {}
    for index, (head, title, body) in enumerate(zip(heads, titles, bodies, strict=True)):
        own = head.words
        if own.role == "actual" and own.name and whole[index][len(title) :].strip("()") in _EXPECTED:
            # 受診者数（見込）
            found[index] = replace(own, role="quantity", name=whole[index], planned=True)
        elif own.role == "actual" and own.name and title.endswith(_EXPECTED):
            name = f"{own.name}見込者数" if own.name in _DEEDS else title
            found[index] = replace(own, role="quantity", name=name, planned=True)
        elif own.role == "group" and title.endswith(_PEOPLE) and body.holds_figures and body.numbers:
            found[index] = replace(own, role="quantity", name=f"{title}数")
    # What the people of a group are is a count only where what is expected of them stands beside.
    return found if any(said.planned for said in found.values()) else {}
