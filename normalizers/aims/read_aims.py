"""Reads the aims that a paragraph states: one row each, with everything the statement says about it."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from normalizers.aims.aim import Aim, TargetContext
from normalizers.aims.aim_reading import AimReading, SentenceReading, Word
from normalizers.aims.captions import caption_behind, in_unit
from normalizers.aims.completed_aims import UNREAD, bare_aim, completed_aim
from normalizers.aims.head_counts import RECKONED, HeadCountLine, open_group, read_head_counts
from normalizers.aims.mood import ends_with_bound, lists_results, states_aim_of_others, tells_a_result
from normalizers.aims.number_parts import number_readings
from normalizers.aims.numbered_pairs import numbered_pairs
from normalizers.aims.patterns import pattern, words
from normalizers.aims.prefix import TargetPrefix, behind_heading, read_prefix
from normalizers.aims.reading import StatementReading, WordReading
from normalizers.aims.statements import read_sentences
from normalizers.aims.target_words import none_set, not_set_words
from normalizers.indicators.catalogue import is_measurable, match_indicator, people_words, population_of
from normalizers.model.reasons import Reason
from normalizers.model.records import Population, TargetKind
from normalizers.text.characters import NormalizedText, normalize
from normalizers.text.markers import items_within, read_marks
from normalizers.text.skeleton import read_skeleton
from normalizers.text.tokens import LONGEST_TEXT
from parsers.model.styled_text import Span

# Without one of these a paragraph that nothing marks as a target states none; asking costs no tokenising.
_MAY_STATE_AN_AIM = pattern("paragraphs.may_state_an_aim")
_INLINE_NOTE = pattern("paragraphs.inline_note")
_ITEM_ENDS = words("paragraphs.item_ends")
_AIM_IN_BRACKETS = pattern("paragraphs.aim_in_brackets")
_COUNTS_IN_ALL = re.compile(r"[(【<\[〔][^()【】]{0,6}[0-9][^()【】]{0,30}[)】>\]〕]。?$")
_LONGEST_PLAIN_AIM = 120
_PLAIN_AIM, _CALLED_AIM = pattern("paragraphs.plain_aim"), pattern("paragraphs.called_aim")


_PEOPLE = words("paragraphs.people")
_GROUP = re.compile(rf"(?:全)?(?:{people_words()})(?:全体)?")
_ELIGIBLE = pattern("paragraphs.eligible")
_NO_CONTEXT = TargetContext()


_Read = tuple[list[Aim], SentenceReading | None, int]


@dataclass(frozen=True, slots=True)
class _Part:
    """One numbered part of a paragraph, as offsets into its normalised text, and its name where that stands apart."""

    number: int | None
    start: int
    end: int
    name: str | None = None


def read_aims(text: str, context: TargetContext = _NO_CONTEXT) -> tuple[Aim, ...]:
    """The single aims that the verbatim paragraph ``text`` states, in reading order; empty when it states none.

    With a ``context.kind`` or a prefix of its own (■ KPI：) the paragraph is a target, and one that cannot be read is
    given with basis ``qualitative`` and a low confidence; without either, only plain statements of an aim count.
    Never raises, whatever the text. Of a marked paragraph of more than 12,000 characters the rest is one doubtful aim.
    """
    return read_statement(text, context).aims


@functools.lru_cache(maxsize=4096)
def read_statement(text: str, context: TargetContext = _NO_CONTEXT) -> StatementReading:
    """How a verbatim paragraph is read: its aims as :func:`read_aims` gives them, and its words' and numbers' roles.

    The words, costs and margins are those of the sentences that were read for aims; a head-count line has none.
    """
    normalized = normalize(text)
    if states_aim_of_others(normalized.text):
        return StatementReading((), (), ())
    prefix = read_prefix(normalized)
    kind = prefix.kind or context.kind
    if kind is None and not context.unmarked and not _MAY_STATE_AN_AIM.search(normalized.text):
        return StatementReading((), (), ())
    if lists_results(normalized.text[prefix.normalized_offset :], context.fiscal_year):
        return StatementReading((), (), ())
    prefix = replace(prefix, normalized_offset=behind_heading(normalized, prefix.normalized_offset))
    aims: list[Aim] = []
    words: list[Word] = []
    reads: list[SentenceReading] = []
    context = context if kind is None else replace(context, caption=context.caption or caption_behind(normalized.text))
    for part in _parts(normalized.text[:LONGEST_TEXT], prefix):
        for own, read, start in _aims_of_part(normalized, part, kind, context):
            aims += own
            if read is not None:
                reads.append(read)
                words += [Word(word.start + start, word.end + start, word.role) for word in read.words]
    if kind is not None and len(normalized.text) > LONGEST_TEXT:
        rest = normalized.verbatim_span(LONGEST_TEXT, len(normalized.text))
        reading = AimReading("qualitative", pattern="unread", reasons=(Reason("too_long"),))
        aims.append(replace(bare_aim(kind, None, rest, reading), confidence=UNREAD))
    return StatementReading(
        tuple(aims),
        tuple(WordReading(normalized.verbatim_span(word.start, word.end), word.role) for word in words),
        tuple(number_readings(normalized, words if aims else (), aims, LONGEST_TEXT)),
        cost=round(sum(read.cost for read in reads), 3),
        margin=min((read.margin for read in reads if read.margin is not None), default=None),
        second=" / ".join(read.second for read in reads if read.second) or None,
    )


def is_figure_line(text: str) -> bool:
    """Whether a verbatim paragraph is a head-count line: planned figures, stated without a verb."""
    normalized = normalize(text)
    line = _head_count_line(normalized, read_prefix(normalized))
    return line is not None and line.planned


def counts_of_a_group(text: str) -> bool:
    """Whether a line gives rates and counts of what a group of people is offered: 特定健診 実施率29.5%(58,469人)."""
    normalized = normalize(text)
    line = _head_count_line(normalized, read_prefix(normalized))
    return line is not None and any(is_measurable(count.indicator) for count in line.counts)


def expects_heads(text: str) -> bool:
    """Whether a line names a group, or says how many people the plan reckons with (実施見込者数, 対象者数)."""
    normalized = normalize(text)
    line = _head_count_line(normalized, read_prefix(normalized))
    counts = line.counts if line is not None else ()
    if group_line(text) is not None:
        return True
    return any(count.quantity.unit_code == "people" and RECKONED.search(count.indicator) for count in counts)


def group_line(text: str) -> Population | None:
    """The population that a head-count line names for itself and the lines under it (被保険者(40歳以上)(…)), if any."""
    if not any(people in text for people in _PEOPLE):
        return None
    normalized = normalize(text)
    prefix = read_prefix(normalized)
    if prefix.kind is not None:
        return None
    body = read_skeleton(open_group(normalized.text[prefix.normalized_offset :]))
    name = _ELIGIBLE.sub("", body.text.strip(" :。")).strip(" :").removesuffix("分")
    return population_of(name) if _GROUP.fullmatch(name) else None


def _head_count_line(normalized: NormalizedText, prefix: TargetPrefix) -> HeadCountLine | None:
    body = normalized.text[prefix.normalized_offset :]
    return read_head_counts(body) if re.search(r"[0-9]", body) and len(body) <= 200 else None


def _parts(text: str, prefix: TargetPrefix) -> Iterator[_Part]:
    """A paragraph's numbered aims: ① … ② … in one paragraph are parts of their own."""
    start = prefix.normalized_offset
    body = text[start:]
    pairs = numbered_pairs(body, first_read=prefix.number == 1) if prefix.number in (None, 1) else ()
    if pairs:
        for pair in pairs:
            yield _Part(pair.number, start + pair.start, start + pair.end, pair.name)
        return
    said = _AIM_IN_BRACKETS.search(body, 1)
    # 〔目標:①…、②…〕 behind an action: the items are the bracket's.
    marks = [mark for mark in items_within(body, _ITEM_ENDS) if 0 < mark.start < (said.start() if said else len(body))]
    if (
        not marks
        or (prefix.number is not None and marks[0].number != prefix.number + 1)
        or (prefix.number is None and marks[0].number != 1)
    ):
        yield _Part(prefix.number, start, len(text))
        return
    before = body[: marks[0].start].strip()
    if before and not (before.endswith(":") and len(marks) > 1 and re.search("[0-9]", before) is None):
        # 広報活動:①チラシ12回 ②SNS投稿 週2回: what heads the list is no item of it.
        yield _Part(prefix.number, start, start + marks[0].start)
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        yield _Part(mark.number, start + mark.end, start + following.start if following else len(text))


def _aims_of_part(
    normalized: NormalizedText, part: _Part, kind: TargetKind | None, context: TargetContext
) -> Iterator[_Read]:
    """The aims of a part with the reading of its sentences and where that begins."""
    start, end, notes = _without_inline_note(normalized, *_trimmed(normalized.text, part.start, part.end))
    if end > start and normalized.text[end - 1] in ")】" and _closes_nothing(normalized.text[start:end]):
        # (KPI:…とする): the bracket was opened before the prefix.
        end -= 1
    named = context if part.name is None else replace(context, previous_indicator=part.name)
    aims, read = _read_body(normalized, start, end, part.number, kind, named)
    yield [replace(aim, notes=notes) if notes else aim for aim in aims], read, start


def _without_inline_note(normalized: NormalizedText, start: int, end: int) -> tuple[int, int, tuple[Span, ...]]:
    """The statement without a note printed right behind it (…とする ※医科、DPC、歯科), and where that note stands."""
    found = _INLINE_NOTE.search(normalized.text, start + 1, end)
    if found is None:
        return start, end, ()
    note = normalized.verbatim_span(*_trimmed(normalized.text, found.start(), end))
    return *_trimmed(normalized.text, start, found.start()), (note,)


def _read_body(
    normalized: NormalizedText,
    start: int,
    end: int,
    number: int | None,
    kind: TargetKind | None,
    context: TargetContext,
) -> tuple[list[Aim], SentenceReading | None]:
    body = normalized.text[start:end]
    statement = normalized.verbatim_span(start, end)
    if not body:
        return [], None
    if body.strip(" 。()") in not_set_words() or (kind is not None and body in "-‐"):
        not_set = AimReading("not_set", pattern="not_set", reasons=(none_set(body),))
        return ([bare_aim(kind, number, statement, not_set)] if kind is not None else []), None
    line = read_head_counts(body) if kind in (None, "plan_figure") else None
    if line is not None and _counts_heads(line, kind, context):
        counts = _head_count_readings(line)
        own = kind or "plan_figure"
        aims = [
            completed_aim(normalized, start, r, own, _list_number(normalized, number), statement, context)
            for r in counts
        ]
        # Whom the first figure of a line concerns, the others concern too.
        return [replace(aim, population=aim.population or aims[0].population) for aim in aims], None
    in_prose = kind is None and context.unmarked
    may_be_plain = kind is not None or _may_be_plain_aim(body)
    if not (may_be_plain or in_prose) and not _AIM_IN_BRACKETS.search(body) and not _COUNTS_IN_ALL.search(body):
        return [], None
    read = read_sentences(
        body,
        _gaps(normalized, start, end),
        marked=kind is not None or in_prose,
        previous=context.previous_indicator,
        fiscal_year=context.fiscal_year,
        in_prose=in_prose,
    )
    aims = []
    for bare in read.aims:
        reading = bare if context.caption is None else in_unit(bare, *context.caption)
        inline = reading.pattern.startswith("inline")
        if in_prose and not inline:
            if not _sets_an_aim(reading):
                continue
            reading = replace(reading, reasons=(*reading.reasons, Reason("unmarked_aim")))
        elif kind is None and not inline:
            if not may_be_plain or not _may_be_aimed_at(reading, body):
                continue
            if not _is_plain_aim(reading, ends_with_bound(body)):
                reading = replace(reading, reasons=(*reading.reasons, Reason("unmarked_aim")))
        own_span = normalized.verbatim_span(*_trimmed(normalized.text, start + reading.start, start + reading.end))
        of_branch = inline and reading.pattern != "inline_planned" and kind in (None, "plan_figure")
        own_kind: TargetKind = "branch_target" if of_branch else kind or "plan_figure"
        # The number of an action that states an aim in brackets is the action's own.
        own_number = reading.item if inline and (kind is None or reading.item is not None) else number
        aims.append(completed_aim(normalized, start, reading, own_kind, own_number, own_span, context))
    return aims, read


def _list_number(normalized: NormalizedText, number: int | None) -> int | None:
    """The number of a line of head counts: letters before it (ア, ⅰ) part the groups of people and number no aim."""
    counted = any(mark.kind.counts in ("digits", "enclosed") for mark in read_marks(normalized.text))
    return number if counted else None


def _counts_heads(line: HeadCountLine, kind: TargetKind | None, context: TargetContext) -> bool:
    """Whether a line of figures is read as one; in a KPI the grammar reads it."""
    if not line.counts or kind not in (None, "plan_figure"):
        return False
    of_people = line.told and population_of(line.name) is not None
    return kind is not None or line.planned or context.group_population is not None or of_people or _known(line.name)


def _gaps(normalized: NormalizedText, start: int, end: int) -> frozenset[int]:
    """The characters of ``start:end``, counted from ``start``, before which only the verbatim text has a blank."""
    offsets, verbatim = normalized.offsets, normalized.verbatim
    found: set[int] = set()
    for at in range(max(1, start), end):
        between = verbatim[offsets[at - 1] + 1 : offsets[at]]
        if between and between.isspace():
            found.add(at - start)
    return frozenset(found)


def _closes_nothing(body: str) -> bool:
    opening = {")": "(", "】": "【"}[body[-1]]
    return body.count(opening) < body.count(body[-1])


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " 、":
        start += 1
    while end > start and text[end - 1] in " 、":
        end -= 1
    return start, end


def _known(indicator: str) -> bool:
    found = match_indicator(indicator, None)
    return found is not None


def _may_be_plain_aim(body: str) -> bool:
    stated = _PLAIN_AIM.search(body) is not None or ends_with_bound(body)
    return len(body) <= _LONGEST_PLAIN_AIM and not tells_a_result(body) and stated


def _is_plain_aim(reading: AimReading, bounded: bool) -> bool:
    """Unmarked prose states an aim only where a known indicator gets a number by a word of aiming or, ``bounded``, a
    bound that ends the line.
    """
    return bool(
        reading.value is not None
        and reading.pattern in ("quantity", "from_to")
        and reading.indicator
        and (reading.indicator_named or reading.population is not None)
        and (reading.closes or (bounded and reading.comparator is not None))
        and _known(reading.indicator)
    )


def _may_be_aimed_at(reading: AimReading, body: str) -> bool:
    """Whether unmarked prose sets a plain aim, or at least calls the figure of something that it names one."""
    called = _CALLED_AIM.search(body) is not None and _sets_an_aim(reading)
    return called or _is_plain_aim(reading, ends_with_bound(body))


def _sets_an_aim(reading: AimReading) -> bool:
    """Whether a sentence of a document that marks no targets sets one: something that it names gets a number."""
    return reading.value is not None and bool(reading.indicator) and reading.indicator_named


def _head_count_readings(line: HeadCountLine) -> Iterator[AimReading]:
    group = population_of(line.name)
    doubts = (Reason("told_figure"),) if line.told else ()
    for count in line.counts:
        yield AimReading(
            "absolute",
            indicator=count.indicator,
            indicator_named=True,
            population=population_of(count.people or count.indicator) or group,
            value=count.quantity.value,
            unit=count.quantity.unit_code,
            number=(count.start, count.end),
            pattern="head_count",
            reasons=doubts,
        )
