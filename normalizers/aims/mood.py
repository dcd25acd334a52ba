"""Whether a sentence sets an aim of the branch, or tells a result, a rule or somebody else's goal."""

from __future__ import annotations

import functools
import re

from normalizers.aims.automaton import Reading
from normalizers.aims.lexicon import lexicon
from normalizers.aims.patterns import pattern, wordings
from normalizers.text.fiscal_years import read_years
from normalizers.text.numbers import read_quantities
from normalizers.text.skeleton import Skeleton

_TOWARDS = pattern("mood_forms.towards")


_WAS = pattern("mood_forms.was")
_AIM_HELD_AGAINST = pattern("mood_forms.aim_held_against")
_ASIDE = pattern("mood_forms.aside")
_ASIDE_RESULT = pattern("mood_forms.aside_result")
_YEAR_SPELLED = 20
"""Characters within which a year at a statement's head ends: 2023(令和5)年度."""

_BOUND_LAST, _SET_AMID = pattern("mood_forms.bound_last"), pattern("mood_forms.set_amid")
_REFERENCE_WORD = pattern("mood_forms.reference_word")
_AIM_OF_OTHERS, _PAST = pattern("mood_forms.aim_of_others"), pattern("mood_forms.past")


def ends_with_bound(text: str) -> bool:
    """Whether a text ends with a figure and its bound, without a verb: 郵送化率 96.5%以上."""
    return _BOUND_LAST.search(text) is not None


@functools.cache
def _told() -> re.Pattern[str]:
    return re.compile(f"{wordings('mood.told')}[。、 ]*$")


@functools.cache
def _setting() -> re.Pattern[str]:
    plain = lexicon()["mood"]["setting"]
    words = sorted({*plain, *(polite for word in plain for polite in _polite(word))}, key=len, reverse=True)
    return re.compile("(?:" + "|".join(map(re.escape, words)) + r")(?:こと|よう.{0,8})?。?$")


def _polite(word: str) -> tuple[str, ...]:
    """The polite forms of a verb that sets an aim: とします, 目標としています, 引き上げます."""
    if word.endswith("する"):
        stem = word[:-2]
        now = (f"{stem}しています", f"{stem}しております") if stem.endswith("目標と") else ()
        return (f"{stem}します", f"{stem}いたします", f"{stem}してまいります", *now)
    if word.endswith("す"):
        return (f"{word[:-1]}します", f"{word[:-1]}してまいります", f"{word[:-1]}しています")
    if word.endswith("る"):
        return (f"{word[:-1]}ます", f"{word[:-1]}ります", f"{word[:-1]}てまいります")
    return ()


def told_last(skeleton: Skeleton) -> bool:
    """Whether a sentence ends in words that tell what was or is so."""
    return _told().search(skeleton.text.strip(" 。")) is not None


def told(skeleton: Skeleton) -> bool:
    """Whether a sentence tells what was, so that not even its brackets set an aim."""
    return bool(_PAST.search(skeleton.text.strip(" 。")))


def lists_results(text: str, fiscal_year: int | None) -> bool:
    """Whether a statement is headed by results, or by an earlier year, and only lists what came of it.

    （参考）令和5年度実績 …; アンケート結果:….
    """
    led = _ASIDE.match(text)
    begins = led.end() if led is not None else 0
    if _results_head().match(text):
        # アンケート結果:回答率40.6%, 【現状】加入者数 12万人
        coming = any(fiscal_year is not None and year.year > fiscal_year for year in read_years(text))
        return not coming and _no_results().search(_share_of_aim().sub("", text)) is None
    first = next((year for year in read_years(text[begins : begins + _YEAR_SPELLED]) if year.start == 0), None)
    if first is None or fiscal_year is None or first.year >= fiscal_year:
        return False
    rest = text[begins + first.end :]
    later = any(year.year >= fiscal_year for year in read_years(rest))
    aside = led is not None and _REFERENCE_WORD.search(led.group()) and _ASIDE_RESULT.match(rest) is not None
    return (aside or _results_lead().match(rest) is not None) and not later and not _no_results().search(rest)


@functools.cache
def _results_head() -> re.Pattern[str]:
    return re.compile(wordings("mood.results_head"))


@functools.cache
def _share_of_aim() -> re.Pattern[str]:
    """What is no goal: the words of a head and the share of an aim that is reached."""
    return re.compile(f"{wordings('mood.share_of_aim')}|^{wordings('mood.results_head')}")


@functools.cache
def _results_lead() -> re.Pattern[str]:
    return re.compile(wordings("mood.results_lead"))


@functools.cache
def _no_results() -> re.Pattern[str]:
    return re.compile(wordings("mood.no_results"))


def states_aim_of_others(text: str) -> bool:
    """Whether a normalised line says of an aim that it is the nation's: (全国目標:対前年度以上)."""
    return _AIM_OF_OTHERS.match(text) is not None


def _against_results(skeleton: Skeleton, reading: Reading) -> bool:
    """目標50%に対し、R3 38.9%、R4 40.6%: an aim that results are held against, and none that this sentence sets."""
    held = _AIM_HELD_AGAINST.search(skeleton.text)
    results = reading.roles[reading.roles.index("value") :].count("baseline") if "value" in reading.roles else 0
    return held is not None and results > 0 and reading.roles.count("value") == 1


def only_tells(skeleton: Skeleton) -> bool:
    """Whether a sentence with figures only tells what was or is so, or what somebody wants: no aim."""
    plain = skeleton.text.strip(" 。")
    others = pattern("mood.foreign").match(plain) is not None and told_last(skeleton)
    tells = others or told(skeleton) or _stands(skeleton) or _is_still().search(plain) is not None
    return tells and re.search("[0-9]", plain) is not None


def _stands(skeleton: Skeleton) -> bool:
    """Whether a sentence ends with a figure that is so, and no word of it calls that an aim."""
    return _is_so().search(skeleton.text) is not None and pattern("mood.called_aim").search(skeleton.whole) is None


@functools.cache
def _is_still() -> re.Pattern[str]:
    return re.compile(f"{wordings('mood.is_still')}$")


@functools.cache
def _others_goal() -> re.Pattern[str]:
    return re.compile(f"{wordings('mood.others_goal')}[。 ]*$")


@functools.cache
def _is_fact() -> re.Pattern[str]:
    return re.compile(f"{wordings('mood.is_fact')}[。 ]*$")


@functools.cache
def _is_so() -> re.Pattern[str]:
    so, expected = wordings("mood.is_so"), wordings("mood.expected")
    return re.compile(f"(?:[0-9][^0-9、。]{{0,6}}{so}|{expected})[。 ]*$")


def tells_a_result(text: str) -> bool:
    """Whether unmarked prose (normalised) tells a result or a rule, so that it is not asked for an aim."""
    return pattern("mood.telling").search(text) is not None


def doubts_of_aim(skeleton: Skeleton) -> int:
    """How many signs a sentence gives that it sets no aim of the branch's own."""
    plain = skeleton.text.strip(" 。")
    signs = 0
    signs += bool(pattern("mood.foreign").search(plain[:40]))
    signs += told_last(skeleton)
    signs += bool(pattern("mood.quoting").search(plain))
    return signs


def states_an_aim(skeleton: Skeleton, reading: Reading, *, marked: bool, first: bool) -> bool:
    """Whether the aims that a reading gives are wanted by this sentence.

    The first sentence behind a target mark sets one unless everything speaks against it; a later one must end like an
    aim; unmarked prose must set it in so many words.
    """
    towards = _TOWARDS.search(skeleton.text)
    if towards is not None and not ("value" in reading.roles and read_quantities(skeleton.text[towards.end() :])):
        return False
    doubts = doubts_of_aim(skeleton)
    if pattern("mood.foreign").match(skeleton.text) and told_last(skeleton):
        # 国は…を求めている: whoever the page speaks of, it is somebody else.
        return False
    if _against_results(skeleton, reading):
        return False
    if _others_goal().search(skeleton.text) or (not first and _is_fact().search(skeleton.text)):
        # It is the nation's goal, or a fact told behind the aim: 対象者は3万人を超える.
        return False
    is_so = _stands(skeleton)
    if marked and first:
        return doubts < 3 and not is_so and not (told(skeleton) and (doubts or _WAS.search(skeleton.text)))
    if doubts:
        return False
    plain = skeleton.text.strip(" 。")
    last = reading.roles[-1] if reading.roles else ""
    if _setting().search(plain) or (not marked and (ends_with_bound(plain) or _SET_AMID.search(plain))):
        return True
    # A sentence without a verb (離島を含む地域は10%以上。) states its aim by its figure.
    return marked and (last in ("value", "reference") or (last == "bracket" and "value" in reading.roles))
