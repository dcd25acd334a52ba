"""In which state an input ends, and which of several versions of a plan is loaded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Every input of a run ends in exactly one of these."""

    LOADED = "loaded"
    QUARANTINED = "quarantined"
    UNREADABLE = "unreadable"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    SUPERSEDED = "superseded"


FAILED = frozenset({State.QUARANTINED, State.UNREADABLE})
"""States that make a run end with exit code 1."""


@dataclass(frozen=True, slots=True)
class Version:
    """What the choice between versions of one plan looks at.

    ``dated`` is the PDF's own date (ISO, UTC) or None; ``replaced`` tells that its file now holds other bytes;
    ``preferred`` that somebody asked for this one.
    """

    document_id: str
    branch_code: str | None
    fiscal_year: int | None
    kind: str
    is_draft: bool
    dated: str | None
    replaced: bool = False
    preferred: bool = False


def superseded_by(versions: Iterable[Version]) -> dict[str, str]:
    """Which documents are not loaded because a better version of the same plan is: document id → id of the better one.

    Versions of one plan share branch, fiscal year and kind. Of two, the one asked for (``--prefer``) is better; else
    one whose file still holds its bytes is better than one whose file was overwritten; a final one is better than a
    draft; a later one by the PDF's own date is better than an earlier one. Where none of this tells them apart both are
    kept: nothing says that either is out of date, and the checks report the branch as being there twice. Documents of
    kind ``other`` and those that name no branch or year are never versions of one another.
    """
    groups: dict[tuple[str, int, str], list[Version]] = {}
    for version in versions:
        if version.branch_code is not None and version.fiscal_year is not None and version.kind != "other":
            groups.setdefault((version.branch_code, version.fiscal_year, version.kind), []).append(version)
    better: dict[str, str] = {}
    for group in groups.values():
        best = max(group, key=lambda version: (_rank(version), version.dated or "", version.document_id))
        for version in group:
            older = version.dated is not None and best.dated is not None and version.dated < best.dated
            if _rank(version) < _rank(best) or (_rank(version) == _rank(best) and older):
                better[version.document_id] = best.document_id
    return better


def _rank(version: Version) -> tuple[bool, bool, bool]:
    return version.preferred, not version.replaced, not version.is_draft
