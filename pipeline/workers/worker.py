"""What a worker process does. Imported once by the server process from which workers are forked.

Everything needed to read a document, dictionaries and catalogues included, is loaded here beforehand, by reading a
line of a plan once: every worker starts with it in memory.
"""

from __future__ import annotations

import gc
import importlib
from pathlib import Path

import pymupdf

from parsers.model.data_file import DataFileError
from parsers.parse import ParseOptions, ReadLimits
from pipeline.decisions.standing import NOTHING_DECIDED, Decided
from pipeline.inputs.configuration import Limits
from pipeline.inputs.input_bytes import read_input
from pipeline.store.document_result import DocumentResult
from pipeline.workers.told_parent import ask_for_time, tell_page

_NEEDED_AT_TIMES = ("pikepdf", "PIL.Image")
"""Libraries for damaged files and for the pictures of pages, which processes of the same server draw."""


def process_file(path: Path, source_file: str, limits: Limits, decided: Decided = NOTHING_DECIDED) -> DocumentResult:
    """Reads ``path`` and processes it under the name ``source_file``; raises what ``process`` and reading raise."""
    data = read_input(path, limits)
    ask_for_time(pages_with_pictures(data, limits.pages) * limits.seconds_per_page)
    return process_bytes(data, source_file, limits, decided)


def process_bytes(data: bytes, source_file: str, limits: Limits, decided: Decided = NOTHING_DECIDED) -> DocumentResult:
    """Processes the bytes of one PDF; raises what ``process`` raises, DataFileError where a table is wrong."""
    if _wrong_table is not None:
        raise _wrong_table
    bounds = ReadLimits(
        max_pages=limits.pages, max_glyphs=limits.characters_per_page, max_strokes=limits.strokes_per_page
    )
    return process(data, source_file, ParseOptions(limits=bounds, on_page=tell_page), decided)


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
    # What is loaded stays: collecting garbage would only touch it, and so copy it into every worker.
    gc.collect()
    gc.freeze()


_wrong_table: DataFileError | None = None
try:
    from pipeline.workers.document_job import process  # it reads tables while it is imported

    _load_everything()
except DataFileError as error:
    _wrong_table = error  # every reading says so, and the run ends with it
