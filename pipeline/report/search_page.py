"""The search page: everything that can be found, cut into words beforehand, so that a page from disk can search it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from normalizers.vocabulary import branch_names
from pipeline.report.page_marks import changed_pages, keep_marks
from pipeline.report.scripts import as_script
from pipeline.report.site import put, render
from pipeline.search.entries import Entries, Entry, names_of
from pipeline.store.plan_words import plan_words, recall_words
from pipeline.store.views import connect

KINDS = ("heading", "action", "target", "figure", "note")
_BRANCHES_A_PART = 12  # of one year: a script is then smaller than a megabyte, and a browser reads several side by side
_PART = f"""
    printf(
        '%04d-%s',
        coalesce(fiscal_year, 0),
        coalesce(CAST(TRY_CAST(branch_code AS INTEGER) // {_BRANCHES_A_PART} AS VARCHAR), 'x')
    )
"""
_FOUND = "BRANCH_PLANS_FOUND_"


def put_search_page(output: Path, report: Path) -> None:
    """Writes ``search.html`` and its data in ``search/``; the threads must be there.

    Each script has what some branches say of one year, and is made anew where that has changed.
    """
    folder = report / "search"
    with connect(output) as connection:
        entries = Entries.of(connection)
        marks = entries.marks(_PART)
        changed = sorted(changed_pages(folder, marks))
        if changed:
            recall_words(output)
        for name in changed:
            found = _part(entries.where(_PART, [name]))
            put(folder / f"{name}.js", as_script(f"{_FOUND}{name.replace('-', '_')}", found))
        codes, years = entries.different("branch_code"), entries.different("fiscal_year")
    for path in folder.glob("*.js"):
        if path.stem not in marks:
            path.unlink()
    names = branch_names()
    page = render(
        "search.html.j2",
        root="",
        here="search",
        scripts=_newest_first(marks),
        branches=[{"code": code, "name": names.get(code, code)} for code in codes],
        years=years[::-1],
        kinds=KINDS,
    )
    put(report / "search.html", page)
    keep_marks(folder, marks)


def _newest_first(parts: Iterable[str]) -> list[str]:
    """``parts`` in the order in which the entries stand: of equal answers the newest come first."""
    return sorted(parts, key=lambda name: (-int(name[:4]), name))


def _part(entries: Sequence[Entry]) -> dict[str, object]:
    """What one script holds: rows, which name texts and documents by their number, as texts do words."""
    words, texts, documents = _Words(), _Numbered(), _Numbered()
    rows = [_row(entry, texts, documents, words) for entry in entries]
    cut = [[text, words.of(text)] for text in texts.values]
    return {
        "rows": rows, "texts": cut, "documents": documents.values, "terms": words.terms, "surfaces": words.surfaces
    }  # fmt: skip


class _Numbered:
    """Values by their number, in the order in which they were first asked for."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}

    def of(self, value: str) -> int:
        return self._places.setdefault(value, len(self._places))

    @property
    def values(self) -> list[str]:
        return list(self._places)


class _Words:
    """Numbers for words, and for every way in which they are written what number it has."""

    def __init__(self) -> None:
        self._terms = _Numbered()
        self.surfaces: dict[str, int] = {}

    @property
    def terms(self) -> list[str]:
        return self._terms.values

    def of(self, text: str) -> list[int]:
        found: dict[int, None] = {}
        for word in plan_words(text):
            number = self._terms.of(word.term)
            self.surfaces.setdefault(text[word.start : word.end].lower(), number)
            found[number] = None
        return list(found)


def _row(entry: Entry, texts: _Numbered, documents: _Numbered, words: _Words) -> list[object]:
    aims = sorted({number for code in entry.codes for name in names_of(code) for number in words.of(name)})
    return [
        texts.of(entry.text),
        texts.of(entry.heading_path) if entry.heading_path else -1,
        entry.branch_code,
        entry.fiscal_year,
        KINDS.index(entry.kind) if entry.kind in KINDS else -1,
        documents.of(entry.document_id),
        entry.page,
        entry.measure_id.removeprefix(entry.document_id),
        *([aims] if aims else []),
    ]
