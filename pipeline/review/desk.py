"""The state behind the screens: what OUT holds and what was decided, read again when either has changed."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from pipeline.decisions.decision import Decision
from pipeline.decisions.journal import Journal, append, read_journal
from pipeline.decisions.standing import decisions_file, standing
from pipeline.decisions.words import put_wordings, wordings_of
from pipeline.report.inventory import Row
from pipeline.report.pictures import read_account
from pipeline.review.item_data import item_data, queue_line
from pipeline.review.material import Material, ReviewedDocument, read_material
from pipeline.review.queue import Item, Queue, make_queue
from pipeline.review.sample import SHARE
from pipeline.store.state_folders import current_state

_TRIES = 5


class Desk:
    """One output folder under review. Threads may share it; each answer is of one state."""

    def __init__(self, output: Path, *, share: float = SHARE) -> None:
        self.output = output
        self._share = share
        self._lock = threading.RLock()
        self._material: Material | None = None
        self._material_seen: tuple[int, int] | None = None
        self._journal = Journal()
        self._journal_seen: tuple[int, int] | None = None
        self._queue: Queue | None = None

    def decide(self, decisions: Sequence[Decision]) -> int:
        """Keeps ``decisions`` and gives how many were new; they are on the disk when this returns."""
        new = append(self.output, decisions)
        if any(decision.action in ("wording", "undo") for decision in new):
            put_wordings(self.output, wordings_of(self.journal().decisions))
        return len(new)

    def journal(self) -> Journal:
        """All decisions, whoever made them."""
        with self._lock:
            file = decisions_file(self.output)
            seen = (file.stat().st_size, file.stat().st_mtime_ns) if file.exists() else None
            if seen != self._journal_seen:
                self._journal, self._journal_seen, self._queue = read_journal(file), seen, None
            return self._journal

    def material(self) -> Material:
        """What OUT holds; while a run publishes, its old state or its new one."""
        with self._lock:
            seen = _state_of(self.output)
            if self._material is None or self._material_seen != seen:
                self._material, self._material_seen, self._queue = self._read(), seen, None
            return self._material

    def _read(self) -> Material:
        for _ in range(_TRIES):
            try:
                return read_material(self.output)
            except (FileNotFoundError, ValueError):  # a run exchanged the tables just then
                continue
        return read_material(self.output)

    def queue(self) -> Queue:
        """Everything to decide on."""
        with self._lock:
            material, journal = self.material(), self.journal()
            if self._queue is None:
                self._queue = make_queue(material, journal.decisions, share=self._share)
            return self._queue

    def item(self, key: str) -> Item | None:
        """The item of that key; None where it is not in the queue."""
        return next((item for item in self.queue().items if item.key == key), None)

    def queue_data(self) -> Row:
        """The queue as the screen has it."""
        queue = self.queue()
        return {"run": self.material().run_id, "items": [queue_line(item) for item in queue.items], **self.progress()}

    def item_data(self, key: str) -> Row | None:
        """One item as the screen has it; None where there is none of that key."""
        item = self.item(key)
        if item is None:
            return None
        folder = self.output / "report" / "pages" / item.document.document_id
        picture = read_account(folder).get("pages", {}).get(str(item.place.page))
        return {**item_data(item, self.material(), standing(self.journal().decisions)), "picture": picture}

    def progress(self) -> Row:
        """How far people are: by day and person, what the sample tells, and what no program here understands."""
        journal = self.journal()
        held = standing(journal.decisions)
        own = [d for d in held if d.action not in ("dismiss", "wording")]
        applied = {key for document in self.material().documents.values() for key in document.applied}
        return {
            "estimate": asdict(self.queue().estimate),
            "by": Counter(decision.by for decision in own),
            "days": Counter(_day(decision.at) for decision in own),
            "decided": len(own),
            "waiting": sum(1 for d in held if d.action != "wording" and d.id not in applied),
            "unread": [
                {"number": line.number, "en": line.reason.text("en"), "ja": line.reason.text("ja")}
                for line in journal.unread
            ],
        }

    def document(self, document_id: str) -> ReviewedDocument | None:
        """The stored document of that id."""
        return self.material().documents.get(document_id)

    def decisions_on(self, sha256: str) -> list[Row]:
        """The standing decisions on one file."""
        return [d.model_dump(mode="json") for d in standing(self.journal().decisions) if d.sha256 == sha256]


def _state_of(output: Path) -> tuple[int, int] | None:
    """Changes whenever a run has ended."""
    state = current_state(output)
    if state is None:
        return None
    try:
        return (state.sequence, state.account.stat().st_mtime_ns)
    except OSError:
        return (state.sequence, 0)


def _day(at: datetime) -> str:
    return at.astimezone().date().isoformat()
