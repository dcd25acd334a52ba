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

    def done(self, pages: int) -> None:
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
        self._started = time.monotonic()

    @property
    def rate(self) -> str:
        """Pages read per second so far."""
        return f"{self.pages / max(time.monotonic() - self._started, 0.001):.1f}"

    def begin(self, source_file: str) -> None:
        self.in_hand = source_file

    def done(self, pages: int) -> None:
        self.documents += 1
        self.pages += pages

    def stage(self, key: str) -> None:
        self.in_hand = key


class PlainLines(Silent):
    """A line every few seconds and at the end of the parse, for logs."""

    def __init__(self, total: int, messages: Messages) -> None:
        super().__init__()
        self._total = total
        self._messages = messages
        self._said = time.monotonic()

    def done(self, pages: int) -> None:
        super().done(pages)
        now = time.monotonic()
        if self.documents == self._total or now - self._said >= _SECONDS_BETWEEN_LINES:
            self._said = now
            said = self._messages.text(
                "progress", done=self.documents, total=self._total, rate=self.rate, file=self.in_hand
            )
            print(said, file=sys.stderr, flush=True)

    def stage(self, key: str) -> None:
        super().stage(key)
        print(self._messages.text(key), file=sys.stderr, flush=True)


class Bar(Silent):
    """A bar with documents done, pages per second and the file in hand."""

    def __init__(self, bar: RichProgress, task: TaskID, messages: Messages) -> None:
        super().__init__()
        self._bar = bar
        self._task = task
        self._messages = messages

    def begin(self, source_file: str) -> None:
        super().begin(source_file)
        self._bar.update(self._task, file=source_file)

    def done(self, pages: int) -> None:
        super().done(pages)
        rate = self._messages.text("pages_per_second", rate=self.rate)
        self._bar.update(self._task, advance=1, rate=rate)

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
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as RichProgress

        columns = (
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}", markup=False),
            TimeElapsedColumn(),
            TextColumn("{task.fields[file]}", markup=False),
        )
        with RichProgress(*columns, console=Console(stderr=True), transient=True) as bar:
            yield Bar(bar, bar.add_task("", total=total, rate="", file=""), messages)
