"""Two editions side by side: what differs is marked, what changed its place is labelled."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, replace

from pipeline.sample.content import Plan
from pipeline.sample.style import Style
from pipeline.sample.wording import Group, Paragraph

_TOKEN = re.compile(r"[0-9][0-9,.]*%?|[A-Za-z]+|[一-鿿々]+|[ァ-ヶー]+|[ぁ-ん]+|.")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a comparison; a side is None where the measure is only in the other edition."""

    section: int
    new: Group | None
    old: Group | None


def compare(new_plan: Plan, new: tuple[Group, ...], old: tuple[Group, ...], style: Style) -> tuple[Row, ...]:
    """The rows in the old edition's order, of which the new one keeps what it does not drop."""
    new, old = _labelled_moves(new_plan, new, old, style)
    before = {p.key: p for group in old for p in group.paragraphs}
    after = {p.key: p for group in new for p in group.paragraphs}
    new = tuple(_marked(group, before) for group in new)
    old = tuple(_marked(group, after) for group in old)
    by_key = {group.key: group for group in new}
    rows = tuple(Row(group.section, by_key.pop(group.key, None), group) for group in old)
    assert not by_key, "a measure that is new needs a place among the rows"
    return rows


def _labelled_moves(
    plan: Plan, new: tuple[Group, ...], old: tuple[Group, ...], style: Style
) -> tuple[tuple[Group, ...], tuple[Group, ...]]:
    old_keys = {p.key for group in old for p in group.paragraphs}
    moved = [
        f"action:{action.key}"
        for measure in plan.measures
        for action in measure.actions
        if action.moved_from and f"action:{action.key}" in old_keys
    ]
    labels = {key: _CIRCLED[number] for number, key in enumerate(moved)}
    return (
        tuple(_with_labels(group, labels, "{}から移動", style) for group in new),
        tuple(_with_labels(group, labels, "移動{}", style) for group in old),
    )


def _with_labels(group: Group, labels: dict[str, str], wording: str, style: Style) -> Group:
    paragraphs: list[Paragraph] = []
    for paragraph in group.paragraphs:
        if paragraph.key in labels:
            text = wording.format(labels[paragraph.key])
            paragraphs.append(Paragraph(f"move:{paragraph.key}", "annotation", 1, "", style.printed(text), text, 0))
        paragraphs.append(paragraph)
    return replace(group, paragraphs=tuple(paragraphs))


def _marked(group: Group, others: dict[str, Paragraph]) -> Group:
    return replace(
        group, paragraphs=tuple(_mark(paragraph, others.get(paragraph.key)) for paragraph in group.paragraphs)
    )


def _mark(paragraph: Paragraph, other: Paragraph | None) -> Paragraph:
    if paragraph.kind == "annotation":
        return paragraph
    if other is None:
        return replace(paragraph, underlines=((paragraph.body_start, len(paragraph.text)),))
    body, counterpart = paragraph.normal[paragraph.body_start :], other.normal[other.body_start :]
    spans = tuple(
        (start + paragraph.body_start, end + paragraph.body_start) for start, end in _differing(body, counterpart)
    )
    return replace(paragraph, underlines=spans)


def _differing(text: str, other: str) -> list[tuple[int, int]]:
    """The stretches of ``text``, in whole words and numbers, that ``other`` does not have."""
    words, counterparts = _TOKEN.findall(text), _TOKEN.findall(other)
    starts = [0]
    for word in words:
        starts.append(starts[-1] + len(word))
    spans: list[tuple[int, int]] = []
    for tag, first, last, _, _ in difflib.SequenceMatcher(None, words, counterparts, autojunk=False).get_opcodes():
        if tag in ("replace", "delete"):
            spans.append((starts[first], starts[last]))
    return spans
