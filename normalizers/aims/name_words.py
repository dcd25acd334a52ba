"""What the words of a name say by themselves: that it measures something, or whom or which place it names."""

from __future__ import annotations

import re

from normalizers.aims.patterns import ends_with, expression, pattern

_TRADE = pattern("name_words.trade")
_GOAL_OF = pattern("name_words.goal_of")
_LISTED, _ALL_OF = pattern("name_words.listed"), pattern("name_words.all_of")
_PEOPLE = pattern("people.or_sum")
_TOLD_OF = pattern("people.whose")
_OF_WHOM = pattern("people.of_whom")
LONG_GROUP = 12
"""A longer stretch is hardly the name of a group."""


def measures(text: str) -> bool:
    """Whether a text ends in a word of measuring (率, 件数)."""
    text = _GOAL_OF.sub("", text.rstrip())
    return ends_with("names.heads").search(text) is not None and not ends_with("names.no_heads").search(text)


def is_place(text: str) -> bool:
    """Whether a text names a region or a branch of industry."""
    named = ends_with("names.regions").search(text) or _TRADE.search(text)
    return len(text) <= LONG_GROUP and named is not None


def is_whom(text: str) -> bool:
    """Whether a text names people, a region or a branch of industry and nothing else."""
    return is_people(text) or is_place(text)


def whose(text: str) -> tuple[str, str] | None:
    """Whom a name begins with and what is measured of them: 男性の喫煙率, 東部地区の受診率, 被保険者に対する実施率."""
    parts = _OF_WHOM.split(text, maxsplit=1)
    return (parts[0], parts[1]) if len(parts) > 1 and parts[1] and is_whom(parts[0]) else None


def names_branches(text: str) -> bool:
    """Whether a text names branches and nothing else: 全支部."""
    return re.fullmatch(expression("names.branches"), text.strip()) is not None


def is_people(text: str) -> bool:
    """Whether a text names people and nothing else: 被保険者, 男性, 全体."""
    return _PEOPLE.fullmatch(text.strip()) is not None


def tells_whom(text: str) -> bool:
    """Whether a text begins with people or offices of whom it goes on to speak: 受診者のうち…, 宣言事業所の継続率."""
    return _TOLD_OF.match(text) is not None


def lists(text: str) -> bool:
    """Whether a text names several things side by side: 特定健診・がん検診."""
    return _LISTED.fullmatch(text) is not None


def names_all(text: str) -> bool:
    """Whether a text names all of several places or people: 各支部, 全ての部署."""
    return _ALL_OF.fullmatch(text) is not None
