"""Shows pages as the parsers saw them, as text and as pictures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from parsers.model.errors import BranchPlansError
from parsers.parse import parse_read, read_layouts
from parsers.show.overlay import draw_page
from parsers.show.page_dump import describe_page


class PageNotThereError(BranchPlansError):
    """The document has no page of that number."""


def inspect_file(file: Path, pages: frozenset[int], pictures: Path | None) -> Iterator[str]:
    """The text of each of ``pages`` (all, where none is named); draws them to ``pictures`` where given.

    Raises UnreadablePdfError for what is no PDF, PageNotThereError for a page that is not there, OSError where a file
    cannot be read or written.
    """
    data = file.read_bytes()
    read = read_layouts(data, file.name)
    parsed = parse_read(read, file.name)
    missing = pages - {page.number for page in parsed.pages}
    if missing:
        raise PageNotThereError("no_such_page", {"pages": len(parsed.pages), "page": min(missing)}, where=str(file))
    if pictures is not None:
        pictures.mkdir(parents=True, exist_ok=True)
    for layout in read.layouts:
        if pages and layout.number not in pages:
            continue
        yield describe_page(parsed, layout)
        if pictures is not None:
            picture = pictures / f"{file.stem}-{layout.number:03d}.png"
            picture.write_bytes(draw_page(data, parsed, layout))
