"""A count in a bracket behind what it counts, one of several side by side: 窓口の開設(月2回)、求職者の成約5件."""

from __future__ import annotations

import re

from normalizers.aims.name_words import is_whom, measures
from normalizers.aims.patterns import pattern
from normalizers.text.numbers import read_quantities
from normalizers.text.tokens import read_words

_COUNT = pattern("asides.count_in_brackets")
_ITEM = re.compile("[、。:;]")


def _is_done(name: str) -> bool:
    words = read_words(name)
    return len(words) > 0 and words[-1].tag_.endswith("サ変可能")


def opened(text: str) -> str:
    """A normalised sentence in which a blank stands for each bracket around a count that is an aim of what it follows.

    Only where more figures follow behind a comma, and what stands before says what is done (セミナーの開催(年4回)).
    """
    for found in reversed(list(_COUNT.finditer(text))):
        name = _ITEM.split(text[: found.start()])[-1]
        quantities = read_quantities(found["count"])
        counts = len(quantities) == 1 and quantities[0].counted and quantities[0].end == len(found["count"])
        if counts and _is_done(name) and not (re.search("[0-9]", name) or is_whom(name) or measures(name)):
            text = f"{text[: found.start()]} {found['count']} {text[found.end() :]}"
    return text
