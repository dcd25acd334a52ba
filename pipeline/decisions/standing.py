"""Which decisions stand: those that nobody took back, file by file, as they go to the reading of each document."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.decisions.decision import Decision


@dataclass(frozen=True, slots=True)
class Decided:
    """What people decided that bears on one document: on the document itself, and on words of all documents.

    ``wordings`` maps words as a page has them to the catalogue code that they mean.
    """

    decisions: tuple[Decision, ...] = ()
    wordings: Mapping[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """Changes whenever what was decided does; empty where nothing was."""
        if not self.decisions and not self.wordings:
            return ""
        said = [*(d.line() for d in self.decisions), *(f"{w}={c}" for w, c in sorted(self.wordings.items()))]
        return hashlib.sha256("\n".join(said).encode()).hexdigest()[:16]


NOTHING_DECIDED = Decided()

FOLDER = "review"


def decisions_file(output: Path) -> Path:
    """Where the decisions on ``output`` are kept."""
    return output / FOLDER / "decisions.jsonl"


def standing(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions that hold, in their order: without undoings and without what they took back.

    An undoing may itself be undone.
    """
    ordered = sorted(decisions, key=lambda decision: decision.order)
    undone: set[str] = set()
    kept = []
    for decision in reversed(ordered):
        if decision.id in undone:
            continue
        if decision.undoes:
            undone.add(decision.undoes)
        if decision.action != "undo":
            kept.append(decision)
    return tuple(reversed([decision for decision in kept if decision.id not in undone]))


def by_document(decisions: Iterable[Decision]) -> dict[str, tuple[Decision, ...]]:
    """The standing decisions by the file's SHA-256; decisions on words speak of every file and are left out."""
    found: dict[str, list[Decision]] = defaultdict(list)
    for decision in standing(decisions):
        if decision.action != "wording":
            found[decision.sha256].append(decision)
    return {sha256: tuple(own) for sha256, own in found.items()}
