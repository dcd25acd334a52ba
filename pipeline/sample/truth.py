"""The truth of an invented plan: rows of ``targets`` and ``measures`` from what was written, not from reading it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from normalizers.vocabulary import fiscal_year_name
from pipeline.sample.document import PlanToSet
from pipeline.sample.flow import Account, Printed
from pipeline.sample.sheet import RED
from pipeline.sample.wording import Paragraph


@dataclass(frozen=True, slots=True)
class Truth:
    """Rows with the tables' column names; of the tables' columns those that one can know before any reading."""

    targets: tuple[dict[str, Any], ...]
    measures: tuple[dict[str, Any], ...]


def tell_truth(document: PlanToSet, account: Account) -> Truth:
    """What careful readers must find in the document."""
    printed = account.in_order()
    headings = _headings(printed)
    targets = [
        _target(document, place, number, headings.get(id(place.paragraph)))
        for place in printed
        for number in range(len(place.paragraph.readings))
    ]
    measures = [_measure(document, place) for place in printed]
    return Truth(tuple(targets), tuple(measures))


def lines(rows: Iterable[dict[str, Any]]) -> str:
    """The rows as JSON, one a line."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _headings(printed: tuple[Printed, ...]) -> dict[int, str]:
    """By paragraph: the heading of the measure that it belongs to, in normal form."""
    current: dict[str, str] = {}
    found: dict[int, str] = {}
    for place in printed:
        paragraph = place.paragraph
        if paragraph.key.startswith("heading:"):
            current[place.edition] = paragraph.normal[paragraph.body_start :]
        if not paragraph.key.startswith("cell:"):
            found[id(paragraph)] = current.get(place.edition, "")
    return found


def _edition(document: PlanToSet, place: Printed) -> dict[str, Any]:
    year = document.plan.year - (1 if place.edition == "old" else 0)
    comparison = bool(document.rows)
    return {
        "edition": place.edition,
        "fiscal_year": year,
        "plan_title": fiscal_year_name(year) if comparison else None,
        "section": None if place.section is None else document.plan.sections[place.section],
    }


def _target(document: PlanToSet, place: Printed, number: int, heading: str | None) -> dict[str, Any]:
    paragraph = place.paragraph
    reading = paragraph.readings[number]
    return {
        **_edition(document, place),
        "branch_code": document.plan.branch_code,
        "heading": heading,
        "kind": reading.kind,
        "number": reading.number,
        "statement": paragraph.text[reading.start : reading.end],
        "statement_normalized": paragraph.normal[reading.start : reading.end],
        "indicator": reading.indicator,
        "population": reading.population,
        "basis": reading.basis,
        "comparator": reading.comparator,
        "value": reading.value,
        "unit": reading.unit,
        "baseline_value": reading.baseline_value,
        "baseline_year": reading.baseline_year,
        "condition": document.style.printed(reading.condition) if reading.condition else None,
        "deadline": document.style.printed(reading.deadline) if reading.deadline else None,
        "notes": [document.style.printed(note) for note in reading.notes],
        "value_underlined": _is_marked(paragraph, number),
        "in_table": paragraph.key.startswith("cell:"),
        "page": place.page_of(reading.start),
    }


def _is_marked(paragraph: Paragraph, number: int) -> bool:
    """Whether the value, or the whole statement, is marked as changed."""
    reading = paragraph.readings[number]
    stretches = [(reading.start, reading.end)] + ([reading.figure] if reading.figure else [])
    return any(start <= a and b <= end for a, b in stretches for start, end in paragraph.underlines)


def _measure(document: PlanToSet, place: Printed) -> dict[str, Any]:
    paragraph = place.paragraph
    spans = [{"start": start, "end": end} for start, end in paragraph.underlines]
    red = document.style.marking == "red"
    return {
        **_edition(document, place),
        "thread": paragraph.key,
        "kind": paragraph.kind,
        "marker": _outline_mark(paragraph.marker),
        "level": paragraph.depth,
        "text": paragraph.text,
        "text_normalized": paragraph.normal,
        "underlines": [] if red else spans,
        "colored": [{**span, "color": RED} for span in spans] if red else [],
        "in_table": paragraph.key.startswith("cell:"),
        "page": place.page_of(0),
    }


def _outline_mark(printed: str) -> str | None:
    """The mark at the head of an aim without the words behind it: ■ of ■ KPI:①, 【 of 【KPI】; none of KPI①."""
    if not printed:
        return None
    if printed[0] in "■【<":
        return printed[0]
    return None if printed[0] in "KＫ支" else printed
