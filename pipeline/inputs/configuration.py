"""The settings of a run: documented defaults overlaid by a TOML file, and a fingerprint of all that shapes results."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict

from parsers.model.data_file import read_data
from parsers.model.errors import BranchPlansError
from pipeline.store.columns import SCHEMA_VERSION
from pipeline.version import __version__

_SHAPES_RESULTS = (
    "checks",
    "decisions/apply.py",
    "decisions/correction.py",
    "decisions/fields.toml",
    "decisions/numbers.py",
    "decisions/outline_edits.py",
    "decisions/places.py",
    "decisions/words.py",
    "inputs/defaults.toml",
    "inputs/version_marks.toml",
    "store/columns.py",
    "store/document_result.py",
    "store/parquet_file.py",
    "store/storable.py",
    "store/table_rows.py",
    "workers/document_job.py",
    "workers/second_reading.py",
)

_IN_FRACTIONS = {"seconds_per_document", "seconds_per_page", "file_mb"}
_HIGHEST_LIMIT = 1_000_000_000
"""More than any machine has of seconds, MiB, pages or characters; the system's own calls refuse far larger numbers."""


class ConfigurationError(BranchPlansError):
    """The configuration file cannot be read or sets something unknown."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may use: wall time in seconds, memory and file size in MiB, pages; and one of its pages:
    seconds, which a document of many pages has for each of them, characters and strokes.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    seconds_per_document: float
    memory_mb: int
    pages: int
    file_mb: float
    seconds_per_page: float
    characters_per_page: int
    strokes_per_page: int


@dataclass(frozen=True, slots=True)
class Configuration:
    """Everything that can be set. ``fingerprint`` changes whenever the same bytes might be read differently."""

    limits: Limits
    file: Path | None
    fingerprint: str


class _Defaults(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    limits: Limits


@cache
def _default_limits() -> Limits:
    return read_data("pipeline.inputs", "defaults.toml", _Defaults).limits


def load_configuration(file: Path | None = None) -> Configuration:
    """The defaults overlaid by ``file``; raises ConfigurationError where it is no TOML or names an unknown setting.

    Settings of the checks stand in the same file and are read by them.
    """
    given: dict[str, Any] = {}
    if file is not None:
        try:
            given = tomllib.loads(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise ConfigurationError("no_toml", {"error": error}, where=str(file)) from error
    for name, value in given.items():
        if name not in {"limits", "checks"} or not isinstance(value, dict):
            raise ConfigurationError("no_such_section", {"name": name}, where=str(file))
    limits: dict[str, Any] = asdict(_default_limits())
    for name, value in given.get("limits", {}).items():
        if name not in limits:
            raise ConfigurationError("no_such_limit", {"name": name, "known": list(limits)}, where=str(file))
        limits[name] = _limit(name, value, str(file))
    return Configuration(Limits(**limits), file, _fingerprint({**given, "limits": limits}))


def _limit(name: str, value: object, where: str) -> float:
    """``value`` of the setting ``limits.name``; raises ConfigurationError where it is no number that can be meant."""
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    # Comparisons with nan are false.
    if not is_number or not 0 < value <= _HIGHEST_LIMIT:  # type: ignore[operator]
        raise ConfigurationError(
            "limit_no_number", {"name": name, "value": repr(value), "most": _HIGHEST_LIMIT}, where=where
        )
    if not isinstance(value, int) and name not in _IN_FRACTIONS:
        raise ConfigurationError("limit_no_whole_number", {"name": name, "value": repr(value)}, where=where)
    assert isinstance(value, (int, float))
    return value


def _fingerprint(settings: dict[str, Any]) -> str:
    digest = hashlib.sha256(json.dumps(settings, sort_keys=True, default=str).encode())
    digest.update(f"{__version__} {SCHEMA_VERSION}".encode())
    # The code and data files themselves count too: a catalogue edited in place must not leave old readings behind.
    for path in _files_that_shape_results():
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _files_that_shape_results() -> Iterator[Path]:
    package = Path(__file__).parents[1]
    roots = [package.parent / "parsers", package.parent / "normalizers", *(package / name for name in _SHAPES_RESULTS)]
    for root in roots:
        if root.is_file():
            yield root
        else:
            yield from sorted(p for p in root.rglob("*") if p.is_file() and p.suffix not in {".pyc", ".pyo"})
