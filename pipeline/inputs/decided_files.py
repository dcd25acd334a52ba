"""The inputs of a run with what people decided on each of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.decisions.standing import Decided, by_document, decisions_file
from pipeline.inputs.discovery import Discovery

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.decisions.decision import Decision
    from pipeline.decisions.journal import UnreadLine


@dataclass(frozen=True, slots=True)
class AllDecided:
    """What people decided on an output folder: by the file's SHA-256, on words, and the lines that cannot be read."""

    by_document: Mapping[str, tuple[Decision, ...]] = field(default_factory=dict)
    wordings: Mapping[str, str] = field(default_factory=dict)
    unread: tuple[UnreadLine, ...] = ()

    def on(self, sha256: str) -> Decided:
        """What bears on one file."""
        return Decided(self.by_document.get(sha256, ()), self.wordings)


def read_decided(output: Path) -> AllDecided:
    """The decisions kept under ``output``; raises DecisionsError where they cannot be read."""
    if not decisions_file(output).exists():
        return AllDecided()
    from pipeline.decisions.journal import read_journal
    from pipeline.decisions.words import wordings_of

    journal = read_journal(decisions_file(output))
    return AllDecided(by_document(journal.decisions), wordings_of(journal.decisions), journal.unread)


def with_decided(discovery: Discovery, decided: AllDecided) -> Discovery:
    """``discovery`` whose files know what was decided on them."""
    files = tuple(replace(file, decided=decided.on(file.sha256)) for file in discovery.files)
    return replace(discovery, files=files)
