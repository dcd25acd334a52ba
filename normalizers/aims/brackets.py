"""What stands in a bracket of a statement: a label, a time, a result, a share, an aim, a part of a name."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Literal

from normalizers.aims.bracketed_figures import SHARE, by_when, counts_in_all, leads_on, only_figures
from normalizers.aims.counters import quantities_in_units
from normalizers.aims.fixed_span import FixedSpan
from normalizers.aims.name_words import measures
from normalizers.aims.patterns import expression, pattern, wordings
from normalizers.aims.spans import fixed_spans
from normalizers.aims.times import year_of_date
from normalizers.indicators.catalogue import people_words
from normalizers.text.fiscal_years import read_fiscal_year, read_years
from normalizers.text.numbers import read_quantities
from normalizers.text.skeleton import outer_text

SenseKind = Literal[
    "label",
    "time",
    "result",
    "share",
    "aim",
    "exception",
    "people",
    "figures",
    "difference",
    "limits",
    "name",
    "labels",
    "goal",
    "told",
    "unit",
]

_SENTENCE = pattern("bracket_forms.sentence")
_PEOPLE = re.compile(rf"(?:{people_words()})分?")
_LIMITS = re.compile(rf"{wordings('brackets.limits')}。?$")
_CASE = re.compile(wordings("brackets.cases"))
_CASE_ALONE = re.compile(wordings("brackets.case_alone"))
"""A case and its figure, and no bound: (大法人は100%)."""

_DIFFERENCE = re.compile(wordings("brackets.differences"))
_RESULT = re.compile(wordings("brackets.results"))
_TOLD_AS_RESULT = re.compile(wordings("brackets.told_as_result"))
_OF_THOSE = pattern("bracket_forms.of_those")
_OTHERS = re.compile(wordings("brackets.others"))
_GOAL = re.compile(wordings("brackets.goals"))
_BOUND = re.compile(wordings("brackets.bounds"))
PRICE = re.compile(
    f"{wordings('brackets.payers')}?{wordings('brackets.prices')}額?[ :は]*[0-9][0-9,.万千]*円(?:まで|以内)?"
)
"""A bracket that tells what something costs or is paid (上限25,000円)."""

_NO_AIM = re.compile(wordings("brackets.no_aim"))
_EARLIER_AIM = re.compile(wordings("brackets.earlier_aim"))
_LAST_YEAR = re.compile(wordings("brackets.last_year"))
_LISTED_WORDS = f"{wordings('brackets.lists')}?(?:番号|No[.]?)?"
_LISTED = re.compile(
    rf"(?:(?:⇒|→|参照[:：]?)?{_LISTED_WORDS}[ :]?[0-9]{{1,2}}(?:(?:[、,・/~-]| ?及び ?|と)[0-9]{{1,2}})*"
    "(?:を?参照)?(?:[、,・/; ]|及び|$))+"
)
"""Numbers of entries of a list or table that stands elsewhere: 指標1、2; 指標7~11、別表2."""

_ERA_YEAR = pattern("bracket_forms.era_year")
_DATED = pattern("bracket_forms.dated")
_SURVEY = pattern("bracket_forms.survey")
_AIM_WORDS = pattern("bracket_forms.aim_words")
_UNTIL = pattern("bracket_forms.until")
_CAPTION = pattern("bracket_forms.caption")
_PARTS, _AIM_WORD = pattern("bracket_forms.parts"), pattern("aims.word")
OF_EACH = re.compile(f"{wordings('brackets.of_each')}、?")
"""What opens a bracket that speaks of all aims before it (いずれも令和7年度末)."""

_LONGEST_TAIL = 2
"""Characters that may follow a label or a time in its bracket (度, の)."""


@dataclass(frozen=True, slots=True)
class BracketSense:
    """The sense of a bracket's content, with the label and the fiscal year that it names.

    ``start`` is where what it says begins behind the word that opens it (目標:, うち). ``planned`` tells that it says
    how often or how many in all, and nothing else (年2回、計3万件). ``time`` is where in the content a time stands
    beside what it says otherwise, and ``caption`` the unit's words there.
    """

    kind: SenseKind
    label: Literal["aim", "past", "other"] | None = None
    year: int | None = None
    start: int = 0
    last_year: bool = False
    planned: bool = False
    time: tuple[int, int] | None = None
    caption: str | None = None


@functools.cache
def _names_its_aim() -> re.Pattern[str]:
    """利用者数:目標 1,000人; 利用者 目標値:45名; 送付数8,000件、受診率12%を目標とする: named in the bracket."""
    named, aimed = expression("bracket_forms.named_aim"), wordings("brackets.aim_last")
    return re.compile(rf"{named}|[^。]*[0-9][^。]*{aimed}。?$")


def unit_caption(text: str) -> tuple[str, float] | None:
    """The unit that a caption gives, and what its values are to be multiplied by: (百万円), (単位:%), (いずれも%)."""
    found = _CAPTION.fullmatch(text.strip())
    if found is None:
        return None
    quantities = read_quantities("1" + found.group("unit"))
    if len(quantities) != 1 or quantities[0].unit is None or quantities[0].end != 1 + len(found.group("unit")):
        return None
    return quantities[0].unit.code, quantities[0].value


@functools.lru_cache(maxsize=4096)
def bracket_sense(content: str, fiscal_year: int | None) -> BracketSense:
    """What a bracket says; ``fiscal_year`` tells which years are past."""
    if unit_caption(content) is not None:
        return BracketSense("unit")
    text = content.strip()
    if _LISTED.fullmatch(text) or PRICE.fullmatch(text):
        return BracketSense("told")
    era = _ERA_YEAR.fullmatch(text)
    if era is not None:
        # (令和5), (令和10目標): a year without its 年.
        label: Literal["aim", "past"] | None = "aim" if era["aim"] else "past" if era["past"] else None
        return BracketSense("label" if label else "time", label, year_of_date(text))
    spans = fixed_spans(text, frozenset())
    figures = any(span.kind == "quantity" for span in spans)
    goals = figures or any(span.kind == "reference" for span in spans)
    said = _Said(text, spans, len(content) - len(content.lstrip()), fiscal_year)
    found = (_with_figures(said) if figures else _without_figures(said)) or (_with_goal(said) if goals else None)
    if found is not None:
        return found
    if _LIMITS.search(text):
        return BracketSense("limits")
    if figures and _DIFFERENCE.search(text):
        return BracketSense("difference")
    counted = all(span.quantity is None or span.quantity.has_unit for span in spans)
    kind: SenseKind = "figures" if figures and counted and (only_figures(text) or leads_on(text, spans)) else "name"
    return BracketSense(kind, planned=counted and (counts_in_all(text, spans) or by_when(text, spans)))


@dataclass(frozen=True, slots=True)
class _Said:
    """A bracket's trimmed text with its spans; ``opened`` is how far the trimmed text is in."""

    text: str
    spans: tuple[FixedSpan, ...]
    opened: int
    fiscal_year: int | None

    @property
    def labels(self) -> list[FixedSpan]:
        return [span for span in self.spans if span.kind == "label"]

    @property
    def year(self) -> int | None:
        return read_fiscal_year(self.text) or year_of_date(self.text)

    @property
    def last_year(self) -> bool:
        return _LAST_YEAR.search(self.text) is not None

    @property
    def year_before(self) -> int | None:
        return self.fiscal_year - 1 if self.fiscal_year is not None and self.last_year else None


def _without_figures(said: _Said) -> BracketSense | None:
    text, labels, first = said.text, said.labels, said.spans[0] if said.spans else None
    if len(labels) > 1:
        return BracketSense("labels", year=said.year)
    until = _UNTIL.match(text)
    if until is not None and said.spans[-1].kind == "time" and said.spans[-1].end >= len(text) - _LONGEST_TAIL:
        # (目標年度:令和17年度)
        return BracketSense("time", year=said.year, start=said.opened + until.end())
    if labels and labels[0].end >= len(text) - _LONGEST_TAIL:
        return BracketSense("label", labels[0].label, labels[0].year or said.year, last_year=said.last_year)
    for label in ("aim", "past"):
        if re.fullmatch(expression(f"labels.{label}"), text):
            return BracketSense("label", label, last_year=said.last_year)
    each = OF_EACH.match(text)
    opens = each.end() if each is not None else 0
    if first is not None and first.kind == "time" and first.start == opens and first.end >= len(text) - _LONGEST_TAIL:
        return BracketSense("time", year=first.year or said.year, start=said.opened + opens if each else 0)
    if said.year is not None and _SURVEY.fullmatch(text):
        return BracketSense("time", year=said.year)
    aim = _AIM_WORDS.match(text)
    if aim is not None and aim.group().rstrip().endswith(":") and aim.end() < len(text):
        return BracketSense("aim", start=said.opened + aim.end(), year=said.year)
    return BracketSense("people") if _PEOPLE.fullmatch(text) else None


def _with_figures(said: _Said) -> BracketSense | None:
    text = said.text
    units = {span.quantity.unit_code for span in said.spans if span.quantity is not None}
    if "years_of_age" in units and units <= {"years_of_age", None}:
        return BracketSense("name")
    if _OTHERS.match(text) and not _own_beside_others(said):
        return BracketSense("told")
    share = SHARE.match(text)
    if share is not None:
        return BracketSense("share", start=said.opened + share.end())
    if _EARLIER_AIM.match(text) or _says_earlier_aim(said):
        # 前年度目標53%、同実績51.8%: the aim of an earlier year is neither an aim nor a result; another figure may be.
        several = sum(span.kind == "quantity" for span in said.spans) > 1
        past = several or any(span.label == "past" for span in said.labels)
        return BracketSense("result", year=said.year_before, last_year=True) if past else BracketSense("told")
    if _AIM_WORDS.match(text) is None and _is_result(text, said.year, said.fiscal_year):
        return BracketSense("result", year=said.year or said.year_before, last_year=said.last_year)
    return None


def _own_beside_others(said: _Said) -> bool:
    """(全国平均55.1%、前年度57.2%): whether a result of the branch's own stands beside that of others."""
    items = _PARTS.split(said.text)[1:]
    return any(_is_result(item, read_fiscal_year(item), said.fiscal_year) for item in items)


def _says_earlier_aim(said: _Said) -> bool:
    """(令和5年度目標35%) in a plan for 令和6年度."""
    aim = _AIM_WORDS.match(said.text)
    return aim is not None and _is_past(read_fiscal_year(aim.group()), said.fiscal_year)


def _is_past(year: int | None, fiscal_year: int | None) -> bool:
    return year is not None and fiscal_year is not None and year < fiscal_year


def _with_goal(said: _Said) -> BracketSense | None:
    """A bracket that states an aim, an exception to one, or the goal of what stands before it."""
    text = said.text
    aim = _AIM_WORDS.match(text)
    if aim is not None:
        if said.labels and said.labels[0].label == "other":
            return BracketSense("result")
        measure = (aim["led"] or "").rstrip("の ")
        if len(measure) > len("件数") and measures(measure):
            # In (調整件数の目安:年間80件) what is counted stands before the label.
            return BracketSense("aim", start=said.opened, year=said.year)
        start = said.opened + len(text) - len(text[aim.end() :].lstrip(" :は"))
        return BracketSense("aim", start=start, year=said.year)
    named = _names_its_aim().match(text)
    if named is not None and not _is_past(read_fiscal_year(named["label"] or ""), said.fiscal_year):
        return BracketSense("aim", start=said.opened, year=said.year)
    if _CASE_ALONE.fullmatch(text):
        return BracketSense("exception")
    if not _GOAL.search(text):
        return None
    if _DIFFERENCE.search(text) and not _BOUND.search(text):
        return BracketSense("difference")
    if _CASE.search(text):
        return BracketSense("exception")
    figure = next((span.start for span in said.spans if span.kind == "quantity"), None)
    sentence = figure is not None and _SENTENCE.search(text[:figure]) is not None
    return None if sentence or _LIMITS.search(text) or "時" in text else BracketSense("goal")


def _is_result(text: str, year: int | None, fiscal_year: int | None) -> bool:
    text = outer_text(text)
    quantities = quantities_in_units(text)
    years = read_years(text)
    if len(quantities) > 1 and fiscal_year is not None and years and years[-1].year >= fiscal_year:
        # 令和4年度47.6%→令和11年度45.6%: the second is where it leads.
        return False
    if not quantities or quantities[-1].signed or "比" in text:
        return False
    tail = text[quantities[-1].end :].strip(" 。")
    if tail and not _TOLD_AS_RESULT.fullmatch(tail):
        return False
    told = _RESULT.search(text)
    if told is not None and _OF_THOSE.match(text, told.start()):
        return False
    if told is not None and not _AIM_WORD.search(_NO_AIM.sub("", text)):
        return True
    if year is None or fiscal_year is None or _AIM_WORD.search(text):
        return False
    # (R6.9末 68%): a date within the plan's own year is one of a result too, as no aim is for a month without まで.
    return year < fiscal_year or (year == fiscal_year and _DATED.match(text) is not None)
