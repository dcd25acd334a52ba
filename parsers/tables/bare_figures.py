"""Texts of table cells that are a figure and nothing else, or the bound that goes with one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel, ConfigDict

from parsers.model.data_file import read_data


@dataclass(frozen=True, slots=True)
class BareFigureSettings:
    """Which texts are figures without words."""

    longest_figure: int = 30
    """Characters: a longer text is a sentence. Chosen."""


SETTINGS = BareFigureSettings()


class _Words(BaseModel):
    """The file: what a figure may begin with, and whole texts by what they say."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    before: list[str]
    none: frozenset[str]
    bound: frozenset[str]
    before_bound: list[str]


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The file's words, ready to be found."""

    none: frozenset[str]
    bound: frozenset[str]
    figure: re.Pattern[str]
    of_the_goal: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    words = read_data("parsers.tables", "bare_figures.toml", _Words)
    before, before_bound = "|".join(words.before), "|".join(words.before_bound)
    return _Patterns(
        words.none,
        words.bound,
        re.compile(before + "|[▲△+\\-±≧≦>≥≤<]|[0-9]|[一二三四五六七八九十百千][^。]{0,3}$"),
        re.compile(f"^(?:{before_bound})(?:の|を)?"),
    )


_MARK = re.compile(r"[①-⑳]|[(][0-9]{1,2}[)]|[0-9]{1,2}[).](?![0-9])")
# A text that ends in a verb says what is done.
_VERB = re.compile(r"[うくぐすつぬぶむる]$")


def is_figure(text: str) -> bool:
    """Whether a normalised text without blanks is a bare figure, or says that there is none."""
    if text in _patterns().none:
        return True
    mark = _MARK.match(text)
    bare = text[mark.end() :] if mark else text
    spoken = len(bare) > SETTINGS.longest_figure or "を" in bare or _VERB.search(bare) is not None
    return not spoken and _patterns().figure.match(bare) is not None


def is_bound(text: str) -> bool:
    """Whether a normalised text without blanks only says on which side of a figure the goal lies (以上)."""
    return _patterns().of_the_goal.sub("", text) in _patterns().bound
