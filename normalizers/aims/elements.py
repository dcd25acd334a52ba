"""What a sentence is made of: names, quantities, times, references, labels, verbs, brackets, and what stands between.

Elements are found from left to right by the words of ``lexicon.toml``; which part each of them plays is for the
automaton to decide. Offsets are those of the sentence's skeleton (without brackets and note marks).
"""

from __future__ import annotations

from collections.abc import Set

from normalizers.aims.element import GAP, Element
from normalizers.aims.lexical_words import LexicalWords
from normalizers.aims.name_words import names_all
from normalizers.aims.patterns import ends_with, words
from normalizers.text.skeleton import Skeleton

_JOINERS = words("separators.joiners")
_SPELLED_JOINERS = {"並びに": "並びに", "ならびに": "並びに"}
"""Joiners that may come as two words (100%並びに…)."""

_ALWAYS_APART = words("separators.always_apart")
_BOUND_TO_A_VALUE = words("separators.bound_to_value")
_TOPICS = {"について": "について", "に関して": "について", "につき": "について", "において": "において"}
_MARKS = "→⇒➡➔/:;=≧≦≥≤<>・,|│┃┆¦■◆●○◎□★"
_BULLETS = "■◆●○◎□★"
_QUOTES = "「」『』〓"
_PUNCTUATION = words("speech.marks")
_PARTICLES_OR_AUXILIARIES = words("speech.particles_or_auxiliaries")
_PARTICLES = words("speech.particles")
_HELPING_VERBS = words("speech.helping_verbs")


def read_elements(skeleton: Skeleton, gaps: Set[int]) -> tuple[tuple[Element, ...], str]:
    """The elements of a sentence's skeleton and what stands behind the last.

    ``gaps`` are the offsets of the skeleton before which the page shows a blank that normalising left out.
    """
    scanner = _Scanner(skeleton, gaps)
    scanner.run()
    return tuple(scanner.elements), scanner.separator


class _Scanner(LexicalWords):
    """Goes through the words once; a run of words that nothing else claims is a name."""

    def run(self) -> None:
        index = 0
        while index < len(self.words):
            index = self._step(index)
        self._close(len(self.text))
        self._emit_brackets(len(self.text))

    def _step(self, index: int) -> int:
        offset = self.words.offset(index)
        attached = self._attach_comparator(index)
        if attached is not None:
            return attached
        self._emit_brackets(offset)
        if offset in self.words.spans:
            self._close(offset)
            self._gap(offset)
            self._emit_span(self.words.spans[offset])
            while index < len(self.words) and self.words.offset(index) == offset:
                index += 1
            return index
        found = self._lexical(index)
        if found is not None:
            return found
        separated = self._separates(index)
        if separated is not None:
            text, last = separated
            self._close(offset)
            self._gap(offset)
            self.separator += text
            return last
        if self.run_start is None or offset in self.words.gaps:
            self._close(offset)
            self._gap(offset)
            self.run_start = offset
        word = self.words[index]
        self.run_words.append((word.text, word.tag_, word.norm_))
        return index + 1

    def _separates(self, index: int) -> tuple[str, int] | None:
        """The separator that begins at ``index`` and where it ends; None where the word belongs to a name."""
        word = self.words[index]
        if word.is_space:
            return GAP, index + 1
        if word.norm_ in _JOINERS and self._joins(index):
            return word.norm_, index + 1
        for spelled, norm in (*_TOPICS.items(), *_SPELLED_JOINERS.items()):
            end = self.words.spelled(index, spelled)
            if end is not None:
                return norm, end
        if (
            word.tag_.startswith(_PUNCTUATION)
            or word.text in _MARKS
            or (word.text == "〇" and self.words.offset(index) in self.words.gaps)
        ):
            return self._mark(index)
        if not word.tag_.startswith(_PARTICLES_OR_AUXILIARIES) or self.words.begins_a_word(index):
            helps = self.run_start is None and self.elements and self.elements[-1].kind == "verb"
            return ("", index + 1) if helps and word.tag_.startswith(_HELPING_VERBS) else None
        if word.text == "で" and self.run_start == 0 and names_all(self.text[: self.words.offset(index)]):
            # 全ての部署で…率: of all of them.
            return "で", index + 1
        if word.text == "から" and self.run_start is not None and self.words.leads_up_to(index + 1):
            # 申請の受付から支給までを…: from when to when.
            return None
        lists = word.text == "と" and self.words.distributes and self._joins(index)
        apart = (word.text in _ALWAYS_APART and word.tag_.startswith(_PARTICLES)) or lists
        bound = word.text in _BOUND_TO_A_VALUE and self.words.fixed_at(index + 1, verbs=word.text != "の")
        return (word.text, index + 1) if apart or bound or self.run_start is None else None

    def _mark(self, index: int) -> tuple[str, int] | None:
        text, in_name = self.words[index].text, self.run_start is not None
        if text in _QUOTES or (text == "-" and in_name):
            return None
        parts_measures = self.words.distributes and self._joins(index)
        if text == "・" and in_name and not parts_measures and not self.words.fixed_at(index + 1, verbs=True):
            return None
        if text in _BULLETS and not in_name and not self.elements:
            return "", index + 1
        return text, index + 1

    def _joins(self, index: int) -> bool:
        """及び joins aims or indicators only behind a value or a name of a measure."""
        if self.run_start is None:
            return True
        return ends_with("names.heads").search(self.text[self.run_start : self.words.offset(index)]) is not None
