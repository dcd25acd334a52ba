"""Which PDFs are to be read: the files named, and every PDF in the folders named and their sub-folders."""

from __future__ import annotations

import errno
import hashlib
import math
import os
import stat
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from parsers.model.errors import BranchPlansError, LimitExceededError
from pipeline.decisions.standing import NOTHING_DECIDED, Decided

_MIB = 1024 * 1024


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
    error: InputError | LimitExceededError


@dataclass(frozen=True, slots=True)
class Discovery:
    """The PDFs found, sorted by name, and the files and folders that could not be read."""

    files: tuple[InputFile, ...]
    problems: tuple[InputProblem, ...]


def discover(raw: Sequence[Path], output: Path, file_mb: float = math.inf) -> Discovery:
    """Finds and hashes every PDF under ``raw``; a file named outright is taken whatever its name.

    Files larger than ``file_mb`` (MiB) are not even hashed. Hidden files are left out (editors and file systems keep
    remains of files in them). Links to folders are not followed; one that leads out of ``raw`` is named as a problem.
    Raises InputError when ``raw`` and ``output`` lie inside one another (inputs are never written to), or when nothing
    at all can be read.
    """
    found: dict[Path, tuple[Path, str]] = {}
    problems: list[InputProblem] = []
    for path in raw:
        _refuse_nesting(path, output)
        for file, source_file in _listed(path, problems):
            found.setdefault(file.absolute(), (path, source_file))
    names = _distinct_names(found)
    files: list[InputFile] = []
    for file, source_file in names.items():
        try:
            size = _size(file)
            if size > file_mb * _MIB:
                problems.append(InputProblem(source_file, too_large(file, size, file_mb)))
                continue
            files.append(InputFile(file, source_file, _hash(file), size))
        except OSError as error:
            problems.append(InputProblem(source_file, _unreadable(file, error)))
    unusable = [problem.error for problem in problems if isinstance(problem.error, InputError)]
    if not files and len(unusable) == len(problems):
        if len(unusable) == 1:
            raise unusable[0]
        raise InputError("nothing_readable", {"problems": unusable})
    files.sort(key=lambda file: (file.source_file, str(file.path)))
    return Discovery(tuple(files), tuple(problems))


def too_large(path: Path, size: int, file_mb: float) -> LimitExceededError:
    """The error of a file of ``size`` bytes where ``file_mb`` MiB are allowed."""
    return LimitExceededError("file_too_large", {"size": size / _MIB, "most": file_mb}, where=str(path))


def _refuse_nesting(path: Path, output: Path) -> None:
    inside, outside = Path(os.path.realpath(path)), Path(os.path.realpath(output))
    if path.is_dir() and outside.is_relative_to(inside):
        raise InputError("output_inside_input", {"output": output}, where=_shown(path))
    if inside.is_relative_to(outside):
        raise InputError("input_inside_output", {"output": output}, where=_shown(path))


def _distinct_names(found: Mapping[Path, tuple[Path, str]]) -> dict[Path, str]:
    """A name for each file: relative to its RAW; where two RAWs have a file of one name, with as much of the RAW's own
    path before it as tells them apart.
    """
    rivals: dict[str, list[Path]] = defaultdict(list)
    for file, (_, name) in found.items():
        rivals[name].append(file)
    return {file: _name_among(file, raw, name, rivals[name]) for file, (raw, name) in found.items()}


def _name_among(file: Path, raw: Path, name: str, rivals: Sequence[Path]) -> str:
    folder = raw.absolute() if raw.is_dir() else raw.absolute().parent
    parts = folder.parts[1:]
    depth = 0
    # Names of one folder that only differ in how their accents are stored are not told apart by any of it.
    while depth < len(parts) and any(_end_alike(file, other, name, depth) for other in rivals if other != file):
        depth += 1
    return "/".join([*(_source_name(Path(part)) for part in parts[len(parts) - depth :]), name])


def _end_alike(file: Path, other: Path, name: str, depth: int) -> bool:
    length = len(Path(name).parts) + depth
    return file.parts[-length:] == other.parts[-length:]


def _listed(path: Path, problems: list[InputProblem]) -> list[tuple[Path, str]]:
    if not path.exists():
        error = InputError("input_missing", where=_shown(path))
        problems.append(InputProblem(_shown(path), error))
        return []
    if not path.is_dir():
        return [(path, _source_name(Path(path.name)))]

    def cannot_be_listed(error: OSError) -> None:
        folder = Path(error.filename)
        name = _shown(path) if folder == path else _source_name(folder.relative_to(path))
        problems.append(InputProblem(name, _unreadable(folder, error)))

    names = []
    for folder, folders, files in os.walk(path, onerror=cannot_be_listed):
        here = Path(folder)
        problems += [_not_followed(link, path) for name in folders if _leads_out(link := here / name, path)]
        names += [(here / name, _source_name((here / name).relative_to(path))) for name in _visible(files, folders)]
    if not names and not problems:
        error = InputError("holds_no_pdf", where=_shown(path))
        problems.append(InputProblem(_shown(path), error))
    return names


def _leads_out(folder: Path, raw: Path) -> bool:
    return folder.is_symlink() and not Path(os.path.realpath(folder)).is_relative_to(os.path.realpath(raw))


def _not_followed(link: Path, raw: Path) -> InputProblem:
    error = InputError("link_not_followed", where=_shown(link))
    return InputProblem(_source_name(link.relative_to(raw)), error)


def _visible(files: list[str], folders: list[str]) -> Iterable[str]:
    folders[:] = sorted(name for name in folders if not name.startswith("."))
    return sorted(name for name in files if name.lower().endswith(".pdf") and not name.startswith((".", "~$")))


def _source_name(relative: Path) -> str:
    # A name that is no valid text on this machine still has to be stored as text.
    readable = os.fsencode(relative.as_posix()).decode("utf-8", "backslashreplace")
    return unicodedata.normalize("NFC", readable)


def _shown(path: Path) -> str:
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _size(path: Path) -> int:
    # Opening a named pipe would wait for a writer, and a device may never end.
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "it is no regular file", str(path))
    return found.st_size


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _unreadable(path: Path, error: OSError) -> InputError:
    return InputError("input_unreadable", {"error": error}, where=_shown(path))
