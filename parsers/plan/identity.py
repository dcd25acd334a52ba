"""Who speaks in a document and for which year: from its titles, from its file's name only where they are silent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePath

from normalizers.text.branches import names_branch
from parsers.model.bare_page import BarePage
from parsers.model.document import DocumentIdentity, DocumentKind, IdentitySource
from parsers.model.finding import Finding, Values
from parsers.model.layout import GridCell, Table
from parsers.model.styled_text import unstruck
from parsers.plan.furniture_words import fits, plain
from parsers.plan.identity_claims import (
    Said,
    ends_as_draft,
    heads_aims,
    is_draft,
    is_draft_mark,
    labels_branch,
    names_plan,
    read_claim,
    read_name,
    signs,
)
from parsers.plan.page_editions import PageEdition
from parsers.tables.columns import TableReading, cell_text

_PLAN_WORDS = re.compile(r"K ?P ?I|ＫＰＩ|支部目標|保険者機能|協会けんぽ|特定保健指導|生活習慣病予防健診")


@dataclass(frozen=True, slots=True)
class IdentitySettings:
    """Where a document says whose plan of which year it is."""

    first_lines: int = 40
    """Lines of the first pages that are asked. Chosen, a page."""
    longest_line: int = 60
    """Characters of a line that answers. Chosen."""
    frame_rule: float = 3.0
    """Points by which a cell across a whole table may be narrower: its rules' width. Chosen."""
    first_pages: int = 2
    """Pages that are asked: a cover and what follows it."""


SETTINGS = IdentitySettings()


@dataclass(frozen=True, slots=True)
class _Claim:
    """What one text of the document says, and where it was read."""

    said: Said
    source: IdentitySource
    plan: bool
    aims: bool = False
    signed: bool = False

    @property
    def speaks(self) -> bool:
        """Whether the text says who speaks, and does not only mention a branch."""
        return self.source != "text" or self.plan or self.aims or self.signed


def read_identity(
    pages: Sequence[BarePage],
    readings: Iterable[TableReading],
    *,
    comparison: bool,
    name: str,
    editions: Mapping[int, PageEdition],
    metadata_title: str = "",
    producer: str = "",
    dated: str | None = None,
) -> tuple[DocumentIdentity, tuple[Finding, ...]]:
    """The document's identity, and findings where its own words and its file's name contradict each other.

    ``comparison`` tells that it shows two editions, ``editions`` those that pages of their own hold: those of the new
    one speak for the document. ``name`` is the source file's name. Titles and covers are asked first, then what tables'
    headers say, the first lines of text, the PDF's own title, and the file's name last. A year said as such
    (年度) goes before a date.
    """
    read = list(readings)
    own_pages = [page for page in pages if (held := editions.get(page.layout.number)) is None or held.edition == "new"]
    headers = [column.title or "" for reading in read for column in reading.columns if column.role == "new"]
    titles = [*_titles(own_pages), *_titles_in_tables(own_pages)]
    if not any(map(names_plan, titles)):
        # Where old and new stand on facing pages, each one's title heads its column.
        titles += dict.fromkeys(header for header in headers if names_plan(header))
    named = dict.fromkeys(held.title for held in editions.values() if held.edition == "new")
    claims = [
        *(_Claim(read_claim(title), "title", names_plan(title)) for title in titles),
        *(_Claim(read_claim(title), "header", plan=True) for title in named),
        *(_Claim(Said(None, year, fiscal=True), "header", plan=True) for year in _new_years(read)[:1]),
        *(_line_claim(line) for line in _first_lines(own_pages)),
        *(_Claim(read_claim(line), "furniture", plan=False) for line in _signatures(own_pages)),
        _Claim(read_name(metadata_title), "metadata", plan=True),
        _Claim(read_name(PurePath(name).stem), "file_name", plan=True),
    ]
    own = [claim for claim in claims if claim.source != "file_name"]
    branch = _branch_claim(claims)
    year = _year_claim(claims)
    kind = _kind(pages, titles, branch if branch is not None and branch in own else None, comparison=comparison)
    if kind == "other":
        findings = [Finding("not_a_branch_plan", page=1)]
    else:
        findings = [*_conflicts(claims, branch, year, name), *_unknown(branch, year)]
    title = _title(titles) or metadata_title or PurePath(name).stem
    plan_titles = (text for text in titles if names_plan(text))
    draft = any(is_draft(text) for text in (title, *plan_titles, *headers))
    # A running title may have been taken for the title, and it may do without the mark.
    draft = draft or any(names_plan(line) and ends_as_draft(line) for line in _first_lines(own_pages))
    draft = draft or any(map(is_draft_mark, _apart(own_pages[:1])))
    speaker = branch.said.branch if branch is not None else None
    identity = DocumentIdentity(
        branch_code=speaker.code if speaker else None,
        branch_name=speaker.name if speaker else None,
        fiscal_year=year.said.year if year is not None else None,
        title=title,
        kind=kind,
        is_draft=draft,
        producer=producer,
        dated=dated,
        branch_source=branch.source if branch is not None else None,
        fiscal_year_source=year.source if year is not None else None,
    )
    return identity, tuple(findings)


def _line_claim(line: str) -> _Claim:
    return _Claim(read_claim(line), "text", names_plan(line), heads_aims(line), signs(line))


def _branch_claim(claims: Sequence[_Claim]) -> _Claim | None:
    """The first text that says which branch speaks, else one that mentions the only branch that any does."""
    named = [claim for claim in claims if claim.said.branch is not None]
    speaking = next((claim for claim in named if claim.speaks), None)
    mentioned = {claim.said.branch for claim in named}
    return speaking or (named[0] if len(mentioned) == 1 else None)


def _year_claim(claims: Sequence[_Claim]) -> _Claim | None:
    """The first claim of a fiscal year by a text that names the plan, else by a title, else by what may date one.

    A line that heads a branch's aims counts where all these are silent.
    """
    dated = [claim for claim in claims if claim.said.year is not None]
    ranked = (
        [claim for claim in dated if claim.plan and claim.said.fiscal and claim.source != "file_name"],
        [claim for claim in dated if claim.source == "title" and claim.said.fiscal],
        [claim for claim in dated if claim.plan and claim.source != "file_name"],
        [claim for claim in dated if claim.source in ("title", "file_name")],
        [claim for claim in dated if claim.aims and claim.said.fiscal and claim.said.branch is not None],
    )
    return next((found[0] for found in ranked if found), None)


def _unknown(branch: _Claim | None, year: _Claim | None) -> Iterator[Finding]:
    if branch is None:
        yield Finding("identity_unknown", page=1, variant="branch")
    if year is None:
        yield Finding("identity_unknown", page=1, variant="year")


def _new_years(readings: Sequence[TableReading]) -> list[int]:
    """The years that the new columns of comparisons name."""
    return [
        column.year
        for reading in readings
        if reading.kind == "comparison"
        for column in reading.columns
        if column.role == "new" and column.year is not None
    ]


def _conflicts(claims: Sequence[_Claim], branch: _Claim | None, year: _Claim | None, name: str) -> Iterator[Finding]:
    """Contradictions: of the file's name with what the pages say, and of the plan's titles with one another."""
    file = PurePath(name).name
    for claim in claims:
        said: Values
        by_name = claim.source == "file_name"
        titled = claim.source in ("title", "header") and claim.plan
        if not by_name and not titled:
            continue
        own, other = (branch.said.branch if branch else None), claim.said.branch
        if own is not None and other is not None and own.code != other.code and claim is not branch:
            said = {"title": own.name, "name": other.name, "file": file}
            yield Finding("identity_conflict", said, 1, variant="branch" if by_name else "titles_branch")
        first, second = (year.said.year if year else None), claim.said.year
        if first is None or second is None or first == second or claim is year:
            continue
        if by_name or (claim.said.fiscal and claim.source == "header"):
            said = {"title": first, "name": second, "file": file}
            yield Finding("identity_conflict", said, 1, variant="year" if by_name else "titles_year")


def _titles(pages: Sequence[BarePage]) -> list[str]:
    """Lines that name the document, covers and first pages first, each once; titles of another's plan left out."""
    seen: dict[str, None] = {}
    for page in pages:
        if not page.reference:
            seen |= dict.fromkeys(page.titles)
    return list(seen)


def _titles_in_tables(pages: Sequence[BarePage]) -> list[str]:
    """Lines that name the plan in the head of a first page's table, which a frame about the page makes a part of it."""
    return [
        unstruck(line.text)
        for page in pages[: SETTINGS.first_pages]
        for table in page.tables
        for cell in table.cells
        for line in cell.lines
        if cell.row == 0 and _spans(cell, table) and not page.reference and _heads_document(plain(line.text.text))
    ]


def _spans(cell: GridCell, table: Table) -> bool:
    return table.box.width - cell.box.width <= SETTINGS.frame_rule


def _heads_document(text: str) -> bool:
    return len(text) <= SETTINGS.longest_line and not text.endswith("。") and fits("title", text) and names_plan(text)


def _title(titles: Sequence[str]) -> str | None:
    naming = [title for title in titles if names_plan(title)]
    return next(iter(naming or titles), None)


def _first_lines(pages: Sequence[BarePage]) -> list[str]:
    """The first short lines of text, stamps and running titles included."""
    lines: list[str] = []
    for page in pages[: SETTINGS.first_pages]:
        lines += [piece.text for piece in page.furniture] + [line.text.text for line in page.lines]
    return [line for line in lines[: SETTINGS.first_lines] if len(line) <= SETTINGS.longest_line]


def _apart(pages: Sequence[BarePage]) -> Iterator[str]:
    """What stands by itself on pages: lines outside tables, running titles and stamps, and boxes of one cell."""
    for page in pages:
        yield from (piece.text for piece in page.furniture)
        yield from (line.text.text for line in page.lines)
        yield from (cell_text(table.cells[0]) for table in page.tables if len(table.cells) == 1)


def _signatures(pages: Sequence[BarePage]) -> list[str]:
    """What says who speaks in running titles and footers, on the last page, and in the fields of a form."""
    lines = [piece.text for page in pages for piece in page.furniture]
    lines += [line.text.text for page in pages[-1:] for line in page.lines]
    signed = [line for line in lines if len(line) <= SETTINGS.longest_line and signs(line)]
    for page in pages[: SETTINGS.first_pages]:
        for table in page.tables:
            for cell, beside in pairwise(table.cells):
                name = names_branch(cell_text(beside)) if labels_branch(cell_text(cell)) else None
                if name is not None and cell.row == beside.row:
                    signed.append(f"{name}支部")
    return signed if len({read_claim(line).branch for line in signed}) == 1 else []


def _kind(pages: Sequence[BarePage], titles: Sequence[str], branch: _Claim | None, *, comparison: bool) -> DocumentKind:
    """Of a plan named in the title, a branch named, and the words that such plans use, two suffice."""
    evidence = sum(
        (
            any(names_plan(title) for title in titles),
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
