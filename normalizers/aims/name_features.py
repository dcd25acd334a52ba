"""What can be said of a stretch of words: whether it names a measure, people, a case, or tells the means."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from normalizers.aims.clause_verbs import closes_clause, describes_people, ends_as_verb
from normalizers.aims.element import GAP, Element
from normalizers.aims.lexicon import lexicon
from normalizers.aims.name_words import LONG_GROUP, is_people, is_whom, lists, measures, names_all, whose
from normalizers.aims.patterns import ends_with, pattern, wordings, words
from normalizers.aims.quantity_features import is_parallel, lasts
from normalizers.aims.size_groups import belongs_to_limit
from normalizers.aims.surroundings import Around, joins
from normalizers.aims.topics import is_another_case, is_another_topic, may_be_another_topic

_EXCEPTION = pattern("stretches_of_words.exception")
_CASE_PARTICLE = pattern("stretches_of_words.case_particle")
_SETS_CASE = pattern("stretches_of_words.sets_case")
_ATTRIBUTIVE = words("stretches_of_words.attributive")
_LOOSELY_ATTRIBUTIVE = words("stretches_of_words.loosely_attributive")
_LIMITS, _DESCRIBED = words("stretches_of_words.limits"), words("stretches_of_words.described")
_AUXILIARIES = words("speech.auxiliaries")
_VERBS_OR_LINKS = words("speech.verbs_or_links")
_VERBS_OR_ACTS = words("speech.verbs_or_acts")
_VERBS = words("speech.verbs")
_NOUNS = words("speech.parts_of_nouns")
_FIGURES = ("quantity", "reference")


def name_features(here: Around) -> set[str]:
    """All that holds of a stretch of words."""
    names = set(_own(here.element)) | set(_leading(here)) | set(_between_figures(here))
    if "head" in names and _is_sum_of_money(here):
        names = (names - {"head"}) | {"no_head"}
    if is_whom(here.element.text) and any(whose(e.text) for e in here.behind if e.kind == "name"):
        names.add("like_first")
    if is_another_topic(here):
        names.add("another_topic")
    elif may_be_another_topic(here):
        names.add("may_be_topic")
    if heads_names(here, here.index):
        names.add("heads_names")
    names |= set(_beside_a_case(here))
    if "case_end" not in names and is_another_case(here):
        names.add("another_case")
    if tells_means(here):
        names.add("cont_end")
    if leads_to_means(here):
        names.add("to_means")
    if is_predicate(here):
        names.add("predicate")
    return names


def _beside_a_case(here: Around) -> Iterator[str]:
    if _stands_before_case(here):
        yield "before_case"
    if is_case(here):
        yield "case_end"
    elif case_follows(here):
        yield "case_later"


def _stands_before_case(here: Around) -> bool:
    """回答率が閑散期においても70%を下回らない: a measure with が before a noun that alone is a case."""
    case = here.ahead[0] if here.ahead else None
    if case is None or case.kind != "name" or not case.words or here.after(here.index) != "が":
        return False
    return measures(here.element.text) and case.words[0][1].startswith(_NOUNS) and is_case(here.at(here.index + 1))


def heads_names(here: Around, index: int) -> bool:
    """男性:肥満者の割合28%、喫煙率22%: whether people or a place before a colon head the names behind."""
    element, following = here.elements[index], here.elements[index + 1 : index + 2]
    return (
        element.kind == "name"
        and is_whom(element.text)
        and ":" in here.after(index)
        and bool(following)
        and following[0].kind == "name"
    )


def _is_sum_of_money(here: Around) -> bool:
    """高額療養費98.0%以上: whether what a name measures is no share, though its figure is one."""
    figure = here.ahead[0].quantity if here.ahead else None
    share = figure is not None and figure.unit_code in ("percent", "percentage_point")
    of_another = any(element.kind == "name" and measures(element.text) for element in here.behind)
    return share and of_another and ends_with("names.money").search(here.element.text) is not None


def _own(element: Element) -> Iterator[str]:
    text = element.text.strip()
    yield "head" if measures(text) else "no_head"
    yield "people" if is_people(text) else "not_people"
    if len(text) > LONG_GROUP:
        yield "long"
    if begins_with_verb(element):
        yield "verb_start"
    if ends_with("names.case_ends").search(text):
        yield "case_word"
    if pattern("names.branches").match(text):
        yield "branches"
    if ends_with("names.like").search(text):
        yield "same_as"


def begins_with_verb(element: Element) -> bool:
    """Whether a stretch goes on from the one before: (勧奨を) 受けた者の割合."""
    words = element.words
    if not words:
        return False
    noun_made_verb = len(words) > 1 and words[1][2] == "為る" and words[-1][1].startswith(_NOUNS)
    return words[0][1].startswith(_VERBS) or noun_made_verb


def _leading(here: Around) -> Iterator[str]:
    """What the element before makes of a stretch."""
    element, last = here.element, here.previous
    if last is None:
        return
    named = next((other for other in reversed(here.behind) if other.kind != "bracket"), last)
    if named.kind == "name" and (element.before or named is not last) and measures(named.text):
        yield "after_head"
    if last.parts == ("quantifier.share",):
        yield "after_share"
    if _has_share_before(here, last):
        yield "share_before"
        yield "attributive_before"
    elif _is_attributive(here, last):
        yield "attributive_before"


def _has_share_before(here: Around, last: Element) -> bool:
    """Whether a share of those named before does this: 職員の半数以上で検定(を取得)."""
    if last.quantity is None or last.quantity.unit_code != "percent" or here.element.before not in ("で", "が"):
        return False
    whose = here.elements[here.index - 2] if here.index > 1 else None
    verb = here.ahead[0] if here.ahead else None
    acts = verb is not None and verb.kind == "verb" and verb.before in ("を", "に")
    return acts and whose is not None and whose.kind == "name" and last.before == "の" and not measures(whose.text)


def _is_attributive(here: Around, last: Element) -> bool:
    """Whether the figure before describes this noun: 2,000人の委員, 3市町村と協定, 80%を目標受診率(とする)."""
    before = here.element.before
    if last.kind == "bracket" and here.index > 1 and here.elements[here.index - 2].kind == "quantity":
        return before == "の"
    if last.kind == "reference":
        return last.comparator is not None and before in ("の", "")
    if last.kind != "quantity":
        return False
    if before in _ATTRIBUTIVE or (last.comparator is not None and last.end == here.element.start and not before):
        return True
    if before == "を":
        return here.element.text.startswith("目標") and measures(here.element.text)
    unnamed = not any(element.kind == "name" for element in here.behind)
    if before == "、":
        # 四半期ごとに1回、評価会議を開く
        return unnamed and not any(element.kind in _FIGURES for element in here.ahead)
    return before in _LOOSELY_ATTRIBUTIVE and unnamed


def _between_figures(here: Around) -> Iterator[str]:
    """How a stretch stands to the figures around it."""
    following = here.next(here.index, "time", "label", "quantifier", "before", "bracket")
    yield ">Q" if following is not None and here.elements[following].kind in _FIGURES else "no_value_next"
    later = here.next(here.index, "bracket", "time")
    joined = joins(here.after(here.index))
    if later is not None and here.elements[later].kind in _FIGURES and not joined:
        yield "value_later"
    before = next((e.quantity for e in reversed(here.behind) if e.quantity is not None), None)
    after = next((e.quantity for e in here.ahead if e.quantity is not None), None)
    if before is not None and after is not None:
        codes = (before.unit_code, after.unit_code)
        yield "same_unit" if codes[0] == codes[1] or None in codes else "other_unit"
    if before is not None and before.unit_code not in (None, "percent", "percentage_point", "points"):
        yield "counted_before"
    following_name = here.ahead[0] if here.ahead and here.ahead[0].kind == "name" else None
    if following_name is not None and joined and is_people(here.element.text) and is_people(following_name.text):
        yield "people_list"
    unit = next((e.quantity.unit_code for e in here.ahead[:1] if e.quantity is not None), None)
    if unit == "rank" and here.element.text.strip() in lexicon()["names"]["ranked"]:
        yield "same_as"
    if any(is_parallel(here, at) for at in (here.index + 1, here.index - 1)):
        yield "parallel"


def is_case(here: Around) -> bool:
    """Whether a stretch ends the name of a case: 80%以上の支部については, 特別な事情がある場合は."""
    text = here.element.text
    beside = here.index
    while beside + 1 < len(here.elements) and here.elements[beside + 1].kind == "bracket" and not here.after(beside):
        # 繁忙期(4月~5月)は
        beside += 1
    particle = here.after(beside).replace(GAP, "").strip("、")
    if ends_with("names.cases").search(text):
        return True
    if measures(text):
        return False
    if _both_of(here):
        return True
    if _excepts(here) and _SETS_CASE.fullmatch(particle):
        return True
    if particle.startswith("において"):
        return True
    last = here.previous
    limited = last is not None and last.kind == "quantity" and here.element.before == "の"
    particles = (*_LIMITS, "") if _leads_directly(here) else _LIMITS
    if limited and text in lexicon()["names"]["limited"] and particle in particles:
        # 65歳以上の者は9割, 300人以上の事業所は年2回: the limit says for whom.
        behind = here.next(here.index, "quantifier", "before")
        told = here.elements[behind] if behind is not None else None
        return told is not None and (told.kind in _FIGURES or measures(told.text))
    if limited and (particle == "について" or _SETS_CASE.fullmatch(particle)) and _EXCEPTION.match(here.text):
        return True
    described = last is not None and last.kind in _FIGURES and (begins_with_verb(here.element) or text == "もの")
    if described and particle in _DESCRIBED:
        # 既に80%に達している地域は: a clause describes whom.
        return any(element.kind in _FIGURES for element in here.ahead[:1])
    if particle == "では" and ends_with("names.places").search(text) and last is None:
        # 島しょ部では集団健診を年3回
        return any(element.kind == "name" for element in here.ahead[:1])
    return _CASE_PARTICLE.fullmatch(particle) is not None and _case_heads().search(text) is not None


def _leads_directly(here: Around) -> bool:
    """提出率は、10人未満の事業所90%、…: a limit of its own, behind the measure; not 受診率50%未満の事業所60社."""
    limit, before = here.previous, here.elements[here.index - 2] if here.index > 1 else None
    glued = limit is not None and not limit.before and before is not None and measures(before.text)
    return not glued and any(element.kind == "name" and measures(element.text) for element in here.behind)


@functools.cache
def _case_heads() -> re.Pattern[str]:
    return re.compile(f"{wordings('names.case_heads')}$")


def _both_of(here: Around) -> bool:
    """男女とも45%以上の受診率: all of whom the sentence is about, before it names what is measured."""
    each = here.ahead[0] if here.ahead else None
    led = all(element.kind == "name" and len(element.text) <= LONG_GROUP for element in here.behind)
    listed = led and set("".join(element.before for element in [*here.behind[1:], here.element]) or "-") <= set("、・")
    if (here.previous is not None and not listed) or not any(element.kind == "name" for element in here.ahead):
        return False
    if names_all(here.element.text):
        return here.after(here.index) == "で" or (each is not None and each.parts == ("quantifier.each",))
    told = each is not None and each.parts == ("quantifier.each",) and each.before in ("", "の")
    several = is_people(here.element.text) or lists(here.element.text) or here.previous is not None
    return told and several


def _excepts(here: Around) -> bool:
    """Whether the sentence is an exception (ただし、…については…) and this its first stretch before a figure."""
    if not _EXCEPTION.match(here.text):
        return False
    return not any(element.kind in _FIGURES for element in here.behind)


def case_follows(here: Around) -> bool:
    """Whether this element is part of a stretch that names a case (…95%以上であった場合は)."""
    for distance, element in enumerate(here.ahead, start=1):
        if "、" in element.before or "。" in element.before:
            return False
        there = here.at(here.index + distance)
        if element.kind == "name" and is_case(there):
            return True
        if element.kind == "quantity" and lasts(there):
            parted = "".join(other.before for other in here.ahead[:distance])
            ranged = element.quantity is not None and element.quantity.upper is not None
            alone = element.comparator is None and not ranged
            return alone or belongs_to_limit(here.element, element, parted)
    return False


def tells_means(here: Around) -> bool:
    """Whether a stretch ends a clause of means: 勧奨を強化し、."""
    element, after = here.element, here.after(here.index)
    if element.kind == "verb":
        ends = after.endswith("、") and here.index + 1 < len(here.elements)
        return ends and not any(other.kind in _FIGURES for other in here.behind)
    if element.kind != "name" or "、" not in after:
        return False
    if closes_clause(here, here.index) or describes_people(here, here.index):
        return False
    if ends_with("names.means").search(element.text + after.replace("、", "").replace(GAP, "")):
        return True
    tag = element.words[-1][1] if element.words else ""
    if tag.startswith(_AUXILIARIES) and element.text.endswith("せ"):
        # 情報発信を充実させ、
        return True
    return tag.startswith(_VERBS_OR_LINKS) and not element.text.endswith(("る", "う", "く"))


def leads_to_means(here: Around) -> bool:
    """Whether a stretch, with those that particles tie to it, ends in a clause of means: 8市町との共同実施を通じ、."""
    for at in range(here.index, here.index + 1 + len(here.ahead)):
        if tells_means(here.at(at)):
            return True
        after = here.after(at)
        particle = "、" not in after and set("をにがでと").intersection(after)
        if here.elements[at].kind not in ("name", "bracket") or not particle:
            return False
    return False


def is_predicate(here: Around) -> bool:
    """Whether a stretch of words at the end of a sentence or clause is its verb, unknown to the lexicon."""
    element = here.element
    if element.kind != "name" or not element.words:
        return False
    if here.index + 1 < len(here.elements):
        return closes_clause(here, here.index)
    bare = all(word[1].startswith(_VERBS_OR_ACTS) for word in element.words)
    return ends_as_verb(element) and here.index > 0 and (bool(element.before) or bare)
