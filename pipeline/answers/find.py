"""``branch-plans search``: filters by the names that people use, and hits as lines of text or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from normalizers.vocabulary import branch_names
from parsers.model.errors import BranchPlansError
from pipeline.answers.nearest import nearest
from pipeline.report.texts import prefectures
from pipeline.search.search import Answer, Filters, Hit
from pipeline.store.views import connect

KINDS = ("heading", "action", "target", "figure", "note")
_LONGEST_SHOWN = 60  # of a name that is not there, in characters


class FilterError(BranchPlansError):
    """A branch, year or kind is not among what is loaded."""


def read_filters(
    output: Path, branches: Sequence[str], years: Sequence[int], kinds: Sequence[str], heading: str | None
) -> Filters:
    """The filters that the names mean: a branch by its name (岡山, 岡山支部, Okayama) or code, 本部 for the nation.

    Raises FilterError for a branch, year or kind that is not there, with the nearest one; OutputError where there are
    no tables.
    """
    names = branch_names()
    codes = [_branch_code(branch, names) for branch in branches]
    loaded = loaded_years(output) if years else []
    for year in years:
        if year not in loaded:
            raise FilterError("no_such_year", {"year": year, "loaded": loaded}, where="--year")
    for kind in kinds:
        if kind not in KINDS:
            raise FilterError(
                "no_such_kind", {"name": _shown(kind), "near": nearest(kind, KINDS), "kinds": KINDS}, where="--kind"
            )
    return Filters(tuple(codes), tuple(years), tuple(kinds), heading)


def loaded_years(output: Path) -> list[int]:
    """The fiscal years that any loaded plan speaks of, oldest first."""
    with connect(output) as connection:
        rows = connection.execute(
            "SELECT DISTINCT fiscal_year FROM documents WHERE fiscal_year IS NOT NULL UNION "
            "SELECT DISTINCT fiscal_year FROM measures WHERE fiscal_year IS NOT NULL ORDER BY 1"
        ).fetchall()
    return [year for (year,) in rows]


def _branch_code(branch: str, names: dict[str, str]) -> str:
    asked = branch.removesuffix("支部").strip()
    english = {place.en.lower(): place.code for place in prefectures()}
    for code, name in names.items():
        if asked in (code, name) or english.get(asked.lower()) == code:
            return code
    near = english if asked.isascii() else names.values()
    raise FilterError("no_such_branch", {"name": _shown(branch), "near": nearest(asked, near)}, where="--branch")


def _shown(name: str) -> str:
    return name if len(name) <= _LONGEST_SHOWN else f"{name[:_LONGEST_SHOWN]}…"


def as_json(answer: Answer) -> str:
    """The answer for programs: total, whether all words were found together, and the hits with marked stretches."""
    hits = [asdict(hit) for hit in answer.hits]
    return json.dumps({"total": answer.total, "partly": answer.partly, "hits": hits}, ensure_ascii=False, indent=1)


def as_lines(hits: Iterable[Hit], mark: tuple[str, str]) -> Iterable[str]:
    """Each hit in two lines: branch, year, kind, page and headings; then the text, what was asked for in ``mark``."""
    for hit in hits:
        where = [hit.branch_name or "-", str(hit.fiscal_year or "-"), hit.kind, f"{hit.document_id} p.{hit.page}"]
        if hit.heading_path:
            where.append(hit.heading_path)
        yield _printable("  ".join(where))
        yield "    " + _marked(hit, mark)


def _marked(hit: Hit, mark: tuple[str, str]) -> str:
    parts, at = [], 0
    for start, end in hit.marked:
        parts += [_printable(hit.text[at:start]), mark[0], _printable(hit.text[start:end]), mark[1]]
        at = end
    return "".join([*parts, _printable(hit.text[at:])])


def _printable(text: str) -> str:
    """Text of a document may hold characters that would steer a terminal."""
    return "".join(character if character.isprintable() else " " for character in text)
