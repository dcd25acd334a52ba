"""How well tables of any document are read beside PyMuPDF's and pdfplumber's: neighbouring cells and cells' texts.

``python -m benchmarks.table_accuracy`` draws pages, reads them with each reader and prints a table. Measures: precision
and recall of pairs of a cell and its nearest neighbour to the right or below (the adjacency relations of the ICDAR 2013
table competition, on text without blanks), and the share of the drawn cells whose text a reader gives as one cell.
"""

from __future__ import annotations

import io
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

import click

from benchmarks.comparison import table
from benchmarks.drawn_tables import TrueCell
from benchmarks.foreign_pages import PAGES as USUAL
from benchmarks.rarer_pages import PAGES as RARER

PAGES = USUAL | RARER

Tables = Sequence[Sequence[TrueCell]]
Relation = tuple[str, str, str]


def ours(pdf: bytes) -> Tables:
    """The cells as an ingest gives them."""
    from parsers.parse import parse_document

    tables: dict[tuple[int, int], list[TrueCell]] = {}
    for cell in parse_document(pdf, "page.pdf").cells:
        place = TrueCell(cell.row, cell.column, cell.row_span, cell.column_span, cell.text.text)
        tables.setdefault((cell.page, cell.table_index), []).append(place)
    return list(tables.values())


def pymupdf_tables(pdf: bytes) -> Tables:
    """Page.find_tables as it is; a merged cell's other places are None and its spans unknown."""
    import pymupdf

    with pymupdf.open(stream=pdf) as document:
        return [_placed(found.extract()) for page in document for found in page.find_tables().tables]


def pdfplumber_tables(pdf: bytes) -> Tables:
    """Page.extract_tables as it is."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return [_placed(found) for page in document.pages for found in page.extract_tables()]


def _placed(rows: Sequence[Sequence[str | None]]) -> list[TrueCell]:
    """Rows of texts as cells; the places that a reader leaves out belong to the cell at their left, else above."""
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            beside, above = owner.get((r, c - 1)), owner.get((r - 1, c))
            if text is not None:
                owner[r, c] = (r, c)
            elif beside is not None and (above is None or beside[0] == r):
                owner[r, c] = beside
            else:
                owner[r, c] = above or (r, c)
    cells = []
    for start in sorted(set(owner.values())):
        held = [place for place, own in owner.items() if own == start]
        height = max(r for r, _ in held) - start[0] + 1
        width = max(c for _, c in held) - start[1] + 1
        cells.append(TrueCell(*start, height, width, rows[start[0]][start[1]] or ""))
    return cells


READERS: dict[str, Callable[[bytes], Tables]] = {
    "ours": ours,
    "PyMuPDF find_tables": pymupdf_tables,
    "pdfplumber": pdfplumber_tables,
}


def bare(text: str) -> str:
    """A text as it is compared: without blanks, leaders and the forms of its characters."""
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    return folded.rstrip(".") if folded.endswith("..") else folded


def relations(tables: Tables) -> Counter[Relation]:
    """Each cell that holds text with its nearest neighbours that do, to the right and below."""
    found: Counter[Relation] = Counter()
    for cells in tables:
        texts = [bare(cell.text) for cell in cells]
        grid = {
            (r, c): index
            for index, cell in enumerate(cells)
            if texts[index]
            for r in range(cell.row, cell.row + cell.row_span)
            for c in range(cell.column, cell.column + cell.column_span)
        }
        rows = max((r for r, _ in grid), default=-1) + 1
        columns = max((c for _, c in grid), default=-1) + 1
        pairs = set()
        for r in range(rows):
            pairs |= {(*pair, "right") for pair in _neighbours([grid.get((r, c)) for c in range(columns)])}
        for c in range(columns):
            pairs |= {(*pair, "below") for pair in _neighbours([grid.get((r, c)) for r in range(rows)])}
        found.update((texts[one], texts[other], way) for one, other, way in pairs)
    return found


def _neighbours(line: Iterable[int | None]) -> set[tuple[int, int]]:
    held = [index for index in line if index is not None]
    return {(one, other) for one, other in pairwise(held) if one != other}


class Score:
    """Counts over pages."""

    def __init__(self) -> None:
        self.wanted = self.given = self.right = self.cells = self.texts = 0

    def add(self, truth: Tables, read: Tables) -> Score:
        wanted, given = relations(truth), relations(read)
        self.wanted += wanted.total()
        self.given += given.total()
        self.right += (wanted & given).total()
        true_texts = Counter(text for cells in truth for cell in cells if (text := bare(cell.text)))
        read_texts = Counter(text for cells in read for cell in cells if (text := bare(cell.text)))
        self.cells += true_texts.total()
        self.texts += (true_texts & read_texts).total()
        return self

    @property
    def recall(self) -> float:
        return self.right / max(self.wanted, 1)

    @property
    def precision(self) -> float:
        return self.right / max(self.given, 1)

    @property
    def text(self) -> float:
        return self.texts / max(self.cells, 1)

    def __str__(self) -> str:
        return f"{self.recall:.3f} / {self.precision:.3f} / {self.text:.3f}"


def measure(names: Sequence[str]) -> tuple[list[list[str]], dict[str, Score]]:
    """A line a page and the readers' scores over all."""
    totals = {reader: Score() for reader in READERS}
    rows = []
    for name in names:
        canvas = PAGES[name]()
        pdf = canvas.pdf()
        read = {reader: call(pdf) for reader, call in READERS.items()}
        rows.append([name, *(str(Score().add(canvas.tables, tables)) for tables in read.values())])
        for reader, tables in read.items():
            totals[reader].add(canvas.tables, tables)
    return rows, totals


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(list(PAGES)))
def main(names: Sequence[str]) -> None:
    """Print recall and precision of neighbours and the share of cells' texts, page by page and over all."""
    rows, totals = measure(names or list(PAGES))
    rows.append(["all", *(str(score) for score in totals.values())])
    click.echo(table(["page", *READERS], rows))
    own = totals["ours"]
    for reader, score in list(totals.items())[1:]:
        pairs = ((own.recall, score.recall), (own.precision, score.precision), (own.text, score.text))
        click.echo(f"ours ÷ {reader}: " + " / ".join(f"{one / other:.2f}" if other else "–" for one, other in pairs))


if __name__ == "__main__":
    main()
