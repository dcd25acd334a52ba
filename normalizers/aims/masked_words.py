"""A sentence's words by Sudachi, with a stand-in for each fixed span, and what the words around a place look like."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from normalizers.aims.lexicon import lexicon, phrases
from normalizers.aims.patterns import pattern, words
from normalizers.aims.spans import FixedSpan, fixed_spans
from normalizers.text.tokens import PhraseMatch, Token, read_words

_STAND_INS = {"quantity": "10%", "time": "今年度", "reference": "前年度", "label": "目標", "period": "毎年"}
_BLANK = re.compile(" ")
_FORMAL_NOUNS = words("words_around.undescribed")
_UP_TO = pattern("words_around.up_to")
_WAYS, _OF_VERBS = words("ways.from_to"), words("words_around.of_verbs")
_LONGEST_COMPARATOR = 6
"""Words of the longest comparator behind its particle."""

_DOING = words("speech.acts")
_NOUNS = words("speech.parts_of_nouns")
_VERBS = words("speech.verbs")
_MARKS = words("speech.marks")
_HELPING_WORDS = words("speech.helping_words")
_DENIED_THROUGH = words("speech.denied_through")
_BEFORE_NOUNS = words("speech.before_nouns")
_AUXILIARIES = words("speech.auxiliaries")
_ADJECTIVAL_NOUNS = words("speech.adjectival_nouns")


class MaskedWords:
    """The words of a skeleton's text. Offsets are the skeleton's, indices those of ``words``.

    The stand-ins make Sudachi cut the words around numbers and times always the same way. ``gaps`` are the offsets
    before which the page shows a blank. ``distributes`` tells that a word gives several names a figure each (それぞれ).
    """

    def __init__(self, text: str, gaps: Set[int]) -> None:
        self.text = text
        # spaCy hangs single blanks on the word before, so that they are no words of their own.
        self.gaps = frozenset(gaps).union(found.end() for found in _BLANK.finditer(text))
        self.spans: dict[int, FixedSpan] = {span.start: span for span in fixed_spans(text, self.gaps)}
        self.masked, offsets = self._mask()
        self.words = read_words(self.masked)
        self._starts = [offsets[word.idx] for word in self.words] + [len(text)]
        self._matches = phrases().find(self.words)
        parts = {match.name for matches in self._matches.values() for match in matches}
        self.distributes = bool(parts & {"quantifier.each", "quantifier.order"})

    def _mask(self) -> tuple[str, list[int]]:
        parts: list[str] = []
        offsets: list[int] = []
        at = 0
        while at < len(self.text):
            span = self.spans.get(at)
            stand_in = _STAND_INS[span.kind] if span is not None else self.text[at]
            parts.append(stand_in)
            offsets += [at] * len(stand_in)
            at = span.end if span is not None else at + 1
        return "".join(parts), [*offsets, at]

    def __len__(self) -> int:
        return len(self.words)

    def __getitem__(self, index: int) -> Token:
        return self.words[index]

    def are(self, index: int, *texts: str) -> bool:
        """Whether the words from ``index`` on are ``texts``."""
        return tuple(word.text for word in self.words[index : index + len(texts)]) == texts

    def offset(self, index: int) -> int:
        """Where word ``index`` begins in the skeleton; its end where there is no such word."""
        return self._starts[min(index, len(self.words))]

    def matches(self, index: int) -> Sequence[PhraseMatch]:
        """The lexicon's phrases that begin at a word, the longest first."""
        return self._matches.get(index, ())

    def comparator_past(self, index: int, last: int) -> tuple[str, int] | None:
        """The comparator whose particle is word ``index`` and whose rest begins at ``last``, and where it ends."""
        if index >= len(self.words) or self.words[index].text != "を":
            return None
        found = phrases().find((self.words[index], *self.words[last : last + _LONGEST_COMPARATOR])).get(0, ())
        match = next((match for match in found if match.name.startswith("comparator.") and match.last > 1), None)
        return (match.name.partition(".")[2], last + match.last - 1) if match is not None else None

    def adverb_until(self, index: int) -> int | None:
        """Where an adverb that begins at a word ends: はるかに, 軽く, 楽に, 継続的に; None where there is none."""
        if index >= len(self.words):
            return None
        adverbs = lexicon()["names"]["adverbs"]
        if self.masked.startswith(tuple(adverbs), self[index].idx):
            return next(end for adverb in adverbs if (end := self.spelled(index, adverb)) is not None)
        word = self.words[index]
        if word.tag_.startswith("副詞") or (word.tag_.startswith("形容詞") and word.text.endswith("く")):
            return index + 1
        for end in (index + 1, index + 2):
            if end < len(self.words) and self.words[end].text in ("に", "と") and "形状詞" in self.words[end - 1].tag_:
                return end + 1
        return None

    def is_noun(self, index: int) -> bool:
        """Whether a noun or a part of one stands at a word."""
        return index < len(self.words) and self.words[index].tag_.startswith(_NOUNS)

    def is_glued_noun(self, index: int) -> bool:
        """Whether a noun stands there that neither a blank nor a fixed span parts from the word before."""
        offset = self.offset(index)
        return self.is_noun(index) and offset not in self.gaps and offset not in self.spans

    def is_glued_word(self, index: int) -> bool:
        """The same, or a stem that a noun goes on from (合計特殊出生率)."""
        offset = self.offset(index)
        stem = index < len(self.words) and self.words[index].tag_.startswith(_ADJECTIVAL_NOUNS)
        return self.is_glued_noun(index) or (stem and offset not in self.gaps and offset not in self.spans)

    def breaks(self, index: int) -> bool:
        """Whether the end, punctuation, a blank or a fixed span stands at a word."""
        offset = self.offset(index)
        if index >= len(self.words) or offset in self.spans or offset in self.gaps:
            return True
        return self.words[index].tag_.startswith(_MARKS) or self.words[index].is_space

    def figure_follows(self, index: int) -> bool:
        """Whether a quantity or a reference stands at a word or behind it."""
        at = self.offset(index)
        return any(start >= at and span.kind in ("quantity", "reference") for start, span in self.spans.items())

    def describes_noun(self, index: int) -> bool:
        """Whether a verb that ends before word ``index`` describes a noun: 受診した者, 支給までの日数."""
        through_no = False
        for at in range(index, len(self.words)):
            word, offset = self.words[at], self.offset(at)
            if offset in self.spans or (offset in self.gaps and not through_no) or word.text in _FORMAL_NOUNS:
                return False
            if word.text == "・" and self.words[min(at + 1, len(self.words) - 1)].tag_.startswith(_DOING):
                # 維持・改善した者
                index = at + 2
            if (
                word.text == "と"
                and at + 1 < len(self.words)
                and self.words[at + 1].norm_ in lexicon()["names"]["saying"]
            ):
                # 窓口対応ができたと答えた人
                index = at + 2
            if at < index:
                continue
            if self.is_noun(at):
                return True
            to_no = word.text in _WAYS and at + 1 < len(self.words) and self.words[at + 1].text == "の"
            if word.text == "の" or to_no:
                through_no = True
            elif word.tag_.startswith(_BEFORE_NOUNS) and not through_no:
                # 取り組む新規宣言事業所
                continue
            elif word.norm_ in lexicon()["names"]["denying"] and through_no:
                # 受診のない者
                continue
            elif not word.tag_.startswith(_HELPING_WORDS) and word.text != "て":
                return False
        return False

    def leads_up_to(self, index: int) -> bool:
        """(受付から)支給まで: whether a short name alone stands between a word and まで."""
        return _UP_TO.match(self.masked, self[index].idx) is not None if index < len(self) else False

    def fixed_at(self, index: int, *, verbs: bool) -> bool:
        """Whether a fixed span, punctuation, the end or a word of the lexicon stands at a word."""
        if index >= len(self.words) or self.offset(index) in self.spans:
            return True
        if self.words[index].tag_.startswith(_MARKS):
            return True
        for match in self.matches(index):
            group = match.name.split(".")[0]
            if group == "verb" and verbs and not self.is_noun(match.last):
                return True
            if group in ("quantifier", "before", "filler") and self.offset(match.last) in self.spans:
                return True
        return False

    def is_denied(self, index: int) -> bool:
        """増加させない, 低下させることなく: whether a verb that ends before word ``index`` is denied."""
        return self.denied_until(index) is not None

    def denied_until(self, index: int) -> int | None:
        """Where a verb's denial that begins at word ``index`` ends (切ら せない, 超え てはいけない); None for none."""
        for at in range(index, len(self.words)):
            word = self.words[at]
            if word.norm_ in lexicon()["names"]["denying"]:
                # 維持しなければならない denies nothing.
                return None if at + 1 < len(self.words) and self.words[at + 1].text == "ば" else at + 1
            helps = word.tag_.startswith(_DENIED_THROUGH)
            if not helps and word.text not in lexicon()["names"]["before_denying"]:
                return None
        return None

    def tells_who_changes(self, index: int) -> bool:
        """腹囲3cm減を達成した者: whether a verb behind word ``index`` tells who reaches the change before it."""
        if index + 1 >= len(self.words) or self.words[index].text not in _OF_VERBS:
            return False
        ends = [match.last for match in self.matches(index + 1) if match.name.startswith("verb.")]
        return any(self.describes_noun(end) for end in ends)

    def begins_a_word(self, index: int) -> bool:
        """はり・きゅう: whether a particle or auxiliary before which nothing stands is none."""
        if index or len(self.words) < 2:
            return False
        follows = self.words[0].text == "は" and self.words[1].tag_.startswith(_VERBS)
        return follows or self.words[0].tag_.startswith(_AUXILIARIES)

    def spelled(self, index: int, wording: str) -> int | None:
        """Where a wording that begins at word ``index`` ends, は or も behind it included; None where none does."""
        at = self[index].idx
        if not self.masked.startswith(wording, at):
            return None
        end = index
        while end < len(self) and self[end].idx < at + len(wording):
            end += 1
        while end < len(self) and self[end].text in ("は", "も"):
            end += 1
        return end
