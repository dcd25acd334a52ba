"""From the parts of a sentence to its aims: who is measured, how, against what, by when."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from normalizers.aims.clause_verbs import denies
from normalizers.aims.drafts import Draft, Stretch
from normalizers.aims.element import GAP
from normalizers.aims.figures import AVERAGED, Figures
from normalizers.aims.indicator_names import distributed, level_takes_result, named_by_bracket
from normalizers.aims.lexicon import lexicon
from normalizers.aims.patterns import pattern, words
from normalizers.aims.surroundings import separator_classes
from normalizers.indicators.catalogue import population_of
from normalizers.model.reasons import Reason

_IN_SO_LONG = pattern("name_words.in_so_long")
_NAMING_LABELS = sorted(lexicon()["labels"]["naming"], key=len, reverse=True)
_SO_SHORT = pattern("times.within_so_short")
_SINCE = "から"
_YEAR_LAST = pattern("name_words.year_last")
_BEFORE_ITS_VERB = words("name_words.ends_of_led")


class Assembly(Figures):
    """Walks through a sentence's elements with their roles and gathers its aims."""

    def run(self) -> list[Draft]:
        for index, role in enumerate(self.roles):
            if role in _READINGS:
                _READINGS[role](self, index)
        if self.tail.strip(GAP + "。") == "まで" and self.roles[-1] == "value":
            self._up_to(self.drafts[-1])
        self._results_in_order()
        self.drafts = distributed(self.drafts, self.quantifiers, self.skeleton.whole)
        named_by_bracket(self.drafts, self.elements[-1])
        level_takes_result(self.drafts)
        return self.drafts

    def _results_in_order(self) -> None:
        """新規(前年度28件)・更新(前年度112件)の契約をそれぞれ40件、120件: each aim has the result of its own name."""
        results, drafts = self.results_before, self.drafts
        if len(results) < 2 or not drafts or drafts[0].result != results[-1]:
            return
        if len(results) == len(drafts) and all(draft.result.value is None for draft in drafts[1:]):
            for draft, result in zip(drafts, results, strict=True):
                draft.result = result
        else:
            drafts[0].reasons.append(Reason("result_left_out"))

    def _up_to(self, last: Draft) -> None:
        """月4回まで: at most, of what is counted; a rate may be meant to rise so far."""
        element = last.element
        if element is None or element.quantity is None or element.comparator is not None:
            return
        if element.quantity.unit_code in ("percent", "percentage_point"):
            last.reasons.append(Reason("unread_words", {"words": self.tail}))
        else:
            last.element = replace(element, comparator="le")

    def _predicate(self, index: int) -> None:
        """A verb that the lexicon does not know: what it does to a value, only the particle before it tells."""
        element = self.elements[index].element
        for draft in self.drafts[self.open_from :]:
            draft.reasons.append(Reason("unknown_verb", {"words": element.text}))
        part = "verb.make" if set("にへで").intersection(element.before) or "まで" in element.before else "verb.act"
        self._verb_of(index, (part, "verb.not") if denies(element) else (part,))

    # ------------------------------------------------------------ times and references
    def _deadline(self, index: int) -> None:
        item = self.elements[index]
        stretch = self.span(item.element.start, item.element.end)
        only = next((o for o in lexicon()["names"]["only"] if self.skeleton.text.startswith(o, item.element.end)), "")
        if _SO_SHORT.fullmatch(item.element.text):
            # 30秒以内に9割以上の電話に応答する: within which each case is dealt with, and no time of the plan.
            self.walk.condition = self._with_event(index, stretch)
            return
        if only:
            # 年度末のみ8日以内: when alone a figure holds.
            self.walk.condition = self.span(item.element.start, item.element.end + len(only))
            return
        if self.skeleton.text.startswith(_SINCE, item.element.end):
            # 令和6年度下半期から: since when, and no time by which.
            return
        before = self.elements[index - 1].element if index else None
        if (
            before is not None
            and before.kind == "time"
            and item.element.before == "の"
            and before.text.endswith("まで")
        ):
            # 令和10年度までの各年度において
            stretch = (self.span(before.start, before.end)[0], stretch[1])
        if self._ends_statement(index):
            # 目標:50% 期限:令和9年度
            for draft in self.drafts:
                draft.deadline = draft.deadline or stretch
        elif self._is_of_figures_before(index):
            for draft in self.drafts[self.open_from :]:
                draft.deadline = draft.deadline or stretch
        self.walk.deadline = self._with_event(index, stretch)

    def _with_event(self, index: int, stretch: Stretch) -> Stretch:
        """稼働後半年以内に: the time with the event that it is reckoned from."""
        before = self.elements[index - 1].element if index else None
        if before is None or before.kind != "name" or not before.text.endswith("後"):
            return stretch
        time = self.elements[index].element
        if before.end != time.start or not _IN_SO_LONG.search(time.text):
            return stretch
        led = [item.element for item in self.elements[max(0, index - 3) : index - 1]]
        if before.text == "後" and [element.kind for element in led] == ["name", "bracket"]:
            # 稼働(令和8年1月)後半年以内に
            self._give_back(before)
            before = led[0]
        self._give_back(before)
        whole = self.span(before.start, before.end)
        self.walk.condition = None if self.walk.condition == whole else self.walk.condition
        return (whole[0], stretch[1])

    def _ends_statement(self, index: int) -> bool:
        before = self.elements[index - 1].element if index else None
        labels = lexicon()["labels"]["until"]
        labelled = before is not None and before.kind in ("label", "bracket") and before.text.strip() in labels
        return labelled and not self._value_soon(index)

    def _is_of_figures_before(self, index: int) -> bool:
        """60%、30%を令和8年度末に達成する: a time between the last figures and their verb is that of them all."""
        following = self.elements[index + 1].element if index + 1 < len(self.elements) else None
        if following is None or following.kind != "verb" or following.before.strip() or not self.drafts:
            return False
        before = self.elements[index].element.before.replace(GAP, "")
        behind = self.roles[index - 1] in ("value", "bracket", "quantifier")
        return behind and before in _BEFORE_ITS_VERB

    def _past_time(self, index: int) -> None:
        item = self.elements[index]
        if item.year is not None and not AVERAGED.search(item.element.text):
            self.walk.result = self.walk.result._replace(year=item.year)

    def _own_year(self, index: int) -> None:
        item = self.elements[index]
        if not _YEAR_LAST.search(item.element.text) or "deadline" in self.roles[index + 1 :]:
            # 2024年度 40% 2026年度 45%: beside other years the plan's own tells which figure is its.
            self._deadline(index)

    def _reference(self, index: int) -> None:
        item = self.elements[index]
        following = self.elements[index + 1].element if index + 1 < len(self.elements) else None
        if following is not None and following.kind == "reference" and following.before == "の":
            # 過去最高の令和4年度実績
            return
        if self._is_goal_of_others(index):
            # 政府目標の80%以上とする: whose goal it is as well.
            return
        if self.roles[index + 1 : index + 2] == ("statistic",) or self._describes_value(index):
            # 国の目標80%に対し, 全国平均並みの49.5%: only told.
            return
        self.walk.reference = item.element
        led = "measure_later" in item.features
        self.walk.awaited = led and not self._value_soon(index)
        if not led and self._is_goal(index):
            self._emit(index, None)

    def _past_label(self, index: int) -> None:
        item = self.elements[index]
        self.walk.reference = None
        year = item.year
        self.walk.result = self.walk.result._replace(year=year or self.walk.result.year)

    def _is_goal(self, index: int) -> bool:
        """Whether a reference is the goal itself: no figure follows that it belongs to."""
        element = self.elements[index].element
        between = ""
        for other, role in zip(self.elements[index + 1 :], self.roles[index + 1 :], strict=False):
            between += other.element.before
            if role == "value":
                # (被保険者)は前年度以上、同(被扶養者)は20%以上: the comma may stand before a bracket.
                return "、" in separator_classes(between) and element.comparator is not None
            if role in ("baseline", "statistic"):
                return False
            if role == "deadline" and element.comparator is not None:
                # R6 前年度以上 R7 60%
                return True
            if role in ("verb", "name", "group", "case", "reference"):
                return True
        return True

    def _is_goal_of_others(self, index: int) -> bool:
        element = self.elements[index].element
        if element.span is None or not element.span.foreign or "目標" not in element.text or element.comparator:
            return False
        behind = [item.element for item in self.elements[index + 1 : index + 3]]
        if behind and behind[0].kind == "verb" and behind[0].text == "である":
            behind = behind[1:]
        return bool(behind) and behind[0].kind == "quantity" and behind[0].before.replace(GAP, "") in ("の", "")

    def _describes_value(self, index: int) -> bool:
        like = [item.element for item in self.elements[index + 1 : index + 3]]
        if len(like) < 2 or like[0].parts != ("verb.keep",):
            return False
        return self.roles[index + 2] == "value" and like[1].before == "の"

    # ------------------------------------------------------------ the rest
    def _label(self, index: int) -> None:
        item = self.elements[index]
        span = item.element.span
        if span is not None and span.label == "aim" and span.year is not None:
            labelled = self.skeleton.text[span.start : span.end]
            named = next((label for label in _NAMING_LABELS if labelled.endswith(label)), "")
            end = span.start + len(re.split("[の目計プ ]", labelled.removesuffix(named))[0])
            before = self.elements[index - 1].element.text if index else ""
            # 期限:令和8年度末 指標:…: the label before the year says that it is the deadline.
            dated = not index or before in lexicon()["labels"]["until"]
            leads = ("value", "name") if dated else ("value",)
            if self.roles[index + 1 : index + 2] and self.roles[index + 1] in leads and end > span.start:
                self.walk.deadline = self.span(span.start, end)
        if span is not None and span.label == "past" and item.year is not None:
            self.walk.result = self.walk.result._replace(year=item.year)

    def _quantifier(self, index: int) -> None:
        item = self.elements[index]
        for part in item.element.parts:
            if part in ("quantifier.each", "quantifier.order"):
                self.quantifiers.add(part)
            elif part == "quantifier.share":
                whole = self.drafts[-1].names[-1:] if self.drafts else []
                self.walk.part_of = self.drafts[-1].people if self.drafts else None
                if whole and population_of(whole[0]) is not None:
                    # 被扶養者52,300人 うち受診見込み16,700人: the part is of the same people.
                    self.walk.people = whole[0]
                self.walk.names, self.walk.closed, self.walk.group = (
                    ([], True, None) if self.drafts else (self.walk.names, self.walk.closed, None)
                )
            elif part.startswith("before."):
                self.walk.before = (part,)
            elif part == "quantifier.total" and self.drafts and self.walk.closed:
                self._sum(index)

    def _sum(self, index: int) -> None:
        """各圏域1か所以上、計15か所; 電話420件 文書310件 計730件: what stands for all of those before it."""
        group, element = self.walk.group, self.elements[index].element
        sums = element.text.strip() in lexicon()["names"]["sums"]
        if sums or (group is not None and group.text.startswith("各")):
            self.walk.group = None
        several = len({name for draft in self.drafts for name in draft.names}) > 1
        if sums and several and self.roles[index + 1 : index + 2] == ("value",):
            self.walk.names, self.walk.closed = [[(element.start, element.end)]], False

    def _verb(self, index: int) -> None:
        if self.walk.awaited:
            # 前年度より受診率を高める
            self.walk.awaited = False
            self._emit(index, None)
        self._verb_of(index, self.elements[index].element.parts)

    def _verb_of(self, index: int, parts: tuple[str, ...]) -> None:
        element = self.elements[index].element
        if len(self.drafts) > self.verbs_to:
            # 15世帯を登録につなげ、委託率を30%に引き上げる: those before have a verb of their own.
            self.open_from = max(self.open_from, self.verbs_to)
        self.verbs_to = len(self.drafts)
        for draft in self.drafts[self.open_from :]:
            if self.drafts[-1].changed_by_noun and draft.names != self.drafts[-1].names and self.drafts[-1].own_name:
                # 電子決裁率98%、紙の使用量30%減: the change is the last one's own.
                continue
            draft.verbs += parts
            draft.before_verb = draft.before_verb or element.before.replace(GAP, "")
        after = self.elements[index + 1].element.before if index + 1 < len(self.elements) else self.tail
        if "、" in after or "。" in after or index + 1 == len(self.elements):
            self.open_from = len(self.drafts)
            self.walk.done = bool(self.walk.names) and not self.walk.closed


# What is made of an element by its role; the other roles say nothing beside those around them.
_READINGS: Mapping[str, Callable[[Assembly, int], None]] = {
    "bracket": Assembly._bracket,
    "name": Assembly._name,
    "time_in_name": Assembly._name,
    "ref_in_name": Assembly._name,
    "in_name": Assembly._in_name,
    "of_age": Assembly._of_age,
    "group": Assembly._group,
    "means": Assembly._means,
    "case": Assembly._case,
    "in_case": Assembly._in_case,
    "ref_in_case": Assembly._in_case,
    "name_after": Assembly._name_after,
    "predicate": Assembly._predicate,
    "deadline": Assembly._deadline,
    "past_time": Assembly._past_time,
    "own_year": Assembly._own_year,
    "reference": Assembly._reference,
    "past_label": Assembly._past_label,
    "value": Assembly._value,
    "baseline": Assembly._baseline,
    "label": Assembly._label,
    "quantifier": Assembly._quantifier,
    "verb": Assembly._verb,
}
