"""What is compared: ways to read the tables of PDFs, each a function from files to the number of pages read.

Every contestant runs in a process of its own, so that its peak memory is its own. Imports happen in ``prepare`` and are
not part of the time: what is compared is work on pages, not start-up (the whole command is measured elsewhere).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

Reader = Callable[[Sequence[Path]], int]


@dataclass(frozen=True, slots=True)
class Contestant:
    """``prepare`` does the imports and gives the reader; ``note`` says what is read."""

    name: str
    note: str
    prepare: Callable[[], Reader]


def _floor() -> Reader:
    import pymupdf

    def read(files: Sequence[Path]) -> int:
        pages = 0
        for file in files:
            with pymupdf.open(file) as document:
                for page in document:
                    page.get_text("rawdict")
                    page.get_cdrawings()
                    pages += 1
        return pages

    return read


def _pymupdf_tables() -> Reader:
    import pymupdf

    def read(files: Sequence[Path]) -> int:
        pages = 0
        for file in files:
            with pymupdf.open(file) as document:
                for page in document:
                    for table in page.find_tables():
                        table.extract()
                    pages += 1
        return pages

    return read


def _pdfplumber_tables() -> Reader:
    import pdfplumber

    def read(files: Sequence[Path]) -> int:
        pages = 0
        for file in files:
            with pdfplumber.open(file) as document:
                for page in document.pages:
                    page.extract_tables()
                    page.close()
                    pages += 1
        return pages

    return read


def _page_reading() -> Reader:
    from parsers.pdf.page_reader import read_pages

    def read(files: Sequence[Path]) -> int:
        return sum(sum(1 for _ in read_pages(file.read_bytes(), name=file.name)) for file in files)

    return read


def _page_layout() -> Reader:
    from parsers.layout.page_layout import layout_page
    from parsers.pdf.page_reader import read_pages

    def read(files: Sequence[Path]) -> int:
        return sum(
            sum(1 for page in read_pages(file.read_bytes(), name=file.name) if layout_page(page).number)
            for file in files
        )

    return read


def _parse() -> Reader:
    from parsers.parse import parse_document

    def read(files: Sequence[Path]) -> int:
        return sum(len(parse_document(file.read_bytes(), file.name).pages) for file in files)

    return read


def _rapidocr() -> Reader:
    import numpy as np
    import pymupdf
    from rapidocr import RapidOCR

    engine = RapidOCR(params={"Global.log_level": "error"})

    def read(files: Sequence[Path]) -> int:
        pages = 0
        for file in files:
            with pymupdf.open(file) as document:
                for page in document:
                    picture = page.get_pixmap(dpi=_SCAN_DPI)
                    shape = picture.height, picture.width, picture.n
                    engine(np.frombuffer(picture.samples, np.uint8).reshape(shape))
                    pages += 1
        return pages

    return read


_SCAN_DPI = 200

FLOOR = "MuPDF rawdict + drawings"
PDFPLUMBER = "pdfplumber extract_tables"
PARSE = "our parse to paragraphs"
FIND_TABLES = "PyMuPDF find_tables"
RECOGNITION = "our recognition of scans"
RAPIDOCR = "RapidOCR's own pipeline"

CONTESTANTS = (
    Contestant(FLOOR, "the floor: glyphs and strokes, nothing understood", _floor),
    Contestant("our page reading", "glyphs, strokes and fills as typed values", _page_reading),
    Contestant("our page layout", "and rulings, decorations, cells, lines", _page_layout),
    Contestant(PARSE, "and roles, paragraphs, flow over pages, identity, conservation", _parse),
    Contestant(FIND_TABLES, "tables as lists of strings", _pymupdf_tables),
    Contestant(PDFPLUMBER, "tables as lists of strings", _pdfplumber_tables),
    Contestant(RECOGNITION, "a scan's pages as those with a text layer", _parse),
    Contestant(RAPIDOCR, "lines of text of the same pages", _rapidocr),
)
