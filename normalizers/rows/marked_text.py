"""What a page marks as changed: underlined, struck through, or set in another colour where the document does so."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.model.document import ParsedDocument
from parsers.model.styled_text import Span, StyledText, merge_spans

_MOST_OF_THE_TEXT = 0.5
"""A colour on half of the compared text or more is the document's style, not a mark."""


def marks_by_color(parsed: ParsedDocument) -> bool:
    """Whether colour marks changes in this document: a comparison that colours some of its text, but not most."""
    if parsed.identity.kind != "comparison":
        return False
    compared = [paragraph.text for paragraph in parsed.paragraphs if paragraph.edition in ("new", "old")]
    colored = sum(span.end - span.start for text in compared for span in text.colored)
    return 0 < colored < _MOST_OF_THE_TEXT * sum(len(text.text) for text in compared)


def marked_spans(text: StyledText, by_color: bool) -> tuple[Span, ...]:
    """The marked stretches of a text, sorted, merged where they touch."""
    colored = [Span(span.start, span.end) for span in text.colored] if by_color else []
    return merge_spans([*text.underlines, *text.strikethroughs, *colored])


def covers(spans: Sequence[Span], text: str, start: int, end: int) -> bool:
    """Whether every visible character of ``text[start:end]`` lies in one of ``spans``; False where there is none."""
    visible = [offset for offset in range(start, end) if not text[offset].isspace()]
    return bool(visible) and all(any(span.start <= offset < span.end for span in spans) for offset in visible)


def value_is_marked(spans: Sequence[Span], text: str, statement: Span, value: Span | None) -> bool:
    """Whether the digits of the value, or all of the statement, are marked. Offsets are into the verbatim ``text``."""
    if not spans:
        return False
    if value is not None:
        digits = [at for at in range(value.start, min(value.end, len(text))) if text[at].isnumeric()]
        if digits and covers(spans, text, digits[0], digits[-1] + 1):
            return True
    end = statement.end
    while end > statement.start and text[end - 1] in "。．. 　":
        end -= 1
    return covers(spans, text, statement.start, end)
