"""What the figures of a bracket are: nothing but names and figures, a count in all, or from which figure to which."""

from __future__ import annotations

import functools
import re

from normalizers.aims.fixed_span import FixedSpan
from normalizers.aims.patterns import expression, pattern, wordings, words
from normalizers.text.numbers import read_quantities
from normalizers.text.skeleton import read_skeleton

SHARE = re.compile(rf"^{wordings('brackets.shares')}[、:]? ?")
_SHORT_NAME, _LONGEST_NAME = 8, 30
_TOTAL = pattern("bracketed_figures.total")
_BOUND_ONLY = pattern("bracketed_figures.bound_only")
_REACHED_BY = pattern("bracketed_figures.reached_by")
_IN_ALL = pattern("bracketed_figures.in_all")
_PHRASE, _NO_NAME = pattern("bracketed_figures.phrase"), pattern("bracketed_figures.no_name")
_RESTS = words("bracketed_figures.rests")


def leads_on(text: str, spans: tuple[FixedSpan, ...]) -> bool:
    """令和4年度47.6%→令和11年度45.6%: figures with their times, and from which one to which."""
    between, at = "", 0
    for span in spans:
        between, at = between + text[at : span.start], span.end
    kinds = [span.kind for span in spans]
    return (
        set(kinds) == {"time", "quantity"} and kinds.count("quantity") > 1 and between.strip(" :") in ("→", "⇒", "から")
    )


def counts_in_all(text: str, spans: tuple[FixedSpan, ...]) -> bool:
    """年2回、計3万件: figures each led by a period or a word of totals."""
    led: list[bool] = []
    at, last = 0, ""
    for span in spans:
        between = text[at : span.start]
        if not _TOTAL.fullmatch(between):
            return False
        if span.kind == "quantity":
            led.append(last in ("period", "time") or between.strip(" 、・,/") != "")
        elif span.kind not in ("period", "time"):
            return False
        at, last = span.end, span.kind
    return len(led) > 1 and all(led) and _BOUND_ONLY.fullmatch(text[at:]) is not None


def by_when(text: str, spans: tuple[FixedSpan, ...]) -> bool:
    """令和8年度までに全中学校区22か所: one figure that is to be reached by a time, and where."""
    if [span.kind for span in spans] != ["time", "quantity"] or spans[0].start:
        return False
    by, where = spans[0], text[spans[0].end : spans[1].start].strip("、 ")
    reached = _REACHED_BY.search(text, 0, by.end) is not None
    short = len(where) <= _SHORT_NAME and _PHRASE.search(where) is None
    return reached and short and _BOUND_ONLY.fullmatch(text[spans[1].end :]) is not None


def only_figures(text: str) -> bool:
    """実施見込者数:172,500人, or a bare figure: names of measures and their figures, nothing else."""
    skeleton = read_skeleton(text)
    at, quantities = 0, read_quantities(skeleton.text)
    # 胃がん40%、肺がん45%: several figures of one kind tell each what it is of.
    short = _SHORT_NAME if len(quantities) > 1 and len({quantity.unit_code for quantity in quantities}) == 1 else 0
    for quantity in quantities:
        name = _IN_ALL.sub("", skeleton.text[at : quantity.start].strip(" :=は、,/・約"))
        if _NO_NAME.search(name) or len(name) > _LONGEST_NAME:
            return False
        if len(name) > short and not SHARE.match(name) and not _named_figure().search(name):
            return False
        at = quantity.end
    rest = skeleton.text[at:].strip(" 。")
    return rest in _RESTS


@functools.cache
def _named_figure() -> re.Pattern[str]:
    measured, people = expression("names.heads"), expression("names.people")
    return re.compile(f"(?:{measured}|{people}|{wordings('brackets.named_figures')})$")
