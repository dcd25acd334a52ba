"""Builds parsed documents from lines of text: a leading space is one step of indent (12 points)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parsers.model.document import DocumentIdentity, DocumentKind, Edition, Paragraph, ParsedDocument, TextPiece
from parsers.model.geometry import Box
from parsers.model.styled_text import Span, StyledText

_STEP = 12.0
_LINE = 15.0


def paragraph(
    line: str, at: int = 0, *, edition: Edition = "single", row: int = 0, section: str | None = None
) -> Paragraph:
    """One paragraph; ``<u>…</u>`` underlines a stretch, ``@移動①`` makes a floating mark."""
    text = line.lstrip(" ")
    indent = _STEP * (len(line) - len(text))
    annotation = text.startswith("@")
    plain, underlines = _underlined(text.removeprefix("@"))
    left = 60.0 if edition != "old" else 400.0
    box = Box(left + indent, 60 + _LINE * at, left + 300, 72 + _LINE * at)
    return Paragraph(
        text=StyledText(plain, underlines),
        edition=edition,
        pieces=(TextPiece(0, len(plain), 1, box),),
        row=row,
        column_title={"new": "新(令和6年度)", "old": "旧(令和5年度)", "reference": "保険者機能強化計画"}.get(edition),
        section=section,
        cell_id=f"c{row}{edition}",
        indent=indent,
        hanging=indent,
        annotation=annotation,
    )


def plan(
    lines: Sequence[str] | str, *, section: str | None = "1. 基盤的保険者機能関係", year: int = 2024
) -> ParsedDocument:
    """A plan of one edition."""
    listed = lines.strip("\n").split("\n") if isinstance(lines, str) else lines
    paragraphs = [paragraph(line, at, section=section) for at, line in enumerate(listed)]
    return document(paragraphs, kind="plan", year=year)


def comparison(new: str, old: str, year: int = 2024) -> ParsedDocument:
    """A comparison: old and new side by side; an empty line begins the next table row."""
    paragraphs: list[Paragraph] = []
    rows = zip(new.strip("\n").split("\n\n"), old.strip("\n").split("\n\n"), strict=True)
    for row, (new_text, old_text) in enumerate(rows):
        for edition, text in (("new", new_text), ("old", old_text)):
            lines = [line for line in text.split("\n") if line.strip()]
            paragraphs += [
                paragraph(
                    line,
                    20 * row + at,
                    edition="new" if edition == "new" else "old",
                    row=row,
                    section="1. 基盤的保険者機能関係",
                )
                for at, line in enumerate(lines)
            ]
    return document(paragraphs, kind="comparison", year=year)


def document(
    paragraphs: Sequence[Paragraph], *, kind: DocumentKind = "plan", year: int | None = 2024
) -> ParsedDocument:
    identity = DocumentIdentity("33", "岡山", year, "令和6年度岡山支部事業計画", kind, False, "test")
    return ParsedDocument(identity, (), (), tuple(paragraphs), (), ())


def with_heading_level(item: Paragraph, level: int) -> Paragraph:
    """The paragraph set apart as a heading of a level."""
    return replace(item, heading_level=level)


def _underlined(text: str) -> tuple[str, tuple[Span, ...]]:
    plain, spans = "", []
    for at, part in enumerate(text.split("<u>")):
        marked, _, rest = part.partition("</u>")
        if at == 0:
            plain += part
            continue
        spans.append(Span(len(plain), len(plain) + len(marked)))
        plain += marked + rest
    return plain, tuple(spans)
