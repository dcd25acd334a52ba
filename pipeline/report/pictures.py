"""Pictures of the plans' pages: drawn from the PDFs in worker processes, small, kept as long as the PDF is the same."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parsers.model.geometry import Box
from pipeline.inputs.configuration import Limits
from pipeline.report.scripts import as_script
from pipeline.report.site import put
from pipeline.workers.line_marks import LineMarks, line_marks, read_line_marks
from pipeline.workers.worker_pool import run_in_workers

if TYPE_CHECKING:
    import pymupdf
    from PIL import Image

DRAWING = "2"
"""Raised whenever pictures are drawn otherwise, so that those kept from before are drawn anew."""

DPI = 96
PALETTE = 16
PHOTO_QUALITY = 45
_COMPRESSION = 3
"""Of 9: 6 takes half as long again and saves a tenth of the bytes."""
LONGEST_SIDE = 1800  # pixels; an A3 slide must not cost ten times an A4 page
ACCOUNT = "pages.json"
PAGE_SCRIPT = "pages.js"


@dataclass(frozen=True, slots=True)
class PictureJob:
    """One document to draw: its PDF, the folder its pictures go to, its pages, those whose text was recognised.

    ``line_marks`` is where the line marks of a document wait that this run has read.
    """

    document_id: str
    sha256: str
    source: Path
    folder: Path
    page_count: int
    recognised_pages: frozenset[int]
    line_marks: Path | None = None


def draw_pictures(jobs: Sequence[PictureJob], *, workers: int, limits: Limits) -> dict[str, str]:
    """Draws what is not there yet; gives the reason for each document (by id) that could not be drawn.

    A document that crashes or hangs the drawing, or asks for more than ``limits``, costs its own pictures only.
    """
    # Longest first, so that no worker is left alone with the largest document at the end.
    waiting = sorted((job for job in jobs if not is_drawn(job)), key=lambda job: (-job.page_count, job.document_id))
    failures: dict[str, str] = {}
    if not waiting:
        return failures
    calls = [(job,) for job in waiting]
    for index, drawn in run_in_workers(draw_document, calls, workers, limits, preload="pipeline.report.pictures"):
        if isinstance(drawn, Exception):
            failures[waiting[index].document_id] = f"{type(drawn).__name__}: {drawn}"
    return failures


def is_drawn(job: PictureJob) -> bool:
    """Whether the folder holds the pictures of just this PDF, drawn as they would be now."""
    account = read_account(job.folder)
    return account.get("sha256") == job.sha256 and account.get("drawing") == DRAWING


def read_account(folder: Path) -> Mapping[str, Any]:
    """What was drawn into ``folder``; empty where nothing was."""
    try:
        account: Mapping[str, Any] = json.loads((folder / ACCOUNT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return account


def forget_picture(folder: Path, name: str) -> None:
    """Takes the picture ``name`` out of the account, so that the document is drawn again where its PDF is there."""
    account = read_account(folder)
    pages = {number: page for number, page in account.get("pages", {}).items() if page["file"] != name}
    put(folder / ACCOUNT, json.dumps({**account, "drawing": "", "pages": pages}))


def put_page_script(folder: Path) -> None:
    """Writes ``pages.js``, which tells a document's page which pictures there are; empty where there are none."""
    put(folder / PAGE_SCRIPT, as_script("BRANCH_PLANS_PAGES", read_account(folder).get("pages", {})))


def draw_document(job: PictureJob) -> int:
    """Draws every page of one PDF and gives their number; the account is written last, so a torn drawing is redone."""
    import pymupdf

    data = job.source.read_bytes()
    pages = {}
    marks = _line_marks(data, job)
    with pymupdf.open(stream=data, filetype="pdf") as pdf:
        for page in pdf:
            number = page.number + 1
            suffix, picture = draw_page(page)
            name = f"{number:03d}.{suffix}"
            put(job.folder / name, picture)
            pages[number] = {"file": name, "underlines": marks.get(number, [])}
    account = {"sha256": job.sha256, "drawing": DRAWING, "pages": pages}
    put(job.folder / ACCOUNT, json.dumps(account))
    return len(pages)


def draw_page(page: pymupdf.Page) -> tuple[str, bytes]:
    """The page as (file suffix, bytes): few colours, small and sharp for text; WebP where it is a photograph."""
    from PIL import Image

    longest = max(page.rect.width, page.rect.height, 1.0)
    scale = min(DPI / 72, LONGEST_SIDE / longest)
    pixels = page.get_pixmap(matrix=_scaled(scale), alpha=False)
    picture = Image.frombuffer("RGB", (pixels.width, pixels.height), pixels.samples_mv, "raw", "RGB", 0, 1)
    if _is_photograph(page):
        return "webp", _saved(picture, "WEBP", quality=PHOTO_QUALITY, method=2)
    few = picture.quantize(PALETTE, method=Image.Quantize.FASTOCTREE)
    return "png", _saved(few, "PNG", compress_level=_COMPRESSION)


def _scaled(scale: float) -> pymupdf.Matrix:
    import pymupdf

    return pymupdf.Matrix(scale, scale)


def _saved(picture: Image.Image, form: str, **options: object) -> bytes:
    buffer = BytesIO()
    picture.save(buffer, form, **options)
    return buffer.getvalue()


def _is_photograph(page: pymupdf.Page) -> bool:
    """Whether images cover most of the page: a scan, or a slide with a picture behind it."""
    boxes = [Box(*image["bbox"]) for image in page.get_image_info()]
    covered = sum(box.width * box.height for box in boxes)
    return covered > float(page.rect.width * page.rect.height) / 2


def _line_marks(data: bytes, job: PictureJob) -> LineMarks:
    """The document's line marks; to read its pages a second time for them takes longer than to draw them."""
    if job.line_marks is not None:
        with contextlib.suppress(OSError, ValueError):
            return read_line_marks(job.line_marks)
    from parsers.parse import digital_layouts

    return line_marks(digital_layouts(data, job.source.name, without=job.recognised_pages))
