"""Results listed under the names that stand again with the aims: 現状:受診率55%、実施率25% 目標:受診率60%、実施率30%.

The list of results is taken out before the sentence is read, which then is an ordinary list of aims.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from normalizers.aims.aim_reading import AimReading, SentenceReading, Word
from normalizers.aims.dated_brackets import sense_of
from normalizers.aims.drafts import Stretch
from normalizers.aims.fixed_span import FixedSpan
from normalizers.aims.patterns import pattern
from normalizers.aims.spans import fixed_spans
from normalizers.indicators.catalogue import population_of
from normalizers.text.fiscal_years import read_fiscal_year
from normalizers.text.numbers import Quantity
from normalizers.text.skeleton import Skeleton

_MAY_LIST = pattern("told_lists.may_list")
_ARROW = pattern("told_lists.arrow")
_NO_NAME = pattern("told_lists.no_name")
_BEFORE_FIGURE = pattern("told_lists.before_figure")
_EACH = pattern("told_lists.each")
_LAST_WORDS = pattern("told_lists.last_words")
_HEADING = ("time", "reference", "label")


@dataclass(frozen=True, slots=True)
class ToldList:
    """A list of results taken out, as places in the statement's text.

    ``results`` gives the place, the value and the year of the result of each aim by the place of the aim's number,
    ``groups`` the place of its name where only the list has it.
    """

    place: Stretch
    results: dict[Stretch, tuple[Stretch, float, int | None]]
    groups: dict[Stretch, Stretch] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Boundary:
    """What parts two lists: an arrow, or what heads the second one; ``told`` tells that this holds results."""

    start: int
    end: int
    told: bool
    span: FixedSpan | None = None


def without_told_list(skeleton: Skeleton, fiscal_year: int | None) -> tuple[Skeleton, ToldList | None]:
    """The sentence without the list of results, and that list; as it is where it has none.

    Both lists must give the same names in the same order, in the same units.
    """
    text = skeleton.text
    bracketed = _listed_in_bracket(skeleton, fiscal_year)
    if bracketed is not None:
        return bracketed
    if _MAY_LIST.search(text) is None:
        return skeleton, None
    spans = fixed_spans(text, frozenset())
    for boundary in _boundaries(text, spans, fiscal_year):
        pairs = _twins(text, spans, boundary)
        if pairs:
            return _taken_out(skeleton, spans, boundary, pairs, fiscal_year)
    return skeleton, None


def with_told_list(read: SentenceReading, told: ToldList, text: str) -> SentenceReading:
    """The reading with the result that the list gives under each aim's name; the list itself only tells.

    ``text`` is the whole sentence.
    """
    aims: list[AimReading] = []
    for aim in read.aims:
        result = told.results.get(aim.number) if aim.number is not None else None
        group = told.groups.get(aim.number) if aim.number is not None else None
        if group is not None and aim.population is None and aim.condition is None:
            population = population_of(text[slice(*group)])
            aim = replace(aim, population=population, condition=None if population else group)  # noqa: PLW2901
        taken = result is not None and aim.baseline_value is None
        aims.append(replace(aim, baseline_value=result[1], baseline_year=result[2]) if taken and result else aim)
    results = (Word(*place, "baseline") for place, _, _ in told.results.values())
    return replace(read, aims=tuple(aims), words=(*results, Word(*told.place, "told"), *read.words))


def _boundaries(text: str, spans: Sequence[FixedSpan], fiscal_year: int | None) -> Iterator[_Boundary]:
    for arrow in _ARROW.finditer(text):
        yield _Boundary(arrow.start(), arrow.end(), told=False)
    for at, span in enumerate(spans):
        past = _is_past(span, fiscal_year)
        if at and span.kind in _HEADING and past is not None and spans[at - 1].kind == "quantity":
            yield _Boundary(span.start, span.end, past, span)


def _is_past(span: FixedSpan, fiscal_year: int | None) -> bool | None:
    """Whether what heads a list says that its figures are results, or aims; None where it says neither."""
    if span.kind == "label":
        return {"past": True, "aim": False}.get(span.label or "")
    if span.kind == "reference":
        return True if span.last_year else None
    if span.year is None or fiscal_year is None:
        return None
    return span.year < fiscal_year


_Pair = tuple[Quantity, Quantity, int]
"""A figure of the first list, that of the same name in the second, and where the name of the first begins."""


def _twins(text: str, spans: Sequence[FixedSpan], boundary: _Boundary) -> list[_Pair]:
    figures = [span for span in spans if span.quantity is not None]
    before = [span for span in figures if span.end <= boundary.start]
    behind = [span for span in figures if span.start >= boundary.end]
    if not behind or len(before) < len(behind):
        return []
    headed = [span.end for span in spans if span.kind in _HEADING and span.start >= boundary.start]
    pairs: list[_Pair] = []
    reached = boundary.end
    first = len(before) - len(behind)
    for at, (one, other) in enumerate(zip(before[first:], behind, strict=True)):
        reached = max([reached, *(end for end in headed if end <= other.start)])
        name = _name(text[reached : other.start])
        since = before[first + at - 1].end if first + at else 0
        lead = _BEFORE_FIGURE.sub("", text[since : one.start])
        assert one.quantity is not None
        assert other.quantity is not None
        alike = one.quantity.unit_code == other.quantity.unit_code and not one.quantity.signed
        if not name or not alike or not (lead.endswith(name) if at == 0 else _name(lead) == name):
            return []
        pairs.append((one.quantity, other.quantity, since + len(lead) - len(name)))
        reached = other.end
    return pairs


def _name(lead: str) -> str:
    return _NO_NAME.sub("", _BEFORE_FIGURE.sub("", lead))


def _taken_out(
    skeleton: Skeleton,
    spans: Sequence[FixedSpan],
    boundary: _Boundary,
    pairs: Sequence[_Pair],
    fiscal_year: int | None,
) -> tuple[Skeleton, ToldList | None]:
    begins = pairs[0][2]
    head = next((span for span in reversed(spans) if span.end <= begins), None)
    headed = head is not None and head.kind in _HEADING and not _NO_NAME.sub("", skeleton.text[head.end : begins])
    past = _is_past(head, fiscal_year) if headed and head is not None else None
    alike = boundary.told == (past is True)
    if alike and (boundary.span is not None or past is True):
        # Both lists hold results, or both hold aims.
        return skeleton, None
    start, end = (boundary.start, pairs[-1][1].end) if boundary.told else (begins, pairs[-1][0].end)
    year = None if boundary.span is None or not boundary.told else _year_of(boundary.span, fiscal_year)
    if not boundary.told:
        if headed and head is not None:
            start, year = head.start, _year_of(head, fiscal_year)
        end = boundary.end if boundary.span is None else boundary.start
    return _without(skeleton, (start, end), boundary, pairs, year, fiscal_year)


def _year_of(span: FixedSpan, fiscal_year: int | None) -> int | None:
    return span.year or (fiscal_year - 1 if span.last_year and fiscal_year is not None else None)


def _without(
    skeleton: Skeleton,
    place: Stretch,
    boundary: _Boundary,
    pairs: Sequence[_Pair],
    year: int | None,
    fiscal_year: int | None,
) -> tuple[Skeleton, ToldList]:
    start, end = place
    last = (pairs[-1][1] if boundary.told else pairs[-1][0]).end
    kept, cut = [], []
    for bracket in skeleton.brackets:
        sense = sense_of(bracket.content, fiscal_year) if start <= bracket.at <= max(last, end - 1) else None
        dates = sense is not None and sense.kind in ("time", "label", "result")
        if dates and (start < bracket.at or not boundary.told):
            cut.append((bracket.start, bracket.end))
            year = year if sense is None or sense.year is None else sense.year
        else:
            kept.append(bracket)
    left = replace(skeleton, brackets=tuple(kept)).without(start, end)
    left = replace(left, cuts=tuple(sorted((*left.cuts, *cut))))
    results = {}
    for one, other, _ in pairs:
        told, aimed = (other, one) if boundary.told else (one, other)
        number = skeleton.whole_span(told.start, told.number_end)
        results[skeleton.whole_span(aimed.start, aimed.number_end)] = (number, told.value, year)
    return left, ToldList(skeleton.whole_span(start, end), results)


def _listed_in_bracket(skeleton: Skeleton, fiscal_year: int | None) -> tuple[Skeleton, ToldList] | None:
    """受診率(R5:被保険者61.0%、被扶養者28.4%)を被保険者63%、被扶養者30%とする: a bracket of several results."""
    for bracket in skeleton.brackets:
        told = _named_figures(bracket.content, 0) if not bracket.quotes else []
        aimed = _named_figures(skeleton.text, bracket.at) if len(told) > 1 else []
        names = [name for name, _ in told]
        in_order = not aimed and len(told) > 1 and _EACH.search(skeleton.text, bracket.at) is not None
        if in_order:
            behind = [
                s.quantity for s in fixed_spans(skeleton.text, frozenset()) if s.start >= bracket.at and s.quantity
            ]
            aimed = list(zip(names, behind, strict=False)) if len(behind) == len(names) else []
        if len(told) > len(aimed) > 0 and not in_order:
            # (血圧41%、脂質36%、血糖22%)のうち血圧を38%、血糖を20%に: some of them.
            own = [next((pair for pair in told if lead.endswith(pair[0])), None) for lead, _ in aimed]
            told = [pair for pair in own if pair is not None]
            names = [name for name, _ in told]
            aimed = [(name, figure) for name, (_, figure) in zip(names, aimed, strict=False)] if None not in own else []
        if not aimed or [name for name, _ in aimed] != names:
            continue
        if any(one.unit_code != other.unit_code for (_, one), (_, other) in zip(told, aimed, strict=True)):
            continue
        year = sense_of(bracket.content, fiscal_year).year or read_fiscal_year(bracket.content)
        at = bracket.start + 1
        results = {
            skeleton.whole_span(other.start, other.number_end): ((at + one.start, at + one.number_end), one.value, year)
            for (_, one), (_, other) in zip(told, aimed, strict=True)
        }
        groups = {}
        for (name, one), (_, other) in zip(told, aimed, strict=True) if in_order else ():
            begins = at + bracket.content.rindex(name, 0, one.start)
            groups[skeleton.whole_span(other.start, other.number_end)] = (begins, begins + len(name))
        left = replace(
            skeleton,
            brackets=tuple(other for other in skeleton.brackets if other is not bracket),
            cuts=tuple(sorted((*skeleton.cuts, (bracket.start, bracket.end)))),
        )
        return left, ToldList((bracket.start, bracket.end), results, groups)
    return None


def _named_figures(text: str, start: int) -> list[tuple[str, Quantity]]:
    """The figures of a text behind ``start``, each with the name right before it; none where one has no name."""
    reached = start
    found: list[tuple[str, Quantity]] = []
    for span in fixed_spans(text, frozenset()):
        if span.quantity is not None and span.start >= start:
            name = _LAST_WORDS.search(_name(text[reached : span.start]))
            if name is None:
                return []
            found.append((name.group(), span.quantity))
        reached = max(reached, span.end)
    return found
