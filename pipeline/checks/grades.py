"""How far a document can be trusted as it is: one grade, with the three reasons that count most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from normalizers.model.wording import Language, Words
from pipeline.checks.rules import rules
from pipeline.store.table_rows import FindingRow

GradeName = Literal["clean", "review", "doubtful", "quarantined"]

SURE = 0.8
"""The contract's line: a row below it asks for a person."""

FEW = 0.25
"""Share of rows in doubt from which on the document as a whole is in doubt, not single rows of it."""

NAMED = 3
_DOUBTFUL_ROWS = "doubtful_rows"
_ROWS = Words(ja="確度の低い目標の行", en="Target rows below the line of confidence")


@dataclass(frozen=True, slots=True)
class Grade:
    """``reasons`` are codes (checks, or ``doubtful_rows``) with ``count`` and ``page`` as values, most first."""

    name: GradeName
    reasons: tuple[Mapping[str, Any], ...]


def grade_of(findings: Iterable[FindingRow], targets: Sequence[Mapping[str, Any]]) -> Grade:
    """The grade of one document from its findings (those that people dismissed left out) and its targets.

    ``clean``: no warning and no row in doubt. ``review``: single rows or lines need a person. ``doubtful``: a page or
    the structure was not read as it looks, or many rows are in doubt. ``quarantined``: an error keeps it out.
    """
    open_ = [row for row in findings if row.dismissed_by is None and row.severity != "info"]
    doubted = [target for target in targets if target["confidence"] < SURE]
    reasons = _reasons(open_, doubted)
    if any(row.severity == "error" for row in open_):
        return Grade("quarantined", reasons)
    if not open_ and not doubted:
        return Grade("clean", ())
    structural = any(rules()[row.finding.check].structural for row in open_)
    many = len(doubted) > FEW * len(targets)
    return Grade("doubtful" if structural or many else "review", reasons)


def grade_reason_text(reason: Mapping[str, Any], language: Language) -> str:
    """One reason of a grade in words: what it is, how often, where first."""
    rule = rules().get(reason["code"])
    name = (rule.name if rule else _ROWS).of(language)
    count, page = reason["values"]["count"], reason["values"]["page"]
    if language == "ja":
        return f"{name} {count}件" + (f"（{page}ページから）" if page else "")
    return f"{name}: {count}" + (f" (from page {page})" if page else "")


def _reasons(findings: Sequence[FindingRow], doubted: Sequence[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    counts = Counter(row.finding.check for row in findings)
    pages: dict[str, int | None] = {}
    for row in findings:
        pages.setdefault(row.finding.check, row.finding.page)
    errors = {row.finding.check for row in findings if row.severity == "error"}
    if doubted:
        counts[_DOUBTFUL_ROWS] = len(doubted)
        pages[_DOUBTFUL_ROWS] = min(int(target["page"]) for target in doubted)
    order = sorted(counts, key=lambda code: (code not in errors, not _is_structural(code), -counts[code], code))
    return tuple(
        {"code": code, "field": None, "values": {"count": counts[code], "page": pages[code]}} for code in order[:NAMED]
    )


def _is_structural(code: str) -> bool:
    return code in rules() and rules()[code].structural
