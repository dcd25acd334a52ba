"""Words by which a page says which edition it holds, where 新 and 旧 stand on pages of their own."""

from __future__ import annotations

import re
from typing import Literal

from parsers.plan.furniture_words import plain
from parsers.tables.column_headers import read_header_words
from parsers.tables.header_words import holds_edition_word

PlainEdition = Literal["new", "old"]
_BETWEEN = re.compile(r"[\s()\[\]【】〔〕<>《》「」]+|(?<=[後前])の")


def read_edition_stamp(text: str) -> PlainEdition | None:
    """The edition that a stamp names and nothing else: 【新】, 改正前, 新（令和6年度）."""
    said = plain(text)
    if not holds_edition_word("".join(said.split())):
        return None
    words = read_header_words(said)
    return words.edition if words.understood and words.role is None and words.scope is None else None


def read_edition_title(text: str) -> PlainEdition | None:
    """The edition that a part of a title names: 令和6年度事業計画（旧）, 旧・令和5年度 岡山支部事業計画."""
    said = [read_header_words(part) for part in _BETWEEN.split(plain(text)) if part]
    found = {words.edition for words in said if words.understood and words.role in (None, "content")} - {None}
    return found.pop() if len(found) == 1 else None
