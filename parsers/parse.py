"""The parsers' one door: a PDF's bytes to everything that its pages show."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from parsers.layout.joined_lines import inked
from parsers.layout.page_layout import layout_page
from parsers.model.document import DocumentKind, Furniture, PageSummary, ParsedDocument
from parsers.model.finding import Finding
from parsers.model.layout import PageLayout
from parsers.model.page import PageContent
from parsers.model.told_column import ToldColumn
from parsers.pdf.collection import collection_paused
from parsers.pdf.dates import last_dated
from parsers.pdf.library_logs import keep_from_terminal
from parsers.pdf.page_reader import OpenedPdf, ReadLimits, open_pdf, read_opened, read_pages
from parsers.pdf.second_reader import NumberRequest, SecondReading, read_numbers_again
from parsers.plan.assembly import assemble
from parsers.plan.conservation import PageAccount, account_pages
from parsers.plan.flow import flow_over_pages
from parsers.plan.furniture import set_furniture_aside
from parsers.plan.identity import read_identity
from parsers.plan.ink_findings import ink_findings
from parsers.plan.page_editions import page_editions, with_lone_headers
from parsers.plan.revisions import part_revisions
from parsers.plan.row_editions import part_row_editions
from parsers.plan.set_aside import set_print_aside
from parsers.plan.sheets import join_sheets
from parsers.plan.tag_findings import tag_findings
from parsers.plan.turned_pages import as_displayed
from parsers.scan.scanned import needs_recognition
from parsers.tables.facing_pages import with_facing_pages
from parsers.tables.table_sequence import read_tables
from parsers.tables.unruled_tables import complete_tables

__all__ = [
    "NumberRequest",
    "ParseOptions",
    "ReadDocument",
    "ReadLimits",
    "SecondReading",
    "collection_paused",
    "digital_layouts",
    "pages_to_recognise",
    "parse_document",
    "parse_layouts",
    "parse_read",
    "read_layouts",
    "read_numbers_again",
    "recognised_pages",
]


keep_from_terminal()


@dataclass(frozen=True, slots=True)
class ParseOptions:
    """``limits`` is what a document may ask for, ``columns`` what people say of its tables' columns. ``on_page`` is
    called with the number of all pages whenever one is read. ``recognised`` are pages (by number) that were read from
    their pictures before, as ``recognised_pages`` gives them.
    """

    limits: ReadLimits = field(default_factory=ReadLimits)
    columns: tuple[ToldColumn, ...] = ()
    on_page: Callable[[int], None] | None = None
    recognised: Mapping[int, PageContent] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """All pages of a PDF as they were read, a page without a usable text layer from its picture.

    ``layouts`` are in page order without what was ``set_aside`` (watermarks, ruby, line numbers). ``title``,
    ``producer`` and ``dated`` (ISO, UTC) are what the PDF says of itself; ``repair_note`` is qpdf's where it was read
    after repair only. ``attached`` are the names of files inside the PDF, ``is_portfolio`` tells that they are what
    it is made for.
    """

    layouts: tuple[PageLayout, ...]
    set_aside: tuple[Furniture, ...]
    title: str
    producer: str
    dated: str | None
    repair_note: str | None
    attached: tuple[str, ...] = ()
    is_portfolio: bool = False


def read_layouts(data: bytes, name: str, options: ParseOptions | None = None) -> ReadDocument:
    """Read and lay out each page once, as ``parse_document`` does.

    Raises UnreadablePdfError, EncryptedPdfError or LimitExceededError (with file and page).
    """
    options = options or ParseOptions()
    opened = open_pdf(data, name=name, limits=options.limits)
    try:
        parted = [set_print_aside(page) for page in _readable_pages(opened, options)]
        return ReadDocument(
            layouts=tuple(layout_page(page) for page, _ in parted),
            set_aside=tuple(piece for _, aside in parted for piece in aside),
            title=opened.title,
            producer=opened.producer,
            dated=last_dated(opened.document.metadata or {}),
            repair_note=opened.repair_note,
            attached=opened.attached,
            is_portfolio=opened.is_portfolio,
        )
    finally:
        opened.document.close()


def digital_layouts(data: bytes, name: str, *, without: Collection[int] = ()) -> Iterator[PageLayout]:
    """The layouts of a PDF's pages as its text layer gives them, but for the pages (from 1) in ``without``.

    Raises UnreadablePdfError, EncryptedPdfError or LimitExceededError (with file and page).
    """
    pages = read_pages(data, name=name, lines_only=True)
    return (layout_page(page) for page in pages if page.number not in without)


@collection_paused()
def parse_document(data: bytes, name: str, options: ParseOptions | None = None) -> ParsedDocument:
    """Read one PDF. ``name`` is the source file's name, for messages and, where the titles are silent, its identity.

    Raises UnreadablePdfError, EncryptedPdfError or LimitExceededError (with file and page).
    """
    return parse_read(read_layouts(data, name, options), name, options.columns if options else ())


def parse_read(read: ReadDocument, name: str, told: Sequence[ToldColumn] = ()) -> ParsedDocument:
    """Everything after the pages were read and laid out; ``name`` as for ``parse_document``, ``told`` of columns
    by people.
    """
    parsed = parse_layouts(
        read.layouts,
        name=name,
        metadata_title=read.title,
        producer=read.producer,
        dated=read.dated,
        set_aside=read.set_aside,
        told=told,
    )
    return replace(parsed, findings=(*_file_findings(read, parsed.identity.kind), *parsed.findings))


def _file_findings(read: ReadDocument, kind: DocumentKind) -> Iterator[Finding]:
    """What there is to say of the file itself: that it was damaged, that it carries others, which are not read."""
    if read.repair_note is not None:
        yield Finding("repaired", {"note": read.repair_note})
    if read.attached:
        is_cover = read.is_portfolio or kind == "other"
        attached = {"count": len(read.attached), "files": list(read.attached)}
        yield Finding("portfolio" if is_cover else "attached_files", attached)


def _readable_pages(opened: OpenedPdf, options: ParseOptions) -> Iterator[PageContent]:
    """The pages of ``opened``, what their text layers leave out read from their pictures."""
    for page in read_opened(opened, limits=options.limits):
        if page.number in options.recognised:
            yield options.recognised[page.number]
            continue
        yield _recognised(opened, page)
        if options.on_page is not None:
            options.on_page(opened.page_count)


def _recognised(opened: OpenedPdf, page: PageContent) -> PageContent:
    """``page`` with what its text layer leaves out read from its picture."""
    if not _leaves_out(page):
        return page
    from parsers.scan.ocr import recognise_areas, recognise_page

    recognise = recognise_page if needs_recognition(page) else recognise_areas
    return recognise(opened.document.load_page(page.number - 1), page)


def _leaves_out(page: PageContent) -> bool:
    return needs_recognition(page) or bool(page.unread)


def pages_to_recognise(data: bytes, name: str, limits: ReadLimits | None = None) -> tuple[int, ...]:
    """The numbers of the pages that are to be read from their pictures, or in part: each takes seconds.

    Raises as ``parse_document`` does.
    """
    return tuple(page.number for page in read_pages(data, name=name, limits=limits) if _leaves_out(page))


def recognised_pages(
    data: bytes, name: str, numbers: Collection[int], options: ParseOptions | None = None
) -> Mapping[int, PageContent]:
    """The pages ``numbers`` read from their pictures; a page depends on nothing but itself.

    Raises as ``parse_document`` does.
    """
    options = options or ParseOptions()
    opened = open_pdf(data, name=name, limits=options.limits)
    found = {}
    try:
        for page in read_opened(opened, limits=options.limits):
            if page.number in numbers:
                found[page.number] = _recognised(opened, page)
                if options.on_page is not None:
                    options.on_page(opened.page_count)
    finally:
        opened.document.close()
    return found


def parse_layouts(
    layouts: Sequence[PageLayout],
    *,
    name: str,
    metadata_title: str = "",
    producer: str = "",
    dated: str | None = None,
    set_aside: Sequence[Furniture] = (),
    told: Sequence[ToldColumn] = (),
) -> ParsedDocument:
    """Everything after the pages' geometry is known; ``set_aside`` was taken out before, ``told`` of columns by people.

    The other arguments are what the PDF says of itself. A watermark 案 makes the document a draft.
    """
    sheets = join_sheets(layouts)
    pages = complete_tables(set_furniture_aside(with_facing_pages(sheets.layouts)))
    sequence = read_tables(pages, told)
    editions = page_editions(pages, sequence)
    sequence = with_lone_headers(sequence, pages, editions)
    flow = flow_over_pages(pages, sequence, editions)
    comparison = any(reading.kind == "comparison" for reading in sequence.readings.values())
    confidences = {page.number: page.confidence for page in layouts}
    assembled = assemble(flow, comparison=comparison, confidences=confidences, editions=editions)
    identity, doubts = read_identity(
        pages,
        [reading for key, reading in sequence.readings.items() if key[0] not in sequence.reference_pages],
        comparison=comparison or bool(editions),
        name=name,
        editions=editions,
        metadata_title=metadata_title,
        producer=producer,
        dated=dated,
    )
    cells = tuple(sheets.place_cell(cell) for cell in assembled.cells)
    paragraphs = tuple(sheets.place_paragraph(paragraph) for paragraph in assembled.paragraphs)
    found = (*(piece for page in pages for piece in page.furniture), *assembled.furniture)
    furniture = tuple(placed for piece in found for placed in sheets.place_furniture(piece))
    accounts, breaches = account_pages(layouts, cells, paragraphs, furniture)
    stacked = part_row_editions(paragraphs, cells)
    draft = any(piece.reason == "watermark" and "案" in piece.text for piece in set_aside)
    titles = {
        (piece.page, piece.box) for page in pages for piece in page.furniture if piece.reason in ("title", "running")
    }
    revised = part_revisions(
        stacked.paragraphs,
        [piece.text for piece in (*set_aside, *furniture)],
        identity.title,
        [line.text for page in pages for line in page.layout.loose_lines if (page.layout.number, line.box) in titles],
    )
    parsed = ParsedDocument(
        identity=replace(
            identity,
            is_draft=identity.is_draft or draft,
            kind="comparison" if revised.comparison or stacked.comparison else identity.kind,
        ),
        pages=tuple(_summary(layout, accounts[layout.number], set_aside) for layout in layouts),
        cells=stacked.cells,
        paragraphs=revised.paragraphs,
        furniture=(*set_aside, *furniture),
        findings=(*doubts, *breaches, *sequence.findings, *ink_findings(layouts), *tag_findings(layouts)),
        corrections=revised.corrections,
    )
    return as_displayed(parsed, layouts)


def _summary(layout: PageLayout, account: PageAccount, set_aside: Sequence[Furniture]) -> PageSummary:
    aside = sum(inked(piece.text) for piece in set_aside if piece.page == layout.number)
    return PageSummary(
        layout.number,
        layout.width,
        layout.height,
        layout.text_layer,
        layout.glyph_count + aside,
        layout.hidden_glyphs,
        layout.doubled_glyphs,
        layout.doubts,
        account.lost,
        account.repeated,
    )
