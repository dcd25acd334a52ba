"""What is made of all tables together and kept beside them in ``derived``: threads of measures, the words of
their texts, the search index, and one database of all tables and views.

Beside them means with the state of the output that they are of (see ``state_folders``).
Each file has a stamp that says of which tables it was made, so that nobody is answered from older ones. A state's
tables never change, so that its number says it all; of tables copied without their state the files are looked at.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.store.layout import loaded_name
from pipeline.store.manifest import ManifestError, read_manifest, seal_of
from pipeline.store.state_folders import ACCOUNT_FILE
from pipeline.store.states import State

FOLDER = "derived"
THREADS = "threads.parquet"
SEARCH = "search.sqlite"
DATABASE = "tables.duckdb"
WORDS = "words.parquet"

_SOURCES: Mapping[str, tuple[str, ...]] = {
    THREADS: ("documents", "measures", "targets"),
    SEARCH: ("documents", "measures", "targets"),
    WORDS: ("documents", "measures", "targets"),
    DATABASE: (),
}
"""The tables that each is made of, by their names' order; none named: all."""

EDITION = "1"
"""Raised whenever the same tables would give other threads or another index."""

PROVISIONAL = "provisional"
"""A file of this name marks the folder of a state that is only foreseen: what is made there belongs to no state yet."""

_STAMPED = {"edition", "state", "seen", "content", "made", "as_made", "seal"}


def derived_file(output: Path, name: str) -> Path:
    """Where the derived file ``name`` of ``output`` stands."""
    return output / FOLDER / name


def is_current(output: Path, name: str) -> bool:
    """Whether the file ``name`` is there and was made of the tables as they are now."""
    file = derived_file(output, name)
    try:
        stamp: dict[str, Any] = json.loads(_stamp_file(file).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    if not file.is_file() or stamp.get("edition") != _edition(name):
        return False
    if (state := _state_of(output)) and stamp.get("state") == state:
        return True
    # Copied tables have other times and the same content.
    sources = source_files(output, name)
    return stamp.get("seen") == _seen(sources) or stamp.get("content") == _content(output, sources)


def is_whole_derived(output: Path, name: str) -> bool:
    """Whether the file ``name`` is as it was made, by this edition, of whatever tables: something to build on."""
    file = derived_file(output, name)
    try:
        stamp: dict[str, Any] = json.loads(_stamp_file(file).read_text(encoding="utf-8"))
        return bool(stamp["edition"] == _edition(name) and _is_as_made(file, stamp, hash_all=False))
    except (OSError, ValueError, KeyError, TypeError):
        return False


def put_derived(output: Path, name: str, data: bytes) -> None:
    """Puts ``data`` in place as the file ``name``, stamped with the tables as they are now; raises OSError."""
    staged = staged_file(output, name)
    staged.write_bytes(data)
    put_derived_file(output, name, staged)


def staged_file(output: Path, name: str) -> Path:
    """Where the file ``name`` can be written before it is put in place; what others left there is removed."""
    file = derived_file(output, name)
    file.parent.mkdir(parents=True, exist_ok=True)
    for left in file.parent.glob(f".{name}.*"):
        left.unlink()
    return file.with_name(f".{name}.{os.getpid()}")


def put_derived_file(output: Path, name: str, staged: Path) -> None:
    """Puts the finished file ``staged`` in place as ``put_derived`` does.

    In a provisional folder the stamp has no hashes: nobody verifies what is there.
    """
    file = derived_file(output, name)
    file.parent.mkdir(parents=True, exist_ok=True)
    sources = source_files(output, name)
    is_provisional = (output / PROVISIONAL).exists()
    stamp = {
        "edition": _edition(name),
        "state": _state_of(output),
        "seen": _seen(sources),
        "content": "" if is_provisional else _content(output, sources),
        "made": "" if is_provisional else _sha256_of(staged),
        "as_made": _looks(staged),
    }
    stamp_staged = staged.with_name(f"{staged.name}.json")
    stamp_staged.write_text(json.dumps({**stamp, "seal": seal_of(stamp)}), encoding="utf-8")
    staged.replace(file)
    stamp_staged.replace(_stamp_file(file))


def damaged_derived(output: Path, *, hash_all: bool = False) -> list[Path]:
    """The derived files that are not as they were made, and stamps that cannot be read: to be removed and made anew.

    Files that another edition of the program made are no damage; nobody is answered from them (``is_current``).
    Unless ``hash_all`` only files are hashed whose size or time of change is another one than when they were made.
    """
    damaged = []
    hashes = _told(output)
    everything = source_files(output, DATABASE)
    for name, tables in _SOURCES.items():
        file = derived_file(output, name)
        stamp = _stamp_file(file)
        if not (file.exists() or stamp.exists()):
            continue
        try:
            text = stamp.read_text(encoding="utf-8")
            told: dict[str, Any] = json.loads(text)
            sealed = {name: value for name, value in told.items() if name != "seal"}
            is_whole = told.keys() == _STAMPED and _is_as_made(file, told, hash_all=hash_all)
            is_whole = is_whole and text == json.dumps({**sealed, "seal": seal_of(sealed)})
            sources = [file for file in everything if not tables or file.table in tables]
            is_whole = is_whole and told["content"] == _content(output, sources, hashes)
        except (OSError, ValueError, AttributeError):
            is_whole = False
        if not is_whole:
            damaged += [path for path in (file, stamp) if path.exists()]
    return damaged


def is_of_this_edition(output: Path) -> bool:
    """Whether each derived file that is there was made by this edition of the program."""
    stamps = [(name, _stamp_file(derived_file(output, name))) for name in _SOURCES]
    try:
        return all(
            json.loads(stamp.read_text(encoding="utf-8"))["edition"] == _edition(name)
            for name, stamp in stamps
            if stamp.exists()
        )
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _edition(name: str) -> str:
    """Beside ``EDITION``: the database holds the views as they are written here, words hang on dictionaries."""
    if name in (WORDS, SEARCH):
        from normalizers.vocabulary import words_edition

        return f"{EDITION} {words_edition()}"
    return f"{EDITION} {_views_digest()}" if name == DATABASE else EDITION


@cache
def _views_digest() -> str:
    folder = files("pipeline.store")
    texts = [path for path in (folder / "sql").iterdir() if path.name.endswith(".sql")]
    digest = hashlib.sha256()
    for text in (*sorted(texts, key=lambda path: path.name), folder / "views.toml"):
        digest.update(text.read_bytes())
    return digest.hexdigest()[:16]


def _stamp_file(file: Path) -> Path:
    return file.with_name(f"{file.name}.json")


class SourceFile(NamedTuple):
    """A table's file of one loaded document; ``name`` is its path under the output, ``same`` tells it from others."""

    table: str
    name: str
    path: str
    size: int
    changed: int
    same: tuple[int, int]

    @property
    def document_id(self) -> str:
        return self.name.rpartition("/")[2].removesuffix(".parquet")


def source_files(output: Path, name: str) -> list[SourceFile]:
    """The files of all tables that the derived file ``name`` is made of, by table, year and document."""
    names = _SOURCES[name]
    if output in _held:
        everything = _held[output] = _held[output] or _list(output, ())
        return [file for file in everything if not names or file.table in names]
    return _list(output, names)


def _list(output: Path, names: tuple[str, ...]) -> list[SourceFile]:
    tables = output / "tables"
    if not names:
        names = tuple(sorted(path.name for path in tables.iterdir() if path.is_dir())) if tables.is_dir() else ()
    return [file for table in names for file in _files(tables / table)]


_held: dict[Path, list[SourceFile]] = {}
"""The files of the tables of states that nobody changes now; empty until somebody asks for them."""


@contextlib.contextmanager
def listed_once(*outputs: Path | None) -> Iterator[None]:
    """Within, nobody changes the tables of ``outputs``: their files are listed once for all that asks for them.

    To look at the files of five hundred documents takes 25 ms, and what is derived asks for them some twenty times.
    """
    own = {output for output in outputs if output is not None and output not in _held}
    _held.update((output, []) for output in own)
    try:
        yield
    finally:
        for output in own:
            del _held[output]


def _files(table: Path) -> Iterator[SourceFile]:
    # An archive has tens of thousands of them: the folder is asked once, not every file of it.
    years = sorted(path.name for path in table.glob("plan_year=*"))
    for year in years:
        with os.scandir(table / year) as entries:
            found = sorted((entry for entry in entries if entry.name.endswith(".parquet")), key=lambda e: e.name)
        for entry in found:
            state = entry.stat()
            name = f"tables/{table.name}/{year}/{entry.name}"
            same = (state.st_dev, state.st_ino)
            yield SourceFile(table.name, name, entry.path, state.st_size, state.st_mtime_ns, same)


def _seen(sources: Iterable[SourceFile]) -> str:
    """A digest of what the tables' files look like from outside: names, sizes, times."""
    digest = hashlib.sha256()
    for file in sources:
        digest.update(f"{file.name} {file.size} {file.changed}\n".encode())
    return digest.hexdigest()


def _content(output: Path, sources: Iterable[SourceFile], known: dict[str, bytes] | None = None) -> str:
    """A digest of the tables' bytes; ``known`` keeps the hashes of files from one call to the next."""
    hashes = _told(output) if known is None else known
    digest = hashlib.sha256()
    for file in sources:
        if file.name not in hashes:
            hashes[file.name] = hashlib.sha256(Path(file.path).read_bytes()).digest()
        digest.update(file.name.encode() + hashes[file.name])
    return digest.hexdigest()


def _told(output: Path) -> dict[str, bytes]:
    """The hashes of a state's files by its account: a run compares them with the files before it builds on them."""
    try:
        account = read_manifest(output / ACCOUNT_FILE)
    except ManifestError:
        return {}
    return {
        loaded_name(table, entry.fiscal_year, str(entry.document_id)): bytes.fromhex(sha256)
        for entry in account.entries
        if entry.held is State.LOADED
        for table, sha256 in entry.files.items()
    }


def _state_of(output: Path) -> str:
    """The number of the state whose folder ``output`` is, empty where it is none."""
    return output.name if (output / ACCOUNT_FILE).is_file() and output.name.isdigit() else ""


def _looks(file: Path) -> list[int]:
    """What ``file`` looks like from outside: size and time of its last change."""
    state = file.stat()
    return [state.st_size, state.st_mtime_ns]


def _is_as_made(file: Path, stamp: Mapping[str, Any], *, hash_all: bool) -> bool:
    return (not hash_all and stamp["as_made"] == _looks(file)) or bool(stamp["made"] == _sha256_of(file))


def _sha256_of(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
