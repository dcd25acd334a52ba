"""The elements of a sentence as they are put down, from left to right, with what separates them."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace

from normalizers.aims.element import GAP, Element, Kind
from normalizers.aims.masked_words import MaskedWords
from normalizers.aims.patterns import words
from normalizers.aims.spans import FixedSpan
from normalizers.model.records import Comparator
from normalizers.text.skeleton import Skeleton

_SIGNS: dict[str, Comparator] = {"≧": "ge", "≥": "ge", "≦": "le", "≤": "le", ">": "gt", "<": "lt"}
_VERB_JOINERS = ("", "を", "に", "と", "が", "の", "も")
_PARTICLES_AT_END = words("speech.particles_at_end")


class ElementList:
    """What has been found so far: the elements, the run of words that is open, and what stands behind the last."""

    def __init__(self, skeleton: Skeleton, gaps: Set[int]) -> None:
        self.words = MaskedWords(skeleton.text, gaps)
        self.text = skeleton.text
        self.brackets = list(skeleton.brackets)
        self.elements: list[Element] = []
        self.separator = ""
        self.run_start: int | None = None
        self.run_words: list[tuple[str, str, str]] = []

    def _gap(self, offset: int) -> None:
        if offset in self.words.gaps and not self.separator.endswith(GAP):
            self.separator += GAP

    def _add(self, element: Element) -> None:
        self.elements.append(element)
        self.separator = ""

    def _close(self, offset: int) -> None:
        """Ends the run of words that is open; particles at its end part it from what follows."""
        if self.run_start is None:
            return
        start, words = self.run_start, self.run_words
        self.run_start, self.run_words = None, []
        tail = ""
        # 受付から支給までを: its end is まで.
        ranges = any(word[0] == "から" for word in words)
        while len(words) > 1 and words[-1][1].startswith(_PARTICLES_AT_END):
            if ranges and words[-1][0] == "まで":
                break
            tail = words.pop()[0] + tail
            offset = start + sum(len(word[0]) for word in words)
        offset = start + len(self.text[start:offset].rstrip())
        self._add(Element("name", start, offset, self.text[start:offset], self.separator, words=tuple(words)))
        self.separator += tail

    def _emit_brackets(self, offset: int) -> None:
        while self.brackets and self.brackets[0].at <= offset:
            bracket = self.brackets.pop(0)
            if not bracket.quotes:
                self._close(bracket.at)
                self._add(Element("bracket", bracket.at, bracket.at, bracket.content, self.separator, bracket=bracket))

    def _emit_span(self, span: FixedSpan) -> None:
        start, end, before = span.start, span.end, self.separator
        text = self.text[start:end]
        if span.kind == "quantity":
            sign = _SIGNS.get(before.strip(GAP + " ")[-1:])
            self._add(Element("quantity", start, end, text, before, (), span.quantity, sign, span))
        elif span.kind == "period":
            self._add(Element("quantifier", start, end, text, before, ("quantifier.period",), span=span))
        else:
            self._add(Element(span.kind, start, end, text, before, span=span))

    def _lexeme(self, kind: Kind, offset: int, last: int, parts: tuple[str, ...]) -> int:
        """Puts a word of the lexicon down; verbs that follow each other are one."""
        self._close(offset)
        self._gap(offset)
        end = self.words.offset(last)
        before = self.elements[-1] if self.elements else None
        if kind == "verb" and before is not None and before.kind == "verb" and self.separator in _VERB_JOINERS:
            text = self.text[before.start : end]
            self.elements[-1] = replace(before, end=end, text=text, parts=before.parts + parts)
            self.separator = ""
        else:
            self._add(Element(kind, offset, end, self.text[offset:end], self.separator, parts))
        return last

    def _skip(self, offset: int, last: int, mark: str) -> int:
        self._close(offset)
        self._gap(offset)
        self.separator += mark
        return last
