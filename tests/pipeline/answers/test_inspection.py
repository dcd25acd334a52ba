"""What ``inspect`` shows of a page."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest

from pipeline.answers.inspection import PageNotThereError, inspect_file

NEW = "事業所を訪問し、受診を勧める"
OLD = "事業所へ文書を送付する"


def table(page: pymupdf.Page) -> None:
    """Two columns with a header row and a line of text each."""
    page.draw_rect((60, 100, 540, 220), width=0.8)
    page.draw_line((300, 100), (300, 220), width=0.8)
    page.draw_line((60, 130), (540, 130), width=0.8)
    for x, header, line in ((66, "新(令和6年度)", NEW), (306, "旧(令和5年度)", OLD)):
        page.insert_text((x, 120), header, fontname="japan", fontsize=11)
        page.insert_text((x, 160), line, fontname="japan", fontsize=11)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A PDF with the same page twice: as text, and as a picture only."""
    file = tmp_path / "plan.pdf"
    with pymupdf.open() as drawn:
        table(drawn.new_page(width=595, height=300))
        picture = drawn[0].get_pixmap(dpi=200)
        scanned = drawn.new_page(width=595, height=300)
        scanned.insert_image(scanned.rect, pixmap=picture)
        drawn.save(file)
    return file


def test_a_scanned_page_is_shown_as_it_is_read(plan: Path, tmp_path: Path) -> None:
    digital, scanned = inspect_file(plan, frozenset(), tmp_path / "pictures")
    for shown in (digital, scanned):
        assert NEW in shown
        assert OLD in shown
    assert "0 rulings" not in scanned
    first, second = (tmp_path / "pictures" / f"plan-{number:03d}.png" for number in (1, 2))
    assert pymupdf.Pixmap(first).width == pymupdf.Pixmap(second).width
    # The frames of cells are drawn on both: on neither is the page's own ink all there is.
    assert all(pymupdf.Pixmap(file).color_count() > 20 for file in (first, second))


def test_only_the_pages_asked_for_are_shown(plan: Path) -> None:
    assert len(list(inspect_file(plan, frozenset({2}), None))) == 1
    with pytest.raises(PageNotThereError, match="no page 3"):
        list(inspect_file(plan, frozenset({3}), None))
