"""Pages as displayed, and files that cannot be read."""

from __future__ import annotations

import contextlib
import io

import pikepdf
import pymupdf
import pytest

from parsers.layout.page_layout import layout_page
from parsers.model.errors import EncryptedPdfError, LimitExceededError, UnreadablePdfError
from parsers.pdf.page_reader import ReadLimits, open_pdf, read_opened, read_pages
from tests.parsers.sheets import Sheet, cell_texts, underlined


def _sheet() -> Sheet:
    sheet = Sheet().grid([50, 150, 250], [50, 80]).text(55, 65, "一番目").text(155, 65, "二番目")
    return sheet.line(155, 67, 175, 67)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_reads_as_displayed(turn: int) -> None:
    upright = _sheet()
    turned = pymupdf.open()
    width, height = (842, 595) if turn != 180 else (595, 842)
    page = turned.new_page(width=width, height=height)
    page.show_pdf_page(page.rect, upright.document, 0, rotate=turn)
    page.set_rotation(turn)
    layout = layout_page(next(read_pages(turned.tobytes(), name="turned.pdf")))
    assert [text for *_, text in cell_texts(layout)] == ["一番目", "二番目"]
    assert underlined(layout.tables[0].cells[1].lines[0]) == ["二番"]
    assert (layout.width, layout.height) == (595, 842)
    assert layout.tables[0].box == pytest.approx((50, 50, 250, 80), abs=1)


def test_pages_are_numbered_from_one() -> None:
    document = pymupdf.open()
    for _ in range(3):
        document.new_page()
    assert [page.number for page in read_pages(document.tobytes(), name="three.pdf")] == [1, 2, 3]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 a spreadsheet", b"%PDF-1.7\n" + b"\x00garbage" * 50])
def test_what_is_no_pdf_is_named(data: bytes) -> None:
    with pytest.raises(UnreadablePdfError, match=r"plan\.pdf"):
        list(read_pages(data, name="plan.pdf"))


def test_a_password_is_told_apart_from_damage() -> None:
    data = _sheet().document.tobytes(encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="secret", owner_pw="owner")
    with pytest.raises(EncryptedPdfError, match="password"):
        list(read_pages(data, name="locked.pdf"))


def test_a_truncated_file_is_repaired_and_says_so() -> None:
    whole = _sheet().data()
    opened = open_pdf(whole[: int(len(whole) * 0.97)], name="cut.pdf")
    assert opened.repair_note
    (page,) = read_opened(opened)
    assert "".join(glyph.text for glyph in page.glyphs) == "一番目二番目"


@pytest.mark.parametrize("length", [10, 1024, 5000])
def test_a_header_that_stands_late_is_found(length: int) -> None:
    opened = open_pdf(b"x" * length + _sheet().data(), name="late.pdf")
    assert opened.page_count == 1
    assert (str(length) in (opened.repair_note or "")) == (length >= 1024)


def test_repair_notes_are_the_same_from_run_to_run() -> None:
    data = _sheet().data()
    torn = data[: len(data) * 2 // 3]
    notes = {open_pdf(torn, name="torn.pdf").repair_note for _ in range(3)}
    assert len(notes) == 1
    assert "0x" not in str(notes)


def test_a_fault_of_this_program_is_not_called_one_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    from parsers.pdf import page_reader

    # The reader of paths then meets something that has no strokes, in its own code.
    monkeypatch.setattr(page_reader, "collect_paths", lambda *_: {}["strokes"])
    monkeypatch.setitem(globals(), "__name__", "parsers.pdf.path_strokes")
    with pytest.raises(KeyError):
        list(read_pages(_sheet().data(), name="plan.pdf"))


def test_a_sound_file_needs_no_repair() -> None:
    assert open_pdf(_sheet().data(), name="sound.pdf").repair_note is None


def test_a_pdf_without_pages_is_named() -> None:
    out = io.BytesIO()
    pikepdf.new().save(out)
    with pytest.raises(UnreadablePdfError, match="no pages"):
        list(read_pages(out.getvalue(), name="empty.pdf"))


def test_a_page_tree_that_contains_itself_ends_in_an_error_or_in_pages() -> None:
    with pikepdf.open(io.BytesIO(_sheet().data())) as pdf:
        pdf.Root.Pages.Kids.append(pdf.Root.Pages)
        out = io.BytesIO()
        pdf.save(out)
    with contextlib.suppress(UnreadablePdfError):
        assert list(read_pages(out.getvalue(), name="loop.pdf"))


@pytest.mark.parametrize(
    "limits",
    [ReadLimits(max_pages=0), ReadLimits(max_strokes=2), ReadLimits(max_glyphs=3), ReadLimits(max_page_side=500)],
)
def test_limits_name_the_file(limits: ReadLimits) -> None:
    with pytest.raises(LimitExceededError, match=r"large\.pdf"):
        list(read_pages(_sheet().data(), name="large.pdf", limits=limits))
