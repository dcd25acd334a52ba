"""Shows how far a run is: a bar on a terminal, plain lines anywhere else. Everything goes to stderr."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from pipeline.messages import Messages

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

_SECONDS_BETWEEN_LINES = 5.0
_INTERRUPTED = {"publishing": "interrupted_publishing", "reporting": "interrupted_reporting"}


class Progress(Protocol):
    """What a run tells about itself while it works."""

    def begin(self, source_file: str) -> None:
        """A document is taken in hand."""

    def page(self, source_file: str, of: int) -> None:
        """One more of the ``of`` pages of a document is read."""

    def done(self, pages: int, source_file: str = "") -> None:
        """A document is finished, with so many pages read (0 where it could not be)."""

    def stage(self, key: str) -> None:
        """Another stage begins; ``key`` names its message."""


class ToldInterruption(KeyboardInterrupt):
    """Ctrl-C, of which the user has been told what it stopped."""


class Silent:
    """Counts and says nothing (``--quiet``); the others build on it."""

    def __init__(self) -> None:
        self.documents = 0
        self.pages = 0
        self.in_hand = ""
        self._begun: dict[str, int] = {}
        self._started = time.monotonic()

    @property
    def rate(self) -> str:
        """Pages read per second so far."""
        return f"{self.pages / max(time.monotonic() - self._started, 0.001):.1f}"

    def begin(self, source_file: str) -> None:
        self.in_hand = source_file

    def page(self, source_file: str, of: int) -> None:  # noqa: ARG002  (what builds on it shows the share)
        self._begun[source_file] = self._begun.get(source_file, 0) + 1
        self.pages += 1

    def done(self, pages: int, source_file: str = "") -> None:
        self.documents += 1
        self.pages += pages - self._begun.pop(source_file, 0)

    def stage(self, key: str) -> None:
        self.in_hand = key


class PlainLines(Silent):
    """A line at once, every few seconds and at the end of the parse, for logs."""

    def __init__(self, total: int, messages: Messages) -> None:
        super().__init__()
        self._total = total
        self._messages = messages
        self._said = time.monotonic()
        if total:
            print(messages.text("reading", total=total), file=sys.stderr, flush=True)

    def page(self, source_file: str, of: int) -> None:
        super().page(source_file, of)
        self._say()

    def done(self, pages: int, source_file: str = "") -> None:
        super().done(pages, source_file)
        self._say(at_once=self.documents == self._total)

    def _say(self, *, at_once: bool = False) -> None:
        now = time.monotonic()
        if at_once or now - self._said >= _SECONDS_BETWEEN_LINES:
            self._said = now
            counts = {"done": self.documents, "total": self._total, "pages": self.pages, "rate": self.rate}
            print(self._messages.text("progress", **counts, file=self.in_hand), file=sys.stderr, flush=True)

    def stage(self, key: str) -> None:
        super().stage(key)
        print(self._messages.text(key), file=sys.stderr, flush=True)


class Bar(Silent):
    """A bar with documents done, pages per second and the file in hand; it moves with every page."""

    def __init__(self, bar: RichProgress, task: TaskID, total: int, messages: Messages) -> None:
        super().__init__()
        self._bar = bar
        self._task = task
        self._total = total
        self._shares: dict[str, float] = {}
        self._messages = messages

    def begin(self, source_file: str) -> None:
        super().begin(source_file)
        self._bar.update(self._task, file=source_file)

    def page(self, source_file: str, of: int) -> None:
        super().page(source_file, of)
        self._shares[source_file] = min(1.0, self._shares.get(source_file, 0.0) + 1 / max(of, 1))
        self._show()

    def done(self, pages: int, source_file: str = "") -> None:
        super().done(pages, source_file)
        self._shares.pop(source_file, None)
        self._show()

    def _show(self) -> None:
        rate = self._messages.text("pages_per_second", rate=self.rate)
        self._bar.update(
            self._task,
            completed=self.documents + sum(self._shares.values()),
            rate=rate,
            count=f"{self.documents}/{self._total}",
        )

    def stage(self, key: str) -> None:
        super().stage(key)
        self._bar.update(self._task, file=self._messages.text(key))


@contextmanager
def shown_progress(total: int, messages: Messages, *, quiet: bool) -> Iterator[Progress]:
    """Progress over ``total`` documents in the manner that fits stderr; an interruption is told with what was done."""
    with _fitting(total, messages, quiet=quiet) as progress:
        try:
            yield progress
        except KeyboardInterrupt as interruption:
            key = _INTERRUPTED.get(progress.in_hand, "interrupted")
            print(messages.text(key, done=progress.documents, total=total), file=sys.stderr, flush=True)
            raise ToldInterruption from interruption


@contextmanager
def _fitting(total: int, messages: Messages, *, quiet: bool) -> Iterator[Silent]:
    if quiet:
        yield Silent()
    elif not sys.stderr.isatty():
        yield PlainLines(total, messages)
    else:
        from rich.console import Console
        from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as RichProgress

        columns = (
            BarColumn(),
            TextColumn("{task.fields[count]}", markup=False),
            TextColumn("{task.fields[rate]}", markup=False),
            TimeElapsedColumn(),
            TextColumn("{task.fields[file]}", markup=False),
        )
        with RichProgress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("", total=total, rate="", file="", count=f"0/{total}")
            yield Bar(bar, task, total, messages)
