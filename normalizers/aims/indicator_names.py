"""The indicators of a sentence's aims: their text as it is printed, and which of several belongs to which figure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from normalizers.aims.drafts import Draft, Stretch
from normalizers.aims.element import Element
from normalizers.aims.features import Featured
from normalizers.aims.name_words import measures as is_measure
from normalizers.aims.patterns import pattern
from normalizers.indicators.catalogue import is_measurable, population_of
from normalizers.model.reasons import Reason
from normalizers.text.skeleton import Bracket, Skeleton

NAMING = ("name", "in_name", "time_in_name", "ref_in_name")
"""Roles of the pieces that make up an indicator."""

_TRAILING = pattern("indicator_names.trailing")
_OF_ALL = pattern("indicator_names.of_all")
_PARTICLES = "をはがもにで"
_LEADING = pattern("indicator_names.leading")
_LISTS, _PARTS = pattern("indicator_names.lists_in_list"), pattern("indicator_names.parts")
_LIST_OF_PEOPLE, _LIST_OF_THINGS = pattern("indicator_names.list_of_people"), pattern("indicator_names.list_of_things")
_PART_OF_A_NAME = ("name", "limits", "exception")


def cleaned(text: str) -> str:
    """A name without connectives before it and particles behind it."""
    text = _TRAILING.sub("", _LEADING.sub("", text.strip()))
    while len(text) > 2 and text[-1] in _PARTICLES and not text.endswith("まで"):
        text = text[:-1]
    return text.strip(" :、・")


def name_of(
    pieces: Sequence[Stretch],
    skeleton: Skeleton,
    elements: Sequence[Featured],
    roles: Sequence[str],
    left_out: tuple[Bracket, ...],
) -> str:
    """A name's pieces as they are printed, with the particles between those that stand side by side.

    ``left_out`` are the brackets that are no part of a name.
    """
    if not pieces:
        return ""
    parts: list[str] = []
    start, end = pieces[0]
    for other_start, other_end in pieces[1:]:
        if _something_between(end, other_start, elements, roles):
            parts.append(skeleton.words_of(start, end, left_out))
            start = other_start
        end = other_end
    parts.append(skeleton.words_of(start, end, left_out))
    return cleaned("".join(part.strip() for part in parts))


def _something_between(start: int, end: int, elements: Sequence[Featured], roles: Sequence[str]) -> bool:
    first = bisect_left(elements, start, key=lambda item: item.element.start)
    last = bisect_left(elements, end, key=lambda item: item.element.start)
    return any(role not in (*NAMING, "quantifier", "bracket") for role in roles[first:last])


def brackets_left_out(elements: Sequence[Featured]) -> tuple[Bracket, ...]:
    """The brackets that are no part of a name: labels, times, results, shares and the like."""
    return tuple(
        item.element.bracket
        for item in elements
        if item.sense is not None and item.sense.kind not in _PART_OF_A_NAME and item.element.bracket
    )


def named_by_bracket(drafts: Sequence[Draft], last: Featured) -> None:
    """目標45.0% 実績43.2%(被扶養者健診): an indicator that only the bracket behind its figures names."""
    if not drafts or any(draft.own_name for draft in drafts):
        return
    if last.sense is not None and last.sense.kind == "name" and last.element.text.strip():
        for draft in drafts:
            draft.names, draft.own_name = [cleaned(_OF_ALL.sub("", last.element.text.strip()))], True
            draft.reasons.append(Reason("counted_after_number"))


def level_takes_result(drafts: Sequence[Draft]) -> None:
    """40.5%から毎年3ポイント引き上げ、52.5%とする; 56件を1.5倍の84件にする: the level is what the result becomes."""
    for one, other in pairwise(drafts):
        changes = one.direct or (one.element is not None and _in_times(one.element))
        stepped = one.result.value is not None and other.result.value is None and changes and not other.direct
        if stepped and one.element is not None and other.element is not None and one.names == other.names:
            other.result = one.result


def _in_times(element: Element) -> bool:
    return element.quantity is not None and element.quantity.unit_code == "multiple"


def distributed(drafts: Sequence[Draft], quantifiers: set[str], whole: str) -> list[Draft]:
    """The drafts with one indicator each: それぞれ, 順に and as many figures as names give each its own."""
    spread: list[Draft] = []
    for at, draft in enumerate(drafts):
        # 被保険者、被扶養者とも55%以上: an aim for each group.
        spread += [replace(draft, group=None, group_text=None, people=group) for group in draft.groups]
        names = draft.names
        following = [other for other in drafts[at:] if other.names == names or not other.names]
        listed = _listed_before(names[0]) if len(names) == 1 and (quantifiers or "の各" in names[0]) else None
        if listed is not None and 1 < len(listed) - 1 == len(following):
            # 被保険者・被扶養者の受診率をそれぞれ2ポイント、3ポイント
            measured = [f"{case}の{listed[-1]}" for case in listed[:-1]]
            known = all(map(is_measurable, listed[:-1])) and not any(map(population_of, listed[:-1]))
            for case, name, other in zip(listed[:-1], measured, following, strict=True):
                # 特定健診・特定保健指導の実施率: each a measure of its own.
                other.people, other.names = (None, [name]) if known else (case, [listed[-1]])
            spread.append(draft)
        elif len(names) <= 1:
            spread.append(draft)
        elif len(following) == len(names):
            for name, other in zip(names, following, strict=True):
                other.names, other.own_name = [name], True
                other.reasons.append(Reason("distributed"))
            spread.append(draft)
        elif len(following) == len(names) - 1 and "quantifier.order" in quantifiers:
            # 日数を、傷病手当金、出産手当金の順に8日、7日; 血糖、血圧の順に受診率を60%、55%: the others are of what.
            last = is_measure(names[-1]) and not is_measure(names[0])
            shared, members = (names[-1], names[:-1]) if last else (names[0], names[1:])
            for name, other in zip(members, following, strict=True):
                start = whole.find(name)
                other.names, other.condition = [shared], (start, start + len(name)) if start >= 0 else None
                other.reasons.append(Reason("distributed"))
            spread.append(draft)
        elif len(following) == 1 and "quantifier.each" in quantifiers:
            spread += [replace(draft, names=[name], reasons=[*draft.reasons, Reason("distributed")]) for name in names]
        else:
            draft.names = [_between(names, whole)]
            draft.reasons.append(Reason("several_names"))
            spread.append(draft)
    return spread


def _listed_before(name: str) -> list[str] | None:
    """Those that a name lists before what is measured of each: 胃がん検診と肺がん検診の受診率."""
    found = _LIST_OF_PEOPLE.match(name) or _LIST_OF_THINGS.match(name)
    if found is None or _LISTS.search(found["rest"]):
        return None
    listed = [part for part in _PARTS.split(found["list"]) if part]
    several = len(listed) > 1 and all(len(part) > 1 for part in listed)
    return [*listed, found["rest"].removeprefix("各")] if several else None


def _between(names: Sequence[str], whole: str) -> str:
    start, end = whole.find(names[0]), whole.find(names[-1])
    return whole[start : end + len(names[-1])] if 0 <= start < end else "".join(names)
