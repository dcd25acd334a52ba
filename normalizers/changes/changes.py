"""Compares the two editions of a comparison: what was added, removed, modified and moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from normalizers.aims.prefix import target_prefix
from normalizers.changes.alignment import align
from normalizers.changes.likeness import AimKey, Comparable, figureless
from normalizers.changes.marking import MarkedText, compare_marking, pair_marking, without
from normalizers.changes.move_links import CandidatePair, PrintedLabel, link_labels
from normalizers.indicators.catalogue import catalogue
from normalizers.model.records import Change, ChangeKind, Marking, Measure, Target
from normalizers.rows.entries import read_entries
from normalizers.rows.marked_text import marked_spans
from normalizers.rows.measures import paragraph_index
from normalizers.text.characters import normalize
from normalizers.text.markers import read_marker
from normalizers.text.move_labels import read_move_label
from parsers.model.document import Paragraph, ParsedDocument
from parsers.model.finding import Finding
from parsers.model.styled_text import Span, StyledText


@dataclass(frozen=True, slots=True)
class FoundChanges:
    """The differences of a document's two editions and what is doubtful about them."""

    changes: tuple[Change, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class _Side:
    """One paragraph of an edition: ``body`` is what is compared, ``marks`` its marked stretches."""

    index: int
    measure: Measure
    body: str
    marks: tuple[Span, ...]
    marked_texts: tuple[str, ...]
    row: int


def find_changes(
    parsed: ParsedDocument, measures: Sequence[Measure], targets: Sequence[Target], by_color: bool
) -> FoundChanges:
    """The differences between the editions ``new`` and ``old``; none where the document has only one.

    ``measures`` and ``targets`` are all of the document; the measures' ids name the paragraphs they were made of.
    What a plan of one edition strikes here and there is a change of one line. Differences of width, spaces and list
    numbers are none, nor are entries that stand for other text (同左, 略) and the
    text that they stand for. Of several old years the latest is compared.
    """
    entries = read_entries(parsed.paragraphs)
    silent = {entry.index for entry in entries}
    silent |= {index for entry in entries if entry.kind in ("same", "omitted") for index in entry.stands_for}
    latest = max((m.fiscal_year for m in measures if m.edition == "old" and m.fiscal_year is not None), default=None)
    # Names of measures in one column beside both editions (項目|変更後|変更前) are no side's own text.
    beside = {paragraph.edition for paragraph in parsed.paragraphs if _is_name(paragraph)} != {"new", "old"}
    revised = _revised_tables(parsed)
    labels: list[PrintedLabel] = []
    sides: dict[str, list[_Side]] = {"new": [], "old": []}
    for measure in measures:
        index = paragraph_index(measure.measure_id)
        paragraph = parsed.paragraphs[index]
        if measure.kind == "annotation":
            label = read_move_label(measure.text_normalized)
            if label is not None:
                labels.append(PrintedLabel(index, paragraph, label))
        elif index in silent or (measure.edition == "old" and measure.fiscal_year not in (latest, None)):
            continue
        elif paragraph.place is not None and paragraph.place.table not in revised:
            continue  # Columns of figures by year are no editions of a text.
        elif measure.edition in sides and not (beside and _is_name(paragraph)):
            sides[measure.edition].append(_side(index, measure, paragraph.text, paragraph.row, by_color))
    new, old = sides["new"], sides["old"]
    if not new or not old:
        return FoundChanges(_corrections(parsed, measures))
    aims = _aims(targets)
    pairs = align(_comparables(new, aims), _comparables(old, aims))
    candidates = {
        CandidatePair(new[pair.new].index, old[pair.old].index, pair.new, pair.old, pair.moved): pair for pair in pairs
    }
    links, findings = link_labels(labels, list(candidates), parsed.paragraphs)
    label_of = {(candidates[candidate].new, candidates[candidate].old): label for candidate, label in links.items()}
    judged = (any(side.marks for side in new), any(side.marks for side in old))
    rows: list[tuple[int, Change]] = []
    for pair in pairs:
        link = label_of.get((pair.new, pair.old))
        change = _paired_change(new[pair.new], old[pair.old], pair.moved or link is not None, link, judged)
        if change is not None:
            rows.append((new[pair.new].index, change))
    paired_new, paired_old = {pair.new for pair in pairs}, {pair.old for pair in pairs}
    rows += [
        (side.index, _lone_change(side, "added", judged[0])) for at, side in enumerate(new) if at not in paired_new
    ]
    rows += [
        (side.index, _lone_change(side, "removed", judged[1])) for at, side in enumerate(old) if at not in paired_old
    ]
    rows.sort(key=lambda row: row[0])
    return FoundChanges(tuple(_numbered(change, at) for at, (_, change) in enumerate(rows, 1)), findings)


def _revised_tables(parsed: ParsedDocument) -> frozenset[int]:
    """The tables of targets, by number, with cells that strike and insert: each such cell speaks for both editions."""
    new = {paragraph.cell_id for paragraph in parsed.paragraphs if paragraph.edition == "new"}
    return frozenset(
        paragraph.place.table
        for paragraph in parsed.paragraphs
        if paragraph.place is not None and paragraph.edition == "old" and paragraph.cell_id in new
        if paragraph.text.strikethroughs
    )


def _is_name(paragraph: Paragraph) -> bool:
    return paragraph.column_level is not None


def _corrections(parsed: ParsedDocument, measures: Sequence[Measure]) -> tuple[Change, ...]:
    """What is struck in a plan of one edition: the line as it was before, which is no measure of its own."""
    left = {paragraph_index(measure.measure_id): measure for measure in measures}
    changes: list[Change] = []
    for number, correction in enumerate(parsed.corrections, 1):
        measure = left.get(correction.paragraph) if correction.paragraph is not None else None
        text = correction.text
        changes.append(
            Change(
                change_id=f"x{number:04d}",
                kind="modified" if measure is not None else "removed",
                new_measure_id=measure.measure_id if measure is not None else None,
                old_measure_id=None,
                new_text=measure.text_normalized if measure is not None else None,
                old_text=normalize(without(text.text, correction.inserted)).text,
                new_marked=_printed(text, correction.inserted) if measure is not None else (),
                old_marked=_printed(text, text.strikethroughs),
                marking="agrees",
                move_label=None,
            )
        )
    return tuple(changes)


def _printed(text: StyledText, spans: Sequence[Span]) -> tuple[str, ...]:
    return tuple(normalize(text.text[span.start : span.end]).text for span in spans)


def _side(index: int, measure: Measure, text: StyledText, row: int, by_color: bool) -> _Side:
    normalized = normalize(text.text)
    start = _body_start(text.text)
    kept = [
        (c, at) for c, at in zip(normalized.text, normalized.offsets, strict=True) if at >= start and not c.isspace()
    ]
    if not kept:
        kept = [(c, at) for c, at in zip(normalized.text, normalized.offsets, strict=True) if not c.isspace()]
    spans = marked_spans(text, by_color)
    flags = [any(span.start <= at < span.end for span in spans) for _, at in kept]
    marks = [Span(at, at + 1) for at, flag in enumerate(flags) if flag]
    return _Side(
        index=index,
        measure=measure,
        body="".join(c for c, _ in kept),
        marks=_merged(marks),
        marked_texts=_printed(text, spans),
        row=row,
    )


def _body_start(text: str) -> int:
    prefix = target_prefix(text)
    if prefix.kind is not None:
        return prefix.offset
    marker = read_marker(text)
    return marker.end if marker is not None and not marker.kind.label else 0


def _merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for span in spans:
        if merged and merged[-1].end == span.start:
            merged[-1] = Span(merged[-1].start, span.end)
        else:
            merged.append(span)
    return tuple(merged)


def _aims(targets: Sequence[Target]) -> Mapping[str, frozenset[AimKey]]:
    """What the aims of each measure, by its id, are about."""
    found: dict[str, set[AimKey]] = {}
    for target in targets:
        entry = catalogue().get(target.indicator_code or "")
        name = entry.name_ja if entry is not None else target.indicator
        if name is not None:
            key = AimKey(name, entry is not None, target.population)
            found.setdefault(target.measure_id, set()).add(key)
    return {measure_id: frozenset(keys) for measure_id, keys in found.items()}


def _comparables(sides: Sequence[_Side], aims: Mapping[str, frozenset[AimKey]]) -> list[Comparable]:
    at = {side.measure.measure_id: place for place, side in enumerate(sides)}
    parents = [at.get(side.measure.parent_id or "") for side in sides]
    return [
        Comparable(
            body=side.body,
            kept=without(side.body, side.marks),
            marker=side.measure.marker,
            row=side.row,
            kind=side.measure.kind,
            parent=parent,
            above=figureless(sides[parent].body) if parent is not None else "",
            aims=aims.get(side.measure.measure_id, frozenset()),
        )
        for side, parent in zip(sides, parents, strict=True)
    ]


def _paired_change(new: _Side, old: _Side, moved: bool, label: str | None, judged: tuple[bool, bool]) -> Change | None:
    if new.body == old.body and not moved and not (new.marks or old.marks):
        return None
    marking = pair_marking(MarkedText(new.body, new.marks), MarkedText(old.body, old.marks), judged)
    return _change("moved" if moved else "modified", new, old, label, marking)


def _lone_change(side: _Side, kind: ChangeKind, judged: bool) -> Change:
    whole = (Span(0, len(side.body)),)
    marking = compare_marking(whole, side.marks, side.body) if judged or kind == "added" else "agrees"
    return _change(kind, side if kind == "added" else None, side if kind == "removed" else None, None, marking)


def _change(kind: ChangeKind, new: _Side | None, old: _Side | None, label: str | None, marking: Marking) -> Change:
    return Change(
        change_id="",
        kind=kind,
        new_measure_id=new.measure.measure_id if new else None,
        old_measure_id=old.measure.measure_id if old else None,
        new_text=new.measure.text_normalized if new else None,
        old_text=old.measure.text_normalized if old else None,
        new_marked=new.marked_texts if new else (),
        old_marked=old.marked_texts if old else (),
        marking=marking,
        move_label=label,
    )


def _numbered(change: Change, number: int) -> Change:
    return Change(
        f"x{number:04d}",
        change.kind,
        change.new_measure_id,
        change.old_measure_id,
        change.new_text,
        change.old_text,
        change.new_marked,
        change.old_marked,
        change.marking,
        change.move_label,
    )
