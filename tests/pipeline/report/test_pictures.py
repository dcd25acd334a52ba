"""Page pictures: drawn once, small, kept while the PDF is the same; a bad PDF costs its own pictures only."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pymupdf
import pytest
from PIL import Image

from parsers.parse import ParseOptions
from pipeline.inputs.configuration import load_configuration
from pipeline.report.pictures import PictureJob, draw_pictures, is_drawn, read_account
from pipeline.workers.document_job import process

LIMITS = replace(load_configuration().limits, seconds_per_document=60, memory_mb=2048)


def pdf(pages: int, *, width: float = 595, height: float = 842) -> bytes:
    document = pymupdf.open()
    for number in range(pages):
        page = document.new_page(width=width, height=height)
        page.insert_text((72, 100), f"page {number + 1}", fontsize=14)
        page.draw_line((72, 102), (110, 102), width=0.7)
        page.draw_rect((60, 60, 300, 200), width=0.5)
    return document.tobytes()


@pytest.fixture
def job(tmp_path: Path) -> PictureJob:
    source = tmp_path / "plan.pdf"
    source.write_bytes(pdf(3))
    return PictureJob("2024-33-plan-00000000", "a" * 64, source, tmp_path / "pages", 3, frozenset())


def test_every_page_gets_a_small_picture_of_its_own_shape(job: PictureJob) -> None:
    assert draw_pictures([job], workers=1, limits=LIMITS) == {}
    assert sorted(read_account(job.folder)["pages"]) == ["1", "2", "3"]
    for page in read_account(job.folder)["pages"].values():
        picture = job.folder / page["file"]
        assert picture.stat().st_size < 60_000
        with Image.open(BytesIO(picture.read_bytes())) as drawn:
            assert drawn.width / drawn.height == pytest.approx(595 / 842, rel=0.01)


def test_underlines_come_with_the_page_and_rulings_do_not(job: PictureJob) -> None:
    draw_pictures([job], workers=1, limits=LIMITS)
    [mark] = read_account(job.folder)["pages"]["1"]["underlines"]
    assert mark == pytest.approx([72, 101.65, 110, 102.35], abs=0.6)


def test_an_unchanged_pdf_is_not_drawn_again(job: PictureJob) -> None:
    draw_pictures([job], workers=1, limits=LIMITS)
    job.source.unlink()
    assert draw_pictures([job], workers=1, limits=LIMITS) == {}
    assert is_drawn(job)


def test_another_pdf_under_the_same_id_is_drawn_anew(job: PictureJob) -> None:
    draw_pictures([job], workers=1, limits=LIMITS)
    other = PictureJob(job.document_id, "b" * 64, job.source, job.folder, 3, frozenset())
    assert not is_drawn(other)


def test_a_bad_pdf_costs_its_own_pictures_only(job: PictureJob, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing more")
    bad = PictureJob("2024-43-plan-11111111", "c" * 64, broken, tmp_path / "bad", 3, frozenset())
    failures = draw_pictures([bad, job], workers=1, limits=LIMITS)
    assert set(failures) == {bad.document_id}
    assert is_drawn(job)


def test_a_source_that_vanished_is_a_failure_with_a_reason(job: PictureJob) -> None:
    job.source.unlink()
    assert "plan.pdf" in draw_pictures([job], workers=1, limits=LIMITS)[job.document_id]


def test_a_huge_page_is_drawn_no_larger_than_a_screen_needs(tmp_path: Path) -> None:
    source = tmp_path / "poster.pdf"
    source.write_bytes(pdf(1, width=5000, height=3000))
    job = PictureJob("x", "d" * 64, source, tmp_path / "pages", 3, frozenset())
    draw_pictures([job], workers=1, limits=LIMITS)
    with Image.open(job.folder / read_account(job.folder)["pages"]["1"]["file"]) as drawn:
        assert max(drawn.size) <= 1800


def test_lines_seen_when_the_document_was_read_are_those_of_its_pages(job: PictureJob, tmp_path: Path) -> None:
    read = process(job.source.read_bytes(), "33_岡山_令和6年度事業計画.pdf", ParseOptions())
    waiting = tmp_path / "marks.json"
    waiting.write_bytes(read.line_marks)
    draw_pictures([job], workers=1, limits=LIMITS)
    again = replace(job, folder=tmp_path / "again", line_marks=waiting)
    draw_pictures([again], workers=1, limits=LIMITS)
    drawn, handed_on = (read_account(one.folder)["pages"] for one in (job, again))
    assert handed_on == drawn
    assert [len(page["underlines"]) for page in handed_on.values()] == [1, 1, 1]


@pytest.mark.parametrize("left", [None, b"", b'{"1": [[72'])
def test_without_them_the_pages_are_read_for_their_lines(job: PictureJob, tmp_path: Path, left: bytes | None) -> None:
    waiting = tmp_path / "marks.json"
    if left is not None:
        waiting.write_bytes(left)
    assert draw_pictures([replace(job, line_marks=waiting)], workers=1, limits=LIMITS) == {}
    assert len(read_account(job.folder)["pages"]["3"]["underlines"]) == 1
