"""A PDF's bytes to the contents of its pages, each read once by MuPDF.

MuPDF's plain ``rawdict`` and its drawings cost about two milliseconds a page; the text flags that tell underlines or
styles cost several times that and are left off: strokes are judged by their own geometry later.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pymupdf

from parsers.model.errors import EncryptedPdfError, LimitExceededError, UnreadablePdfError
from parsers.model.geometry import Box
from parsers.model.page import PageContent, TaggedCell, Turn
from parsers.pdf.clips import pattern_bands
from parsers.pdf.corrections import with_corrections
from parsers.pdf.page_ink import EVERYWHERE, TEXT_FLAGS, compared_with_picture
from parsers.pdf.path_strokes import collect_paths
from parsers.pdf.repair import repair_pdf
from parsers.pdf.tagged_tables import is_tagged, tagged_tables
from parsers.pdf.text_layer import read_glyphs, running_direction

MUPDF_ERRORS = (RuntimeError, ValueError, TypeError, KeyError, IndexError, AttributeError, pymupdf.mupdf.FzErrorBase)
_HEADER_WITHIN = 1023
"""The byte up to which Acrobat looks for a PDF's header (ISO 32000-1, annex H.3)."""


# By how many degrees, clockwise, a page is turned whose text runs the way given (x to the right, y downwards).
_TURNS: dict[tuple[int, int], Turn] = {(1, 0): 0, (0, -1): 90, (-1, 0): 180, (0, 1): 270}

# MuPDF writes its warnings to stderr; what matters of them comes back as exceptions and doubts.
pymupdf.TOOLS.mupdf_display_errors(False)
pymupdf.TOOLS.mupdf_display_warnings(False)


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """What a document may ask for. ``max_page_side`` is in points (14,400 is PDF's own bound)."""

    max_pages: int = 2_000
    max_strokes: int = 200_000
    max_glyphs: int = 200_000
    max_page_side: float = 14_400.0


@dataclass(frozen=True, slots=True)
class OpenedPdf:
    """An opened PDF. ``repair_note`` says what was wrong where the file could be read only after repair by qpdf."""

    name: str
    data: bytes
    document: pymupdf.Document
    page_count: int
    title: str
    producer: str
    repair_note: str | None = None

    @property
    def attached(self) -> tuple[str, ...]:
        """The names of the files that the PDF carries inside; they are never opened."""
        try:
            return tuple(self.document.embfile_names())
        except MUPDF_ERRORS:
            return ()

    @property
    def is_portfolio(self) -> bool:
        """Whether the PDF says that it is a collection of the files it carries, its own page a cover."""
        try:
            kind, _ = self.document.xref_get_key(self.document.pdf_catalog(), "Collection")
        except MUPDF_ERRORS:
            return False
        return str(kind) in ("dict", "xref")


def open_pdf(data: bytes, *, name: str, limits: ReadLimits | None = None) -> OpenedPdf:
    """Open ``data``; a damaged file is tried once more after repair by qpdf (then ``repair_note`` is set).

    ``name`` is used in messages. Raises EncryptedPdfError, LimitExceededError, UnreadablePdfError.
    """
    limits = limits or ReadLimits()
    header = data.find(b"%PDF")
    if header < 0:
        raise UnreadablePdfError("not_a_pdf", where=name)
    if header > _HEADER_WITHIN:
        data = data[header:]  # what a mail program or a web server put before it
    note: str | None = None
    document = _opened(data)
    if document is None or document.is_repaired or _has_broken_page(document):
        data, document, note = _repaired(data, document, name)
    if header > _HEADER_WITHIN:
        note = "; ".join(filter(None, (f"{header} bytes stand before the PDF", note)))
    if document is None:
        raise UnreadablePdfError("cannot_be_opened", where=name)
    if document.needs_pass:
        raise EncryptedPdfError("password", where=name)
    if document.page_count == 0:
        raise UnreadablePdfError("no_pages", where=name)
    if document.page_count > limits.max_pages:
        raise LimitExceededError("too_many_pages", {"pages": document.page_count, "most": limits.max_pages}, where=name)
    metadata = document.metadata or {}
    return OpenedPdf(
        name,
        data,
        document,
        document.page_count,
        metadata.get("title") or "",
        metadata.get("producer") or "",
        note,
    )


def _repaired(data: bytes, document: pymupdf.Document | None, name: str) -> tuple[bytes, pymupdf.Document | None, str]:
    """The better of what MuPDF and qpdf make of a damaged file: what has more pages, qpdf's where they are equal."""
    note = "the file is damaged"
    repaired, complaint = repair_pdf(data, name=name, required=document is None)
    note = f"{note} ({complaint})" if complaint else note
    mended = _opened(repaired) if repaired is not None else None
    if repaired is None or mended is None:
        return data, document, note
    pages = [0 if one is None or one.needs_pass else one.page_count for one in (document, mended)]
    if document is None or pages[0] <= pages[1]:
        return repaired, mended, note
    if _has_broken_page(document):
        return repaired, mended, f"{note}; {pages[1]} of {pages[0]} pages could be repaired, the others are lost"
    return data, document, f"{note}; the repaired file had {pages[1]} of {pages[0]} pages and was not used"


def _opened(data: bytes) -> pymupdf.Document | None:
    """The document MuPDF makes of ``data``, None where it finds none."""
    try:
        document = pymupdf.open(stream=data, filetype="pdf")
        return document if document.needs_pass or document.page_count >= 0 else None
    except MUPDF_ERRORS:
        return None


def _has_broken_page(document: pymupdf.Document) -> bool:
    if document.needs_pass:
        return False
    try:
        for number in range(document.page_count):
            document.page_cropbox(number)
    except MUPDF_ERRORS:
        return True
    return False


def read_opened(
    opened: OpenedPdf, *, limits: ReadLimits | None = None, lines_only: bool = False
) -> Iterator[PageContent]:
    """Yield the pages of ``opened`` in order, each read once.

    ``lines_only``: pages are not compared with their pictures where that can add no line, at a third of the cost; text
    that cannot be seen is then among the glyphs.

    Raises UnreadablePdfError or LimitExceededError naming file and page.
    """
    limits = limits or ReadLimits()
    for index in range(opened.page_count):
        try:
            yield _read_page(opened.document.load_page(index), opened.name, limits, lines_only=lines_only)
        except MUPDF_ERRORS as error:
            if _is_our_own(error):
                raise
            raise UnreadablePdfError("page_unreadable", {"error": error}, where=opened.name, page=index + 1) from error


def _is_our_own(error: Exception) -> bool:
    """Whether ``error`` was raised by this project's own code and not by MuPDF: then it says nothing of the file."""
    raised_in = ""
    trace = error.__traceback__
    while trace is not None:
        raised_in = trace.tb_frame.f_globals.get("__name__", "")
        trace = trace.tb_next
    ours = raised_in.partition(".")[0] == __name__.partition(".")[0]
    return ours and not isinstance(error, (RuntimeError, pymupdf.mupdf.FzErrorBase))


def read_pages(
    data: bytes, *, name: str, limits: ReadLimits | None = None, lines_only: bool = False
) -> Iterator[PageContent]:
    """Yield each page's content; :func:`open_pdf` and :func:`read_opened` tell also of a repair and the producer.

    Raises EncryptedPdfError, LimitExceededError, UnreadablePdfError (with file and page).
    """
    opened = open_pdf(data, name=name, limits=limits)
    try:
        yield from read_opened(opened, limits=limits, lines_only=lines_only)
    finally:
        opened.document.close()


def _read_page(page: pymupdf.Page, name: str, limits: ReadLimits, *, lines_only: bool) -> PageContent:
    number = page.number + 1
    width, height = page.rect.width, page.rect.height
    if max(width, height) > limits.max_page_side:
        raise LimitExceededError(
            "page_too_large", {"width": width, "height": height, "most": limits.max_page_side}, where=name, page=number
        )
    blocks: list[dict[str, Any]] = page.get_textpage(clip=EVERYWHERE, flags=TEXT_FLAGS).extractRAWDICT()["blocks"]
    turned, turn = _reading_turn(page, running_direction(blocks))
    if turned in (90, 270):
        width, height = height, width
    drawings = page.get_cdrawings(extended=True)
    count = sum(len(drawing["items"]) for drawing in drawings if drawing["type"] not in ("clip", "group"))
    if count > limits.max_strokes:
        raise LimitExceededError(
            "too_many_strokes", {"count": count, "most": limits.max_strokes}, where=name, page=number
        )
    paths = collect_paths(drawings, width, height, turn)
    images: tuple[Box, ...] = ()
    if page.get_images():
        boxes = (pymupdf.Rect(info["bbox"]) for info in page.get_image_info())
        images = tuple(Box(*(box * turn if turn else box)) for box in boxes)
    text = read_glyphs(blocks, width, height, turn)
    if len(text.glyphs) > limits.max_glyphs:
        raise LimitExceededError(
            "too_many_characters", {"count": len(text.glyphs), "most": limits.max_glyphs}, where=name, page=number
        )
    content = PageContent(
        number,
        width,
        height,
        tuple(text.glyphs),
        paths.strokes,
        paths.fills,
        images,
        "digital",
        tuple(text.hidden),
        text.doubled,
        text.doubts,
        turned=turned,
        tagged=_tagged(page) if not turned else (),
    )
    if not content.glyphs:
        return content
    bands = pattern_bands(drawings, turn)
    if lines_only and not (images or bands):
        seen = content
    else:
        seen = compared_with_picture(content, page, turn, paths.covers, bands)
    return with_corrections(seen, page, turn) if page.first_annot is not None else seen


def _tagged(page: pymupdf.Page) -> tuple[tuple[TaggedCell, ...], ...]:
    """The page's tagged tables; none where it has no tags, is turned by its own rotation, or its tags are broken."""
    if page.rotation or not is_tagged(page.parent):
        return ()
    try:
        return tagged_tables(page, TEXT_FLAGS)
    except MUPDF_ERRORS:
        return ()


def _reading_turn(page: pymupdf.Page, direction: tuple[int, int] | None) -> tuple[Turn, Any]:
    """By how much the displayed page is turned to be read, and the matrix that turns what MuPDF gives (None for none).

    MuPDF gives a page as it is before its own rotation; ``direction`` is the way in which its text runs there.
    """
    width, height = page.rect.width, page.rect.height
    matrix = None
    if page.rotation:
        # PyMuPDF's own rotation matrix forgets the page's UserUnit.
        drawn = (height, width) if page.rotation in (90, 270) else (width, height)
        matrix = _quarter_turn(page.rotation, *drawn)
    if direction is None:
        return 0, matrix
    dx, dy = direction
    if matrix is not None:
        dx, dy = round(dx * matrix.a + dy * matrix.c), round(dx * matrix.b + dy * matrix.d)
    turned = _TURNS[dx, dy]
    if not turned:
        return 0, matrix
    extra = _quarter_turn(turned, width, height)
    return turned, extra if matrix is None else matrix * extra


def _quarter_turn(degrees: int, width: float, height: float) -> Any:
    """The matrix that turns a page of ``width`` × ``height`` points clockwise, its corner at the origin again."""
    if degrees == 90:
        return pymupdf.Matrix(0, 1, -1, 0, height, 0)
    if degrees == 180:
        return pymupdf.Matrix(-1, 0, 0, -1, width, height)
    return pymupdf.Matrix(0, -1, 1, 0, 0, width)
