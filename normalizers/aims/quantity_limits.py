"""Quantities that are no aims but say where, how long, or of whom another figure speaks."""

from __future__ import annotations

from normalizers.aims.clause_verbs import told_of_people
from normalizers.aims.element import GAP
from normalizers.aims.lexicon import lexicon
from normalizers.aims.patterns import ends_with, pattern, words
from normalizers.aims.surroundings import Around, separator_classes

_PEOPLE_OF = pattern("doubts.people_of")
RATE = pattern("doubts.any_rate")
_FACTOR, _FACTOR_BEFORE = pattern("quantities.factor"), pattern("quantities.factor_before")
_HELD_AT = words("particles.at")
_LENGTHS = ("days", "weeks", "months", "years")
_BODIES = frozenset({"companies", "offices", "organizations", "places", "stores"})
_DOERS = frozenset({"people", "machines"})
_PLACES = frozenset({"places", "branches", "municipalities", "offices", "companies", "schools", "organizations"})


def tells_where(here: Around) -> bool:
    """健康講座を8市町で計20回: at how many places something is counted."""
    quantity, after = here.element.quantity, here.after(here.index).replace(GAP, "")
    where = quantity is not None and (quantity.unit_code in _PLACES or _does(here) or _in_so_long(here))
    if quantity is None or not where or here.element.comparator is not None:
        return False
    if after not in _HELD_AT:
        return False
    for element in here.ahead:
        parted = "、" in separator_classes(element.before)
        if parted or element.kind not in ("quantity", "quantifier", "name", "before"):
            return False
        if element.quantity is not None:
            return element.quantity.unit_code != quantity.unit_code
    return False


def _in_so_long(here: Around) -> bool:
    """測定会を2日間で4会場: over how many days something is counted."""
    lasts = here.element.quantity is not None and here.element.quantity.unit_code in _LENGTHS
    return lasts and here.element.text.endswith("間")


def _does(here: Around) -> bool:
    """保健師3名で月30件の面談: with how many people or machines something is done."""
    quantity, doer = here.element.quantity, here.previous
    if quantity is None or quantity.unit_code not in _DOERS or doer is None or here.element.before.strip(GAP):
        return False
    return doer.kind == "name" and ends_with("names.doers").search(doer.text) is not None


def tells_how_long(here: Around) -> bool:
    """育休取得率を2週間以上の取得で85%: of how long an event the figure behind speaks."""
    quantity = here.element.quantity
    if quantity is None or quantity.unit_code not in _LENGTHS or len(here.ahead) < 2:
        return False
    event, figure = here.ahead[0], here.ahead[1]
    what = event.kind in ("name", "verb") and event.before == "の" and not RATE.search(event.text)
    return what and figure.kind == "quantity" and figure.before in ("で", "では")


def limits_whom(here: Around) -> bool:
    """収縮期血圧140mmHg以上の者のうち、…: who is meant, not what is aimed at."""
    if here.element.comparator is None or not here.ahead or not any(e.kind == "quantity" for e in here.ahead):
        return False
    following = here.ahead[0]
    if following.kind == "quantity" and following.before in ("の", ""):
        # 従業員30人未満の1,000事業所: how large those are that are counted.
        codes = [e.quantity.unit_code if e.quantity is not None else None for e in (here.element, following)]
        return codes[0] == "people" and codes[1] in _BODIES
    if _limits_with_another(here):
        return True
    return here.ahead[0].before == "の" and _PEOPLE_OF.match(here.text, here.ahead[0].start) is not None


def _limits_with_another(here: Around) -> bool:
    """体重を3kg以上、腹囲を3cm以上減少させた者の割合: the first of two changes that tell who is counted."""
    if len(here.ahead) < 3 or here.element.before != "を":
        return False
    name, figure = here.ahead[0], here.ahead[1]
    alike = name.kind == "name" and figure.kind == "quantity" and figure.before == "を" and bool(figure.comparator)
    clause = here.text[figure.end :].partition("、")[0]
    return alike and "、" in separator_classes(name.before) and told_of_people(clause, 0)


def is_factor(here: Around) -> bool:
    """12,000名×実施率30%=3,600名: a figure of a sum that is worked out; what it comes to stands behind =."""
    text, after = here.text, _FACTOR.match(here.text, here.element.end) is not None
    led = _FACTOR_BEFORE.search(text[: here.element.start]) is not None
    return after or (led and text[: here.element.start].rstrip()[-1:] not in "=＝")


def is_whole(here: Around) -> bool:
    """300社のうち90社: whether a share is taken of this quantity."""
    following = here.next(here.index)
    if following is None:
        return False
    other, plain = here.elements[following], here.after(here.index).replace(GAP, "")
    if other.parts == ("quantifier.share",):
        # 訪問180社 うち新規60社: two figures side by side.
        return plain == "の" or not (plain or GAP in here.after(here.index))
    return other.kind == "name" and other.text.startswith("中") and not plain


def leads_group_of_age(here: Around) -> bool:
    """20~64歳 男女とも8,000歩、65歳以上 男性6,500歩: whether the figure of those of an age follows."""
    if here.element.quantity is None or here.element.quantity.unit_code != "years_of_age":
        return False
    if set(separator_classes(here.after(here.index))) - {"gap", "glued", "は", "で"}:
        return False
    for element in here.ahead:
        if element.kind == "quantity":
            return element.quantity is not None and element.quantity.unit_code != "years_of_age"
        people = element.kind == "name" and element.text in lexicon()["names"]["people"]
        if not people and element.kind not in ("quantifier", "before"):
            return False
    return False
