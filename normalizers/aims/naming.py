"""The names of a sentence: what its figures are figures of."""

from __future__ import annotations

from itertools import pairwise

from normalizers.aims.drafts import Stretch
from normalizers.aims.element import GAP
from normalizers.aims.indicator_names import NAMING, cleaned
from normalizers.aims.lexicon import lexicon
from normalizers.aims.limits_of_names import LimitsOfNames
from normalizers.aims.name_words import is_place
from normalizers.aims.patterns import ends_with, pattern, words
from normalizers.aims.shared_parts import BARE_MEASURE, led_by_share

_PART_OF_YEAR = pattern("times.part")
_WHERE = pattern("particles.at")
_DIFFERENCE_OF = pattern("naming.difference_of")
_LISTS_BEFORE, _JOINS = pattern("naming.lists_before"), pattern("naming.joins")
_JOINS_MEASURES, _CONJUNCTIONS = words("naming.joins_measures"), words("naming.conjunctions")


class Naming(LimitsOfNames):
    """The part of the walk that gathers names."""

    def _begin_name(self, index: int) -> None:
        if self.walk.done and "head" in self.elements[index].features:
            # 受診券を送付し、受診率を45%とする: what is done before is no part of the name.
            numbers = [
                item.element for item, role in zip(self.elements[:index], self.roles, strict=False) if role == "in_name"
            ]
            inside = [piece for name in self.walk.names for piece in name]
            self.walk.between += [element.text for element in numbers if (element.start, element.end) in inside]
            if inside and self.walk.deadline is not None and self.walk.deadline[0] > self.span(*inside[0])[0]:
                self.walk.deadline = None
            self.walk.names = []
        self.walk.done = False
        if self.walk.closed:
            self.walk.names = []
            self.walk.closed = False
            if self.drafts:
                self.walk.group = None
                self._leave_part_of_year()

    def _leave_part_of_year(self) -> None:
        """上半期60社・下半期90社、離脱は10社: a half or quarter is of its own figure, not of another thing's."""
        deadline = self.walk.deadline
        if deadline is not None and _PART_OF_YEAR.fullmatch(self.skeleton.whole, *deadline):
            self.walk.deadline = None

    def _name(self, index: int) -> None:
        item = self.elements[index]
        element = item.element
        if "heads_names" in item.features:
            self._begin_heading(self.span(element.start, element.end), element.text)
            return
        self._begin_name(index)
        before = self.elements[index - 1].element if index else None
        led = (
            before is not None
            and before.kind == "quantifier"
            and element.kind != "name"
            and not element.before.strip("に")
        )
        if ":" in element.before and self._is_heading(index):
            # 受診環境の整備:巡回健診120会場、休日健診24回
            self.walk.names = []
        self.walk.named = True
        if led_by_share(before) and "whole" in self.roles[:index]:
            # 受診者2万人のうち、面談の実施者を5千人: the whole is told, its part is what is measured.
            self.walk.names = []
        if self._named_by_label(index):
            return
        piece = (before.start if led and before is not None else element.start, element.end)
        if self.walk.names and not self._goes_on(index):
            self.walk.names.append([piece])
        elif self.walk.names:
            self.walk.names[-1].append(piece)
        else:
            self.walk.names = [[piece]]

    def _is_heading(self, index: int) -> bool:
        """Whether what stands before a colon only heads several names, each with its figure, and measures nothing."""
        before = self.elements[index - 1] if index == 1 else None
        if before is None or before.element.kind != "name" or "head" in before.features:
            return False
        told = [at for at, role in enumerate(self.roles) if role not in ("quantifier", "label", "bracket")]
        named = [at for at, then in pairwise(told) if (self.roles[at], self.roles[then]) == ("name", "value")]
        whole = all(not BARE_MEASURE.fullmatch(self.elements[at].element.text) for at in named)
        return named[:1] == [index] and len(named) > 1 and whole

    def _begin_heading(self, place: Stretch, text: str) -> None:
        """男性:…、【女性】…: whom all names up to the next heading are of."""
        self.walk.heading, self.walk.names, self.walk.group = (place, text), [], None
        self.walk.closed = True

    def _in_name(self, index: int) -> None:
        if "where" not in self.elements[index].features:
            self._name(index)
            return
        # 県内6地区で講習会を各2回, 講座を8市町で計20回: at how many places, and no part of the name.
        element = self.elements[index].element
        before = self.elements[index - 1] if index else None
        start = element.start
        if before is not None and not element.before and self.roles[index - 1] in (*NAMING, "group", "topic"):
            start = before.element.start
            self._give_back(before.element)
        particle = _WHERE.match(self.skeleton.text, element.end)
        end = particle.end() if particle is not None else element.end
        self.walk.condition = self.walk.condition or self.span(start, end)

    def _named_by_label(self, index: int) -> bool:
        """現状値62.1% 目標値66.0% 指標:データ提供率: a label behind the figures says that their name follows."""
        before = self.elements[index - 1].element if index else None
        element = self.elements[index].element
        named = before is not None and before.kind == "label" and before.text in lexicon()["labels"]["naming"]
        # 運輸業65%、建設業58%:健診実施率
        named = named or (":" in element.before and "head" in self.elements[index].features)
        if not named or self._value_soon(index):
            return False
        unnamed = [draft for draft in self.drafts if not draft.own_name or is_place(draft.names[-1])]
        if not unnamed:
            return False
        for draft in unnamed:
            draft.people = draft.names[-1] if draft.own_name else draft.people
            draft.names, draft.own_name = [cleaned(self.skeleton.words_of(element.start, element.end))], True
        return True

    def _goes_on(self, index: int) -> bool:
        """Whether a name piece belongs to the one before: unless a conjunction stands between two measures."""
        before = self.elements[index].element.before.replace(GAP, "")
        previous = self.elements[index - 1].element if index else None
        if before == "と" and _DIFFERENCE_OF.search(self.elements[index].element.text):
            # 平均自立期間と平均余命の差を男女とも1.5年以内とする
            return True
        if previous is not None and previous.parts == ("quantifier.order",) and "head" in self.elements[index].features:
            # 血糖、血圧、脂質の順に受診率を…
            return False
        listed = previous is not None and self.roles[index - 1] in NAMING and _LISTS_BEFORE.search(before)
        if listed and "quantifier.order" in self._parts():
            return False
        if previous is None or not _JOINS.search(before):
            return True
        measures = ends_with("names.heads")
        return not (
            "head" in self.elements[index].features
            and measures.search(previous.text)
            and self.roles[index - 1] in NAMING
            and before in _JOINS_MEASURES
            and (self._orders() or before in _CONJUNCTIONS)
        )

    def _orders(self) -> bool:
        return not self._parts().isdisjoint(("quantifier.each", "quantifier.order"))

    def _parts(self) -> set[str]:
        return {part for item in self.elements for part in item.element.parts}
