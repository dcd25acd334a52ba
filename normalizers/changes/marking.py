"""What a page marks as changed: underlined, struck through, or set in another colour where the document does so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from normalizers.changes.alignment import differences
from normalizers.model.records import Marking
from parsers.model.document import ParsedDocument
from parsers.model.styled_text import Span, StyledText, merge_spans

_MOST_OF_THE_TEXT = 0.5
_WORD = 12
_MOSTLY = 0.9
_FARTHEST_SLIDE = 40


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


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text and its marked stretches."""

    text: str
    marks: tuple[Span, ...]


def pair_marking(new: MarkedText, old: MarkedText, judged: tuple[bool, bool]) -> Marking:
    """Whether what differs between two versions of a paragraph is what is marked in them.

    ``judged`` tells for each side whether the document marks anything there at all: many mark the new text only. Where
    a wording can be aligned in several ways (A、B等 and A等、C), the one that suits the marks counts.
    """
    of_new, of_old = differences(new.text, old.text)
    sides = [(of_new, new, judged[0]), (of_old, old, judged[1])]
    verdicts = [
        compare_marking(_slid(spans, side), side.marks, side.text)
        for spans, side, judge in sides
        if judge or not any(judged)
    ]
    rest_agrees = all(judged) and _letters(without(new.text, new.marks)) == _letters(without(old.text, old.marks))
    if "unmarked" in verdicts and not rest_agrees:
        return "unmarked"
    return "overmarked" if "overmarked" in verdicts else "agrees"


def compare_marking(differing: Sequence[Span], marked: Sequence[Span], text: str) -> Marking:
    """How the marked stretches of one text agree with those that differ; letters and figures count, signs do not.

    A mark may reach beyond the letters that differ (all of 95.0% for one new digit), but not over much that stayed.
    """
    differ = _visible(differing, text)
    if differ - _visible(marked, text):
        return "unmarked"
    for span in marked:
        letters = _visible([span], text)
        common = len(letters) - len(letters & differ)
        if letters and (common == len(letters) or (common > _WORD and common > _MOSTLY * len(letters))):
            return "overmarked"
    return "agrees"


def without(text: str, spans: Sequence[Span]) -> str:
    """The text without some stretches of it."""
    kept, at = [], 0
    for span in spans:
        kept.append(text[at : span.start])
        at = span.end
    return "".join(kept) + text[at:]


def _slid(spans: Sequence[Span], side: MarkedText) -> list[Span]:
    """The stretches moved along the text as far as it reads the same, to where most of them is marked.

    An insertion between equal letters has no place of its own: 調査、客の and 客の調査、 are
    the same insertion before 客の声.
    """
    marked = _visible(side.marks, side.text)
    slid: list[Span] = []
    for span in spans:
        choices = [span]
        for step in (-1, 1):
            start, end = span
            while abs(start - span.start) < _FARTHEST_SLIDE:
                leaving, entering = (end - 1, start - 1) if step < 0 else (start, end)
                if not 0 <= entering < len(side.text) or side.text[leaving] != side.text[entering]:
                    break
                start, end = start + step, end + step
                choices.append(Span(start, end))
        slid.append(max(choices, key=lambda choice: len(_visible([choice], side.text) & marked)))
    return slid


def _visible(spans: Sequence[Span], text: str) -> frozenset[int]:
    return frozenset(at for span in spans for at in range(span.start, min(span.end, len(text))) if text[at].isalnum())


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())
