"""What was seen under a page's text when it was read is there when its picture is drawn, and gone afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from parsers.parse import ParseOptions
from pipeline.inputs.configuration import Limits, load_configuration
from pipeline.inputs.discovery import InputFile
from pipeline.report.pictures import PictureJob
from pipeline.run.context import IngestOptions
from pipeline.run.ingest import ingest
from pipeline.workers.document_job import process
from pipeline.workers.line_marks import LINE_MARKS, LineMarks, read_line_marks
from pipeline.workers.worker_pool import Outcome
from tests.pipeline.invented_plans import Silent


class ReadsHere:
    """Reads in this process."""

    def begin(self) -> None:
        """Nothing is loaded elsewhere."""

    def __call__(
        self,
        files: Sequence[InputFile],
        limits: Limits,
        on_start: Callable[[InputFile], None],
        on_page: Callable[[InputFile, int], None],
    ) -> Iterator[Outcome]:
        for file in files:
            read = process(file.path.read_bytes(), file.source_file, ParseOptions(), file.decided)
            yield Outcome(file, read, None)


def plan_with_lines(path: Path, *lines: tuple[float, float, float]) -> None:
    """A page with words of 14 pt and a line under each: its left and right end and its height."""
    with pymupdf.open() as document:
        page = document.new_page()
        for x0, x1, y in lines:
            page.insert_text((x0, y - 2), "underlined", fontsize=14)
            page.draw_line((x0, y), (x1, y), width=0.7)
        path.write_bytes(document.tobytes())


@pytest.mark.usefixtures("unvalidated")
def test_lines_under_text_wait_for_the_pictures_of_the_same_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw, output = tmp_path / "raw", tmp_path / "output"
    raw.mkdir()
    plan_with_lines(raw / "33_岡山_令和6年度事業計画.pdf", (72, 110, 102), (100, 150, 300))
    plan_with_lines(raw / "34_広島_令和6年度事業計画.pdf", (200, 240, 400))
    told: dict[str, LineMarks] = {}

    def draw(jobs: Sequence[PictureJob], **_: Any) -> dict[str, str]:
        told.update({job.source.name[:2]: read_line_marks(job.line_marks) for job in jobs if job.line_marks})
        return {}

    monkeypatch.setattr("pipeline.report.build.draw_pictures", draw)
    ingest(IngestOptions((raw,), output, load_configuration(), ReadsHere(), workers=1), lambda _: nullcontext(Silent()))
    assert {code: sorted(box[0] for box in marks[1]) for code, marks in told.items()} == {"33": [72, 100], "34": [200]}
    assert not (output / ".work" / LINE_MARKS).exists()
