"""One sentence of a statement: its elements, the cheapest reading of their parts, and the aims that this gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace

from normalizers.aims.aim_reading import AimReading, SentenceReading, Word, moved
from normalizers.aims.asides import name_of_whole, of_a_whole, without_share
from normalizers.aims.assemble import Assembly
from normalizers.aims.automaton import Reading, cheapest
from normalizers.aims.bracketed_aims import MOST_BRACKETS, ReadSentence, bracketed_aims
from normalizers.aims.captions import captions, in_captioned_unit
from normalizers.aims.counts_in_brackets import opened
from normalizers.aims.doubts import doubts_of_reading, left_in_brackets
from normalizers.aims.drafts import Draft, Stretch
from normalizers.aims.element import Element
from normalizers.aims.elements import read_elements
from normalizers.aims.exceptions import end_of_case
from normalizers.aims.features import Featured, with_features
from normalizers.aims.goal import Goal
from normalizers.aims.goals import goal_of
from normalizers.aims.mood import doubts_of_aim, states_an_aim, told
from normalizers.aims.name_words import is_people
from normalizers.aims.shared_parts import (
    is_of_a_place,
    is_share,
    name_other_part,
    name_without_whom,
    of_the_first,
    only_explains,
    repeats,
    share_verbs,
)
from normalizers.aims.told_clauses import set_aside, with_results, words_of_clause
from normalizers.aims.told_lists import ToldList, with_told_list, without_told_list
from normalizers.indicators.catalogue import names_with_numbers, population_of
from normalizers.model.reasons import Reason
from normalizers.text.skeleton import Skeleton, read_skeleton

_MAY_NAME = ("means", "topic", "predicate", "name")
_INNERMOST = 3
"""Brackets within brackets are read so far in."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known before a sentence is read.

    ``marked`` tells that the page calls the statement a target, ``first`` that no sentence of it precedes,
    ``previous`` is the indicator for a sentence that names none; ``depth`` counts the brackets around it.
    """

    marked: bool
    previous: str | None = None
    fiscal_year: int | None = None
    first: bool = True
    depth: int = 0


def read_sentence(text: str, gaps: Set[int], setting: Setting) -> SentenceReading:
    """The cheapest reading of one normalised sentence; one that states no aim gives none.

    ``gaps`` are offsets before which the page shows a blank that normalising left out.
    """
    skeleton = read_skeleton(opened(text) if setting.marked else text)
    inner = _only_a_bracket(skeleton)
    if inner is not None and setting.marked and setting.depth < _INNERMOST:
        deeper = replace(setting, depth=setting.depth + 1)
        inside = frozenset(gap - inner[0] for gap in gaps)
        return moved(read_sentence(text[inner[0] : inner[1]], inside, deeper), inner[0])
    case = end_of_case(skeleton)
    if case:
        return _read(skeleton.without(0, case), skeleton.whole_span(0, case), gaps, setting)
    part, scope = of_a_whole(skeleton)
    read = _read(part, scope, gaps, setting)
    if scope is not None and any(aim.indicator is None for aim in read.aims):
        # 対象事業所300社のうち90社を訪問する: the whole alone names what is counted.
        named = _read(part, None, gaps, replace(setting, previous=name_of_whole(skeleton.whole[slice(*scope)])))
        return replace(named, words=(Word(*scope, "name"), *named.words))
    return read


def _read(skeleton: Skeleton, scope: Stretch | None, gaps: Set[int], setting: Setting) -> SentenceReading:
    """The reading of a sentence; ``scope`` is where the whole stands of which it takes a part, or its case."""
    skeleton, share = without_share(skeleton)
    skeleton, clause = set_aside(skeleton, setting.fiscal_year)
    skeleton, listed = without_told_list(skeleton, setting.fiscal_year)
    own_gaps = _gaps_left(skeleton, gaps, listed)
    elements, tail = read_elements(skeleton, own_gaps)
    if not elements:
        return SentenceReading((), ())
    known = names_with_numbers(skeleton.text)
    featured = with_features(elements, tail, setting.fiscal_year, known, skeleton.text)
    reading = cheapest(featured, named=setting.previous is not None)
    second = _described(featured, reading.second) if reading.second else None
    read = SentenceReading((), (), reading.cost, reading.margin, second)
    aims: list[AimReading] = []
    states = states_an_aim(skeleton, reading, marked=setting.marked, first=setting.first)
    if states:
        aims = list(_aims(skeleton, featured, reading.roles, tail, setting.previous))
        differs = reading.is_close and _differs(
            aims, _aims(skeleton, featured, reading.second or (), tail, setting.previous)
        )
        doubts = tuple(doubts_of_reading(featured, reading, other_aims=differs))
        aims = [replace(aim, reasons=(*aim.reasons, *doubts)) for aim in aims] if doubts else aims
        aims = list(_unnamed_beside_means(aims, featured, reading))
    inner_words: tuple[Word, ...] = ()
    if setting.depth < _INNERMOST and (states or not told(skeleton)):
        for aim, words in bracketed_aims(skeleton, featured, tuple(aims), _reader(setting), states=states):
            aims.append(aim)
            inner_words += words
    aims = left_in_brackets(featured, aims) if skeleton.brackets else aims
    if len(skeleton.brackets) > MOST_BRACKETS:
        aims = [replace(aim, reasons=(*aim.reasons, Reason("too_long"))) for aim in aims]
    given = captions(skeleton, featured)
    if given:
        aims = [in_captioned_unit(aim, given) for aim in aims]
    if clause is not None:
        aims = with_results(aims, clause)
    left = "told" if doubts_of_aim(skeleton) else "unread"
    words = tuple(_words(skeleton, featured, reading, None if states else left)) + tuple(dict.fromkeys(inner_words))
    if clause is not None:
        words = (*words_of_clause(clause, aims), *words)
    if share is not None:
        words = (Word(*share, "told"), *words)
    if scope is not None:
        whom = population_of(skeleton.whole[slice(*scope)])
        aims = [replace(aim, condition=aim.condition or scope, population=aim.population or whom) for aim in aims]
        words = (Word(*scope, "case"), *words)
    read = replace(read, aims=tuple(aims), words=words)
    return read if listed is None else with_told_list(read, listed, skeleton.whole)


def _gaps_left(skeleton: Skeleton, gaps: Set[int], listed: ToldList | None) -> frozenset[int]:
    """The blanks as offsets of the skeleton; what is left behind a list has the one that stood before it."""
    left = {at for at, span in enumerate(skeleton.spans) if span[0] in gaps}
    if listed is not None and listed.place[0] in gaps:
        left.update([at for at, span in enumerate(skeleton.spans) if span[0] >= listed.place[1]][:1])
    return frozenset(left)


def _unnamed_beside_means(
    aims: Sequence[AimReading], elements: Sequence[Featured], reading: Reading
) -> Iterator[AimReading]:
    """Aims without an indicator are doubted where words of their sentence may name it."""
    means = [
        item.element.text
        for item, role in zip(elements, reading.roles, strict=True)
        # 200社、うち新規40社: what stands behind うち names its own share.
        if role in _MAY_NAME and not is_people(item.element.text) and "after_share" not in item.features
    ]
    for aim in aims:
        doubted = aim.indicator is None and means
        yield (
            replace(aim, reasons=(*aim.reasons, Reason("unread_words", {"words": "、".join(means)})))
            if doubted
            else aim
        )


def _reader(setting: Setting) -> ReadSentence:
    def read(content: str, previous: str | None) -> SentenceReading:
        inside = Setting(True, previous, setting.fiscal_year, depth=setting.depth + 1)
        return read_sentence(content, frozenset(), inside)

    return read


def _only_a_bracket(skeleton: Skeleton) -> Stretch | None:
    if skeleton.text.strip(" 。〓") or not skeleton.brackets or skeleton.brackets[0].quotes:
        return None
    bracket = skeleton.brackets[0]
    return bracket.start + 1, bracket.end - 1


def _aims(
    skeleton: Skeleton, elements: Sequence[Featured], roles: Sequence[str], tail: str, previous: str | None
) -> Iterator[AimReading]:
    """The aims that a sentence's elements give in these roles."""
    drafts = Assembly(skeleton, elements, roles, tail).run()
    indicator = previous
    share_verbs(drafts)
    for position, draft in enumerate(drafts):
        if only_explains(draft, drafts[position + 1 :], skeleton.text):
            level = drafts[position + 1]
            level.result = draft.result if level.result.value is None else level.result
            continue
        if repeats(draft, drafts[:position]):
            continue
        name_other_part(draft)
        name_without_whom(draft)
        own = draft.names[-1] if draft.names else None
        if own is not None and is_people(own) and (previous is not None or is_share(draft)):
            # ア 被保険者 66.0%: the line names whom, the indicator stands above.
            draft.people, draft.names, own = own, [], None
        if own is not None and previous is None and draft.condition is None and is_of_a_place(draft):
            # 県北部は45%以上、県南部は50%以上: where, and of what is not said.
            unnamed = [other for other in drafts[position:] if other.names == draft.names]
            for other in unnamed:
                other.people, other.names = (own if other is draft else None), []
            own = None
        if own is not None:
            of_the_first(draft, drafts[:position])
            own = draft.names[-1] if draft.names else None
        indicator = own or indicator
        goal = goal_of(draft)
        aim = _aim(draft, goal, indicator, skeleton)
        if goal.lower is not None:
            yield replace(aim, comparator="ge", value=goal.lower)
        yield aim


def _differs(aims: Iterable[AimReading], others: Iterable[AimReading]) -> bool:
    """Whether two readings give other rows, whatever parts they give to the words."""
    return [replace(aim, reasons=(), pattern="") for aim in aims] != [
        replace(other, reasons=(), pattern="") for other in others
    ]


def _aim(draft: Draft, goal: Goal, indicator: str | None, skeleton: Skeleton) -> AimReading:
    population = population_of(draft.group_text or "") or population_of(draft.people or "")
    condition = draft.condition
    if draft.group is not None and population is None:
        condition = condition or draft.group
    if draft.people is not None and population is None and condition is None:
        at = skeleton.whole.find(draft.people)
        condition = (at, at + len(draft.people)) if at >= 0 else None
    quantity = draft.element.quantity if draft.element is not None else None
    number = skeleton.whole_span(quantity.start, quantity.number_end) if quantity is not None else draft.result.number
    return AimReading(
        goal.basis,
        indicator=indicator,
        indicator_named=bool(draft.names),
        population=population,
        comparator=goal.comparator,
        value=goal.value,
        unit=goal.unit,
        number=number if goal.value is not None else None,
        baseline_value=goal.baseline_value,
        baseline_year=goal.baseline_year,
        condition=condition,
        deadline=draft.deadline,
        note_marks=skeleton.note_marks,
        pattern="reference" if quantity is None else "difference" if goal.basis == "previous_year" else "quantity",
        reasons=(*goal.reasons, *draft.reasons),
        end=len(skeleton.whole),
        improves=goal.improves,
        closes=bool(draft.verbs),
    )


def _words(skeleton: Skeleton, elements: Sequence[Featured], reading: Reading, left: str | None) -> Iterator[Word]:
    """The words and their roles; in a sentence that states no aim all have the role ``left``."""
    for at, (item, role) in enumerate(zip(elements, reading.roles, strict=True)):
        element = item.element
        if element.kind == "bracket" and element.bracket is not None:
            sense = f"bracket.{item.sense.kind if item.sense else 'name'}"
            told = left if left == "told" and sense != "bracket.aim" else sense
            yield Word(element.bracket.start, element.bracket.end, told)
        elif element.end > element.start:
            part = "reference" if role == "value" and _leads_to_level(element, elements[at + 1 : at + 3]) else role
            if _is_left_in_means(reading.roles, at, element):
                part = "unread"
            yield Word(*skeleton.whole_span(element.start, element.end), left or part)


def _is_left_in_means(roles: Sequence[str], at: int, element: Element) -> bool:
    """年1回以上通知し、受診率を50%とする: how often something is done beside the aim may be an aim as well."""
    if roles[at : at + 2] != ("in_name", "means"):
        return False
    return element.comparator is not None or (at > 0 and roles[at - 1] == "quantifier")


def _leads_to_level(element: Element, behind: Sequence[Featured]) -> bool:
    """1,000人増の13,500人: whether a difference is followed by the level that it leads to."""
    following = next((item.element for item in behind if item.element.kind != "verb"), None)
    changes = bool(element.parts) or any(item.element.kind == "verb" for item in behind[:1])
    return changes and following is not None and following.kind == "quantity" and following.before in ("の", "")


def _described(elements: Sequence[Featured], roles: Sequence[str]) -> str:
    return " ".join(f"{item.element.text}={role}" for item, role in zip(elements, roles, strict=True))
