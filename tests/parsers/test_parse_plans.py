"""Whole documents: the real plans against what careful readers found in them, and a drawn page with a watermark."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest

from parsers.layout.page_layout import layout_page
from parsers.model.document import ParsedDocument
from parsers.model.layout import PageLayout
from parsers.parse import parse_document
from parsers.pdf.page_reader import read_pages
from parsers.show.overlay import draw_page
from parsers.show.page_dump import describe_page

PLANS = {"okayama_r3": "33_*.pdf", "kumamoto_r6": "43_*.pdf"}


def closed_up(text: str) -> str:
    """Texts are compared without blanks; page and truth show the same characters otherwise."""
    from normalizers.text.characters import normalize

    return re.sub(r"\s", "", normalize(text).text)


def underlined(text: str, spans: list[tuple[int, int]]) -> str:
    return closed_up("|".join(text[start:end] for start, end in spans))


@pytest.mark.parametrize("plan", PLANS)
def test_blocks_of_real_plans(shared: Path, plan: str) -> None:
    truth = json.loads((shared / "truth" / plan / "cells.json").read_text(encoding="utf-8"))
    file = next((shared / "plans").glob(PLANS[plan]))
    parsed = parse_document(file.read_bytes(), file.name)
    expected = sorted(
        (
            block["edition"],
            closed_up(block["section"] or ""),
            closed_up(block["text"]),
            underlined(block["text"], [(span["start"], span["end"]) for span in block["underlines"]]),
            block["kind"] == "annotation",
        )
        for block in truth["blocks"]
    )
    found = sorted(
        (
            paragraph.edition,
            closed_up(paragraph.section or ""),
            closed_up(paragraph.text.text),
            underlined(paragraph.text.text, list(paragraph.text.underlines)),
            paragraph.annotation,
        )
        for paragraph in parsed.paragraphs
    )
    assert found == expected
    document = truth["document"]
    assert parsed.identity.branch_code == document["branch_code"]
    assert parsed.identity.fiscal_year == document["fiscal_year"]
    assert parsed.identity.kind == document["kind"]
    assert parsed.identity.is_draft == document["is_draft"]
    assert parsed.findings == ()


def drawn_plan() -> bytes:
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiKakuGo-W5"))
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=A4)
    canvas.setFont("HeiseiKakuGo-W5", 120)
    canvas.setFillGray(0.85)
    canvas.drawString(230, 400, "案")
    canvas.setFillGray(0)
    canvas.setFont("HeiseiKakuGo-W5", 16)
    canvas.drawString(150, 780, "令和6年度 熊本支部事業計画")
    canvas.setFont("HeiseiKakuGo-W5", 10)
    for number, text in enumerate(["1. 基盤的保険者機能関係", "○健診の推進", "・案内を送付し、受診を勧める。"] * 6):
        canvas.drawString(60, 700 - 20 * number, text)
    canvas.save()
    return held.getvalue()


@pytest.fixture(scope="module")
def drawn() -> tuple[bytes, ParsedDocument, PageLayout]:
    data = drawn_plan()
    layout = layout_page(next(iter(read_pages(data, name="plan.pdf"))))
    return data, parse_document(data, "plan.pdf"), layout


def test_watermark_is_furniture_and_tells_a_draft(drawn: tuple[bytes, ParsedDocument, PageLayout]) -> None:
    _, parsed, _ = drawn
    assert [item.text for item in parsed.furniture if item.reason == "watermark"] == ["案"]
    assert parsed.identity.is_draft
    assert not any("案案" in p.text.text or p.text.text == "案" for p in parsed.paragraphs)
    assert [(page.lost_characters, page.repeated_characters) for page in parsed.pages] == [(0, 0)]


def test_inspection_shows_what_was_read(drawn: tuple[bytes, ParsedDocument, PageLayout]) -> None:
    data, parsed, layout = drawn
    described = describe_page(parsed, layout)
    assert "○健診の推進" in described
    assert "furniture title" in described
    assert draw_page(data, parsed, layout, dpi=40).startswith(b"\x89PNG")
