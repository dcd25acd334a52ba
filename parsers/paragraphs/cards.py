"""A name with its figure on a line of its own is one statement: on cards of slides, and below a label of aims."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from normalizers.text.characters import normalize
from normalizers.text.fiscal_years import read_years
from normalizers.text.markers import read_marker
from parsers.model.layout import Line
from parsers.paragraphs.patterns import pattern, words
from parsers.tables.bare_figures import is_figure
from parsers.tables.column_headers import read_header_words


@dataclass(frozen=True, slots=True)
class CardSettings:
    """A name and its figure on a card. Both chosen."""

    larger: float = 1.5
    """Times the size of the name in which the figure is set at least: headings are up to 1.4 of their text."""
    gap: float = 1.5
    """Em of the figure between the two at most."""
    most_lines: int = 3
    """Lines of a name at most. Chosen."""
    longest_card_name: int = 50
    """Characters of a name whose figure stands below it in the same type. Chosen."""
    name_pitch: float = 1.0
    """Em between two lines of a card's name at most. Chosen."""
    alike: float = 1.12
    """Times the smaller size: lines of two sizes are none of one type."""


SETTINGS = CardSettings()

_LAST_YEAR = words("cards.last_year")
_SENTENCE_MARKS = "、。：:"
_WITH_UNIT = re.compile(r"[0-9][^0-9.,]")
_AIM_AND_RESULT = pattern("cards.aim_and_result")
_RESULT_BEHIND = pattern("cards.result_behind")
_BLANKS = re.compile(r"[ \u3000]+")
_STATED = pattern("cards.stated")
_PREDICATE = pattern("cards.predicate")


def figure_is_named_above(above: Sequence[Line], below: Line) -> bool:
    """Whether the last line ``above`` is a card's figure of what stands right above it, not of the name ``below``.

    Both are set alike, and the figure stands nearer to the upper one.
    """
    if len(above) < 2:
        return False
    before, figure = above[-2:]
    if not is_bare_value(figure.text.text) or is_bare_value(before.text.text):
        return False
    if figure.size < SETTINGS.larger * below.size:
        return False
    nearer = 0 <= figure.box.top - before.box.bottom <= below.box.top - figure.box.bottom
    alike = max(before.size, below.size) <= SETTINGS.alike * min(before.size, below.size)
    return nearer and alike


def completes_name(above: Sequence[Line], below: Line, following: Line | None, ended: bool) -> bool:
    """Whether a line is the figure of the name above it, or the name of the figure above it.

    ``following`` is the line after it, ``ended`` tells that the line above was ended on purpose.
    """
    if _on_one_card(above, below) or _is_of_one_name(above, below, following):
        return True
    return ended and _names_figure(above, below, following)


def _is_of_one_name(above: Sequence[Line], line: Line, following: Line | None) -> bool:
    """Whether a line is the rest of a card's name, whose figure follows: 生活習慣病予防健診 / 実施率 / 69.4％."""
    if following is None or is_bare_value(line.text.text) or not is_bare_value(following.text.text):
        return False
    sizes = sorted(other.size for other in (*above, line))
    alike = sizes[-1] <= SETTINGS.alike * sizes[0] and {other.bold for other in above} == {line.bold}
    near = 0 <= line.box.top - above[-1].box.bottom < SETTINGS.name_pitch * line.size
    words = read_header_words("".join(other.text.text for other in above))
    labels = words.understood and (words.dated or words.role in ("target", "actual"))
    return alike and near and not labels and following.size > line.size and _on_one_card([*above, line], following)


def _on_one_card(above: Sequence[Line], below: Line) -> bool:
    """Whether of some lines and the one below them the ones name what the other gives the figure of: 実施率 / 62.4%."""
    if len(above) > SETTINGS.most_lines:
        return False
    last = above[-1]
    small, large = sorted((last, below), key=lambda line: line.size)
    near = below.box.top - last.box.bottom < SETTINGS.gap * large.size
    over = below.box.x0 < max(line.box.x1 for line in above) and min(line.box.x0 for line in above) < below.box.x1
    alike = max(line.size for line in above) < SETTINGS.larger * min(line.size for line in above)
    if not (near and over and alike and large.size >= SETTINGS.larger * small.size):
        return False
    texts = ["".join(line.text.text for line in above), below.text.text]
    figure, name = texts if large is last else texts[::-1]
    return is_bare_value(figure) and _names(_without_years(name)) and read_marker(name) is None


def _names_figure(above: Sequence[Line], below: Line, following: Line | None) -> bool:
    """Whether a name was ended so that its figure stands in a line of its own: 実施率 / 62.4％以上, in one type.

    ``following`` is the line after the figure: several figures below each other belong to several names.
    """
    if len(above) > SETTINGS.most_lines:
        return False
    last = above[-1]
    # A result in brackets behind the figure may be set smaller.
    sizes = sorted((last.size, below.glyphs[0].size))
    near = 0 <= below.box.top - last.box.bottom < SETTINGS.gap * below.size
    name = "".join(line.text.text for line in above)
    marker = read_marker(name)
    if marker is not None:
        name = "" if marker.kind.label else name[marker.end :]
    told = _told_by_label(name)
    if not told and following is not None and is_bare_value(following.text.text):
        return False
    # What a label of aims names has its figure in the line below it, at the right end as often as below the name.
    over = below.box.x0 > above[0].box.x0 - below.size and (told or below.box.x0 < max(line.box.x1 for line in above))
    if not (near and over and sizes[1] <= SETTINGS.alike * sizes[0]):
        return False
    figure = _RESULT_BEHIND.sub("", below.text.text)
    mark = read_marker(figure)
    if mark is not None and mark.number is not None:
        return False
    named = bool(name.strip()) and (told or _names(name)) and _PREDICATE.search(name.strip()) is None
    plain = "".join(normalize(figure).text.split())
    valued = _WITH_UNIT.search(plain) is not None or plain.startswith(_LAST_YEAR)
    return named and len(name) <= SETTINGS.longest_card_name and is_bare_value(figure) and valued


def _told_by_label(name: str) -> bool:
    """Whether a name stands behind a label of aims (目標　実施率) and states no aim itself; it may hold numbers."""
    parts = _BLANKS.split(name.strip(), maxsplit=1)
    if len(parts) < 2 or _STATED.search(normalize(parts[1]).text) is not None:
        return False
    words = read_header_words(parts[0])
    return words.understood and words.role == "target"


def is_bare_value(text: str) -> bool:
    """Whether a printed text is a figure to reach and nothing else."""
    plain = "".join(normalize(text).text.split())
    told = any(character.isdecimal() for character in plain) or any(word in plain for word in _LAST_YEAR)
    return told and is_figure(plain)


def _without_years(text: str) -> str:
    """A text, normalised, without the years that it names: 目標（令和6年度） labels the figure below it."""
    plain = normalize(text).text
    for mention in reversed(read_years(plain)):
        plain = plain[: mention.start] + plain[mention.end :]
    return plain


def _names(text: str) -> bool:
    if _AIM_AND_RESULT.search(text) is not None:
        return False
    return not any(character.isdecimal() or character in _SENTENCE_MARKS for character in text)
