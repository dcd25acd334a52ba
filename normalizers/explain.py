"""How a phrase is read, token by token and field by field: the tool with which one adds a wording."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from normalizers.aims.aim import Aim, TargetContext
from normalizers.aims.prefix import read_prefix
from normalizers.aims.read_aims import read_statement
from normalizers.indicators.catalogue import MATCH_THRESHOLD, indicator_terms, nearest_indicators
from normalizers.model.reasons import as_stored, doubted_field, reason_rules, reason_text
from normalizers.rows.confidence import weighed_aims
from normalizers.rows.number_roles import numbers_in
from normalizers.rows.number_words import aims_at
from normalizers.text.characters import normalize
from normalizers.text.fiscal_years import read_years
from normalizers.text.numbers import read_quantities
from normalizers.text.skeleton import read_skeleton
from normalizers.text.tokens import read_words

_JSON_FIELDS = (
    "kind",
    "number",
    "indicator",
    "indicator_code",
    "population",
    "basis",
    "comparator",
    "value",
    "unit",
    "baseline_value",
    "baseline_year",
    "condition",
    "deadline",
    "confidence",
)
_SHOWN_ELSEWHERE = ("statement", "value_span", "notes", "reasons")
_LABEL_WIDTH = 16


def explain(text: str, context: TargetContext | None = None) -> str:
    """What each step of the reader makes of a verbatim phrase, as plain text for a terminal.

    Shows the normalised characters, the prefix, the words with Sudachi's normalised forms, numbers and years, the role
    of each part with the cost of the reading and the second best, and for each aim its fields, the reasons for its
    confidence with their weights and the field that they doubt, and the nearest catalogue entries with their scores.
    """
    return "\n".join(_lines(text, context or TargetContext()))


def phrase_reading(text: str, *, marked: bool, fiscal_year: int | None) -> dict[str, Any]:
    """The targets that a verbatim line states, in the form of ``explain --jsonl``.

    ``marked`` tells that the line stands behind a target mark (■ KPI：); else it is a plain action.
    """
    return reading_in_context(text, TargetContext(kind="kpi" if marked else None, fiscal_year=fiscal_year))


def reading_in_context(text: str, context: TargetContext) -> dict[str, Any]:
    """The same of a line whose block, group and heading are known."""
    marked = context.kind is not None
    reading = read_statement(text, context)
    numbers = [number for number in numbers_in(text, reading) if number.role == "unread"]
    unread = [number for number in numbers if marked or aims_at(number.unit, number.sentence)]
    aims = weighed_aims(text, reading.aims, number_left=bool(unread))
    targets = [
        {
            **{name: getattr(aim, name) for name in _JSON_FIELDS},
            "statement": text[aim.statement.start : aim.statement.end],
            "reasons": [as_stored(reason) for reason in aim.reasons],
            "findings": [],
        }
        for aim in aims
    ]
    findings = ["unread_number"] if unread else ["unread_target"] if marked and not aims else []
    return {"text": text, "targets": targets, "findings": findings}


def _lines(text: str, context: TargetContext) -> Iterator[str]:
    normalized = normalize(text)
    prefix = read_prefix(normalized)
    body = normalized.text[prefix.normalized_offset :]
    yield _line("text", text)
    yield _line("normalised", normalized.text)
    yield _line("prefix", f"kind {prefix.kind or '-'}, number {prefix.number if prefix.number is not None else '-'}")
    yield _line("statement", body)
    yield _line("read by grammar", read_skeleton(body).text)
    yield ""
    yield "words (surface, normal form, part of speech)"
    for word in read_words(body):
        yield f"  {word.text}\t{word.norm_}\t{word.tag_}"
    yield ""
    yield "numbers and years"
    for quantity in read_quantities(body):
        upper = "" if quantity.upper is None else f" up to {quantity.upper:g}"
        yield f"  {body[quantity.start : quantity.end]}\t{quantity.value:g}{upper} {quantity.unit_code or '(no unit)'}"
    for year in read_years(body):
        doubt = " (its two spellings disagree)" if year.contradictory else ""
        yield f"  {body[year.start : year.end]}\tfiscal year {year.year}{doubt}"
    reading = read_statement(text, context)
    aims = weighed_aims(text, reading.aims)
    yield ""
    yield "parts (each stretch of words and its role in the reading)"
    for part in reading.words:
        yield f"  {text[part.span.start : part.span.end]}\t{part.role}"
    for printed in reading.numbers:
        of_aim = "" if printed.aim is None else f" of aim {printed.aim + 1}"
        yield f"  {text[printed.span.start : printed.span.end]}\tnumber: {printed.role}{of_aim}"
    yield _line("cost", f"{reading.cost:g}")
    if reading.second is not None and reading.margin is not None:
        yield _line("second best", f"{reading.margin:+g}: {reading.second}")
    yield ""
    yield f"aims: {len(aims)}"
    for number, aim in enumerate(aims, start=1):
        yield ""
        yield f"aim {number}: {text[aim.statement.start : aim.statement.end]}"
        yield from _fields_of(aim, text)


def _fields_of(aim: Aim, text: str) -> Iterator[str]:
    for field in fields(Aim):
        value = getattr(aim, field.name)
        if field.name not in _SHOWN_ELSEWHERE:
            yield _line("  " + field.name, "-" if value is None or value == () else str(value))
    if aim.value_span is not None:
        yield _line("  value on page", text[aim.value_span.start : aim.value_span.end])
    for note in aim.notes:
        yield _line("  note", text[note.start : note.end])
    for reason in aim.reasons:
        doubts = doubted_field(reason) or "the row"
        yield _line("  reason", f"{reason_text(reason, 'en')} (x{reason_rules()[reason.code].weight:g}, {doubts})")
    if aim.indicator:
        yield _line("  compared by", " ".join(indicator_terms(aim.indicator)))
        for code, name, score in nearest_indicators(aim.indicator, aim.population):
            mark = "=" if code == aim.indicator_code else " "
            yield _line("  catalogue", f"{mark} {score:.2f} {code} {name} (needed: {MATCH_THRESHOLD:g})")


def _line(label: str, value: str) -> str:
    return f"{label:<{_LABEL_WIDTH}} {value}"
