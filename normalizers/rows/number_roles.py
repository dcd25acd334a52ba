"""The role of each number printed in one text: what its reading says, else what the marks and words around it say."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from normalizers.aims.aim import Aim
from normalizers.aims.prefix import behind_heading, read_prefix
from normalizers.aims.reading import NumberReading, StatementReading
from normalizers.model.records import NumberRole
from normalizers.rows.number_words import PlaceRole, numbers_around, tells
from normalizers.text.characters import NormalizedText, normalize
from normalizers.text.fiscal_years import read_years
from normalizers.text.markers import read_marker
from normalizers.text.numbers import read_quantities
from normalizers.text.stretches import holders
from normalizers.text.tokens import LONGEST_TEXT
from parsers.model.styled_text import Span

_DIGITS = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
_SENTENCE = re.compile(r"[^。]*。?")


@dataclass(frozen=True, slots=True)
class NumberInText:
    """A number at ``span`` of a verbatim text; ``aim`` is the index of the aim that it belongs to.

    ``sentence`` is the normalised sentence around it, ``before`` what stands before the number in it.
    """

    span: Span
    value: float
    unit: str | None
    role: NumberRole
    aim: int | None
    sentence: str
    before: str


class _Claim(NamedTuple):
    """A stretch of the normalised text whose numbers have a role."""

    start: int
    end: int
    role: NumberRole
    aim: int | None = None


def numbers_in(text: str, reading: StatementReading | None) -> tuple[NumberInText, ...]:
    """Every number of a verbatim text from left to right, each once.

    ``reading`` is that of the text as a statement, None where nothing in it is read for aims (a heading, furniture).
    """
    normalized = normalize(text[:LONGEST_TEXT])
    found = list(reading.numbers) if reading else list(_scanned(normalized))
    claims = [*_marks(normalized), *_around(normalized.text)]
    if reading is not None:
        claims += _of_aims(normalized, reading.aims, found)
    found += _digits_in_claims(normalized, claims, found)
    starts = [_offset(normalized, number.span.start) for number in found]
    claimed = holders([(claim.start, claim.end) for claim in claims], sorted(set(starts)))
    sentences = [
        (sentence.start(), sentence.end(), sentence.group()) for sentence in _SENTENCE.finditer(normalized.text)
    ]
    ends = [end for _, end, _ in sentences]
    numbers = []
    for number, start in zip(found, starts, strict=True):
        claim = next((claims[at] for at in claimed.get(start, ())), None)
        begins, _, sentence = sentences[min(bisect_right(ends, start), bisect_left(ends, ends[-1]))]
        numbers.append(_with_role(number, claim, sentence, normalized.text[begins:start]))
    return tuple(sorted(numbers, key=lambda number: number.span.start))


def stands_for_a_case(text: str, place: Span) -> bool:
    """Whether the words around the number at ``place`` of a verbatim text say that it tells of which cases something
    holds (100万円を超える調達は), or a date or another's figure.
    """
    normalized = normalize(text[:LONGEST_TEXT])
    at = _offset(normalized, place.start)
    return any(claim.start <= at < claim.end for claim in _around(normalized.text))


def _scanned(normalized: NormalizedText) -> Iterator[NumberReading]:
    for quantity in read_quantities(normalized.text):
        span = normalized.verbatim_span(quantity.start, quantity.number_end)
        yield NumberReading(span, "unread", quantity.value, quantity.unit_code)


def _with_role(number: NumberReading, claim: _Claim | None, sentence: str, before: str) -> NumberInText:
    role, aim = number.role, number.aim
    if role == "unread":
        if claim is not None:
            role, aim = claim.role, claim.aim
        elif tells(sentence):
            role = "statistic"
    return NumberInText(
        Span(number.span.start, number.span.end), number.value, number.unit, role, aim, sentence, before
    )


def _offset(normalized: NormalizedText, verbatim: int) -> int:
    """The normalised offset of the first character that comes from ``verbatim`` or later."""
    return bisect_left(normalized.offsets, verbatim)


def _marks(normalized: NormalizedText) -> Iterator[_Claim]:
    """List marks at the head, the number of the target's own prefix, and that of the measure (重点施策1)."""
    prefix = read_prefix(normalized)
    if prefix.normalized_offset and (prefix.kind is not None or prefix.number is not None):
        yield _Claim(0, prefix.normalized_offset, "enumeration")
    heading = behind_heading(normalized, prefix.normalized_offset)
    if heading > prefix.normalized_offset:
        yield _Claim(prefix.normalized_offset, heading, "enumeration")
    mark = read_marker(normalized.verbatim)
    if mark is not None:
        yield _Claim(0, _offset(normalized, mark.end), "enumeration")


def _around(text: str) -> Iterator[_Claim]:
    for year in read_years(text):
        yield _Claim(year.start, year.end, "date")
    roles: tuple[PlaceRole, ...] = ("date", "reference", "condition")
    for role in roles:
        for start, end in numbers_around(text, role):
            yield _Claim(start, end, role)


def _of_aims(normalized: NormalizedText, aims: Sequence[Aim], numbers: Sequence[NumberReading]) -> Iterator[_Claim]:
    """What the aims say of the numbers that their readings leave: in conditions, deadlines, names, and results."""
    unread = [(_offset(normalized, number.span.start), number) for number in numbers if number.role == "unread"]
    for at, aim in enumerate(aims):
        start, end = _offset(normalized, aim.statement.start), _offset(normalized, aim.statement.end)
        statement = normalized.text[start:end]
        roles: list[tuple[NumberRole, str | None]] = [("condition", aim.condition), ("deadline", aim.deadline)]
        for role, words in roles:
            place = statement.find(normalize(words).text) if words else -1
            if words and place >= 0:
                yield _Claim(start + place, start + place + len(normalize(words).text), role, at)
        # Of an aim without a number and a known name, a number in the name may be the aim itself.
        named = aim.basis != "qualitative" or aim.indicator_code is not None
        taken: list[str] = _DIGITS.findall(aim.indicator or "") if named else []
        for first, number in unread:
            if not start <= first < end:
                continue
            digits = _DIGITS.match(normalized.text, first)
            if aim.baseline_value is not None and number.value == aim.baseline_value:
                yield _Claim(first, first + 1, "baseline", at)
            elif digits is not None and digits.group() in taken:
                taken.remove(digits.group())
                yield _Claim(first, first + 1, "indicator_name", at)


def _digits_in_claims(
    normalized: NormalizedText, claims: Sequence[_Claim], numbers: Sequence[NumberReading]
) -> Iterator[NumberReading]:
    """Numbers of marks and dates that no quantity is (R6, 1-1.)."""
    held = bytearray(len(normalized.verbatim))
    for number in numbers:
        held[number.span.start : number.span.end] = b"\1" * (number.span.end - number.span.start)
    printed = list(_DIGITS.finditer(normalized.text))
    claimed = holders([(claim.start, claim.end) for claim in claims], [digits.start() for digits in printed])
    for digits in printed:
        span = normalized.verbatim_span(*digits.span())
        if digits.start() in claimed and not any(held[span.start : span.end]):
            yield NumberReading(span, "unread", float(digits.group().replace(",", "")), None)
