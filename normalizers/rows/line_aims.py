"""How each line of an edition is read: its aims, with its block, group, heading and the lines around as context."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from normalizers.aims.aim import Aim, TargetContext
from normalizers.aims.completed_aims import UNREAD
from normalizers.aims.prefix import target_prefix
from normalizers.aims.read_aims import counts_of_a_group, group_line, read_statement
from normalizers.aims.reading import StatementReading
from normalizers.model.reasons import Reason
from normalizers.model.records import Measure, Population, TargetKind
from normalizers.outline.figures_below import named_by, time_below, told_below
from normalizers.outline.line_words import gives_unit_only, is_aside
from normalizers.outline.looking_back import below_looking_back
from normalizers.outline.outline import Place
from normalizers.outline.plan_line import Line
from normalizers.outline.row_labels import Row
from normalizers.rows.measures_below import MeasuresBelow, measures_below, under_name
from normalizers.rows.names_above import figures_under, name_alone, result_reading, told_reading, with_result
from normalizers.rows.number_roles import stands_for_a_case
from normalizers.text.characters import normalize
from normalizers.text.fiscal_years import read_fiscal_year, read_years
from parsers.model.document import Paragraph
from parsers.model.styled_text import Span


class _Group(NamedTuple):
    """A line that names people for the lines under it."""

    population: Population
    paragraph: Paragraph


@dataclass(frozen=True, slots=True)
class LineAims:
    """How one line (by position) is read, and the aims that it is taken to state."""

    position: int
    aims: tuple[Aim, ...]
    reading: StatementReading


def read_line_aims(
    lines: Sequence[Line],
    places: Sequence[Place],
    measures: Sequence[Measure],
    *,
    unmarked: bool = False,
    past_rows: Collection[Row] = (),
) -> tuple[LineAims, ...]:
    """The readings of one edition's lines, each with its block, group, heading and fiscal year as context.

    ``measures`` are those of ``lines``, by position. Lines that are read for aims and state none are among them.
    ``unmarked`` tells that no target of the document is marked as one; lines in ``past_rows`` tell of what was.
    """
    found: list[LineAims] = []
    groups: tuple[_Group, ...] = ()
    previous_indicator: str | None = None
    name: str | None = None
    told: Aim | None = None
    over_measures = measures_below(lines)
    for position, line in enumerate(lines):
        if told is not None:
            found.append(LineAims(position, (), result_reading(line.paragraph.text.text)))
            told = None
            continue
        if line.labelled or line.role in ("item", "prose", "section"):
            names_measures = position + 1 in over_measures and over_measures[position + 1].name is not None
            counts = names_measures or counts_of_a_group(line.paragraph.text.text)
            of_group = not line.labelled and line.role != "section" and counts
            groups, previous_indicator, name = groups if of_group else (), None, None
        if line.role in ("figure", "target"):
            named = group_line(line.paragraph.text.text)
            of_others = () if line.opens_block else groups
            groups = (*groups, _Group(named, line.paragraph)) if named is not None else of_others
        elif line.role not in ("item", "prose") or gives_unit_only(_without_mark(line)):
            continue
        parent = places[position].parent
        context = TargetContext(
            kind=line.target_kind,
            group_population=_group_over(line.paragraph, groups),
            heading=lines[parent].text if parent is not None else None,
            previous_indicator=previous_indicator if line.role == "target" and not line.opens_block else None,
            fiscal_year=measures[position].fiscal_year,
            unmarked=unmarked and line.is_sentence,
        )
        reading = _reading(line.paragraph.text.text, context)
        name = name if line.role == "target" and not line.opens_block and not line.is_numbered else None
        name = line.named_by or name
        aims = _of_what_is_named(reading.aims, line, name, over_measures.get(position), context)
        told = _with_result_below(lines, position, aims, name, context)
        aims = (told,) if told is not None else aims
        aims = _with_time_below(lines, position, aims, measures[position].fiscal_year)
        if line.role == "target" and not aims and not line.is_label:
            aims = (_unread(line, line.target_kind or "kpi"),)
        if line.label_number is not None:
            aims = tuple(aim if aim.number is not None else replace(aim, number=line.label_number) for aim in aims)
        if line.role == "target" and aims:
            previous_indicator = aims[-1].indicator
            if _names_the_next(lines, position, aims):
                name = named_by(line.paragraph.text.text)
                previous_indicator, aims = name_alone(name) or previous_indicator, ()
            elif _heads_a_list(lines, position, aims):
                aims = ()
        found.append(LineAims(position, aims, reading))
    found = _with_doubts_of_labels(found, lines, measures)
    past = below_looking_back(lines, places, [measure.fiscal_year for measure in measures], past_rows)
    return tuple(
        _told_of_past(read) if read.position in past and lines[read.position].role != "target" else read
        for read in found
    )


def _with_doubts_of_labels(
    read: Sequence[LineAims], lines: Sequence[Line], measures: Sequence[Measure]
) -> list[LineAims]:
    """The readings with the doubts that a label of an earlier year, none at all or a bracket around a line raises."""
    earlier = _under_earlier_labels(lines, measures)
    found = [_doubted(one, "label_of_earlier_year") if one.position in earlier else one for one in read]
    found = [_doubted(one, "unmarked_aim") if lines[one.position].unmarked else one for one in found]
    return [_doubted_alone(one) if is_aside(lines[one.position].text) else one for one in found]


def _of_what_is_named(
    aims: tuple[Aim, ...], line: Line, name: str | None, over: MeasuresBelow | None, context: TargetContext
) -> tuple[Aim, ...]:
    """The aims of a line as those of the ``name`` of its figures, or of what stands ``over`` its measures."""
    text = line.paragraph.text.text
    if over is not None:
        return under_name(aims, over.name, text, context)
    return (figures_under(name, text, context) if name is not None else ()) or aims


def _group_over(paragraph: Paragraph, groups: Sequence[_Group]) -> Population | None:
    """The people that the last line above a paragraph names for it: of several side by side the one over its column."""
    above = [group for group in groups if _share_column(group.paragraph, paragraph)] or groups
    return above[-1].population if above else None


def _share_column(one: Paragraph, other: Paragraph) -> bool:
    """Whether two paragraphs stand on one page, and partly one above the other."""
    return any(
        first.page == second.page and first.box.x0 < second.box.x1 and second.box.x0 < first.box.x1
        for first in one.pieces
        for second in other.pieces
    )


def _reading(text: str, context: TargetContext) -> StatementReading:
    """How a line is read; as a plain action where a figure of a sentence that nothing marks only tells of a case."""
    reading = read_statement(text, context)
    places = [aim.value_span for aim in reading.aims if aim.value_span is not None]
    if context.unmarked and any(stands_for_a_case(text, place) for place in places):
        return read_statement(text, replace(context, unmarked=False))
    return reading


def _doubted_alone(read: LineAims) -> LineAims:
    """What a bracket in a line of its own aims at, doubted where nothing says of what; （該当なし） is of nothing."""
    nameless = any(
        aim.indicator is None
        and aim.basis != "not_set"
        and all(reason.code != "no_indicator" for reason in aim.reasons)
        for aim in read.aims
    )
    return _doubted(read, "no_indicator") if nameless else read


def _told_of_past(read: LineAims) -> LineAims:
    """What stands below a head that looks back: what has a bound is doubted, other figures are results."""
    if any(aim.comparator is not None for aim in read.aims):
        return _doubted(read, "below_results")
    return LineAims(read.position, (), told_reading(read.reading))


def _under_earlier_labels(lines: Sequence[Line], measures: Sequence[Measure]) -> frozenset[int]:
    """The targets, by position, under a label that names a year before their plan's: 【令和5年度KPI】 in that of R6."""
    found: set[int] = set()
    year: int | None = None
    for position, (line, measure) in enumerate(zip(lines, measures, strict=True)):
        if line.opens_block:
            year = read_fiscal_year(line.text[: target_prefix(line.paragraph.text.text).normalized_offset])
        elif line.role in ("item", "section"):
            year = None
        if line.role == "target" and year is not None and year < (measure.fiscal_year or 0):
            found.add(position)
    return frozenset(found)


def _doubted(read: LineAims, code: str) -> LineAims:
    return replace(read, aims=tuple(replace(aim, reasons=(*aim.reasons, Reason(code))) for aim in read.aims))


def _with_result_below(
    lines: Sequence[Line], position: int, aims: Sequence[Aim], name: str | None, context: TargetContext
) -> Aim | None:
    """The only aim of a target line with what the line below tells of earlier years; None where it tells nothing."""
    if lines[position].role != "target" or len(aims) != 1:
        return None
    told = told_below(lines, position, context.fiscal_year)
    if told is None or told.result is None:
        return aims[0] if told is not None else None
    with_it = with_result(aims[0], name or "", lines[position].paragraph.text.text, told.result, context)
    if with_it is None and told.sure:
        return replace(aims[0], reasons=(*aims[0].reasons, Reason("result_left_out")))
    return with_it


def _with_time_below(
    lines: Sequence[Line], position: int, aims: tuple[Aim, ...], fiscal_year: int | None
) -> tuple[Aim, ...]:
    """The aims of a target line, its only one with the time that the line below it names, if that is to come."""
    time = time_below(lines, position) if lines[position].role == "target" and len(aims) == 1 else None
    if time is None or aims[0].deadline is not None or aims[0].basis == "not_set":
        return aims
    years = [mention.year for mention in read_years(normalize(time).text)]
    return (replace(aims[0], deadline=time),) if fiscal_year is None or min(years) >= fiscal_year else aims


def _heads_a_list(lines: Sequence[Line], position: int, aims: Sequence[Aim]) -> bool:
    """Whether a target line only names the indicator of the lines under it: ① 特定健診実施率, ア 被保険者 66.0%."""
    following = lines[position + 1] if position + 1 < len(lines) else None
    if following is None or following.role != "target" or following.opens_block or following.marker is None:
        return False
    own = lines[position].marker
    opens = following.marker.number == 1 and (own is None or own.kind.name != following.marker.kind.name)
    numbered = own is not None and own.number is not None
    return opens and numbered and all(aim.basis == "qualitative" and aim.baseline_value is None for aim in aims)


def _names_the_next(lines: Sequence[Line], position: int, aims: Sequence[Aim]) -> bool:
    """Whether a label's or an item's line is the name of the figures in the lines below: KPI② 回収率 / 対前年度以上."""
    line = lines[position]
    if line.names_next:
        return True
    following = lines[position + 1] if position + 1 < len(lines) else None
    if following is None or following.role != "target" or following.opens_block or following.marker is not None:
        return False
    if line.is_sentence or not (line.opens_block or line.is_numbered):
        return False
    if any(aim.basis != "qualitative" or aim.baseline_value is not None for aim in aims):
        return False
    context = TargetContext(kind=following.target_kind)
    return any(aim.basis != "qualitative" for aim in read_statement(following.paragraph.text.text, context).aims)


def _without_mark(line: Line) -> str:
    text = line.paragraph.text.text
    return normalize(text[line.marker.end :] if line.marker else text).text


def _unread(line: Line, kind: TargetKind) -> Aim:
    text = line.paragraph.text.text
    offset = min(target_prefix(text).offset, len(text))
    start = offset if text[offset:].strip() else 0
    return Aim(
        kind=kind,
        number=None,
        statement=Span(start, len(text)),
        indicator=None,
        indicator_code=None,
        population=None,
        basis="qualitative",
        comparator=None,
        value=None,
        unit=None,
        baseline_value=None,
        baseline_year=None,
        condition=None,
        deadline=None,
        value_span=None,
        note_marks=(),
        pattern="none",
        confidence=UNREAD,
        reasons=(Reason("unread"),),
    )
