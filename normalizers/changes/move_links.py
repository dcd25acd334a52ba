"""Links the two ends that move labels name (移動①, ①から移動) to the paragraphs that moved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from normalizers.text.move_labels import MoveLabel
from parsers.model.document import Paragraph
from parsers.model.finding import Finding
from parsers.model.geometry import Box


@dataclass(frozen=True, slots=True)
class MoveLinkSettings:
    """Which paragraph a mark of moving (移動①) belongs to. Distances in points."""

    other_page: float = 2000.0
    """Distance of a paragraph on another page: more than any page's height."""
    other_row: float = 100_000.0
    """Distance of one in another row or cell: more than any document is long, so that none is taken."""
    not_known_as_moved: float = 400.0
    """Added for a paragraph that the comparison of texts does not know as moved: half a page. Chosen."""


SETTINGS = MoveLinkSettings()


@dataclass(frozen=True, slots=True)
class PrintedLabel:
    """A move label where it is printed: ``index`` is its paragraph's in the document."""

    index: int
    paragraph: Paragraph
    label: MoveLabel


@dataclass(frozen=True, slots=True)
class CandidatePair:
    """A new and an old paragraph that may be the two ends of a move, by their indices in the document.

    ``new_place`` and ``old_place`` are their places in the order of their own edition.
    """

    new: int
    old: int
    new_place: int
    old_place: int
    moved: bool


def link_labels(
    labels: Sequence[PrintedLabel], pairs: Sequence[CandidatePair], paragraphs: Sequence[Paragraph]
) -> tuple[Mapping[CandidatePair, str], tuple[Finding, ...]]:
    """The label of each pair that a printed label speaks of, and a finding for each label left over.

    A departure label (移動①) stands at the old place of the text, an arrival label (①から移動) at the new one; either
    may be printed in either column. A brace beside several lines labels all of them. A moved paragraph right before or
    after a labelled one in both editions takes the same label.
    """
    links: dict[CandidatePair, str] = {}
    findings: list[Finding] = []
    for name in dict.fromkeys(label.label.label for label in labels):
        printed = [label for label in labels if label.label.label == name]
        departures = [label for label in printed if not label.label.arrives]
        arrivals = [label for label in printed if label.label.arrives]
        found: list[CandidatePair] = []
        if name is not None and departures and arrivals:
            free = [pair for pair in pairs if pair not in links]
            found = _pairs_of(departures, arrivals, free, paragraphs)
        for pair in _moved_together(found, pairs, links):
            links[pair] = name or ""
        if not found:
            findings += [_orphan(label, bool(departures and arrivals)) for label in printed]
    return links, tuple(findings)


def _pairs_of(
    departures: Sequence[PrintedLabel],
    arrivals: Sequence[PrintedLabel],
    pairs: Iterable[CandidatePair],
    paragraphs: Sequence[Paragraph],
) -> list[CandidatePair]:
    from_beside = {index for label in departures for index in label.paragraph.beside}
    to_beside = {index for label in arrivals for index in label.paragraph.beside}
    ranked = sorted(
        (
            _distance(departures, paragraphs[pair.old], from_beside, pair.old)
            + _distance(arrivals, paragraphs[pair.new], to_beside, pair.new)
            + (0.0 if pair.moved else SETTINGS.not_known_as_moved),
            place,
            pair,
        )
        for place, pair in enumerate(pairs)
    )
    if not ranked or ranked[0][0] >= SETTINGS.other_row:
        return []
    braced = [pair for _, _, pair in ranked if pair.moved and (pair.new in to_beside or pair.old in from_beside)]
    return braced if len(braced) > 1 else [ranked[0][2]]


def _moved_together(
    found: Sequence[CandidatePair], pairs: Sequence[CandidatePair], linked: Mapping[CandidatePair, str]
) -> list[CandidatePair]:
    at = {(pair.new_place, pair.old_place): pair for pair in pairs if pair.moved and pair not in linked}
    together = list(found)
    for pair in found:
        for step in (-1, 1):
            new, old = pair.new_place + step, pair.old_place + step
            while (neighbour := at.get((new, old))) is not None and neighbour not in together:
                together.append(neighbour)
                new, old = new + step, old + step
    return together


def _distance(labels: Sequence[PrintedLabel], paragraph: Paragraph, beside: set[int], index: int) -> float:
    if index in beside:
        return 0.0
    return min(_between(label.paragraph, paragraph) for label in labels)


def _between(label: Paragraph, paragraph: Paragraph) -> float:
    """How far apart a label and a paragraph stand, in points down the page."""
    elsewhere = SETTINGS.other_row if (label.row, label.part) != (paragraph.row, paragraph.part) else 0.0
    gaps = [_gap(one.box, other.box) for one in label.pieces for other in paragraph.pieces if one.page == other.page]
    return elsewhere + (min(gaps) if gaps else SETTINGS.other_page)


def _gap(one: Box, other: Box) -> float:
    return (
        max(0.0, one.top - other.bottom, other.top - one.bottom)
        + abs(one.top + one.bottom - other.top - other.bottom) / 20
    )


def _orphan(label: PrintedLabel, paired: bool) -> Finding:
    text = label.paragraph.text.text
    lack = "nothing_moved" if paired else "no_other_end"
    box = label.paragraph.box if label.paragraph.pieces else None
    page = label.paragraph.page if label.paragraph.pieces else None
    place = (page, box, "measures", f"m{label.index + 1:04d}")
    return Finding("orphan_move_label", {"label": text}, *place, variant=lack)
