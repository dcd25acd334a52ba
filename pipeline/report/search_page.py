"""The search page: everything that can be found, cut into words beforehand, so that a page from disk can search it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from normalizers.vocabulary import branch_names
from pipeline.report.scripts import as_script
from pipeline.report.site import put, render
from pipeline.search.entries import Entry, names_of, read_entries
from pipeline.store.plan_words import plan_words, recall_words

KINDS = ("heading", "action", "target", "figure", "note")
_LARGEST_PART = 700_000  # bytes of a script: a browser reads several side by side, and none is a megabyte
_ROWS, _TEXTS, _WORDS = "BRANCH_PLANS_FOUND_", "BRANCH_PLANS_TEXTS_OF_SEARCH_", "BRANCH_PLANS_WORDS"


def put_search_page(output: Path, report: Path) -> None:
    """Writes ``search.html`` and its data in ``search/``; the threads must be there."""
    recall_words(output)
    entries = read_entries(output)
    words = _Words()
    texts = _Numbered()
    documents = _Numbered()
    rows = [_row(entry, texts, documents, words) for entry in entries]
    files: dict[str, str] = {}
    for number, part in enumerate(_parts([[text, words.of(text)] for text in texts.values])):
        files[f"texts-{number:02d}"] = as_script(f"{_TEXTS}{number:02d}", part)
    for number, part in enumerate(_parts(rows)):
        files[f"rows-{number:02d}"] = as_script(f"{_ROWS}{number:02d}", part)
    about = {"surfaces": words.surfaces, "documents": documents.values, "kinds": KINDS}
    files["words"] = as_script(_WORDS, about)
    for name, content in files.items():
        put(report / "search" / f"{name}.js", content)
    for path in (report / "search").glob("*.js"):
        if path.stem not in files:
            path.unlink()
    names = branch_names()
    codes = sorted({entry.branch_code for entry in entries if entry.branch_code})
    page = render(
        "search.html.j2",
        root="",
        here="search",
        scripts=sorted(files),
        branches=[{"code": code, "name": names.get(code, code)} for code in codes],
        years=sorted({entry.fiscal_year for entry in entries if entry.fiscal_year}, reverse=True),
        kinds=KINDS,
    )
    put(report / "search.html", page)


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


def _parts(values: Iterable[object]) -> Iterator[Sequence[object]]:
    """``values`` in parts of which none is larger than a script may be; one empty part where there are none."""
    part: list[object] = []
    size = 0
    empty = True
    for value in values:
        length = len(json.dumps(value, ensure_ascii=False).encode())
        if part and size + length > _LARGEST_PART:
            yield part
            part, size = [], 0
        part.append(value)
        size += length
        empty = False
    if part or empty:
        yield part
