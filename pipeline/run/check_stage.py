"""Where a run's documents are checked: in its own process, or in one beside it that has its libraries loaded early."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from pipeline.workers.early_process import EarlyProcess, NoAnswerError

if TYPE_CHECKING:
    from pipeline.checks.report import CheckReport
    from pipeline.run.checking import CheckedTogether

_LIBRARIES = "pipeline.run.check_libraries"


class CheckStage(Protocol):
    """Anything that checks documents together.

    ``begin`` is called as soon as it is likely that there are any, ``end`` when there are no more. ``meanwhile`` is
    what the run could do while another process checks; where none does, it is not called.
    """

    def begin(self) -> None: ...

    def __call__(self, asked: CheckedTogether, meanwhile: Callable[[], None]) -> CheckReport: ...

    def end(self) -> None: ...


class ChecksHere:
    """Checks in this process."""

    def begin(self) -> None:
        """What is needed is loaded when it is."""

    def __call__(self, asked: CheckedTogether, meanwhile: Callable[[], None]) -> CheckReport:  # noqa: ARG002
        from pipeline.run.checking import checked

        return checked(asked)

    def end(self) -> None:
        """There is nothing to end."""


class ChecksBeside:
    """Checks in a process of its own, which imports Great Expectations while documents are read.

    What it fails to do is done here, which raises what there is to raise: a process that was killed costs no check.
    """

    def __init__(self) -> None:
        self._process: EarlyProcess | None = None

    def begin(self) -> None:
        """Starts the process, unless it runs or the system makes none: then checks are done here."""
        if self._process is None:
            with contextlib.suppress(OSError):
                self._process = EarlyProcess(_LIBRARIES)

    def __call__(self, asked: CheckedTogether, meanwhile: Callable[[], None]) -> CheckReport:
        from pipeline.run.checking import checked

        self.begin()
        if self._process is None:
            return checked(asked)
        answer = self._process.ask(checked, asked)
        meanwhile()
        try:
            return answer()
        except NoAnswerError:
            return checked(asked)

    def end(self) -> None:
        """Ends the process, if it runs."""
        if self._process is not None:
            self._process.end()
            self._process = None
