"""The aims that stand in a sentence's brackets: (目標:200社), (うち新規50社), (80%以上の支部は前年度以上)."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from normalizers.aims.aim_reading import AimReading, SentenceReading, Word, moved
from normalizers.aims.counted_actions import counting_the_action, is_action, place_of
from normalizers.aims.drafts import Stretch
from normalizers.aims.features import Featured
from normalizers.aims.indicator_names import cleaned
from normalizers.aims.name_words import is_people, measures
from normalizers.aims.patterns import ends_with, expression, pattern, words
from normalizers.aims.shared_parts import BARE_MEASURE
from normalizers.indicators.catalogue import is_measurable, people_words, population_by_definition, population_of
from normalizers.model.reasons import Reason
from normalizers.model.records import Comparator
from normalizers.text.markers import items_within
from normalizers.text.skeleton import Skeleton

_STATING = ("aim", "share", "exception", "figures", "goal")
_TELLING = ("reference", "time", "label")
_LED_BY_CASE = pattern("bracketed_aims.led_by_case")
_PART = pattern("bracketed_aims.part")
_BOUND = pattern("bounds.with_within")
_JOINED = pattern("bracketed_aims.joined")
_ITEM_ENDS = words("bracketed_aims.item_ends")
IN_WORDS = "in_words"
"""The pattern of an aim in a bracket in which no goal can be read: its words stand for it."""

_SAME = pattern("bracketed_aims.same")
_MEASURE = pattern("bracketed_aims.measure")
_OBJECT_OF = pattern("bracketed_aims.object_of")
_AS_A_NAME = {"を": "の", "に": "への"}
"""The particle before a noun for that before a verb."""

_OF_PEOPLE = re.compile(f"(?:{people_words()}){expression('bracketed_aims.behind_people')}?$")
_OF_ITS_OWN = re.compile(f"(?:{people_words()})数$|{expression('bracketed_aims.of_something')}")
"""A measure that says itself of whom or what it is."""

_RECKONED = pattern("bracketed_aims.reckoned")
_RATE_OF = pattern("bracketed_aims.rate_of")
_COUNTS_OF_A_RATE = {"people": "者数", "cases": "件数"}
"""What the name of a count has in place of 率, by its unit."""

_RATE = pattern("bracketed_aims.rate")
_CHANGED = pattern("bracketed_aims.raising")

_NO_STEM = pattern("bracketed_aims.no_stem")

MOST_BRACKETS = 100
"""So many brackets of a sentence are read as sentences of their own, each of which looks at all of it."""

ReadSentence = Callable[[str, str | None], SentenceReading]
"""Reads a bracket's content as a marked sentence, given the indicator that it may leave out."""


def bracketed_aims(
    skeleton: Skeleton, elements: Sequence[Featured], aims: Sequence[AimReading], read: ReadSentence, *, states: bool
) -> Iterator[tuple[AimReading, tuple[Word, ...]]]:
    """The aims in brackets, each with the words of its bracket; ``aims`` are those that stand outside.

    Where the sentence itself does not state an aim (``states``), only a bracket that calls itself one does.
    """
    said: AimReading | None = None
    with_brackets = [item for item in elements if item.element.bracket is not None]
    for item in with_brackets[:MOST_BRACKETS]:
        bracket, sense = item.element.bracket, item.sense
        if bracket is None or sense is None:
            continue
        if sense.kind in ("aim", "share") and _of_a_year_past(elements, item):
            # 現状 1,830人(うち女性 410人): an aim of that year, or a part of its result.
            continue
        planned = not states and sense.planned and is_action(skeleton, bracket)
        if not planned and sense.kind not in (_STATING if states else ("aim",)):
            continue
        if sense.kind == "figures" and _told_by_reference(elements, item):
            continue
        at = bracket.start + 1 + sense.start
        preceding = [aim for aim in aims if aim.number is not None and aim.number[0] < bracket.start]
        before = not preceding and bool(aims) and aims[-1].number is not None
        named = (preceding or aims)[-1].indicator if aims else None
        outside = cleaned(skeleton.words_of(0, bracket.at, skeleton.brackets)) if before else ""
        content = skeleton.whole[at : bracket.end - 1]
        if sense.kind == "aim":
            yield from _aims_said(content, at, skeleton, read)
            continue
        same = _SAME.match(content)
        if said is not None and same is not None:
            inner = moved(read(content[same.end() :], said.indicator), at + same.end())
            yield from _the_same_again(inner, preceding, skeleton)
            continue
        inner = moved(read(content, named if sense.kind in ("exception", "figures") else None), at)
        bettered = _bettered_before(elements, item, aims, skeleton) if sense.kind == "goal" else None
        for read_aim in inner.aims:
            found = replace(read_aim, start=0, end=len(skeleton.whole))
            if bettered is not None and not found.indicator_named:
                yield replace(found, indicator=bettered, indicator_named=True), inner.words
                continue
            aim = _planned(found, skeleton) if planned else _in_its_place(found, sense.kind, skeleton, aims, outside)
            led = _LED_BY_CASE.match(content) if aim is not None and sense.kind == "exception" else None
            if aim is not None and led is not None and (not aims or _is_alike(aim, aims[-1])):
                # (建設業は30%以上): whom the exception is for.
                case = (at, at + led.end())
                aim = replace(aim, indicator=named, condition=case, deadline=_not_within(aim.deadline, case))
            if aim is not None:
                said = aim
                yield _by_the_same_time(aim, preceding if sense.kind == "figures" else ()), inner.words


def _the_same_again(
    inner: SentenceReading, preceding: Sequence[AimReading], skeleton: Skeleton
) -> Iterator[tuple[AimReading, tuple[Word, ...]]]:
    """252人(病床利用率84%) 258人(同86%): the aims of a bracket that names the same as the one before it."""
    for aim in inner.aims:
        named = replace(aim, start=0, end=len(skeleton.whole), indicator_named=True)
        yield _by_the_same_time(named, preceding), inner.words


def _by_the_same_time(aim: AimReading, preceding: Sequence[AimReading]) -> AimReading:
    """R7 258人(病床利用率86%): the figure in the bracket is of the time of that before it."""
    return replace(aim, deadline=preceding[-1].deadline) if preceding and aim.deadline is None else aim


def _bound_behind(aim: AimReading, main: AimReading, skeleton: Skeleton) -> Comparator | None:
    """10日(年度末は15日)以内: the comparator told behind the bracket, that of both; none for 92%以上(大法人は100%)."""
    if aim.number is None or main.number is None or not main.number[1] < aim.number[0]:
        return None
    opens = (bracket.start for bracket in skeleton.brackets if bracket.start >= main.number[1])
    before = skeleton.whole[main.number[1] : next(opens, main.number[1])]
    return None if _BOUND.search(before) else main.comparator


def _not_within(time: Stretch | None, case: Stretch) -> Stretch | None:
    """(年度末は15日): a time that is the case itself is no deadline beside it."""
    return None if time is not None and case[0] <= time[0] and time[1] <= case[1] else time


@functools.lru_cache(maxsize=8)
def _name_outside(skeleton: Skeleton) -> str:
    """A sentence without its brackets, and without what is to become of it, as a name."""
    return _CHANGED.sub("", cleaned(skeleton.words_of(0, len(skeleton.text), skeleton.brackets)))


def _aims_said(
    content: str, at: int, skeleton: Skeleton, read: ReadSentence
) -> Iterator[tuple[AimReading, tuple[Word, ...]]]:
    """The aims of a bracket that calls itself one, each item of a list (①…、②…) by itself with its number.

    What cannot be read as a goal is given all the same, as :data:`IN_WORDS`.
    """
    marks = items_within(content, _ITEM_ENDS)
    listed = bool(marks) and marks[0].number == 1 and not content[: marks[0].start].strip()
    starts = [(mark.number, mark.start, mark.end) for mark in marks] if listed else [(None, 0, 0)]
    for (number, _, start), following in zip(starts, [*starts[1:], None], strict=True):
        stop = len(content) if following is None else following[1]
        said = _JOINED.sub("", content[start:stop])
        begins = at + start + len(said) - len(said.lstrip())
        inner = moved(read(said.lstrip(), None), begins)
        aims = inner.aims or (AimReading("qualitative", pattern=IN_WORDS),)
        for aim in aims:
            own = (begins, begins + len(said.lstrip()))
            if aim.pattern == IN_WORDS:
                yield replace(aim, start=own[0], end=own[1], item=number), inner.words
                continue
            start_of, end_of = own if number is not None else (0, len(skeleton.whole))
            counted = counting_the_action(aim, skeleton)
            yield replace(counted, start=start_of, end=end_of, item=number), inner.words


def _planned(aim: AimReading, skeleton: Skeleton) -> AimReading:
    counted = counting_the_action(aim, skeleton)
    return replace(counted, pattern="inline_planned")


def _in_its_place(
    aim: AimReading, kind: str, skeleton: Skeleton, aims: Sequence[AimReading], outside: str
) -> AimReading | None:
    """The aim of a bracket with what stands outside; None where it is none there.

    ``outside`` is the name before a bracket that stands before the main figure (被保険者(対象者数:52,400人)…).
    """
    main = aims[-1] if aims else None
    if kind == "figures" and not outside:
        # 直営9.0%(2,800人)、委託14.1%(4,400人): each bracket goes with what stands before it.
        at = aim.number[0] if aim.number is not None else 0
        main = next((other for other in reversed(aims) if other.number is not None and other.number[0] < at), main)
    if main is not None and kind == "figures" and _is_part(aim, skeleton):
        # 実施率30%(実施者数:4,500人、うちオンライン面談900人)
        return replace(aim, population=aim.population or main.population)
    if main is not None and outside and kind == "figures" and aim.indicator_named:
        return _named_with(aim, outside, skeleton)
    if kind == "goal" and main is not None and (aim.population is not None or aim.condition is not None):
        # 全体60%以上(被保険者65%以上、被扶養者40%以上)
        return None if aim.indicator_named else replace(aim, indicator=main.indicator)
    if kind == "goal" and main is not None and aim.indicator_named and _is_another_measure(aim, main):
        # 委嘱者数を3,200名以上(委嘱率55%以上)
        return _named_with(aim, main.indicator or "", skeleton, main.unit)
    if kind == "goal" or (kind == "figures" and main is None and not aim.indicator_named):
        return _of_the_name(aim, _name_outside(skeleton)) if main is None else None
    if main is None:
        name = _name_outside(skeleton)
        return _named_with(aim, name, skeleton) if kind == "figures" else None
    if kind == "exception" and _is_alike(aim, main):
        return replace(aim, comparator=aim.comparator or _bound_behind(aim, main, skeleton))
    if kind == "exception":
        return _figure_beside(aim, main, skeleton)
    if aim.value is None:
        return None
    if kind == "share":
        # 被保険者20%(うち新規9%)、被扶養者5%: the share is of what stands before its bracket.
        place = aim.number[0] if aim.number is not None else 0
        main = next((other for other in reversed(aims) if other.number is None or other.number[0] < place), main)
        population = aim.population or main.population or population_of(main.indicator or "")
        indicator = aim.indicator or main.indicator
        return replace(aim, comparator=aim.comparator or main.comparator, indicator=indicator, population=population)
    return _figure_beside(aim, main, skeleton)


def _is_alike(aim: AimReading, main: AimReading) -> bool:
    """Whether a figure in a bracket is of the measure outside; in another unit (60%(対象者は2,000人)) it is not."""
    return aim.comparator is not None or aim.basis != "absolute" or aim.unit == main.unit


def _is_part(aim: AimReading, skeleton: Skeleton) -> bool:
    """Whether what an aim is of stands behind うち."""
    place = place_of(aim.indicator, skeleton) if aim.indicator_named and aim.indicator else None
    return place is not None and _PART.search(skeleton.whole, 0, place[0]) is not None


def _is_another_measure(aim: AimReading, main: AimReading) -> bool:
    return aim.value is not None and aim.unit != main.unit and measures(aim.indicator or "")


def _of_the_name(aim: AimReading, name: str) -> AimReading:
    """回収率(対前年度以上), 実施率(被保険者:25%以上、被扶養者:10%以上): the indicator stands before the bracket."""
    group = aim.indicator if aim.indicator_named else None
    if not name or (group and measures(group) and population_of(group) is None and not BARE_MEASURE.fullmatch(group)):
        # レセプト点検の強化(査定率:0.3%以上、1件当たり査定額:7,000円以上): measures with names of their own.
        return aim
    population = aim.population or (population_of(group) if group else None)
    return replace(aim, indicator=name, indicator_named=True, population=population)


def _figure_beside(aim: AimReading, main: AimReading, skeleton: Skeleton) -> AimReading | None:
    """受診者数172,500人(受診率60.3%): a figure is named by its own words behind what the main one counts."""
    name = main.indicator or ""
    if not aim.indicator_named:
        if main.basis == "previous_year" and aim.basis == "absolute" and aim.baseline_value is not None:
            # 2%減少させる(令和4年度47.6%→令和11年度45.6%): from which level to which.
            return replace(aim, indicator=name, population=main.population)
        if aim.unit == main.unit and aim.condition is None and aim.population is None:
            return None
        if aim.unit == main.unit:
            # 受診率60%(男性62%、女性57%)
            return replace(aim, indicator=name, comparator=aim.comparator or main.comparator)
        whose = _RECKONED.sub("", name) if aim.unit == "percent" else name
        of_rate = _RATE_OF.search(whose) if aim.unit in _COUNTS_OF_A_RATE else None
        if of_rate is not None:
            # 実施率54.0%(54,756人): how many the share is.
            whose = whose[: of_rate.start("rate")] + _COUNTS_OF_A_RATE[aim.unit or ""]
        counted = whose or None if of_rate is not None or not measures(whose) else None
        reasons = (*aim.reasons, Reason("bare_figure"))
        return replace(aim, indicator=counted, population=main.population, reasons=reasons)
    named = _named_with(aim, name, skeleton, main.unit)
    # 被扶養者の受診率を30%とします。(対象者280,000人): those of the measure are counted.
    whom = main.population or population_of(name) or population_by_definition(name)
    return replace(named, population=named.population or whom)


def _named_with(aim: AimReading, name: str, skeleton: Skeleton, unit: str | None = None) -> AimReading:
    """An aim whose name goes on from the one outside its bracket: がん検診(対象者:8,500人).

    ``unit`` is that of the figure outside.
    """
    people = name.endswith("者") and population_of(name) is None and not (aim.indicator or "").endswith("者")
    if (
        aim.indicator
        and (people or measures(name))
        and not measures(aim.indicator)
        and population_of(aim.indicator) is None
    ):
        if unit is not None and aim.unit != unit:
            # 受講率100%(未受講者0名): who is left.
            return aim
        if is_measurable(aim.indicator) and not is_measurable(name):
            # 被保険者の実施率71.1%(健診:62.3%、事業者健診データ:8.8%): each a measure of its own.
            return replace(aim, population=aim.population or population_of(name))
        # がん検診受診率(胃がん40%、肺がん45%): what each figure is of.
        return replace(aim, indicator=name, condition=place_of(aim.indicator, skeleton))
    base = _RATE.sub("", name)
    base = _MEASURE.sub("", name) if base == name else base
    label = aim.indicator or ""
    if _OF_ITS_OWN.search(label):
        # 実施率64.6%(40歳以上被保険者数:312,400人), (健診当日の初回面談実施件数5,200件以上)
        return replace(aim, population=aim.population or population_of(label) or population_of(name))
    of_people = _OF_PEOPLE.search(name) is not None or is_people(re.sub("[(].*", "", base))
    # 送付者数4,000人(送付率95%): what both say is said once.
    shared = next((length for length in range(len(label), 1, -1) if base.endswith(label[:length])), 0)
    alone = not base or label.startswith(base) or of_people or (measures(base) and measures(label))
    object_of = _OBJECT_OF.search(base[: len(base) - shared])
    if object_of is not None:
        # 会議に参加(参加率100%), 事業所を訪問(訪問率50%): what is done, as the name of its measure has it.
        stem = base[: object_of.start()]
        whole = label if _NO_STEM.search(stem) else f"{stem}{_AS_A_NAME[object_of[0]]}{label}"
    else:
        whole = label if alone else base + label[shared:]
    return replace(aim, indicator=whole, population=aim.population or population_of(name))


def _of_a_year_past(elements: Sequence[Featured], item: Featured) -> bool:
    """令和5年度は216社(目標200社)と…: behind a past result the aim is that of its year."""
    before = next((one for one, other in pairwise(elements) if other is item), None)
    return before is not None and before.element.kind == "quantity" and "hint:past" in before.features


def _bettered_before(
    elements: Sequence[Featured], item: Featured, aims: Sequence[AimReading], skeleton: Skeleton
) -> str | None:
    """…を3回以上とし、合格率の向上(70%以上)を目指す: what is to be better behind the sentence's other aims."""
    before = next((one.element for one, other in pairwise(elements) if other is item), None)
    if before is None or before.kind != "name" or not aims or aims[-1].number is None:
        return None
    start, _ = skeleton.whole_span(before.start, before.end)
    better = ends_with("names.bettering").search(before.text)
    name = before.text[: better.start()].removesuffix("の") if better is not None else ""
    return cleaned(name) or None if aims[-1].number[1] < start else None


def _told_by_reference(elements: Sequence[Featured], item: Featured) -> bool:
    """前年度実績(87.2%)以上, 5年度実績(対象者42,310人)を踏まえ: the figures are the result itself."""
    before = next((one for one, other in pairwise(elements) if other is item), None)
    return before is not None and (before.element.kind in _TELLING or "to_means" in before.features)
