"""Stretches with は behind other figures: another thing that is measured, or whom or what the first name counts."""

from __future__ import annotations

from normalizers.aims.element import GAP
from normalizers.aims.lexicon import lexicon
from normalizers.aims.name_words import is_whom, measures
from normalizers.aims.patterns import ends_with, pattern
from normalizers.aims.surroundings import REACH, Around
from normalizers.indicators.catalogue import is_measurable

_COUNTED_PEOPLE = pattern("name_words.counted_people")
_ENDS_ALIKE = 2
"""Characters by which two names end alike (可燃ごみ, 資源ごみ)."""

_BESIDE = ("bracket", "quantifier", "before", "time", "label")
_FIGURES = ("quantity", "reference")


def is_another_case(here: Around) -> bool:
    """初診の方は60分以下, 月曜日のみ80%: for whom or when a further figure of the same measure holds."""
    text, index = here.element.text, here.index
    at = here.next(index, "bracket", "quantifier", "before")
    figure = here.elements[at].quantity if at is not None else None
    before = next((e.quantity for e in reversed(here.behind) if e.quantity is not None), figure)
    if at is None or figure is None or before is None or before.unit_code != figure.unit_code or measures(text):
        return False
    particle = "".join(element.before for element in here.elements[index + 1 : at + 1])
    if any(only in particle for only in lexicon()["names"]["only"]):
        return True
    # 開館日は300日以上: days of a kind are counted.
    counts_days = figure.unit_code == "days" and text.endswith("日")
    return "は" in particle and ends_with("names.case_ends").search(text) is not None and not counts_days


def is_another_topic(here: Around) -> bool:
    """相談は男性60人・女性90人、苦情は10件: whether a name with は is another thing, and not whom the first counts.

    It counts in another unit, says what is done, ends as the first does (可燃ごみは450g、資源ごみは100g), is known to
    be measured by itself where the first has a figure of its own (受診率は60%以上、保健指導は25%以上), or stands
    behind such a thing (訪問は120件、電話は300件、文書は500件).
    """
    if _stands_against_a_count(here):
        return True
    if not _follows_a_topic(here) or is_whom(here.element.text) or measures(here.element.text):
        return False
    before = next((at for at in reversed(_topics(here)) if at), None)
    return _is_of_its_own(here) or (before is not None and _is_of_its_own(here.at(before)))


def _stands_against_a_count(here: Around) -> bool:
    """入会者500人、退会者は50人以内: は sets another thing against one that is counted right behind its name."""
    first, element = here.elements[0], here.element
    if here.index < 2 or first.kind != "name" or here.after(here.index)[:1] != "は":
        return False
    if _counts_otherwise(here) and not measures(element.text) and not _tells_which_case(element.text):
        return True
    at = here.at(0).next(0, "quantifier", "before")
    if at is not None and here.elements[at].kind == "name" and here.after(at) == "の":
        # Web申請を全申請の25%とし、窓口受付は10%以下に抑える
        at = here.at(at).next(at)
    counted = at is not None and at < here.index and here.elements[at].kind == "quantity"
    plain = here.after(0).strip(GAP) in ("", "を", "が", ":")
    if not counted or not plain or is_whom(first.text) or first.text in lexicon()["names"]["limited"]:
        return False
    return not measures(first.text) and not measures(element.text) and not _tells_which_case(element.text)


def _counts_otherwise(here: Around) -> bool:
    """空床利用率:平日85%・週末70%、苦情は月1件未満: whether the figure behind is in another unit than all before."""
    own = next((other.quantity for other in here.ahead[:3] if other.quantity is not None), None)
    units = {other.quantity.unit_code for other in here.behind if other.quantity is not None}
    return own is not None and bool(units) and None not in {*units, own.unit_code} and own.unit_code not in units


def _tells_which_case(text: str) -> bool:
    """Whether a text tells for whom or when a figure of the same measure holds, and is not itself counted (退会者)."""
    names = lexicon()["names"]
    if is_whom(text) or text in names["limited"] or text in names["ways"]:
        return True
    cases = any(ends_with(f"names.{ends}").search(text) for ends in ("places", "limiting", "case_ends", "cases"))
    return cases and _COUNTED_PEOPLE.fullmatch(text) is None


def may_be_another_topic(here: Around) -> bool:
    """受診率は60%以上、離職は10%以下: whether a name with は may be another thing, or of whom the first is measured.

    Behind a topic that has a figure of its own it may, and behind people without は (男性60件・女性90件、苦情は10件).
    """
    text = here.element.text
    limited = any(ends_with(f"names.{ends}").search(text) for ends in ("limited", "places", "limiting"))
    if not _follows_a_topic(here) or is_whom(text) or measures(text) or limited:
        return False
    return _has_own_figure(here) or _stands_behind_people(here)


def _is_of_its_own(here: Around) -> bool:
    first, element = here.elements[0], here.element
    if not _follows_a_topic(here) or is_whom(element.text) or measures(element.text):
        return False
    if _has_own_figure(here) and is_measurable(element.text):
        return True
    if measures(first.text) or is_whom(first.text):
        return False
    figures = [other.quantity for other in here.behind if other.quantity is not None]
    own = next((other.quantity for other in here.ahead[:3] if other.quantity is not None), None)
    led = any(at and here.elements[at].start < _first_figure(here) for at in _topics(here))
    if not figures or own is None or led:
        return False
    act = bool(element.words) and element.words[-1][1].endswith("サ変可能")
    alike = element.text[-_ENDS_ALIKE:] == first.text[-_ENDS_ALIKE:]
    return act or alike or figures[-1].unit_code != own.unit_code


def _topics(here: Around) -> list[int]:
    """Where names with は stand before this one, the first name of the sentence aside from the rest as 0."""
    first = max(0, here.index - REACH)
    return [at for at in range(first, here.index) if here.elements[at].kind == "name" and here.after(at)[:1] == "は"]


def _stands_behind_people(here: Around) -> bool:
    named = [at for at in range(max(1, here.index - REACH), here.index) if here.elements[at].kind == "name"]
    people = [at for at in named if is_whom(here.elements[at].text) and here.after(at)[:1] != "は"]
    return bool(named) and people == named


def _follows_a_topic(here: Around) -> bool:
    """Whether a name with は before its figure stands behind a first one with は."""
    first = here.elements[0]
    if here.index < 2 or first.kind != "name":
        return False
    return (here.after(0)[:1], here.after(here.index)[:1]) == ("は", "は")


def _has_own_figure(here: Around) -> bool:
    """Whether the sentence's first name has a figure right behind it: 受診率は60%以上, not 受診率は男性60%."""
    at = here.at(0).next(0, *_BESIDE)
    return at is not None and at < here.index and here.elements[at].kind in _FIGURES


def _first_figure(here: Around) -> int:
    return next(other.start for other in here.elements if other.quantity is not None)
