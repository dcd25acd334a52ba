"""Shows pages as the parsers saw them, as text and as pictures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from parsers.errors import BranchPlansError
from parsers.overlay import draw_page
from parsers.page_dump import describe_page
from parsers.page_layout import layout_page
from parsers.page_reader import read_pages
from parsers.parse import parse_document


class PageNotThereError(BranchPlansError):
    """The document has no page of that number."""


def inspect_file(file: Path, pages: frozenset[int], pictures: Path | None) -> Iterator[str]:
    """The text of each of ``pages`` (all, where none is named); draws them to ``pictures`` where given.

    Raises UnreadablePdfError for what is no PDF, PageNotThereError for a page that is not there, OSError where a file
    cannot be read or written.
    """
    data = file.read_bytes()
    parsed = parse_document(data, file.name)
    missing = pages - {page.number for page in parsed.pages}
    if missing:
        raise PageNotThereError(
            f"has {len(parsed.pages)} pages, no page {min(missing)}.", where=str(file), remedy="Name another --page."
        )
    if pictures is not None:
        pictures.mkdir(parents=True, exist_ok=True)
    for content in read_pages(data, name=file.name):
        if pages and content.number not in pages:
            continue
        layout = layout_page(content)
        yield describe_page(parsed, layout)
        if pictures is not None:
            picture = pictures / f"{file.stem}-{content.number:03d}.png"
            picture.write_bytes(draw_page(data, parsed, layout))
