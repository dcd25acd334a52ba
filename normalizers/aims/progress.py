"""What is known while a sentence's elements are walked through, and what its brackets add to that."""

from __future__ import annotations

import re
from collections.abc import Sequence

from normalizers.aims.brackets import OF_EACH, BracketSense
from normalizers.aims.counters import quantities_in_units
from normalizers.aims.drafts import Draft, PastResult, Stretch, Walk
from normalizers.aims.features import Featured
from normalizers.aims.indicator_names import brackets_left_out, name_of
from normalizers.aims.name_words import is_whom
from normalizers.aims.patterns import pattern, wordings, words
from normalizers.text.fiscal_years import read_fiscal_year
from normalizers.text.numbers import Quantity
from normalizers.text.skeleton import Bracket, Skeleton, outer_text

_LAST_BRACKET = re.compile(r"[(](?P<case>[^()]*)[)]$")
_BEFORE_A_RESULT = ("reference", "past_label", "past_time")
_TIMES = ("deadline", "own_year", "past_time")
_RESULT_LABEL = pattern("asides.result_label")
_EXCEPTED = words("asides.excepted")
_CASES = ("case", "in_case", "ref_in_case")
_ITEM = pattern("asides.item")
_OF_OTHERS = re.compile(rf"^(?:{wordings('brackets.others_figure')}|{wordings('brackets.shares')})[^年]{{0,12}}$")
"""Before a figure that is another's or a part's."""

_OF_YEARS_BEFORE = re.compile(wordings("brackets.earlier_results"))
_AIMED_AT = re.compile(wordings("brackets.aimed_at"))
"""Before a figure that was an earlier year's aim: R5目標:65.5%."""


def _own_result(content: str, quantities: Sequence[Quantity], unit: str | None) -> tuple[Quantity, int | None] | None:
    """The branch's own result among the figures of a bracket, with the year before it where several years stand there.

    (R4:74.6%、県:70.9%、国:69.8%) holds one of its own, (R4 79.6%、R1 81.3%) the newest of two, (R5目標:65.5%、
    R4実績:63.9%) that of R4; None where all were aims. A result is in the ``unit`` of its aim, where one is.
    """
    alike = [quantity for quantity in quantities if quantity.unit_code == unit]
    quantities = alike if unit is not None and alike else quantities
    leads = [_ITEM.split(content[: quantity.start])[-1] for quantity in quantities]
    reached = [pair for pair in zip(quantities, leads, strict=True) if not _AIMED_AT.search(pair[1])]
    if not reached:
        return None
    own = [pair for pair in reached if not _OF_OTHERS.search(pair[1])]
    own = [pair for pair in own if not _OF_YEARS_BEFORE.search(pair[1])] or own
    dated = [(year, quantity) for quantity, lead in own if (year := read_fiscal_year(lead)) is not None]
    if dated and len({year for year, _ in dated}) == len(own):
        year, quantity = max(dated, key=lambda pair: pair[0])
        return quantity, year
    labelled = _RESULT_LABEL.search(content)
    behind = [quantity for quantity, _ in own if labelled is not None and quantity.start >= labelled.end()]
    if behind:
        return behind[0], None
    return own[-1][0] if own else reached[-1][0], None


def _is_of_another(content: str, figure: Quantity, quantities: Sequence[Quantity]) -> bool:
    """(現状5.1%、令和4年度実績5.4%): whether the year in a bracket is that of another figure than the one taken."""
    upto = [quantity.start for quantity in quantities if quantity.start <= figure.start]
    several = len(upto) < len(quantities)
    return several and read_fiscal_year(content[: upto[-1]]) is None and read_fiscal_year(content) is not None


class Progress:
    """The state of the walk: the aims found so far, and what is known for the next."""

    def __init__(self, skeleton: Skeleton, elements: Sequence[Featured], roles: Sequence[str], tail: str) -> None:
        self.skeleton, self.elements, self.roles, self.tail = skeleton, elements, tuple(roles), tail
        # Asked for each figure: kept, so that the work grows with the line only.
        self.last_value = max((at for at, role in enumerate(self.roles) if role == "value"), default=-1)
        self.left_out = brackets_left_out(elements)
        self.drafts: list[Draft] = []
        self.open_from = 0
        self.verbs_to = 0
        self.named_to = 0
        self.cases_in_brackets = False
        self.walk = Walk()
        # The results in brackets before the first aim.
        self.results_before: list[PastResult] = []
        self.quantifiers: set[str] = set()
        self.case_from: int | None = None

    def text_of(self, pieces: Sequence[Stretch]) -> str:
        """A name's pieces as they are printed."""
        return name_of(pieces, self.skeleton, self.elements, self.roles, self.left_out)

    def span(self, start: int, end: int) -> Stretch:
        return self.skeleton.whole_span(start, end)

    def _value_soon(self, index: int) -> bool:
        return self.last_value > index

    def _bracket(self, index: int) -> None:
        item = self.elements[index]
        sense, element = item.sense, item.element
        if sense is None or element.bracket is None:
            return
        last = self.drafts[-1] if self.drafts and self.walk.closed else None
        inside = (element.bracket.start + 1 + sense.start, element.bracket.end - 1)
        at = element.bracket.start + 1
        inside = inside if sense.time is None else (at + sense.time[0], at + sense.time[1])
        previous = self.roles[index - 1] if index else ""
        if sense.time is not None and sense.kind != "time":
            self._time_beside(inside, sense.year)
        if sense.kind == "time":
            self._time_in_bracket(index, inside, sense.year, last)
        elif index and "likened" in self.elements[index - 1].features:
            # 全国平均(57.1%)を下回っている受診率
            return
        elif sense.kind == "result" or (sense.kind == "figures" and previous in _BEFORE_A_RESULT):
            self._printed_result(index, sense, element.bracket, last)
        elif sense.kind == "limits" and last is not None and "、" not in element.before:
            last.condition = last.condition or inside
        elif element.bracket.opening == "【" and sense.kind in ("name", "people") and is_whom(element.text):
            self.walk.heading = ((element.bracket.start + 1, element.bracket.end - 1), element.text)
            self.walk.group = self.walk.people = None
        elif sense.kind == "name" and previous in _TIMES:
            # 令和8年度(中間評価年度):50%: what is said of the year.
            return
        elif sense.kind == "name" and last is not None and self.roles[index + 1 : index + 2] == ("value",):
            self._case_in_bracket(inside)
        elif sense.kind == "people":
            behind = self.elements[index + 1].element.before if index + 1 < len(self.elements) else self.tail
            closes = previous == "value" and behind != ""
            if last is not None and last.people is None and (closes or not self._value_soon(index)):
                last.people = element.text
            else:
                self.walk.people = element.text

    def _time_beside(self, place: Stretch, year: int | None) -> None:
        """(%・令和8年3月), (R11、R4比), (%、R5→R8): by when all that stands before holds, and of when results are."""
        for draft in self.drafts:
            draft.deadline = draft.deadline or place
            left = draft.result.value is not None or draft.ranged_from is not None
            if left and draft.result.year is None:
                draft.result = draft.result._replace(year=year)
        self.walk.deadline = place

    def _case_in_bracket(self, inside: Stretch) -> None:
        """回収率(現年度)80%(過年度)20%: brackets that name the case of each figure, not parts of the indicator."""
        self.walk.condition = inside
        self.cases_in_brackets = True
        for draft in self.drafts:
            found = _LAST_BRACKET.search(draft.names[-1]) if draft.names else None
            if found is not None:
                draft.names = [_LAST_BRACKET.sub("", draft.names[-1])]
                at = self.skeleton.whole.find(found["case"])
                draft.condition = draft.condition or ((at, at + len(found["case"])) if at >= 0 else None)

    def _time_in_bracket(self, index: int, inside: Stretch, year: int | None, last: Draft | None) -> None:
        previous = self.roles[index - 1] if index else ""
        following = self.elements[index + 1].features if index + 1 < len(self.elements) else frozenset()
        told_of_case = index > 0 and "another_case" in self.elements[index - 1].features
        excepted = self.skeleton.text.startswith(_EXCEPTED, self.elements[index].element.end)
        if previous in _CASES or told_of_case or excepted or (previous == "deadline" and year is None):
            # 繁忙期(4月・10月)に申込みがあったものは, 令和6年度末(3月診療分まで)
            return
        if self.roles[index + 1 : index + 2] == ("baseline",):
            # 基準年度(令和3年度)41.2%
            self.walk.result = self.walk.result._replace(year=year)
        elif "dated_before" in following:
            self.walk.deadline = inside
        elif previous == "reference":
            # 前回(令和4年度)より引き上げる: of which year that is.
            told = last if last is not None else self.walk
            told.result = told.result._replace(year=year)
        elif previous not in ("baseline", "past_label"):
            if last is not None and OF_EACH.match(self.elements[index].element.text):
                for draft in self.drafts:
                    draft.deadline = draft.deadline or inside
            elif last is not None and previous != "label":
                of_groups = [draft for draft in self.drafts if draft.group is not None and draft.names == last.names]
                for draft in (last, *(of_groups if last in of_groups and not self._value_soon(index) else ())):
                    # 喫煙率:男性27%、女性8%(令和8年度)
                    draft.deadline = draft.deadline or inside
            else:
                self.walk.deadline = inside
        elif last is not None and last.result.number is not None and self.walk.result.value is None:
            last.result = last.result._replace(year=last.result.year or year)
        else:
            self.walk.result = self.walk.result._replace(year=year)

    def _printed_result(self, index: int, sense: BracketSense, bracket: Bracket, last: Draft | None) -> None:
        """前年度実績(87.2%)以上, 50%以上(令和5年度実績:12.4%): a past result in brackets."""
        content = outer_text(bracket.content)
        quantities = quantities_in_units(content)
        if not quantities:
            return
        own = last.element.quantity if last is not None and last.element is not None else None
        found = _own_result(content, quantities, own.unit_code if own is not None else None)
        if found is None:
            return
        figure, own_year = found
        at = bracket.start + 1
        year = (
            own_year
            or (None if _is_of_another(content, figure, quantities) else sense.year)
            or (self.elements[index - 1].year if self.roles[index - 1] in _BEFORE_A_RESULT else None)
        )
        result = PastResult(figure.value, year, (at + figure.start, at + figure.number_end), figure.unit_code)
        if last is not None and last.result.value is None:
            last.result = result
        else:
            self.results_before += [] if self.drafts else [result]
            self.walk.result = result
            before = self.elements[index - 1].element if index else None
            self.walk.result_of = before if before is not None and before.kind == "name" else None

    def without_case(self, name: str) -> str:
        """A name without the bracket at its end, where brackets name the cases of figures."""
        return _LAST_BRACKET.sub("", name) if self.cases_in_brackets else name
