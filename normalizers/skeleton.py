"""A statement without what stands in brackets, quotes and note marks: the sentence that its grammar reads."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_PAIRS = {"(": ")", "[": "]", "【": "】", "「": "」", "『": "』", "〔": "〕", "<": ">", "〈": "〉", "《": "》", "{": "}"}
_NOTE_MARK = re.compile(r"※ ?[0-9①-⑳]{0,2}(?![0-9])|\* ?[0-9]{1,2}(?![0-9])|[⁰¹²³⁴-⁹]+|[(]注[0-9]{0,2}[)]|注[0-9]{1,2}[)]?")


@dataclass(frozen=True, slots=True)
class Bracket:
    """An outermost bracket or quote at ``start:end`` of the text; ``at`` is its place in the skeleton."""

    start: int
    end: int
    at: int
    content: str


@dataclass(frozen=True, slots=True)
class Skeleton:
    """``text`` is what is left, ``offsets[i]`` where its character ``i`` stands in the whole normalised text.

    ``cuts`` are stretches of the whole text that :meth:`without` took out (deadlines, scopes).
    """

    text: str
    offsets: tuple[int, ...]
    brackets: tuple[Bracket, ...]
    note_marks: tuple[str, ...]
    whole: str
    cuts: tuple[tuple[int, int], ...] = ()

    def whole_span(self, start: int, end: int) -> tuple[int, int]:
        """Where the skeleton's characters ``start:end`` stand in the whole text, brackets between them included."""
        if start >= end:
            at = self.offsets[start] if start < len(self.offsets) else len(self.whole)
            return at, at
        return self.offsets[start], self.offsets[end - 1] + 1

    def words_of(self, start: int, end: int) -> str:
        """The whole text of the skeleton's ``start:end`` with its brackets, without note marks and cuts."""
        first, last = self.whole_span(start, end)
        # A bracket that closes the stretch belongs to it: 使用割合(医科、歯科)を.
        for bracket in self.brackets:
            if bracket.start == last and bracket.at == end:
                last = bracket.end
        # A quotation that opens it does too: 「…」を活用した….
        for bracket in reversed(self.brackets):
            if bracket.end == first and bracket.at == start and self.whole[bracket.start] in "「『":
                first = bracket.start
        parts: list[str] = []
        for cut_start, cut_end in self.cuts:
            if first < cut_end and cut_start < last:
                parts.append(self.whole[first : max(first, cut_start)])
                first = cut_end
        parts.append(self.whole[first:last])
        return without_note_marks("".join(parts))

    def without(self, start: int, end: int) -> Skeleton:
        """The skeleton with its characters ``start:end`` cut out."""
        brackets = tuple(
            bracket if bracket.at < end else replace(bracket, at=bracket.at - (end - start)) for bracket in self.brackets
        )
        return replace(
            self,
            text=self.text[:start] + self.text[end:],
            offsets=self.offsets[:start] + self.offsets[end:],
            brackets=brackets,
            cuts=tuple(sorted((*self.cuts, self.whole_span(start, end)))),
        )


def read_skeleton(text: str) -> Skeleton:
    """The skeleton of a normalised text. A bracket without its other half is an ordinary character."""
    closing = _matched_brackets(text)
    kept: list[str] = []
    offsets: list[int] = []
    brackets: list[Bracket] = []
    marks: list[str] = []
    index = 0
    while index < len(text):
        mark = _NOTE_MARK.match(text, index)
        if mark is not None and mark.group():
            marks.append(mark.group().replace(" ", ""))
            index = mark.end()
        elif index in closing:
            end = closing[index] + 1
            content = text[index + 1 : end - 1]
            brackets.append(Bracket(index, end, len(kept), content))
            inner = _NOTE_MARK.fullmatch(content.strip())
            if inner:
                marks.append(inner.group().replace(" ", ""))
            index = end
        else:
            kept.append(text[index])
            offsets.append(index)
            index += 1
    return Skeleton("".join(kept), tuple(offsets), tuple(brackets), tuple(dict.fromkeys(marks)), text)


def without_note_marks(text: str) -> str:
    """A normalised text without (※), ※1, (注1) and superscript figures."""
    return _NOTE_MARK.sub("", re.sub(r" ?[(]※ ?[0-9①-⑳]{0,2}[)]", "", text)).strip()


def note_mark_at(text: str, offset: int) -> bool:
    """Whether a note mark stands at ``offset``."""
    return _NOTE_MARK.match(text, offset) is not None


def _matched_brackets(text: str) -> dict[int, int]:
    """Opening → closing offset of the outermost brackets."""
    matched: dict[int, int] = {}
    stack: list[tuple[str, int]] = []
    for index, character in enumerate(text):
        if character in _PAIRS:
            stack.append((_PAIRS[character], index))
        elif stack and any(character == expected for expected, _ in stack):
            while stack[-1][0] != character:
                stack.pop()
            matched[stack.pop()[1]] = index
    outermost: dict[int, int] = {}
    reached = -1
    for start in sorted(matched):
        if start > reached:
            outermost[start] = reached = matched[start]
    return outermost
