"""What a run tells while it works: at once, page by page, and the end."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from pipeline.inputs.configuration import load_configuration
from pipeline.inputs.discovery import InputFile
from pipeline.messages import Messages
from pipeline.run import progress as progress_module
from pipeline.run.progress import Bar, PlainLines
from pipeline.workers.worker_pool import WorkerPool


def test_a_line_is_there_before_anything_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    PlainLines(36, Messages("en"))
    assert "36" in capsys.readouterr().err


def test_lines_move_by_pages(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress_module, "_SECONDS_BETWEEN_LINES", 0.0)
    lines = PlainLines(2, Messages("en"))
    for _ in range(3):
        lines.page("scan.pdf", 8)
    said = capsys.readouterr().err.splitlines()
    assert "0 of 2 documents, 3 pages" in said[-1]
    lines.done(8, "scan.pdf")
    assert "1 of 2 documents, 8 pages" in capsys.readouterr().err


def test_the_bar_moves_by_pages_and_never_past_its_document() -> None:
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(file=io.StringIO())) as drawn:
        task = drawn.add_task("", total=2, rate="", file="", count="")
        bar = Bar(drawn, task, 2, Messages("en"))
        bar.page("scan.pdf", 4)
        assert drawn.tasks[0].completed == 0.25
        for _ in range(9):
            bar.page("scan.pdf", 4)
        assert drawn.tasks[0].completed == 1.0
        bar.done(4, "scan.pdf")
        assert (drawn.tasks[0].completed, bar.pages) == (1.0, 4)
        bar.done(0, "broken.pdf")
        assert drawn.tasks[0].completed == 2.0


def test_workers_tell_of_every_page(tmp_path: Path) -> None:
    import hashlib

    import pymupdf

    with pymupdf.open() as pdf:
        for number in range(3):
            pdf.new_page().insert_text((72, 72), f"page {number}")
        data = pdf.tobytes()
    path = tmp_path / "three.pdf"
    path.write_bytes(data)
    file = InputFile(path, path.name, hashlib.sha256(data).hexdigest(), len(data))
    told: list[tuple[str, int]] = []
    limits = load_configuration().limits
    outcomes = list(WorkerPool(1)([file], limits, lambda _: None, lambda read, of: told.append((read.source_file, of))))
    assert outcomes[0].error is None
    assert told == [("three.pdf", 3)] * 3
