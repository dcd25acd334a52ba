"""In which state an input ends, and which of several versions of a plan is loaded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal


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


_A_DAY = timedelta(days=1)
"""The same plan saved twice on one day is no evidence of which is meant."""


@dataclass(frozen=True, slots=True)
class Version:
    """What the choice between versions of one plan looks at.

    ``is_scanned`` tells that all its text was read from pictures; ``number`` and ``day`` are what title and file name
    say (see version_marks); ``dated`` is the PDF's own date (ISO, UTC) or None; ``replaced`` tells that its file now
    holds other bytes; ``preferred`` that somebody asked for this one.
    """

    document_id: str
    branch_code: str | None
    fiscal_year: int | None
    kind: str
    is_draft: bool
    is_scanned: bool = False
    number: int = 1
    day: str | None = None
    dated: str | None = None
    replaced: bool = False
    preferred: bool = False


def superseded_by(versions: Iterable[Version]) -> dict[str, str]:
    """Which documents are not loaded because a better version of the same plan is: document id → id of the better one.

    Versions of one plan share branch, fiscal year and kind. Of two, the one asked for (``--prefer``) is better; else
    one whose file still holds its bytes is better than one whose file was overwritten; a final one than a draft; one
    that calls itself a higher version than one that does not; one with text of its own than a scan, which is a copy and
    often dated later; one that names a later date; one that the PDF itself dates at least a day later. Where none of
    this tells them apart both are loaded: nothing says that either is out of date, a plan lost by a guess is worse than
    one that is there twice, and the checks point out that it is. Documents of kind ``other`` and those that name no
    branch or year are never versions of one another.
    """
    groups: dict[tuple[str, int, str], list[Version]] = {}
    for version in versions:
        if version.branch_code is not None and version.fiscal_year is not None and version.kind != "other":
            groups.setdefault((version.branch_code, version.fiscal_year, version.kind), []).append(version)
    better: dict[str, str] = {}
    for group in groups.values():
        best = max(group, key=lambda v: (_rank(v), v.day or "", v.dated or "", v.document_id))
        for version in group:
            if _is_worse(version, best):
                better[version.document_id] = best.document_id
    return better


Rule = Literal["preferred", "overwritten", "draft", "number", "scan", "day", "dated"]


def rule_between(worse: Version, better: Version) -> Rule:
    """By what ``better`` takes the place of ``worse``."""
    rules: tuple[Rule, ...] = ("preferred", "overwritten", "draft", "number", "scan")
    for rule, mine, other in zip(rules, _rank(worse), _rank(better), strict=True):
        if mine != other:
            return rule
    return "day" if worse.day != better.day else "dated"


def _rank(version: Version) -> tuple[bool, bool, bool, int, bool]:
    return version.preferred, not version.replaced, not version.is_draft, version.number, not version.is_scanned


def _is_worse(version: Version, best: Version) -> bool:
    if _rank(version) != _rank(best):
        return _rank(version) < _rank(best)
    if version.day != best.day:
        return version.day is not None and best.day is not None and version.day < best.day
    if version.dated is None or best.dated is None:
        return False
    return datetime.fromisoformat(best.dated) - datetime.fromisoformat(version.dated) >= _A_DAY
