"""A bound right behind a figure or a reference: 95%以上, 30分を超えてはいけない, 前年度を下回らない."""

from __future__ import annotations

from dataclasses import replace

from normalizers.aims.element import GAP, Element
from normalizers.aims.element_list import ElementList
from normalizers.aims.lexicon import lexicon
from normalizers.aims.patterns import words
from normalizers.model.records import Comparator

_COMPARATORS: dict[str, Comparator] = {"ge": "ge", "le": "le", "within": "le", "gt": "gt", "lt": "lt"}
_DURATIONS = ("seconds", "minutes", "hours", "days", "weeks", "months", "years")
_NEGATED: dict[Comparator, Comparator] = {"lt": "ge", "gt": "le"}
_VERBS = words("speech.verbs")


class BoundsBehind(ElementList):
    """The part of the scan that gives figures and references the bounds behind them."""

    def _attach_comparator(self, index: int) -> int | None:
        """以上 and the like right behind a quantity or a reference, brackets between them left aside."""
        if self.run_start is not None or self.separator.strip("の" + GAP):
            return None
        owner = next((at for at in range(len(self.elements) - 1, -1, -1) if self.elements[at].kind != "bracket"), None)
        if owner is None or self.elements[owner].comparator is not None:
            return None
        element = self.elements[owner]
        of_a_year = element.kind == "time" and element.span is not None and element.span.fiscal
        if element.kind not in ("quantity", "reference") and not of_a_year:
            return None
        parted = self._past_quantifier(index, owner)
        if parted is not None:
            return parted
        marked = index + 1 < len(self.words) and self.words[index].text in lexicon()["names"]["marks"]
        for match in self.words.matches(index + 1 if marked else index):
            group, _, part = match.name.partition(".")
            described = element.kind == "reference" and self._describes_as_is(match.last)
            over = match.last < len(self.words) and self.words[match.last].text == "過"
            if part == "within" and not self._within_a_length(element, match.last):
                continue
            if group == "comparator" and not over and not described:
                last, comparator = match.last, _COMPARATORS[part]
                while last < len(self.words) and self.words[last].text in ("た", "だ"):
                    last += 1
                by_verb = self.words[match.last - 1].tag_.startswith(_VERBS)
                denied = self.words.denied_until(last) if by_verb else None
                if denied is not None:  # 90%を切らない, 30分を超えてはいけない: not below is at least.
                    comparator, last = _NEGATED.get(comparator, comparator), denied
                if last < len(self.words) and self.words[last].norm_ == "成る" and self.words.is_denied(last + 1):
                    # 5人より低くならない
                    comparator = _NEGATED.get(comparator, comparator)
                end = max(element.end, self.words.offset(last))
                self.elements[owner] = replace(
                    element, comparator=comparator, end=end, text=self.text[element.start : end]
                )
                self.separator = ""
                return last
        return None

    def _past_quantifier(self, index: int, owner: int) -> int | None:
        """35%をそれぞれ下回らない: a comparator that a quantifier parts from its particle; where it ends."""
        adverb = self.words.adverb_until(index + 1)
        if adverb is not None and (found := self.words.comparator_past(index, adverb)) is not None:
            # 100社を優に超える
            self.elements[owner] = replace(self.elements[owner], comparator=_COMPARATORS[found[0]])
            self.separator = ""
            return found[1]
        each = next((m for m in self.words.matches(index + 1) if m.name.startswith("quantifier.")), None)
        found = self.words.comparator_past(index, each.last) if each is not None else None
        if each is None or found is None:
            return None
        self.elements[owner] = replace(self.elements[owner], comparator=_COMPARATORS[found[0]])
        return self._lexeme("quantifier", self.words.offset(each.first), found[1], (each.name,))

    def _within_a_length(self, element: Element, index: int) -> bool:
        """18時間内: within so long, and neither 30人の内 nor 10日内定."""
        length = element.quantity is not None and element.quantity.unit_code in _DURATIONS
        return length and not self.separator and not self.words.is_glued_noun(index)

    def _describes_as_is(self, index: int) -> bool:
        """全国平均を下回っている受診率: what is so now, and no bound."""
        return self.words.are(index, "て", "いる") and self.words.describes_noun(index)
