"""What can be said of a quantity: what follows it, whether it is part of a name or of a pair, or leads to another."""

from __future__ import annotations

from collections.abc import Iterator

from normalizers.aims.clause_verbs import closes_clause, ends_as_verb
from normalizers.aims.element import GAP, Element
from normalizers.aims.lexicon import lexicon
from normalizers.aims.patterns import ends_with, pattern, words
from normalizers.aims.quantity_limits import (
    RATE,
    is_factor,
    is_whole,
    leads_group_of_age,
    limits_whom,
    tells_how_long,
    tells_where,
)
from normalizers.aims.size_groups import limits_the_next_figure
from normalizers.aims.surroundings import ARROW, AWAY, Around, joins, separator_classes

_COUNTS_SOMETHING = pattern("quantities.counts_something")
_AND = pattern("quantities.and")
_MEANS_BEHIND = pattern("quantities.means_behind")
_OF_THINGS = pattern("quantities.of_things")
_OF_THOSE = pattern("past_deeds.of_those")
_LENGTHS = ("days", "weeks", "months", "years")
_FIGURES = ("quantity", "reference")
MOVING = frozenset({"verb.up", "verb.down", "verb.better"})
_AIMED_AT = pattern("quantities.aimed_at")
_HOLDS_FOR, _OF_A_NOUN = words("quantities.holds_for"), words("quantities.of_noun")
_FORMAL_NOUNS, _BEFORE_A_VERB = words("words_around.formal_nouns"), words("particles.before_verb")
_JOINED = words("quantities.joined")
_VERBS = words("speech.verbs")
_OWN_VERBS_OR_ACTS = words("speech.own_verbs_or_acts")
_YEARS = range(1990, 2100)


def quantity_features(here: Around) -> set[str]:
    """All that holds of a quantity, but for its label and the cases around it."""
    names = set(_own(here)) | followed(here)
    if leads_away(here):
        names.add("to_another")
    if _is_left_behind(here):
        names.add("left_behind")
    if is_whole(here):
        names.add("of_share")
    if lasts(here):
        names |= {"lasts", "case_later"}
    if not any(element.kind in _FIGURES for element in here.ahead):
        names.add("no_value_later")
    names |= set(_referred(here))
    if _first_of_pair(here):
        names.add("first_of_pair")
    if is_parallel(here, here.index):
        names.add("parallel")
    if leads_group_of_age(here):
        names.add("age_group")
    if tells_where(here) or tells_how_long(here):
        names.add("where")
    if _MEANS_BEHIND.match(here.text, here.element.end) and any(e.kind == "quantity" for e in here.ahead):
        names.add("of_means")
    if limits_whom(here):
        names.add("limits_whom")
    return names


def _own(here: Around) -> Iterator[str]:
    element = here.element
    assert element.quantity is not None
    if element.comparator:
        yield "cmp"
    if not element.quantity.has_unit:
        yield "no_unit"
    led = here.previous is not None and here.previous.kind in ("reference", "label")
    if element.quantity.signed and led and here.after(here.index) == "の":
        yield "difference_beside"
    if element.quantity.unit_code == "years_of_age" and not _measures_age(here):
        yield "age"
    if _is_ordinal(here):
        yield "ordinal"
    if is_factor(here):
        yield "factor"
    attributive = element.before == "が" and element.comparator and _AND.match(here.text, element.end)
    if attributive or any(start <= element.start < end for start, end in here.known):
        yield "known_name"


def lasts(here: Around) -> bool:
    """システム移行後3か月間は…: a length of time for which another figure holds."""
    quantity = here.element.quantity
    if here.element.comparator is not None and _OF_THINGS.match(here.text, here.element.end):
        # 5,000万円を超えるものは2件まで
        return any(element.kind in _FIGURES for element in here.ahead)
    if limits_the_next_figure(here):
        return True
    if quantity is None or quantity.unit_code not in _LENGTHS or here.element.comparator is not None:
        return False
    if here.after(here.index).replace(GAP, "").rstrip("、") not in _HOLDS_FOR:
        return False
    led = here.previous is not None and here.previous.kind == "name" and here.element.before in ("", "の")
    return bool(led) and any(element.kind in _FIGURES for element in here.ahead)


def _measures_age(here: Around) -> bool:
    """平均年齢を40歳以下に, 健康寿命80歳: whether an age is what is aimed at, and not whom a name is of."""
    return any(element.kind == "name" and pattern("names.ages").search(element.text) for element in here.behind)


def _referred(here: Around) -> Iterator[str]:
    last = here.previous
    if last is None or last.kind != "reference" or last.span is None:
        return
    if last.span.compared or here.element.before == "の":
        yield "compared_before"
    if here.element.comparator and not last.span.compared:
        yield "compared_cmp"


def _is_ordinal(here: Around) -> bool:
    """第2号, 健康日本21, 3代: a number that numbers something."""
    element, last = here.element, here.previous
    if last is not None and last.kind == "name" and not element.before:
        if element.quantity is not None and element.quantity.unit is None and element.quantity.value in _YEARS:
            # 健康経営優良法人2025
            return True
        if ends_with("names.levels").search(last.text):
            return True
        if last.text.endswith("第"):
            return element.quantity is None or element.quantity.unit_code != "rank"
    following = here.ahead[0] if here.ahead else None
    if following is None or following.before or following.kind != "name":
        return False
    return _COUNTS_SOMETHING.match(following.text) is not None


def followed(here: Around) -> set[str]:
    """What follows a quantity: the end, a verb, a comma, a noun with or without の, another quantity."""
    following = here.next(here.index)
    if following is None:
        return {"then_end"}
    after = here.after(here.index)
    if here.elements[following].kind == "bracket" and not after.replace(GAP, ""):
        further = here.next(here.index, "bracket")
        if further is None:
            return {"then_end", "then_bracket"}
        sense = here.senses[following]
        bracket = here.elements[following].bracket
        labels = (sense is not None and sense.kind in ("label", "people")) or (
            bracket is not None and bracket.opening == "【"
        )
        if labels and here.elements[further].kind == "name" and not here.after(further - 1).strip(GAP):
            # 勧奨通知3万件 【アウトカム】受診率12%
            return {"then_gap"}
        following, after = further, here.after(further - 1)
    other, classes = here.elements[following], set(separator_classes(after))
    if _is_next_step(here, following):
        return {"then_comma"}
    if other.kind == "verb" or _ends_as_verb(here, following):
        return {"then_comma" if "、" in classes else "then_verb"}
    if "、" in classes:
        return {"then_comma"}
    if "gap" in classes:
        return {"then_gap"}
    return _glued(here, following, after.replace(GAP, "").replace("ずつ", "の"), classes)


def _glued(here: Around, following: int, plain: str, classes: set[str]) -> set[str]:
    element, other = here.element, here.elements[following]
    if plain == "の" and other.text in lexicon()["names"]["averages"]:
        # 低い20市町村の平均は41.2%: of how many it is.
        return {"then_の", "averaged"}
    if plain == "の" and other.kind in ("name", "time", "quantity", "reference"):
        return {"then_の", *_noun_leads_to(here, following)}
    if other.kind == "quantity" and not plain:
        if following != here.index + 1:
            return set()
        # 1年以上2年未満の長期未収債権: between two bounds.
        bounds = element.comparator in ("ge", "gt") and other.comparator in ("le", "lt")
        described = bounds and bool(followed(here.at(following)) & {"then_の", "then_noun"})
        return {"then_quantity"} if element.comparator is None or described else set()
    if other.kind != "name":
        return set()
    if plain == "を" and _AIMED_AT.match(other.text):
        return {"then_verb"}
    if plain:
        return {"then_に_noun", *_noun_leads_to(here, following)} if classes.intersection(_OF_A_NOUN) else set()
    leads = _noun_leads_to(here, following) if element.comparator else set()
    describes = "noun_to_verb" in leads and not any(e.kind == "quantity" for e in here.ahead)
    return {"then_の" if describes else "then_noun", *leads}


def _ends_as_verb(here: Around, index: int) -> bool:
    element = here.elements[index]
    if closes_clause(here, index):
        return True
    if element.kind != "name" or index + 1 < len(here.elements) or not element.words:
        return False
    if not element.before:
        # 8棟改修する
        counts = here.element.quantity is not None and here.element.quantity.counted
        return counts and element.words[0][1].startswith(_OWN_VERBS_OR_ACTS) and ends_as_verb(element)
    verbal = [word for word in element.words if word[0] not in _FORMAL_NOUNS][-1:]
    particles = element.before.replace(GAP, "") in _BEFORE_A_VERB
    return particles and bool(verbal) and verbal[0][1].startswith(_VERBS)


def _noun_leads_to(here: Around, index: int) -> set[str]:
    """What the noun behind a quantity leads to: a value of its own, a verb, or the end."""
    for at in range(index, index + len(here.ahead) + 1):
        if at >= len(here.elements) or here.elements[at].kind == "bracket":
            continue
        following = here.next(at, "bracket")
        if following is None:
            return {"noun_to_end"}
        other = here.elements[following]
        if other.kind == "verb":
            return {"noun_to_verb"}
        joined = joins(here.after(at))
        if other.kind in ("quantity", "reference", "quantifier", "label", "before"):
            return {"noun_to_verb"} if joined and other.kind in ("quantity", "quantifier") else {"noun_to_value"}
        if joined and other.kind == "name":
            return {"noun_to_value"} if any(e.kind in _FIGURES for e in here.at(at).ahead) else {"noun_to_end"}
    return {"noun_to_end"}


def is_parallel(here: Around, index: int) -> bool:
    """施術箇所3部位以上、かつ月15日以上の申請の割合: the first of two limits that together are part of a name."""
    if not 0 <= index < len(here.elements) - 2 or here.elements[index].kind != "quantity":
        return False
    other = index + 1
    while other < min(len(here.elements), index + 4) and here.elements[other].kind in ("name", "quantifier"):
        other += 1
    if other >= len(here.elements) or here.elements[other].kind != "quantity":
        return False
    one, two, after = here.elements[index], here.elements[other], here.after(index)
    if _unit(two) == "years_of_age" != _unit(one):
        # 20歳代50%・30歳代55%
        return False
    linked = "且つ" in after or after.replace(GAP, "") in _JOINED
    if "、" in separator_classes(after) and _tell_of_whom(here, index, other):
        return True
    if (one.comparator is None and not linked) or "、" not in separator_classes(after):
        return False
    behind = followed(here.at(other))
    before = index - 1
    while before >= 0 and here.elements[before].kind == "bracket":
        before -= 1
    named = here.elements[before] if before >= 0 and here.elements[before].kind == "name" else None
    rate = named is not None and RATE.search(named.text) is not None and not here.after(before).strip(GAP + " ")
    if named is not None and (set("をはが").intersection(one.before) or rate):
        # 実施件数を8件以上、かつ…: a value of its own.
        return False
    alone = all(element.kind == "quantifier" for element in here.elements[index + 1 : other])
    if alone and one.comparator and two.comparator and "noun_to_value" in behind and "then_noun" in behind:
        # 運動を週2回以上、1年以上継続している者の割合
        return True
    to_value = "noun_to_value" in behind or (linked and "then_noun" in behind)
    leads = bool(behind & {"then_の", "then_noun", "then_に_noun"}) and to_value
    return leads and (_unit(one) == _unit(two) or linked)


def _tell_of_whom(here: Around, index: int, other: int) -> bool:
    """体重を3kg以上、腹囲を3cm以上減らした者の割合: two changes by which those are known who are counted."""
    one, two, names = here.elements[index], here.elements[other], here.elements[index - 1 : index]
    like = _unit(one) == _unit(two) or (one.quantity is not None and not one.quantity.counted)
    named = bool(names) and names[0].kind == "name" and not RATE.search(names[0].text)
    return like and named and _OF_THOSE.match(here.text, two.end) is not None


def leads_away(here: Around) -> bool:
    """58.1%から61.7%に: whether another figure is reached from this one."""
    further = here.next(here.index, "bracket")
    after = here.after(here.index) + (here.elements[further].before if further is not None else "")
    past = here.after(here.index) == "を" and (_is_of_the_past(here) or _is_raised(here))
    if not AWAY.search(after) and not past:
        return False
    if further is not None and _is_next_step(here, further):
        return False
    unit = _unit(here.element)
    # 対象者50人に対し、実施率80%: another measure is no way from here.
    # By points it is raised from a rate: 60%から毎年2ポイント引き上げる.
    raised = unit == "percent" and here.after(here.index).startswith(("から", "より"))
    alike = (unit, None, "percentage_point") if raised else (unit, None)
    return any(e.kind == "quantity" and (unit is None or _unit(e) in alike) for e in here.ahead[:5])


def _is_raised(here: Around) -> bool:
    """受診率58%を60%に引き上げる: a figure right behind its name, and the one to which it is moved."""
    if len(here.ahead) < 2 or here.element.comparator is not None or here.previous is None:
        return False
    figure, verb = here.ahead[0], here.ahead[1]
    alike = figure.kind == "quantity" and _unit(figure) == _unit(here.element) and not here.element.before.strip(GAP)
    to_it = verb.kind == "verb" and verb.before.replace(GAP, "") in ("に", "へ", "まで", "にまで")
    return here.previous.kind == "name" and alike and to_it and not MOVING.isdisjoint(verb.parts)


def _is_next_step(here: Around, following: int) -> bool:
    """通知800人→受診120人: whether an arrow leads to another measure and not to another figure of the same."""
    other = here.elements[following]
    arrow = ARROW.search(here.text, here.element.end, other.start)
    return other.kind == "name" and arrow is not None and any(element.kind == "name" for element in here.behind)


def _is_of_the_past(here: Around) -> bool:
    """計画策定時(2021年度)の56件を…84件にする: what stands before the figure says that it is a result."""
    at = here.index - 1
    while at > 0 and here.elements[at].kind == "bracket":
        at -= 1
    before = here.elements[at] if at >= 0 else None
    led = before is not None and before.kind == "reference" and before.comparator is None
    return led and here.element.before == "の" and here.element.comparator is None


def _is_left_behind(here: Around) -> bool:
    """得点を前年度の256点から上げ、順位を15位以内に: a figure is left behind, and the next one is another measure's."""
    if len(here.ahead) < 3 or not AWAY.fullmatch(here.after(here.index).replace(GAP, "").strip()):
        return False
    verb, name, figure = here.ahead[:3]
    moves = verb.kind == "verb" and not MOVING.isdisjoint(verb.parts)
    if not moves or name.kind != "name" or "、" not in separator_classes(name.before):
        return False
    # 31.2%から引き上げ、被保険者は35%以上: whose the next figure is; the measure is the same.
    named = ends_with("names.heads").search(name.text) or not ends_with("names.people").search(name.text)
    return bool(named) and not {"を", "は", "が", "glued"}.isdisjoint(separator_classes(figure.before))


def _first_of_pair(here: Around) -> bool:
    """45.2% 50.0%以上: two figures of one unit side by side, only blanks, a period or brackets of time between."""
    at = here.next(here.index, "bracket", "quantifier")
    if at is None or here.elements[at].kind != "quantity" or here.element.comparator is not None:
        return False
    between = here.elements[here.index + 1 : at]
    if any(set(separator_classes(e.before)) - {"gap", "glued"} for e in [*between, here.elements[at]]):
        return False
    shared = any({"quantifier.share", "quantifier.total"}.intersection(element.parts) for element in between)
    return _unit(here.element) == _unit(here.elements[at]) and not shared


def _unit(element: Element) -> str | None:
    return element.quantity.unit_code if element.quantity is not None else None
