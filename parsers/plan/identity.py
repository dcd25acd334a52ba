"""Who speaks in a document and for which year: from its titles, from its file's name only where they are silent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from normalizers.text.branches import HEADQUARTERS, Branch, branches
from normalizers.text.characters import normalize
from normalizers.text.fiscal_years import read_fiscal_year
from parsers.model.bare_page import BarePage
from parsers.model.document import DocumentIdentity, DocumentKind
from parsers.model.finding import Finding
from parsers.tables.columns import TableReading

_DRAFT = re.compile(r"[(\[【<〔]\s*(?:素|原)?案\s*[)\]】>〕]|(?:素|原)?案$|(?:計画|表|プラン)(?:素|原)?案(?![件内分])")
_PLAN_WORDS = re.compile(r"K ?P ?I|ＫＰＩ|支部目標|保険者機能|協会けんぽ|特定保健指導|生活習慣病予防健診")
_NAMES_PLAN = re.compile(r"事業計画|重点施策|実施計画|行動計画|支部.{0,12}(?:計画|対照)")
FIRST_LINES = 40


@dataclass(frozen=True, slots=True)
class _Said:
    """What one text says of the document; None where it is silent."""

    branch: Branch | None
    year: int | None


def read_identity(
    pages: Sequence[BarePage],
    readings: Iterable[TableReading],
    *,
    comparison: bool,
    name: str,
    metadata_title: str = "",
    producer: str = "",
    dated: str | None = None,
) -> tuple[DocumentIdentity, tuple[Finding, ...]]:
    """The document's identity, and findings where its own words and its file's name contradict each other.

    ``comparison`` tells that it shows two editions; ``name`` is the source file's name. Titles and covers are asked
    first, then the first lines of text and what tables' headers say, then the PDF's own title, and the file's name
    last.
    """
    read = list(readings)
    titles = _titles(pages)
    years = [year for reading in read if reading.kind == "comparison" for year in _new_years(reading)]
    sources = [
        *(_said(title) for title in titles),
        *(_Said(None, year) for year in years[:1]),
        _first_said(_first_lines(pages)),
        _said(metadata_title, loose=True),
    ]
    branch = next((said.branch for said in sources if said.branch is not None), None)
    year = next((said.year for said in sources if said.year is not None), None)
    by_name = _said(PurePath(name).stem.replace("_", " "), loose=True)
    findings = list(_conflicts(branch, year, by_name, name))
    kind = _kind(pages, titles, branch, comparison=comparison)
    branch = branch or by_name.branch
    year = year if year is not None else by_name.year
    if kind == "other":
        findings.append(Finding("not_a_branch_plan", page=1))
    elif branch is None:
        findings.append(Finding("identity_unknown", page=1, variant="branch"))
    elif year is None:
        findings.append(Finding("identity_unknown", page=1, variant="year"))
    headers = [column.title or "" for reading in read for column in reading.columns if column.role == "new"]
    title = _title(titles) or metadata_title or PurePath(name).stem
    plan_titles = (text for text in titles if _NAMES_PLAN.search(_plain(text)))
    draft = any(_is_draft(text) for text in (title, *plan_titles, *headers))
    return (
        DocumentIdentity(
            branch.code if branch else None,
            branch.name if branch else None,
            year,
            title,
            kind,
            draft,
            producer,
            dated,
        ),
        tuple(findings),
    )


def _titles(pages: Sequence[BarePage]) -> list[str]:
    """Lines that name the document, covers and first pages first, each once; titles of another's plan left out."""
    seen: dict[str, None] = {}
    for page in pages:
        if not page.reference:
            seen |= dict.fromkeys(page.titles)
    return list(seen)


def _title(titles: Sequence[str]) -> str | None:
    naming = [title for title in titles if _NAMES_PLAN.search(_plain(title))]
    return next(iter(naming or titles), None)


def _first_lines(pages: Sequence[BarePage]) -> list[str]:
    """The first lines of text, stamps and running titles included."""
    lines: list[str] = []
    for page in pages[:2]:
        lines += [piece.text for piece in page.furniture] + [line.text.text for line in page.lines]
    return lines[:FIRST_LINES]


def _first_said(lines: Sequence[str]) -> _Said:
    said = [_said(line) for line in lines if len(line) <= 60]
    plans = [_said(line) for line in lines if len(line) <= 60 and _NAMES_PLAN.search(_plain(line))]
    return _Said(
        next((one.branch for one in said if one.branch), None), next((one.year for one in plans if one.year), None)
    )


def _said(text: str, *, loose: bool = False) -> _Said:
    """What a title says; ``loose`` also takes a bare place name or code for a branch, as file names have them."""
    plain = _plain(text)
    year = read_fiscal_year(_spaced_out(plain))
    return _Said(_branch(plain, loose=loose), year if year or not loose else _bare_year(plain))


def _plain(text: str) -> str:
    return normalize(text).text


def _spaced_out(text: str) -> str:
    """Letter-spaced titles closed up: 令 和 6 年 度."""
    return re.sub(r"(?<=[0-9぀-鿿]) +(?=[0-9぀-鿿])", "", text)


def _bare_year(text: str) -> int | None:
    found = re.search(r"(?<![0-9])(20[0-9]{2})(?![0-9])", text)
    return int(found.group(1)) if found else None


def _branch(text: str, *, loose: bool) -> Branch | None:
    closed = text.replace(" ", "")
    for branch in branches():
        if branch.code != HEADQUARTERS and re.search(rf"{branch.name}(?:県|府|都)?支部", closed):
            return branch
    if not loose:
        return None
    named = [branch for branch in branches() if branch.code != HEADQUARTERS and branch.name in closed]
    if len(named) == 1:
        return named[0]
    words = re.findall("[a-z]+", text.lower())
    english = [branch for branch in branches() if branch.english.lower() in words]
    if len(english) == 1:
        return english[0]
    code = re.match(r"([0-9]{2})(?![0-9年])", text)
    return next((branch for branch in branches() if code and branch.code == code.group(1)), None)


def _new_years(reading: TableReading) -> Iterator[int]:
    return (column.year for column in reading.columns if column.role == "new" and column.year is not None)


def _conflicts(branch: Branch | None, year: int | None, by_name: _Said, name: str) -> Iterator[Finding]:
    if branch and by_name.branch and branch.code != by_name.branch.code:
        said = {"title": branch.name, "name": by_name.branch.name, "file": PurePath(name).name}
        yield Finding("identity_conflict", said, 1, variant="branch")
    if year is not None and by_name.year is not None and year != by_name.year:
        years = {"title": year, "name": by_name.year, "file": PurePath(name).name}
        yield Finding("identity_conflict", years, 1, variant="year")


def _kind(pages: Sequence[BarePage], titles: Sequence[str], branch: Branch | None, *, comparison: bool) -> DocumentKind:
    """Of a plan named in the title, a branch named, and the words that such plans use, two suffice."""
    evidence = sum(
        (
            any(_NAMES_PLAN.search(_plain(title)) for title in titles),
            branch is not None,
            any(_PLAN_WORDS.search(text) for text in _texts(pages)),
        )
    )
    if evidence < 2:
        return "other"
    return "comparison" if comparison else "plan"


def _texts(pages: Sequence[BarePage]) -> Iterator[str]:
    for page in pages:
        yield from (line.text.text for line in page.lines)
        yield from (line.text.text for table in page.tables for cell in table.cells for line in cell.lines)


def _is_draft(text: str) -> bool:
    return _DRAFT.search(_plain(text).replace(" ", "")) is not None
