"""What an output folder holds, by year and branch, from the account of its last run alone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from parsers.model.errors import BranchPlansError
from pipeline.store.coverage import missing_branches
from pipeline.store.manifest import Entry, Manifest, newest_manifest
from pipeline.store.state_folders import STATES
from pipeline.store.states import State


class NoOutputError(BranchPlansError):
    """The folder holds no results of a run."""


@dataclass(frozen=True, slots=True)
class YearStatus:
    """One fiscal year (None: not known): its loaded and quarantined documents, the branches of which none is loaded."""

    fiscal_year: int | None
    loaded: tuple[Entry, ...]
    quarantined: tuple[Entry, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Status:
    """All years, newest first, and when the last run ended; of its inputs those that could not be read, those that a
    better version replaced, and duplicates; ``lost`` is what was held and cannot be had any more, ``gone`` is held
    though its file is not where it was.
    """

    finished: str
    pipeline_version: str
    years: tuple[YearStatus, ...]
    unreadable: tuple[Entry, ...]
    superseded: tuple[Entry, ...] = ()
    duplicates: tuple[Entry, ...] = ()
    lost: tuple[Entry, ...] = ()
    gone: tuple[Entry, ...] = ()


def last_manifest(output: Path) -> Manifest:
    """The account of the last complete run; raises NoOutputError where there was none."""
    manifest = newest_manifest(output)
    if manifest is None and (output / STATES).is_dir():
        raise NoOutputError("stopped_before_first", where=str(output))
    if manifest is None:
        raise NoOutputError("no_results", where=str(output))
    return manifest


def status_of(output: Path) -> Status:
    """What ``output`` holds; raises NoOutputError where no run has finished there, ManifestError where its account is
    damaged or of another version.
    """
    manifest = last_manifest(output)
    held = [entry for entry in manifest.entries if entry.held]
    missing = missing_branches(held)
    years = sorted({entry.fiscal_year for entry in held}, key=lambda year: year or 0, reverse=True)
    return Status(
        finished=manifest.finished,
        pipeline_version=manifest.pipeline_version,
        years=tuple(
            YearStatus(
                fiscal_year=year,
                loaded=_of(held, year, State.LOADED),
                quarantined=_of(held, year, State.QUARANTINED),
                missing=tuple(missing.get(str(year), ())),
            )
            for year in years
        ),
        unreadable=_in_state(manifest, State.UNREADABLE),
        superseded=_in_state(manifest, State.SUPERSEDED),
        duplicates=_in_state(manifest, State.DUPLICATE),
        lost=manifest.lost,
        gone=tuple(entry for entry in manifest.kept if entry.held and entry.gone),
    )


def _in_state(manifest: Manifest, state: State) -> tuple[Entry, ...]:
    return tuple(entry for entry in manifest.documents if entry.state is state)


def _of(entries: list[Entry], year: int | None, held: State) -> tuple[Entry, ...]:
    found = [entry for entry in entries if entry.fiscal_year == year and entry.held is held]
    return tuple(sorted(found, key=lambda entry: (entry.branch_code or "", entry.document_id or "")))
