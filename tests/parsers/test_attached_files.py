"""PDFs that carry other files inside."""

from __future__ import annotations

import pymupdf
import pytest

from parsers.parse import parse_document
from tests.parsers.sheets import Sheet


def _carrying(document: pymupdf.Document, *, portfolio: bool) -> bytes:
    for name in ("33.pdf", "34.pdf"):
        document.embfile_add(name, b"%PDF-1.7 of another plan")
    if portfolio:
        document.xref_set_key(document.pdf_catalog(), "Collection", "<</View /D>>")
    return document.tobytes()


def _cover(*lines: str) -> pymupdf.Document:
    sheet = Sheet()
    for number, line in enumerate(lines):
        sheet.text(60, 80 + 30 * number, line)
    return sheet.document


@pytest.mark.parametrize(
    ("lines", "portfolio", "expected"),
    [
        (("For the best experience, open this PDF portfolio in Acrobat.",), True, "portfolio"),
        (("各支部の計画は添付ファイルを参照",), False, "portfolio"),
        (("令和6年度 岡山支部事業計画", "添付ファイルをご覧ください"), True, "portfolio"),
        (("令和6年度 岡山支部事業計画", "1. 健診の推進", "・健診の受診勧奨を行う。"), False, "attached_files"),
    ],
)
def test_attached_files_are_named(lines: tuple[str, ...], portfolio: bool, expected: str) -> None:
    parsed = parse_document(_carrying(_cover(*lines), portfolio=portfolio), "x.pdf")
    found = [f for f in parsed.findings if f.check in ("portfolio", "attached_files")]
    assert [f.check for f in found] == [expected]
    assert found[0].values == {"count": 2, "files": ["33.pdf", "34.pdf"]}


def test_a_pdf_that_carries_nothing_says_nothing() -> None:
    parsed = parse_document(_cover("令和6年度 岡山支部事業計画").tobytes(), "x.pdf")
    assert not [f for f in parsed.findings if f.check in ("portfolio", "attached_files")]
