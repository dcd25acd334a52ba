"""The file that keeps decisions: ``OUT/review/decisions.jsonl``, appended to and never rewritten."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from parsers.model.errors import BranchPlansError
from pipeline.decisions.confirmation_sheet import NoConfirmationError, SheetRowError, read_confirmations
from pipeline.decisions.decision import Decision, UnreadLineError, read_line
from pipeline.decisions.standing import decisions_file

_SECONDS_TO_WAIT = 30.0
_MARK = b"\xef\xbb\xbf"
"""Some editors write it at the start of a UTF-8 file."""


class DecisionsError(BranchPlansError):
    """The file of decisions cannot be read or written."""


@dataclass(frozen=True, slots=True)
class UnreadLine:
    """A line, counted from 1, that is kept but holds no decision known here, and why."""

    number: int
    reason: BranchPlansError


@dataclass(frozen=True, slots=True)
class Journal:
    """Every decision of a file in the order in which decisions hold, each id once, and the lines that are none."""

    decisions: tuple[Decision, ...] = ()
    unread: tuple[UnreadLine, ...] = ()


def read_journal(file: Path) -> Journal:
    """What ``file`` holds, nothing where it is not there; raises DecisionsError where it cannot be read.

    A last line without its end was cut while it was written: it was never acknowledged, and is named.
    """
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        return Journal()
    except OSError as error:
        raise DecisionsError("decisions_unreadable", {"error": error}, where=str(file)) from error
    return read_decisions(data)


def read_decisions(data: bytes) -> Journal:
    """The decisions in the bytes of a file of the same form, wherever they come from."""
    found: dict[str, Decision] = {}
    unread = []
    for number, line in enumerate(data.removeprefix(_MARK).split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            decision = read_line(line.decode("utf-8"))
        except UnicodeDecodeError:
            unread.append(UnreadLine(number, UnreadLineError("line_no_text")))
        except UnreadLineError as error:
            unread.append(UnreadLine(number, error))
        else:
            found.setdefault(decision.id, decision)
    return Journal(tuple(sorted(found.values(), key=lambda decision: decision.order)), tuple(unread))


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file brought in: decisions that were new, those known already, and lines kept though not understood."""

    new: int
    known: int
    unread: tuple[UnreadLine, ...]


def bring_in(output: Path, file: Path) -> Brought:
    """Adds the decisions of ``file``, which was written elsewhere, to those of ``output``.

    Lines that say nothing known here are kept too. A workbook (.xlsx) that a branch filled in is read by its sheets for
    confirmation. Raises DecisionsError where the file cannot be read or is none of decisions.
    """
    try:
        data = file.read_bytes()
    except OSError as error:
        raise DecisionsError("decisions_unreadable", {"error": error}, where=str(file)) from error
    if file.suffix.lower() == ".xlsx":
        return _bring_in_sheets(output, file, data)
    journal = read_decisions(data)
    lines = data.removeprefix(_MARK).split(b"\n")
    if not journal.decisions and journal.unread and not any(_is_record(lines[u.number - 1]) for u in journal.unread):
        raise DecisionsError("no_decisions", where=str(file))
    new = append(output, journal.decisions)
    _keep(output, [lines[line.number - 1] for line in journal.unread])
    return Brought(len(new), len(journal.decisions) - len(new), journal.unread)


def _is_record(line: bytes) -> bool:
    """Whether a line is a JSON object, of whatever version."""
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


def _bring_in_sheets(output: Path, file: Path, data: bytes) -> Brought:
    """Adds what a branch answered in a workbook; rows that say something else stay in the workbook and are named."""
    try:
        sheets = read_confirmations(data)
    except NoConfirmationError as error:
        raise DecisionsError(error.code, where=str(file)) from error
    new = append(output, sheets.decisions)
    unread = tuple(
        UnreadLine(fault.row, SheetRowError(fault.reason.code, fault.reason.values, where=fault.sheet))
        for fault in sheets.faults
    )
    return Brought(len(new), len(sheets.decisions) - len(new), unread)


def append(output: Path, decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Adds ``decisions`` and gives those that were new; when this returns they are on the disk itself.

    An id that is there already is not added again, so that sending twice does no harm. Several processes may append
    at once, on one machine or one share. Raises DecisionsError where they cannot be kept.
    """
    file = decisions_file(output)
    decisions = list(decisions)
    with _writing(file):
        known = _known_ids(file, decisions)
        new = {decision.id: decision for decision in decisions if decision.id not in known}
        _write(file, [decision.line().encode("utf-8") for decision in new.values()])
    return tuple(new.values())


def _keep(output: Path, lines: Sequence[bytes]) -> None:
    """Adds lines as they are, those that are not there yet."""
    file = decisions_file(output)
    with _writing(file):
        known = set(file.read_bytes().split(b"\n")) if file.exists() else set()
        _write(file, [line for line in lines if line not in known])


@contextmanager
def _writing(file: Path) -> Iterator[None]:
    """Holds the file's lock, and says in the project's words why it cannot be had or written."""
    from filelock import FileLock, Timeout

    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(file.with_suffix(".lock"), timeout=_SECONDS_TO_WAIT):
            yield
    except Timeout as busy:
        raise DecisionsError("decisions_locked", where=str(file)) from busy
    except OSError as error:
        raise DecisionsError("decisions_unwritable", {"error": error}, where=str(file)) from error


def _known_ids(file: Path, decisions: Sequence[Decision]) -> frozenset[str]:
    """The ids of ``decisions`` that are there already; the file is only read through where one may be."""
    data = file.read_bytes() if file.exists() else b""
    if not any(decision.id.encode() in data for decision in decisions):
        return frozenset()
    return frozenset(decision.id for decision in read_decisions(data).decisions)


def _write(file: Path, lines: Sequence[bytes]) -> None:
    if not lines:
        return
    is_new = not file.exists()
    with file.open("ab+") as opened:
        data = b"".join(line + b"\n" for line in lines)
        if opened.tell() and not _ends_a_line(opened.fileno()):
            # A line that was cut stays as it is; the next one begins on a line of its own.
            data = b"\n" + data
        opened.write(data)
        opened.flush()
        os.fsync(opened.fileno())
    if is_new:
        _flush_folder(file.parent)


def _ends_a_line(descriptor: int) -> bool:
    size = os.fstat(descriptor).st_size
    return os.pread(descriptor, 1, size - 1) == b"\n"


def _flush_folder(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
