"""Whether what differs between the old and the new text is what the page marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from normalizers.model.records import Marking
from normalizers.text.differences import differences
from parsers.model.styled_text import Span


@dataclass(frozen=True, slots=True)
class MarkingSettings:
    """Whether a page marks what differs."""

    word: int = 12
    """Characters in common above which a mark that holds more than the change still agrees with it. Chosen."""
    mostly: float = 0.9
    """Share of the marked letters that must then be in common. Nearest: 0.826 and 0.978."""
    farthest_slide: int = 40
    """Characters that a change may slide within a repetition (健診健診) to meet its mark. Chosen; bounds time."""


SETTINGS = MarkingSettings()


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
        if letters and (common == len(letters) or (common > SETTINGS.word and common > SETTINGS.mostly * len(letters))):
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
            while abs(start - span.start) < SETTINGS.farthest_slide:
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
