"""What a sentence is made of: names, quantities, times, references, labels, verbs, brackets, and what stands between.

Elements are found from left to right by the words of ``lexicon.toml``; which part each of them plays is for the
automaton to decide. Offsets are those of the sentence's skeleton (without brackets and note marks).
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace

from normalizers.aims.clause_verbs import told_of_people
from normalizers.aims.element import GAP, Element
from normalizers.aims.element_list import ElementList
from normalizers.aims.lexicon import lexicon
from normalizers.aims.name_words import lists, names_all
from normalizers.aims.patterns import ends_with, words
from normalizers.aims.surroundings import separator_classes
from normalizers.model.records import Comparator
from normalizers.text.skeleton import Skeleton
from normalizers.text.tokens import PhraseMatch

_COMPARATORS: dict[str, Comparator] = {"ge": "ge", "le": "le", "within": "le", "gt": "gt", "lt": "lt"}
_DURATIONS = ("seconds", "minutes", "hours", "days", "weeks", "months", "years")
_NEGATED: dict[Comparator, Comparator] = {"lt": "ge", "gt": "le"}
_MAY_BE_COUNTED = ("verb.reach", "verb.better")
_JOINERS = words("separators.joiners")
_SPELLED_JOINERS = {"並びに": "並びに", "ならびに": "並びに"}
"""Joiners that may come as two words (100%並びに…)."""

_ALWAYS_APART = words("separators.always_apart")
_BOUND_TO_A_VALUE = words("separators.bound_to_value")
_TOPICS = {"について": "について", "に関して": "について", "につき": "について", "において": "において"}
_MARKS = "→⇒➡➔/:;=≧≦≥≤<>・,|│┃┆¦■◆●○◎□★"
_BULLETS = "■◆●○◎□★"
_QUOTES = "「」『』〓"
_TO_WHOM = words("separators.to_whom")
_LED_BY = words("separators.led_by")
_VERBS = words("speech.verbs")
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


class _Scanner(ElementList):
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

    # ------------------------------------------------------------ what is found
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
        if self.elements[-1].kind not in ("name", "label"):
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
        leads = led is not None or self._starts_clause(offset)
        return self._lexeme("before", offset, match.last, (match.name,)) if self._free(offset) and leads else None

    def _between(self, index: int, match: PhraseMatch) -> int | None:
        """Fillers, conjunctions and words that lead from one figure to the next."""
        group, _, part = match.name.partition(".")
        offset = self.words.offset(index)
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
