"""A statement without what stands in brackets and note marks: the sentence that its grammar reads."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace

from normalizers.text.patterns import pattern

_ROUND = {"(": ")", "[": "]", "【": "】", "〔": "〕", "<": ">", "〈": "〉", "《": "》", "≪": "≫", "{": "}"}
_QUOTES = {"「": "」", "『": "』"}
_PAIRS = _ROUND | _QUOTES
_INNER = re.compile("[(][^()]*[)]")
_NOTE_MARK = pattern("notes.mark")
_BRACKETED_NOTE_MARK = re.compile(r" ?[(]※ ?[0-9①-⑳]{0,2}[)]")

_NOTE_MARK_STARTS = frozenset("※*(注⁽⁰¹²³⁴⁵⁶⁷⁸⁹")

QUOTATION = "〓"
"""Stands in a skeleton for a quotation: a noun, whatever it quotes."""


@dataclass(frozen=True, slots=True)
class Bracket:
    """An outermost bracket or quotation at ``start:end`` of the text; ``at`` is its place in the skeleton."""

    start: int
    end: int
    at: int
    content: str
    quotes: bool
    opening: str = "("


@dataclass(frozen=True, slots=True)
class Skeleton:
    """``text`` is what is left of ``whole``; its character ``i`` stands for ``spans[i]`` of the whole text.

    ``cuts`` are stretches of the whole text that :meth:`without` took out (deadlines, scopes).
    """

    text: str
    spans: tuple[tuple[int, int], ...]
    brackets: tuple[Bracket, ...]
    note_marks: tuple[str, ...]
    whole: str
    cuts: tuple[tuple[int, int], ...] = ()

    def whole_span(self, start: int, end: int) -> tuple[int, int]:
        """Where the skeleton's characters ``start:end`` stand in the whole text, brackets between them included."""
        if start >= end:
            at = self.spans[start][0] if start < len(self.spans) else len(self.whole)
            return at, at
        return self.spans[start][0], self.spans[end - 1][1]

    def words_of(self, start: int, end: int, left_out: tuple[Bracket, ...] = ()) -> str:
        """The whole text of ``start:end`` with its brackets, without note marks, cuts and ``left_out``."""
        first, last = self.whole_span(start, end)
        for bracket in self.brackets:
            # A bracket that closes the stretch belongs to it: 使用割合(医科、歯科)を.
            if bracket.start == last and bracket.at == end and not bracket.quotes:
                last = bracket.end
        parts: list[str] = []
        for cut_start, cut_end in sorted((*self.cuts, *((bracket.start, bracket.end) for bracket in left_out))):
            if first < cut_end and cut_start < last:
                parts.append(self.whole[first : max(first, cut_start)])
                first = cut_end
        parts.append(self.whole[first:last])
        return without_note_marks("".join(parts))

    def without(self, start: int, end: int) -> Skeleton:
        """The skeleton with its characters ``start:end`` cut out."""
        return replace(
            self,
            text=self.text[:start] + self.text[end:],
            spans=self.spans[:start] + self.spans[end:],
            brackets=tuple(
                replace(b, at=max(start, b.at - (end - start))) if b.at > start else b for b in self.brackets
            ),
            cuts=tuple(sorted((*self.cuts, self.whole_span(start, end)))),
        )


@functools.lru_cache(maxsize=4096)
def read_skeleton(text: str) -> Skeleton:
    """The skeleton of a normalised text. A bracket without its other half is an ordinary character."""
    closing = _outermost_brackets(text)
    kept: list[str] = []
    spans: list[tuple[int, int]] = []
    brackets: list[Bracket] = []
    marks: list[str] = []
    index = 0
    while index < len(text):
        mark = _NOTE_MARK.match(text, index) if text[index] in _NOTE_MARK_STARTS else None
        if mark is not None:
            marks.append(mark.group().replace(" ", ""))
            index = mark.end()
        elif index in closing:
            end = closing[index] + 1
            content = text[index + 1 : end - 1]
            quotes = text[index] in _QUOTES
            brackets.append(Bracket(index, end, len(kept), content, quotes, text[index]))
            inner = _NOTE_MARK.fullmatch(content.strip())
            if inner:
                marks.append(inner.group().replace(" ", ""))
            if quotes:
                kept.append(QUOTATION)
                spans.append((index, end))
            elif kept and kept[-1].isdecimal() and text[end : end + 1].isdecimal():
                # R6(目標)30.0%: without the bracket its neighbours are two numbers still.
                kept.append(" ")
                spans.append((index, end))
            index = end
        else:
            kept.append(text[index])
            spans.append((index, index + 1))
            index += 1
    return Skeleton("".join(kept), tuple(spans), tuple(brackets), tuple(dict.fromkeys(marks)), text)


def outer_text(content: str) -> str:
    """A bracket's content with blanks for the brackets within it, so that its offsets stay."""
    return _INNER.sub(lambda inner: " " * len(inner.group()), content)


def without_note_marks(text: str) -> str:
    """A normalised text without (※), ※1, (注1) and superscript figures."""
    return _NOTE_MARK.sub("", _BRACKETED_NOTE_MARK.sub("", text)).strip()


def _outermost_brackets(text: str) -> dict[int, int]:
    """Opening → closing offset of the outermost brackets."""
    matched: dict[int, int] = {}
    stack: list[tuple[str, int]] = []
    waiting: dict[str, int] = {}
    for index, character in enumerate(text):
        if character in _PAIRS:
            stack.append((_PAIRS[character], index))
            waiting[_PAIRS[character]] = waiting.get(_PAIRS[character], 0) + 1
        elif waiting.get(character):
            while stack[-1][0] != character:
                waiting[stack.pop()[0]] -= 1
            waiting[character] -= 1
            matched[stack.pop()[1]] = index
    outermost: dict[int, int] = {}
    reached = -1
    for start in sorted(matched):
        if start > reached:
            outermost[start] = reached = matched[start]
    return outermost
