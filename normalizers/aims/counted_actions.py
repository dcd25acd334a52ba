"""What a bracket behind an action counts: the action itself (訪問を行う(目標:200社)), or a measure that it names."""

from __future__ import annotations

import functools
from dataclasses import replace

from normalizers.aims.aim_reading import AimReading
from normalizers.aims.indicator_names import cleaned
from normalizers.aims.lexicon import lexicon
from normalizers.aims.name_words import is_people, measures
from normalizers.aims.patterns import pattern
from normalizers.indicators.catalogue import population_of
from normalizers.text.skeleton import Bracket, Skeleton
from normalizers.text.tokens import read_words

_MEASURED = pattern("counted_actions.measured")
_SEVERAL_CLAUSES = pattern("counted_actions.several_clauses")
_VERB_LAST = pattern("counted_actions.ends_of_verbs")
_DONE = pattern("counted_actions.done")
_BEING_DONE = pattern("counted_actions.being_done")
_AND_MORE = pattern("counted_actions.and_more")
_PHRASE = pattern("counted_actions.phrase")
_ACTION = pattern("people.act")
_LONGEST_CASE = 10
"""A longer name in a bracket is an indicator, not the case that a figure is for (訪問100社、電話200社)."""


def is_action(skeleton: Skeleton, bracket: Bracket) -> bool:
    """Whether a bracket stands behind what is done: 受診勧奨(年2回、計3万件), 研修を行う(年4回), 教室を広げる(…)."""
    before, after = skeleton.text[: bracket.at].rstrip(), skeleton.text[bracket.at :].strip(" 。")
    return not after and (_ACTION.search(before) is not None or _VERB_LAST.search(before) is not None)


def counting_the_action(aim: AimReading, skeleton: Skeleton) -> AimReading:
    """勧奨を行う(目標:200社): the action is what is counted, unless the bracket names a measure."""
    action, name, pattern = _action_named(skeleton), aim.indicator or "", "inline_" + aim.pattern
    if not aim.indicator_named or not name:
        return replace(aim, indicator=action, pattern=pattern)
    population = population_of(name)
    whom = is_people(name)
    own = aim.unit == "percent" or _MEASURED.search(name) is not None or measures(name) or not _is_way(name)
    if (own and not whom) or len(name) > _LONGEST_CASE:
        return replace(aim, population=aim.population or population, pattern=pattern)
    held = name in lexicon()["names"]["taking_place"]
    case = place_of(name, skeleton) if aim.population is None and population is None and not held else None
    return replace(
        aim,
        indicator=action,
        population=aim.population or population,
        condition=case or aim.condition,
        pattern=pattern,
    )


@functools.lru_cache(maxsize=8)
def _action_named(skeleton: Skeleton) -> str | None:
    """What an action does, as a noun: 訪問 of 訪問を行う; None where it does several things, which name nothing."""
    asides = tuple(bracket for bracket in skeleton.brackets if not bracket.quotes)
    if len(asides) == 1 and asides[0].at and _AND_MORE.match(skeleton.text, asides[0].at):
        # 勉強会(目標:年24回)及び研修を実施する: what the bracket stands right behind.
        alone = skeleton.words_of(0, asides[0].at, asides)
        if _PHRASE.search(alone) is None:
            return cleaned(alone)
    action = cleaned(skeleton.words_of(0, len(skeleton.text), asides).rstrip("。"))
    if _SEVERAL_CLAUSES.search(action):
        # 事業所訪問(目標:月20社)を行い、…: the first of them alone, where its bracket stands right behind it.
        at = asides[0].at if len(asides) == 1 else 0
        action = skeleton.words_of(0, at, asides) if _BEING_DONE.match(skeleton.text, at) else ""
        return cleaned(action) if at and _PHRASE.search(action) is None else None
    return cleaned(_DONE.sub("", action)) or None


def _is_way(name: str) -> bool:
    """Whether a name only tells how something is done (訪問100社、電話200社).

    What is done with something is counted itself (チラシ配布5,000枚), as things are (薬局40か所).
    """
    words = read_words(name)
    alone = len(words) == 1 and words[0].tag_.endswith("サ変可能")
    return alone or name in lexicon()["names"]["ways"]


def place_of(name: str, skeleton: Skeleton) -> tuple[int, int] | None:
    """Where a name stands in a sentence, brackets included."""
    at = skeleton.whole.find(name)
    return (at, at + len(name)) if at >= 0 else None
