"""The states of an output folder: each a folder of its own that is never changed after it has come to be.

``OUT/.states/<sequence>/`` holds ``tables/``, ``quarantine/`` and ``account.json``, the account of the run that made
it. A state comes to be by one renaming, so that its tables and its account are there together or not at all; the one
with the highest sequence number is the present one, whatever the clock says. ``OUT/tables`` and ``OUT/quarantine`` show
the present state to programs that only know paths; their files are links to those of the state.
"""

from __future__ import annotations

import contextlib
import fcntl
import io
import shutil
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

STATES = ".states"
"""Folder under OUT by which an output is recognised; it holds the states."""

ACCOUNT_FILE = "account.json"
_LOCK_FILE = "lock"
_DIGITS = 6

KEPT_STATES = 3
"""So many states before the present one are kept in any case."""

KEPT_SECONDS = 600.0
"""A state is kept for so long after another took its place: longer than a query may take."""


@dataclass(frozen=True, slots=True)
class StateFolder:
    """One state: a folder with ``tables/`` and ``quarantine/`` in the layout of OUT itself."""

    path: Path
    sequence: int

    @property
    def account(self) -> Path:
        """The account of the run that made the state, or of a later one that found nothing to change."""
        return self.path / ACCOUNT_FILE


@dataclass(frozen=True, slots=True)
class Pin:
    """A state that stays on the disk for as long as this object lives.

    ``root`` holds ``tables/`` and ``quarantine/``: the state's own folder, or OUT itself where it has no states (a
    copy of the tables alone). ``state`` is None there.
    """

    root: Path
    state: StateFolder | None
    _held: io.BufferedReader | None = None


def state_name(sequence: int) -> str:
    """The name of the folder of state ``sequence``; names sort as the numbers do."""
    return f"{sequence:0{_DIGITS}d}"


def state_folders(output: Path) -> list[StateFolder]:
    """All states of ``output``, the oldest first."""
    found = [StateFolder(path, int(path.name)) for path in (output / STATES).glob("[0-9]*") if path.name.isdigit()]
    return sorted(found, key=lambda state: state.sequence)


def current_state(output: Path) -> StateFolder | None:
    """The present state of ``output``, None where no run has finished there."""
    states = state_folders(output)
    return states[-1] if states else None


def pin(output: Path) -> Pin:
    """Holds the present state of ``output``: no run removes it while the result lives."""
    while (state := current_state(output)) is not None:
        try:
            held = (state.path / _LOCK_FILE).open("rb")
        except FileNotFoundError:
            if state.path.is_dir():  # copied without its lock: nothing is there to hold it by
                return Pin(state.path, state)
            continue  # removed meanwhile, so there is a newer one
        with contextlib.suppress(OSError):  # file systems without locks: the age alone protects it
            fcntl.flock(held, fcntl.LOCK_SH | fcntl.LOCK_NB)
        if state.path.is_dir():
            return Pin(state.path, state, held)
        held.close()
    return Pin(output, None)


def prepare(folder: Path) -> None:
    """Makes the empty folder of a state to come."""
    folder.mkdir(parents=True)
    (folder / _LOCK_FILE).touch()


def sweep(output: Path, work: Path) -> None:
    """Removes states that nobody can be reading any more (see ``KEPT_STATES`` and ``KEPT_SECONDS``)."""
    states = state_folders(output)
    for state, following in pairwise(states[:-KEPT_STATES]):
        # A clock that was set back gives a negative age: the state is kept.
        if time.time() - following.path.stat().st_mtime > KEPT_SECONDS:
            _remove_unless_held(state, work / f"gone-{state.path.name}")


def _remove_unless_held(state: StateFolder, aside: Path) -> None:
    try:
        with (state.path / _LOCK_FILE).open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            state.path.rename(aside)
    except FileNotFoundError:
        state.path.rename(aside)
    except BlockingIOError:
        return
    shutil.rmtree(aside, ignore_errors=True)
