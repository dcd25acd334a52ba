"""Aims in a bracket of an action: 依頼文書を送付(目標:200事業所), 勧奨を強化(目標:被保険者 60%、被扶養者 30%)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from normalizers.aims.patterns import inline_words
from normalizers.aims.statements import Reading, moved_reading, read_statement
from normalizers.indicators.catalogue import population_of
from normalizers.text.numbers import Quantity, read_quantities
from normalizers.text.skeleton import Bracket, read_skeleton

_A_SENTENCE = re.compile(r"[、。をが]")
_NO_COUNT = re.compile(r" ?(?:年|月|日まで|四半期)")
_BREAK = re.compile(r" ?[、,・;/と] ?| (?=[^0-9 ])")
_PERIODS = re.compile(r"(?:年間?|毎月|月|計|約|延べ|各)? ?$")
_MEASURED = re.compile(r"(?:率|数|割合|額|者)$")
_BEFORE_A_GOAL = re.compile(r"[0-9]|前年|昨年|年度|平均|末")


def inline_readings(body: str) -> Iterator[Reading]:
    """The aims that a bracket within a normalised action states; the action is what is counted.

    Where the bracket names groups (被保険者 60%、被扶養者 30%), each figure is an aim of its own; a name that ends in a
    measure (実施率 30%) is the indicator instead of the action.
    """
    skeleton = read_skeleton(body)
    for bracket in skeleton.brackets:
        content = bracket.content.strip()
        word = next((word for word in inline_words() if content.startswith(word)), None)
        if word is None:
            continue
        rest = content[len(word) :].lstrip(" :は")
        quantities = _counted(rest)
        if not quantities or _A_SENTENCE.search(rest[: quantities[0].start]):
            continue
        action = skeleton.words_of(0, len(skeleton.text)).replace(f"({bracket.content})", "").strip(" 。")
        at = _content_start(bracket, content) + content.index(rest, len(word))
        for reading in _aims_of_bracket(rest, quantities):
            yield replace(moved_reading(reading, at, 0, len(body)), indicator=reading.indicator or action)


def _content_start(bracket: Bracket, content: str) -> int:
    return bracket.start + 1 + bracket.content.index(content)


def _counted(text: str) -> list[Quantity]:
    """The quantities that are no part of a date."""
    return [quantity for quantity in read_quantities(text) if not _NO_COUNT.match(text, quantity.end)]


def _aims_of_bracket(text: str, quantities: list[Quantity]) -> Iterator[Reading]:
    """The readings of a bracket's content, figure by figure; ``indicator`` is None where the action is counted."""
    start = 0
    for quantity in quantities:
        if quantity.start < start:
            continue
        after = _BREAK.search(text, quantity.end)
        end = after.start() if after else len(text)
        name = _PERIODS.sub("", text[start : quantity.start]).strip(" :は")
        first, name = (start, "") if _BEFORE_A_GOAL.search(name) else (quantity.start, name)
        for reading in read_statement(text[first:end], marked=True, previous_indicator="", fiscal_year=None):
            yield _led_by(moved_reading(reading, first, start, end), name, start)
        start = after.end() if after else len(text)


def _led_by(reading: Reading, name: str, at: int) -> Reading:
    """A figure's reading with what the name before it says: its indicator, its population, or the case it is for."""
    pattern = "inline_" + reading.pattern
    if not name:
        return replace(reading, pattern=pattern)
    population = population_of(name)
    if _MEASURED.search(name) and name not in ("被保険者", "被扶養者", "加入者"):
        return replace(reading, indicator=name, population=population, pattern=pattern)
    case = (at, at + len(name)) if population is None else None
    return replace(reading, population=population, condition=case or reading.condition, pattern=pattern)
