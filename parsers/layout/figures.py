"""Bare figures told by the kinds of their characters, before any wording is looked at."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FigureSettings:
    """What a text of figures may hold besides digits. Characters; chosen."""

    most_letters: int = 2
    """Letters in a figure: a unit, a mark of revision."""
    longest_sign: int = 3
    """Length of a text without letters or digits that says that there is no figure."""


SETTINGS = FigureSettings()


def is_bare_figure(text: str) -> bool:
    """Whether a text is a figure with hardly a letter, or a sign for none (–, …)."""
    kinds = [unicodedata.category(char) for char in text if not char.isspace()]
    letters = sum(kind[0] == "L" for kind in kinds)
    digits = sum(kind[0] == "N" for kind in kinds)
    if digits:
        return letters <= SETTINGS.most_letters and letters <= digits
    return not letters and 0 < len(kinds) <= SETTINGS.longest_sign
