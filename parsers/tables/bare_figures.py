"""Texts of table cells that are a figure and nothing else, or the bound that goes with one."""

from __future__ import annotations

import re
from dataclasses import dataclass

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


_WORDS = read_data("parsers.tables", "bare_figures.toml", _Words)
_MARK = re.compile(r"[①-⑳]|[(][0-9]{1,2}[)]|[0-9]{1,2}[).](?![0-9])")
_FIGURE = re.compile("|".join(_WORDS.before) + "|[▲△+\\-±≧≦>≥≤<]|[0-9]|[一二三四五六七八九十百千][^。]{0,3}$")
# A text that ends in a verb says what is done.
_VERB = re.compile(r"[うくぐすつぬぶむる]$")
_OF_THE_GOAL = re.compile(f"^(?:{'|'.join(_WORDS.before_bound)})(?:の|を)?")


def is_figure(text: str) -> bool:
    """Whether a normalised text without blanks is a bare figure, or says that there is none."""
    if text in _WORDS.none:
        return True
    mark = _MARK.match(text)
    bare = text[mark.end() :] if mark else text
    spoken = len(bare) > SETTINGS.longest_figure or "を" in bare or _VERB.search(bare) is not None
    return not spoken and _FIGURE.match(bare) is not None


def is_bound(text: str) -> bool:
    """Whether a normalised text without blanks only says on which side of a figure the goal lies (以上)."""
    return _OF_THE_GOAL.sub("", text) in _WORDS.bound
