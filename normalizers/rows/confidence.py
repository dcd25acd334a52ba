"""The confidence of a row: the probability that it is right in every field, from its reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from pydantic import BaseModel, ConfigDict, Field

from normalizers.aims.aim import Aim
from normalizers.model.reasons import Reason, reason_rules
from normalizers.model.records import Measure, Target
from normalizers.rows.measures import paragraph_index
from normalizers.rows.word_doubts import are_twins, word_doubts
from normalizers.text.characters import normalize
from parsers.model.data_file import read_data
from parsers.model.document import Paragraph, ParsedDocument
from parsers.model.finding import Finding

LEAST = 0.02
"""No row is given less: that would be certain to be wrong."""


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")

    odds: float = Field(gt=0)
    page_doubts: frozenset[str]
    place_doubts: frozenset[str]


@cache
def _model() -> _Model:
    return read_data("normalizers.rows", "confidence.toml", _Model)


def confidence_of(reasons: Iterable[Reason]) -> float:
    """The probability that a row is right in every field.

    The odds of a row without doubts times the weight of each reason; for a recognised text times the recogniser's own
    confidence.
    """
    odds = _model().odds
    recognised = 1.0
    for reason in {reason.code: reason for reason in reasons}.values():
        odds *= reason_rules()[reason.code].weight
        if reason.code == "recognised":
            recognised = float(reason.values["confidence"])
    return round(max(LEAST, odds / (1.0 + odds) * recognised), 3)


def weighed(targets: Sequence[Target], parsed: ParsedDocument, measures: Sequence[Measure]) -> tuple[Target, ...]:
    """The rows with the doubts that their words, their places and their neighbours raise, and their confidence.

    ``measures`` are those of ``parsed`` in reading order.
    """
    lines: dict[str, list[Target]] = defaultdict(list)
    for target in targets:
        lines[target.measure_id].append(target)
    doubts: dict[str, list[Reason]] = {}
    among = _figures_among_targets(targets, measures)
    paragraphs = parsed.paragraphs
    unknown = _columns_without_years(targets, paragraphs)
    for line in lines.values():
        for target, twin in zip(line, are_twins(line), strict=True):
            found = [*word_doubts(target, target.statement_normalized)]
            if len({other.indicator for other in line}) > 1:
                # Words that share a value out are accounted for by rows of their own.
                found = [reason for reason in found if reason.code != "shared_words"]
            found += [Reason("differs_in_value_only")] if twin else []
            found += _place_doubts(target, paragraphs[paragraph_index(target.measure_id)], unknown)
            found += [Reason("figure_among_targets")] if target.measure_id in among else []
            found += [Reason("doubtful_page")] if _page_is_doubted(target, parsed.findings) else []
            doubts[target.target_id] = found
    return tuple(_with(target, doubts[target.target_id]) for target in targets)


def weighed_aims(text: str, aims: Sequence[Aim], *, number_left: bool = False) -> tuple[Aim, ...]:
    """The aims of one verbatim text with the doubts that their words raise, and their confidence.

    ``number_left`` tells that a number of the text may be an aim and is read as none.
    """
    made: list[Aim] = []
    left = (Reason("number_left"),) if number_left else ()
    for aim, twin in zip(aims, are_twins(aims), strict=True):
        statement = normalize(text[aim.statement.start : aim.statement.end]).text
        reasons = (
            *aim.reasons,
            *word_doubts(aim, statement),
            *left,
            *([Reason("differs_in_value_only")] if twin else []),
        )
        made.append(replace(aim, reasons=reasons, confidence=confidence_of(reasons)))
    return tuple(made)


def with_reason(target: Target, reason: Reason) -> Target:
    """The row with one reason more, and the confidence that follows."""
    return _with(target, [reason])


def _with(target: Target, doubts: Sequence[Reason]) -> Target:
    reasons = (*target.confidence_reasons, *doubts)
    return replace(target, confidence_reasons=reasons, confidence=confidence_of(reasons))


def _page_is_doubted(target: Target, findings: Iterable[Finding]) -> bool:
    """Whether the target's page, or what stands beside it there, may have been read otherwise than it looks."""
    for finding in findings:
        if finding.page != target.page:
            continue
        if finding.check in _model().page_doubts:
            return True
        beside = finding.box is None or (finding.box.top < target.box.bottom and target.box.top < finding.box.bottom)
        if finding.check in _model().place_doubts and beside:
            return True
    return False


def _place_doubts(target: Target, paragraph: Paragraph, unknown: Mapping[int, bool]) -> list[Reason]:
    found: list[Reason] = []
    # What an old edition strikes is its own text: the new one leaves it out.
    if paragraph.text.strikethroughs and paragraph.edition != "old":
        found.append(Reason("struck_text"))
    if paragraph.place is not None and unknown.get(paragraph.place.table):
        found.append(Reason("column_year_unknown"))
    if target.kind == "kpi" and target.indicator is None and target.basis in ("absolute", "previous_year"):
        found.append(Reason("name_not_found"))
    if target.section is None:
        found.append(Reason("no_section"))
    return found


def _figures_among_targets(targets: Iterable[Target], measures: Sequence[Measure]) -> set[str]:
    """The lines of planned figures that follow a target at once and count no heads: they may be targets themselves."""
    figures: dict[str, set[str | None]] = defaultdict(set)
    for target in targets:
        if target.kind == "plan_figure":
            figures[target.measure_id].add(target.unit)
    found: set[str] = set()
    before: dict[tuple[object, ...], bool] = {}
    for measure in measures:
        speaker = (measure.edition, measure.plan_title)
        units = figures.get(measure.measure_id, set())
        follows = before.get(speaker, False) and bool(units) and "people" not in units
        if follows:
            found.add(measure.measure_id)
        if measure.kind not in ("note", "annotation"):
            before[speaker] = measure.kind == "target" or follows
    return found


def _columns_without_years(targets: Iterable[Target], paragraphs: Sequence[Paragraph]) -> dict[int, bool]:
    """By table, whether several of its columns hold targets that neither year nor anything else tells apart."""
    columns: dict[int, dict[int, tuple[object, ...]]] = defaultdict(dict)
    for target in targets:
        place = paragraphs[paragraph_index(target.measure_id)].place
        if place is not None and target.edition != "reference":
            counted = (target.indicator, place.block, place.period, place.whole_year, place.grade, place.population)
            columns[place.table][place.column] = (target.fiscal_year, target.edition, place.quantity, *counted)
    return {table: len(set(told.values())) < len(told) for table, told in columns.items()}
