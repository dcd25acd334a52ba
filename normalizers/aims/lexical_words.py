"""The words of the lexicon in a sentence: verbs, quantifiers, words before a value, and fillers."""

from __future__ import annotations

from dataclasses import replace

from normalizers.aims.bounds_behind import BoundsBehind
from normalizers.aims.clause_verbs import told_of_people
from normalizers.aims.element import GAP
from normalizers.aims.lexicon import lexicon
from normalizers.aims.name_words import lists, names_all
from normalizers.aims.patterns import ends_with, words
from normalizers.aims.surroundings import separator_classes
from normalizers.text.tokens import PhraseMatch

_MAY_BE_COUNTED = ("verb.reach", "verb.better")
_TO_WHOM = words("separators.to_whom")
_LED_BY = words("separators.led_by")


class LexicalWords(BoundsBehind):
    """The part of the scan that tells where a word of the lexicon is one, and not part of a name."""

    def _lexical(self, index: int) -> int | None:
        """A verb, a filler, a quantifier or a word before a value at ``index``; where it ends."""
        for match in self.words.matches(index):
            group = match.name.partition(".")[0]
            if group == "verb":
                found = self._verb(index, match)
            elif group == "quantifier":
                found = self._quantifier(index, match)
            elif group == "before":
                found = self._before(index, match)
            else:
                found = self._between(index, match)
            if found is not None:
                return found
        return None

    def _verb(self, index: int, match: PhraseMatch) -> int | None:
        offset = self.words.offset(index)
        unnamed = self.separator == "への" or all(element.kind != "name" for element in self.elements)
        if match.name == "verb.act" and self.separator in _TO_WHOM and unnamed and self.elements:
            return None  # 300社への訪問: what is done with those counted names the figure.
        leading = all(element.kind in ("time", "label", "before") for element in self.elements)
        leading = leading or "、" in separator_classes(self.separator) or offset in self.words.gaps
        end = self.words.offset(match.last)
        # 【3】訪問:120社
        leading = leading or self.text.startswith(":", end)
        figure = end + len(self.text[end:]) - len(self.text[end:].lstrip(": 各計約"))
        counted = self.text.startswith("を", end) and end + 1 in self.words.spans
        beside = offset in self.words.gaps and figure == end and not self.words.is_denied(match.last)
        named = match.name == "verb.act" or (match.name in _MAY_BE_COUNTED and beside and self._counts_before())
        if named and leading and (figure in self.words.spans or counted):
            return None  # 上半期に訪問240社, 年内に訪問を60件, 電話120件、訪問40件: what is done is what is counted.
        if self.text.startswith(tuple(lexicon()["names"]["things"]), end):
            return None  # 本部への確認を要するものは7日以内: what a verb tells of cases.
        before = self.elements[-1] if self.elements and self.run_start is None and not self.separator else None
        if match.name == "verb.act" and before is not None and self._tells_who(match):
            return None
        changes = match.name in ("verb.up", "verb.down")
        in_name = changes and self.words.tells_who_changes(match.last)
        changes = in_name or (changes and self.words.is_glued_noun(match.last))
        may_be = self._may_be_verb(index, match) and not self.words.describes_noun(match.last) and not in_name
        if before is not None and before.kind == "quantity" and changes and not may_be:
            end = self.words.offset(match.last)
            self.elements[-1] = replace(before, parts=(*before.parts, match.name), end=end)
            self.separator = "" if in_name else "の"
            return match.last
        if may_be:
            same = [other.name for other in self.words.matches(index) if other.last == match.last]
            parts = tuple(name for name in same if name.startswith("verb."))
            denied = ("verb.not",) if self.words.is_denied(match.last) else ()
            return self._lexeme("verb", offset, match.last, parts + denied)
        return None

    def _counts_before(self) -> bool:
        """面談300人 完了220人 改善70人: whether a figure with its name stands before."""
        return len(self.elements) > 1 and [e.kind for e in self.elements[-2:]] == ["name", "quantity"]

    def _tells_who(self, match: PhraseMatch) -> bool:
        """健診を年1回以上受診し、管理を受けている者の割合: what those do who are counted."""
        text = self.text[self.words.offset(match.first) : self.words.offset(match.last)]
        bounded = self.elements[-1].comparator is not None
        done = text.removesuffix("し") in lexicon()["names"]["done_by_people"]
        return bounded and done and told_of_people(self.text, self.words.offset(match.last))

    def _may_be_verb(self, index: int, match: PhraseMatch) -> bool:
        if self.run_start is not None or not self.elements:
            return False
        if self.words[index].text == "に" and match.last == index + 1 and index + 1 < len(self.words):
            return False
        before = next((element for element in reversed(self.elements) if element.kind != "bracket"), self.elements[-1])
        led = before is self.elements[-1] or bool(self.separator)
        if before.kind not in ("name", "label") or not led:
            return True
        separator = self.separator.strip(GAP + "、")
        return separator.endswith(_LED_BY)

    def _quantifier(self, index: int, match: PhraseMatch) -> int | None:
        offset, part = self.words.offset(index), match.name.partition(".")[2]
        if self.words[index].text == "中" and (
            self.words.offset(match.last) not in self.words.spans or self.run_start is not None
        ):
            return None
        summed = bool(self.elements) and self.elements[-1].kind == "quantity"
        if part == "total" and self.separator.endswith("の") and not summed:
            return None
        free = self._free(offset) and not self.words.is_glued_word(match.last)
        of_people = self.run_start == 0 and (
            ends_with("names.people").search(self.text[:offset]) is not None or names_all(self.text[:offset])
        )
        figure = self.words.offset(match.last) in self.words.spans
        gives_each = part in ("each", "order") and (figure or of_people)
        if part in ("each", "order") and self.run_start is not None and not told_of_people(self.text, offset):
            # 特定健診・がん検診とも受診率55%, 本人、家族のいずれも受診率60%
            listed = lists(self.text[:offset]) and all(element.kind == "name" for element in self.elements)
            gives_each = gives_each or listed or self.text[:offset].endswith("の")
        opens = gives_each or (
            self._starts_clause(offset) and (part == "share" or (part == "total" and self.words.breaks(match.last)))
        )
        return self._lexeme("quantifier", offset, match.last, (match.name,)) if free or opens else None

    def _before(self, index: int, match: PhraseMatch) -> int | None:
        offset = self.words.offset(index)
        led = self.words.spans.get(self.words.offset(match.last))
        if (
            led is not None
            and led.kind == "time"
            and self.text[offset : led.start].strip() in lexicon()["names"]["dating"]
        ):
            return self._skip(offset, match.last, "")
        if led is None and self.words.is_noun(match.last - 1) and self.words.is_glued_noun(match.last):
            # 最低賃金を下回る事業所数, 上限額管理票の提出率
            return None
        leads = led is not None or self._starts_clause(offset)
        return self._lexeme("before", offset, match.last, (match.name,)) if self._free(offset) and leads else None

    def _between(self, index: int, match: PhraseMatch) -> int | None:
        """Fillers, conjunctions and words that lead from one figure to the next."""
        group, _, part = match.name.partition(".")
        offset = self.words.offset(index)
        if group == "filler" and self.words[index].text == "方" and self.separator.endswith("の"):
            # 40歳未満の方は50%: who is meant.
            return None
        if group == "away":
            last = next((element for element in reversed(self.elements) if element.kind != "bracket"), None)
            from_figure = self.run_start is None and last is not None and last.kind == "quantity"
            describes = self.words[match.last - 1].text == "する" or not self.words.figure_follows(match.last)
            return self._skip(offset, match.last, "への" if describes else "→") if from_figure else None
        about = self.words[index].text == "約" and self.words.offset(match.last) in self.words.spans
        beside = group == "link" and self.words[index].text == "に" and any(e.kind == "quantity" for e in self.elements)
        if group not in ("filler", "link") or not (about or beside or self._free(offset)):
            return None
        apart = self.words.breaks(match.last) or not (
            self.words.is_noun(match.last - 1) and self.words.is_glued_noun(match.last)
        )
        if not apart or (not self.elements and self.separator):
            return None
        return self._skip(offset, match.last, "の" if part == "steps" else "" if group == "filler" else "、")

    def _free(self, offset: int) -> bool:
        return self.run_start is None or offset in self.words.gaps

    def _starts_clause(self, offset: int) -> bool:
        parted = "、" in self.separator or GAP in self.separator or offset in self.words.gaps
        return self.run_start is None and (not self.elements or parted)
