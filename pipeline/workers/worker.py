"""What a worker process does. Imported once by the server process from which workers are forked.

Everything needed to read a document, dictionaries and catalogues included, is loaded here beforehand, by reading a
line of a plan once: every worker starts with it in memory.
"""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pymupdf

from parsers.model.data_file import DataFileError
from parsers.model.page import PageContent
from parsers.parse import ParseOptions, ReadLimits, pages_to_recognise, recognised_pages
from pipeline.decisions.standing import NOTHING_DECIDED, Decided
from pipeline.inputs.configuration import Limits
from pipeline.inputs.input_bytes import read_input
from pipeline.store.document_result import DocumentResult
from pipeline.workers.divided import Divided, Joined
from pipeline.workers.told_parent import ask_for_time, tell_page

DIVIDED_FROM = 4
"""Pages to be recognised from which on a document is shared: each takes seconds, to find them out milliseconds."""

_PAGES_A_PART = 2
"""Pages that one worker recognises at a time: a process has the recogniser's models loaded after the first."""

_NEEDED_AT_TIMES = ("pikepdf", "PIL.Image")
"""Libraries for damaged files and for the pictures of pages, which processes of the same server draw."""


@dataclass(frozen=True, slots=True)
class PagesAsked:
    """A part of a document's reading: the pages of these numbers, from their pictures."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PagesRead:
    """What such a part gives; ``sha256`` tells of which bytes."""

    sha256: str
    pages: Mapping[int, PageContent]


def process_file(path: Path, source_file: str, limits: Limits, decided: Decided = NOTHING_DECIDED) -> DocumentResult:
    """Reads ``path`` and processes it under the name ``source_file``; raises what ``process`` and reading raise."""
    data = read_input(path, limits)
    ask_for_time(pages_with_pictures(data, limits.pages) * limits.seconds_per_page)
    return process_bytes(data, source_file, limits, decided)


def process_in_parts(
    path: Path, source_file: str, limits: Limits, decided: Decided, part: PagesAsked | Joined | None = None
) -> DocumentResult | Divided | PagesRead:
    """As ``process_file``, but as ``bytes_in_parts``."""
    return bytes_in_parts(read_input(path, limits), source_file, limits, decided, part)


def bytes_in_parts(
    data: bytes, source_file: str, limits: Limits, decided: Decided, part: PagesAsked | Joined | None = None
) -> DocumentResult | Divided | PagesRead:
    """As ``process_bytes``, but a document of which many pages must be recognised is divided: pages are read by
    whatever worker is free, as ``part`` asks, and joined by the last call. The result is the same.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    if isinstance(part, Joined):
        read = {number: page for one in part.answers if one.sha256 == sha256 for number, page in one.pages.items()}
        return process_bytes(data, source_file, limits, decided, read)
    if part is not None:
        ask_for_time(len(part.numbers) * limits.seconds_per_page)
        options = ParseOptions(limits=_bounds(limits), on_page=tell_page)
        return PagesRead(sha256, recognised_pages(data, source_file, part.numbers, options))
    if numbers := _worth_sharing(data, source_file, limits):
        starts = range(0, len(numbers), _PAGES_A_PART)
        return Divided(tuple(PagesAsked(numbers[at : at + _PAGES_A_PART]) for at in starts))
    ask_for_time(pages_with_pictures(data, limits.pages) * limits.seconds_per_page)
    return process_bytes(data, source_file, limits, decided)


def _worth_sharing(data: bytes, source_file: str, limits: Limits) -> tuple[int, ...]:
    """The pages to be recognised, none where they are few."""
    if pages_with_pictures(data, limits.pages) < DIVIDED_FROM:
        return ()
    numbers = pages_to_recognise(data, source_file, _bounds(limits))
    return numbers if len(numbers) >= DIVIDED_FROM else ()


def process_bytes(
    data: bytes,
    source_file: str,
    limits: Limits,
    decided: Decided = NOTHING_DECIDED,
    recognised: Mapping[int, PageContent] | None = None,
) -> DocumentResult:
    """Processes the bytes of one PDF, of which the pages ``recognised`` are read already.

    Raises what ``process`` raises, DataFileError where a table is wrong.
    """
    if _wrong_table is not None:
        raise _wrong_table
    options = ParseOptions(limits=_bounds(limits), on_page=tell_page, recognised=recognised or {})
    return process(data, source_file, options, decided)


def _bounds(limits: Limits) -> ReadLimits:
    return ReadLimits(
        max_pages=limits.pages, max_glyphs=limits.characters_per_page, max_strokes=limits.strokes_per_page
    )


def pages_with_pictures(data: bytes, most: int) -> int:
    """How many pages of the PDF show pictures, and so may have to be recognised; 0 where it cannot be opened."""
    try:
        with pymupdf.open(stream=data, filetype="pdf") as document:
            if document.needs_pass or document.page_count > most:
                return 0
            return sum(bool(page.get_images()) for page in document)
    except (pymupdf.mupdf.FzErrorBase, RuntimeError, ValueError):
        return 0  # the reading says what is wrong with it


_LINES = (
    "令和6年度 岡山支部事業計画",
    "分野 具体的施策等",
    "（1）基盤的保険者機能関係",
    "○ 健診の受診率を向上させる【困難度：高】",
    "■ KPI：① 生活習慣病予防健診の実施率を61.7%以上とする",
    "被保険者（40歳以上）（実施対象者数：286,223人）",
    "・生活習慣病予防健診 実施率60.3%（実施見込者数：172,500人）",
)


def _load_everything() -> None:
    for name in _NEEDED_AT_TIMES:
        importlib.import_module(name)
    with pymupdf.open() as plan:
        page = plan.new_page()
        for number, line in enumerate(_LINES):
            page.insert_text((72, 200 + 20 * number), line, fontname="japan")
        process(plan.tobytes(), "", ParseOptions())


_wrong_table: DataFileError | None = None
try:
    from pipeline.workers.document_job import process  # it reads tables while it is imported

    _load_everything()
except DataFileError as error:
    _wrong_table = error  # every reading says so, and the run ends with it
