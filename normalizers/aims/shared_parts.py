"""What the aims of a sentence take from one another (verbs, bounds, names), and which only explain others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from normalizers.aims.drafts import Draft
from normalizers.aims.element import Element
from normalizers.aims.name_words import is_place, is_whom, whose
from normalizers.aims.patterns import pattern, words
from normalizers.indicators.catalogue import population_of
from normalizers.model.records import Comparator
from normalizers.text.numbers import Quantity

_OF_A_PART = re.compile("[(][^()0-9]{2,}[)]")
BARE_MEASURE = pattern("goals.bare_measure")
_ALL = 100.0
"""Percent."""

_TOWARDS = words("particles.towards")


def led_by_share(before: Element | None) -> bool:
    """Whether an element is うち or the like."""
    return before is not None and before.parts == ("quantifier.share",)


def share_verbs(drafts: Sequence[Draft]) -> None:
    """男性38.6%、女性23.2%まで減らす: groups of one indicator share the last one's comparator and verb."""
    for draft, following in reversed(list(pairwise(drafts))):
        if following.direct and (
            (following.before_verb == "を" and _counts_alike(draft, following)) or _change_together(draft, following)
        ):
            # 医師2人、看護師5人を増員する; 喫煙者を100人、高血圧者を200人減らす
            draft.direct = True
        if following.element is not None and repeats(following, (draft,)):
            # 2か所から4か所に倍増する: what repeats the way in words is its verb.
            grows = following.element.quantity is not None and following.element.quantity.value > 0
            draft.verbs = (*draft.verbs, "verb.up" if grows else "verb.down")
            draft.before_verb = following.element.before
        if not draft.verbs:
            if following.changed_by_noun and following.own_name and following.names != draft.names:
                continue
            draft.verbs, draft.before_verb = following.verbs, draft.before_verb or following.before_verb
            draft.direct = following.direct and draft.element is not None
        if draft.element is None or following.element is None or draft.element.comparator is not None:
            continue
        one, other = draft.element.quantity, following.element.quantity
        same_unit = one is not None and other is not None and one.unit_code == other.unit_code
        # 概ね10分、混雑時でも20分を超えない: the bound is that of the case alone.
        about = one is not None and "approximate" in one.notes and not _tells_whom(draft) and _tells_whom(following)
        if _passes_all(one, following.element.comparator):
            continue
        if not about and same_unit and (draft.names == following.names or not following.names):
            draft.direct = draft.direct or following.direct
            draft.element = replace(draft.element, comparator=following.element.comparator)


def _passes_all(quantity: Quantity | None, comparator: Comparator | None) -> bool:
    """大規模法人で100%、それ以外で70%を超える: no share is above all."""
    whole = quantity is not None and quantity.unit_code == "percent" and quantity.value >= _ALL
    return whole and comparator == "gt"


def _tells_whom(draft: Draft) -> bool:
    return draft.condition is not None or draft.group is not None or draft.people is not None


def _change_together(draft: Draft, following: Draft) -> bool:
    """Whether two names have a figure each before one verb of change; a rate beside points of a rate is a level."""
    one, other = (d.element.quantity if d.element is not None else None for d in (draft, following))
    if one is None or other is None or not (draft.own_name and following.own_name) or following.changed_by_noun:
        return False
    units = {one.unit_code, other.unit_code}
    level = len(units) > 1 and not units.isdisjoint({"percent", "percentage_point", "rank"})
    return not following.before_verb and draft.verbs == following.verbs and not level


def _counts_alike(draft: Draft, following: Draft) -> bool:
    """Whether two figures count in the same unit."""
    one, other = (d.element.quantity if d.element is not None else None for d in (draft, following))
    return one is not None and other is not None and one.counted and one.unit_code == other.unit_code


def of_the_first(draft: Draft, earlier: Sequence[Draft]) -> None:
    """特定健診 対象者数58,000人 実施率40.0%: a bare measure is of what and whom the first name of its row names."""
    first = earlier[0].names[-1] if earlier and earlier[0].names else ""
    led = BARE_MEASURE.search(first)
    if (
        led is None
        or not led.start()
        or not draft.own_name
        or not draft.names
        or not BARE_MEASURE.fullmatch(draft.names[-1])
    ):
        return
    if not first.endswith("数") and not draft.names[-1].endswith("数"):
        # 健診実施率60%、取得率10%: one rate beside another is of its own.
        return
    draft.names = [*draft.names[:-1], first[: led.start()].rstrip(" :") + draft.names[-1]]
    draft.people = draft.people or earlier[0].people


def name_without_whom(draft: Draft) -> None:
    """被保険者の受診率65%、被扶養者35%: the measure of others is named without whom the first figure is of."""
    told = whose(draft.names[-1]) if draft.names and not draft.own_name else None
    if told is not None and draft.group_text is not None and is_whom(draft.group_text) and draft.group_text != told[0]:
        draft.names = [told[1]]


def name_other_part(draft: Draft) -> None:
    """収納率(現年分)を94%とし、滞納分は28%: another part than the one in the name's bracket has a name of its own."""
    group, name = draft.group_text or "", draft.names[-1] if draft.names else ""
    if not draft.own_name and group.endswith("分") and _OF_A_PART.search(name) and population_of(group) is None:
        draft.names, draft.own_name, draft.group, draft.group_text = [group], True, None, None


def is_share(draft: Draft) -> bool:
    """Whether people have a rate of something that is not named (被保険者:62.0%), and are not counted."""
    quantity = draft.element.quantity if draft.element is not None else None
    known = population_of(draft.names[-1]) in ("insured", "dependents")
    return known and quantity is not None and quantity.unit_code in (None, "percent")


def is_of_a_place(draft: Draft) -> bool:
    quantity = draft.element.quantity if draft.element is not None else None
    return (
        quantity is not None
        and quantity.unit_code == "percent"
        and draft.adverbial is not None
        and is_place(draft.names[-1])
    )


def repeats(draft: Draft, earlier: Sequence[Draft]) -> bool:
    """10件から5件以下に半減させる: the verb says in words what the figures say."""
    element = draft.element
    worded = element is not None and element.quantity is not None and "multiple_in_words" in element.quantity.notes
    return worded and bool(earlier) and not draft.own_name and element is not None and element.before in _TOWARDS


def only_explains(draft: Draft, later: Sequence[Draft], text: str) -> bool:
    """対前年度100事業所増の1,200事業所: a difference that only tells how the level comes about."""
    following = later[0].element if later else None
    quantity = draft.element.quantity if draft.element is not None else None
    if following is not None and not later[0].own_name and quantity and "multiple_in_words" in quantity.notes:
        # 倍増させ、1,240事業所とする
        return True
    multiple = quantity is not None and quantity.unit_code == "multiple"
    if following is not None and following.before == "の" and not later[0].own_name and (multiple or draft.reference):
        # 前年度の2倍の40件
        return draft.element is not None
    if following is None or draft.element is None or not draft.direct:
        return False
    # 2.0ポイント上回る57.3%, but not 5ポイント引き下げ15%以下.
    describes = following.before == "" and text[following.start - 1] in "るたいて"
    return following.before == "の" or describes
