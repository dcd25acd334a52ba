"""The notes that belong to a target: those it cites (※, a raised number), or those printed right after it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from normalizers.outline.plan_line import Line
from normalizers.text.markers import read_marker

RAISED = re.compile("[⁰¹²³⁴-⁹]+")


def notes_of_targets(lines: Sequence[Line], cited: Mapping[int, Sequence[str]]) -> dict[int, tuple[str, ...]]:
    """The notes (verbatim) of each target line, by position.

    ``cited`` gives for each target line the marks it cites (※, ※1). A note goes to the nearest target before it that
    cites its mark; a note whose mark nobody cites to the target it follows. A target that cites a mark no later note
    explains takes the note above it, within the same measure. A footnote (¹) stands at its page's foot, behind other
    measures: it belongs to the last target that cites it and to no other.
    """
    cited = {position: tuple(map(_plain, marks)) for position, marks in cited.items()}
    notes: dict[int, list[str]] = {}
    explained: set[tuple[int, str]] = set()
    recent: list[int] = []
    citing: list[int] = []
    previous: int | None = None
    for position, line in enumerate(lines):
        if position in cited:
            recent.append(position)
            citing.append(position)
            previous = position
        elif line.role == "note" and _is_footnote(line):
            mark = _mark(line)
            at = next((at for at in reversed(citing) if mark in cited[at] and (at, mark) not in explained), None)
            if at is not None:
                explained.add((at, mark))
                notes.setdefault(at, []).append(line.paragraph.text.text)
        elif line.role == "note" and previous is not None:
            mark = _mark(line)
            target = next(
                (at for at in reversed(recent) if mark in cited[at] and (at, mark) not in explained), previous
            )
            explained.add((target, mark))
            notes.setdefault(target, []).append(line.paragraph.text.text)
        elif line.role in ("item", "prose", "section"):
            recent, previous = [], None
    for position, marks in cited.items():
        for mark in marks:
            above = _note_above(lines, position, mark) if (position, mark) not in explained else None
            if above is not None:
                notes.setdefault(position, []).append(above)
    return {position: tuple(dict.fromkeys(texts)) for position, texts in notes.items()}


def _plain(mark: str) -> str:
    """A cited mark with its raised number as ※1."""
    digits = unicodedata.normalize("NFKC", "".join(RAISED.findall(mark)))
    return f"※{int(digits)}" if digits else mark


def _is_footnote(line: Line) -> bool:
    return RAISED.match(line.paragraph.text.text.lstrip()) is not None


def _mark(line: Line) -> str:
    marker = read_marker(line.paragraph.text.text)
    if marker is None or not marker.kind.note:
        return ""
    return "※" + str(marker.number) if marker.number is not None else "※"


def _note_above(lines: Sequence[Line], position: int, mark: str) -> str | None:
    for line in reversed(lines[:position]):
        if line.role in ("section", "item"):
            return None
        if line.role == "note" and _mark(line) == mark:
            return line.paragraph.text.text
    return None
