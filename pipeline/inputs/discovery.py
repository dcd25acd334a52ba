"""Which PDFs are to be read: the files named, and every PDF in the folders named and their sub-folders."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from parsers.model.errors import BranchPlansError
from pipeline.decisions.standing import NOTHING_DECIDED, Decided


class InputError(BranchPlansError):
    """A path given as RAW cannot be used, or there is nothing to read at all."""


@dataclass(frozen=True, slots=True)
class InputFile:
    """One PDF to read: where it lies, its name in the tables (relative to RAW), its bytes' hash and size.

    ``decided`` is what people decided that bears on it.
    """

    path: Path
    source_file: str
    sha256: str
    size: int
    decided: Decided = NOTHING_DECIDED

    def read_under(self, fingerprint: str) -> str:
        """The fingerprint of reading this file with a configuration: what was decided on it counts too."""
        return "-".join(filter(None, (fingerprint, self.decided.digest)))


@dataclass(frozen=True, slots=True)
class InputProblem:
    """A file or folder that could not be read, by the name that it would have in the tables, and why."""

    source_file: str
    error: InputError


@dataclass(frozen=True, slots=True)
class Discovery:
    """The PDFs found, sorted by name, and the files and folders that could not be read."""

    files: tuple[InputFile, ...]
    problems: tuple[InputProblem, ...]


def discover(raw: Sequence[Path], output: Path) -> Discovery:
    """Finds and hashes every PDF under ``raw``; a file named outright is taken whatever its name.

    Hidden files are left out (editors and file systems keep remains of files in them), and links to folders are not
    followed. Raises InputError when a folder of ``raw`` holds ``output`` (inputs are never written to), or when nothing
    at all can be read.
    """
    found: dict[Path, str] = {}
    problems: list[InputProblem] = []
    for path in raw:
        if path.is_dir() and Path(os.path.realpath(output)).is_relative_to(os.path.realpath(path)):
            raise InputError(
                f"the output folder {output} lies inside it, and inputs are never written to.",
                where=_shown(path),
                remedy="Choose an --output outside the folder of PDFs.",
            )
        for file, source_file in _listed(path, problems):
            found.setdefault(file.absolute(), source_file)
    files: list[InputFile] = []
    for file, source_file in found.items():
        try:
            sha256, size = _hash(file)
        except OSError as error:
            problems.append(InputProblem(source_file, _unreadable(file, error)))
        else:
            files.append(InputFile(file, source_file, sha256, size))
    if not files:
        if len(problems) == 1:
            raise problems[0].error
        raise InputError(
            "nothing could be read: " + " ".join(str(problem.error) for problem in problems),
            remedy="Name a folder of PDFs, or PDF files.",
        )
    files.sort(key=lambda file: (file.source_file, str(file.path)))
    return Discovery(tuple(files), tuple(problems))


def _listed(path: Path, problems: list[InputProblem]) -> list[tuple[Path, str]]:
    if not path.exists():
        error = InputError("does not exist.", where=_shown(path), remedy="Check the path, or put the PDFs there.")
        problems.append(InputProblem(_shown(path), error))
        return []
    if not path.is_dir():
        return [(path, _source_name(Path(path.name)))]

    def cannot_be_listed(error: OSError) -> None:
        folder = Path(error.filename)
        name = _shown(path) if folder == path else _source_name(folder.relative_to(path))
        problems.append(InputProblem(name, _unreadable(folder, error)))

    names = [
        (Path(folder) / name, _source_name((Path(folder) / name).relative_to(path)))
        for folder, folders, files in os.walk(path, onerror=cannot_be_listed)
        for name in _visible(files, folders)
    ]
    if not names and not problems:
        error = InputError(
            "holds no PDF file.", where=_shown(path), remedy="Put PDFs (*.pdf) there, or name another folder."
        )
        problems.append(InputProblem(_shown(path), error))
    return names


def _visible(files: list[str], folders: list[str]) -> Iterable[str]:
    folders[:] = sorted(name for name in folders if not name.startswith("."))
    return sorted(name for name in files if name.lower().endswith(".pdf") and not name.startswith((".", "~$")))


def _source_name(relative: Path) -> str:
    # A name that is no valid text on this machine still has to be stored as text.
    readable = os.fsencode(relative.as_posix()).decode("utf-8", "backslashreplace")
    return unicodedata.normalize("NFC", readable)


def _shown(path: Path) -> str:
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _hash(path: Path) -> tuple[str, int]:
    # Opening a named pipe would wait for a writer, and a device may never end.
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(errno.EINVAL, "it is no regular file", str(path))
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), os.fstat(file.fileno()).st_size


def _unreadable(path: Path, error: OSError) -> InputError:
    return InputError(
        f"cannot be read ({error.strerror or error}).", where=_shown(path), remedy="Make it readable and run again."
    )
