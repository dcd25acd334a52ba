"""The figures of a sentence: which of them are aims, which are results, and what else the walk knows of each."""

from __future__ import annotations

import re
from dataclasses import replace

from normalizers.aims.drafts import NOTHING_PRINTED, Draft, PastResult, Stretch
from normalizers.aims.element import GAP, Element
from normalizers.aims.indicator_names import NAMING, cleaned
from normalizers.aims.lexicon import lexicon
from normalizers.aims.name_words import is_place
from normalizers.aims.names_behind import NamesBehind
from normalizers.aims.patterns import pattern
from normalizers.aims.surroundings import ARROW, AWAY, REACH
from normalizers.indicators.catalogue import population_of
from normalizers.model.reasons import Reason

_KANA = re.compile("[ぁ-ん]")
_BETTERED = pattern("figures.measure_bettered")

AVERAGED = pattern("figures.averaged")
_CASE_END = pattern("figures.case_end")


class Figures(NamesBehind):
    """The part of the walk that makes aims and results of figures."""

    def _value(self, index: int) -> None:
        element = self.elements[index].element
        measured = self._measured_before(index)
        if measured is not None and element.quantity is not None:
            number = self.span(element.quantity.start, element.quantity.number_end)
            measured.result = PastResult(element.quantity.value, self.elements[index - 2].year, number)
            self.walk.closed = True
            return
        if not (self._is_told_past(index - 1) and self._is_left_behind(index)):
            self._emit(index, element)
            quantity = element.quantity
            level = quantity is not None and not quantity.signed and "fraction" not in quantity.notes
            if level and element.before != "の" and self._told_past(index) and element.comparator is None:
                self.drafts[-1].reasons.append(Reason("may_be_result"))
            return
        assert element.quantity is not None
        if self.walk.reference is not None:
            # 前年度の250件より増やす: the figure is last year's, and the aim is to be above it.
            number = self.span(element.quantity.start, element.quantity.number_end)
            self.walk.result = PastResult(element.quantity.value, self._year_of(index), number)
            self._emit(index, None)
            return
        self._emit(index, element)
        self.drafts[-1].reasons.append(Reason("left_behind", {"words": element.text}))

    def _measured_before(self, index: int) -> Draft | None:
        """参加率25%以上、前年度参加率19.4%: the aim whose result a figure is, its name said again."""
        name, past = (self.elements[at].element if at >= 0 else None for at in (index - 1, index - 2))
        if name is None or past is None or past.kind not in ("reference", "time") or name.before.strip("の"):
            return None
        earlier = "past" in self.elements[index - 2].features or (past.span is not None and past.span.last_year)
        plain = self.elements[index].element
        if name.kind != "name" or not earlier or plain.comparator is not None or plain.before.strip(GAP + " :は"):
            return None
        said = (draft for draft in self.drafts[-REACH:] if draft.names and draft.names[-1].endswith(name.text))
        return next((draft for draft in said if draft.result.value is None), None)

    def _is_told_past(self, index: int) -> bool:
        if index < 0:
            return False
        span = self.elements[index].element.span
        labelled = self.roles[index] == "label" and span is not None and span.label == "past"
        return labelled or self.roles[index] in ("reference", "past_label", "past_time")

    def _is_left_behind(self, index: int) -> bool:
        """Whether a figure is what is raised or lowered from, and no other one follows: 31.2%より引き上げる."""
        following = self.elements[index + 1].element if index + 1 < len(self.elements) else None
        if following is None or following.kind != "verb" or self._value_soon(index):
            return False
        return AWAY.match(following.before.replace(GAP, "").strip()) is not None

    def _emit(self, index: int, element: Element | None) -> None:
        walk = self.walk
        texts = (_BETTERED.sub("", self.text_of(pieces)) for pieces in walk.names)
        names = [self.without_case(text) for text in texts if text]
        group = walk.group
        own = bool(names) and walk.named
        if not names and walk.changed is not None and not self.drafts:
            # 宣言事業所を順次拡大し、2,930社とする
            names, own = [cleaned(self.skeleton.words_of(*walk.changed))], True
        limited = self._limited_before(index)
        if limited is not None:
            names, walk.condition, own = [limited[0]], limited[1], True
        if self._lasts_from_now(index):
            walk.deadline = None
        if walk.part_of is not None and group is None and walk.people is None:
            # (被保険者)22.4% うち直営11.0% 委託11.4%
            if any(population_of(name) for name in names):
                walk.part_of = None
            walk.people = walk.part_of
        heading = walk.heading if group is None and walk.people is None else None
        draft = Draft(
            element,
            walk.reference,
            names,
            own,
            self.span(group.start, group.end) if group is not None else heading[0] if heading else None,
            group.text if group is not None else heading[1] if heading else None,
            walk.condition,
            walk.deadline,
            walk.result,
            parts=walk.before,
            ranged_from=walk.ranged_from,
            people=walk.people,
            groups=tuple(other.text for other in walk.groups),
            reasons=[Reason("unread_words", {"words": "、".join(walk.between)})] if walk.between else [],
        )
        if element is not None and walk.ranged_from is not None:
            between = self._separators(walk.ranged_from.end, index)
            if ARROW.search(between):
                # 1,200人→延べ1,500人
                draft.element = replace(element, before=between)
        if group is not None and walk.group_or_measure:
            draft.reasons.append(Reason("group_or_measure"))
        if self._is_result_of_another():
            draft.result = NOTHING_PRINTED
        waits = self._result_of_later_sum(index)
        if waits:
            draft.result = NOTHING_PRINTED
        features = self.elements[index].features
        draft.label = "hint:aim" in features
        if element is not None and element.parts:
            draft.verbs, draft.direct = element.parts, True
        draft.adverbial = self._adverbial(index)
        self.drafts.append(draft)
        walk.closed, walk.named = True, False
        walk.reference = None
        walk.result, walk.result_of = (walk.result if waits else NOTHING_PRINTED), None
        walk.before = ()
        walk.people = None
        walk.groups, walk.between = [], []
        walk.ranged_from = None
        self._verb_at(index, draft)

    def _is_result_of_another(self) -> bool:
        """未受診者(令和5年度末1,200人)に勧奨し、受診率を62%とする: a bracket behind words of another clause."""
        told, names = self.walk.result_of, self.walk.names
        if told is None or not names or not self.walk.named:
            return False
        begins = names[0][0][0]
        text = self.skeleton.text[begins : names[-1][-1][1]]
        return told.end <= begins and "、" in self.skeleton.text[told.end : begins] and told.text not in text

    def _limited_before(self, index: int) -> tuple[str, Stretch] | None:
        """従業員30人未満の1,000事業所を訪問する: what is done with those counted, and how large they are."""
        limit, verb = self.elements[index - 1] if index > 1 else None, self.elements[index + 1 : index + 2]
        if limit is None or "limits_whom" not in limit.features or self.elements[index].element.before != "の":
            return None
        if not verb or "verb.act" not in verb[0].element.parts or self.roles[index - 2] != "name":
            return None
        led = self.elements[index - 2].element
        done = verb[0].element.text.removesuffix("する")
        return done, self.span(led.start, self.elements[index].element.start)

    def _separators(self, start: int, index: int) -> str:
        """What stands between the elements from ``start`` of the text to one: an arrow, or a word that is one."""
        return "".join(item.element.before for item in self.elements[: index + 1] if item.element.start >= start)

    def _result_of_later_sum(self, index: int) -> bool:
        """累計18,200人(R5) 毎年度800人 累計20,600人(R8): a sum's result is that of the later sum."""
        number = self.walk.result.number
        if number is None or self._is_sum(index):
            return False
        behind = (at for at in range(max(0, index - REACH), index) if self.roles[at] == "baseline")
        elements = [self.elements[at].element for at in behind if self._is_sum(at)]
        own = any(self.span(element.start, element.end)[0] == number[0] for element in elements)
        later = (at for at in range(index + 1, min(len(self.roles), index + REACH)) if self.roles[at] == "value")
        return own and any(self._is_sum(at) for at in later)

    def _is_sum(self, index: int) -> bool:
        before = self.elements[index - 1].element if index else None
        return before is not None and "quantifier.total" in before.parts

    def _lasts_from_now(self, index: int) -> bool:
        """令和8年度までに35%とし、提出率は常に85%以上: what is always to be so has no deadline of the aim before it."""
        before = self.drafts[-1] if self.drafts else None
        if before is None or before.element is None or before.deadline is None or before.deadline != self.walk.deadline:
            return False
        between = self.skeleton.text[before.element.end : self.elements[index].element.start]
        return pattern("names.lasting").search(between) is not None

    def _adverbial(self, index: int) -> Stretch | None:
        """The name before a figure where は, で or に stands between them and the name is no measure's."""
        at = index - 1
        while at > 0 and self.roles[at] in ("quantifier", "deadline", "own_year", "bracket"):
            at -= 1
        if not self.walk.names or at < 0 or self.roles[at] not in NAMING or "head" in self.elements[at].features:
            return None
        if "where" in self.elements[at].features:
            # 懇談会を県内7地区で各1回
            return None
        between = "".join(item.element.before for item in self.elements[at + 1 : index + 1])
        whose = self.elements[at].element.text
        if (is_place(whose) or whose in lexicon()["names"]["ways"]) and not set("をが").intersection(between):
            # A地区40%、B地区35%の受診率
            return self._with_particle(at)
        object_of = self.elements[at + 1].element.before.startswith("を")
        told = not object_of and (bool(set("はでに").intersection(between)) or AWAY.search(between) is not None)
        return self._with_particle(at) if told else None

    def _with_particle(self, at: int) -> Stretch:
        end = self.elements[at].element.end
        particle = _CASE_END.match(self.skeleton.text, end)
        return self.span(self.walk.names[0][0][0], particle.end() if particle else end)

    def _verb_at(self, index: int, draft: Draft) -> None:
        """Notes the verb right behind a figure: 20%減らす is a difference, 20%に減らす a level."""
        following = index + 1
        while following < len(self.elements) and self.elements[following].element.kind == "bracket":
            following += 1
        if following < len(self.elements) and self.elements[following].element.kind == "verb":
            verb = self.elements[following].element
            plain = verb.before.replace(GAP, "")
            draft.direct = plain in ("", "の", "を", "も", "ずつ", "、") and verb.parts[:1] != ("verb.make",)
            if GAP in verb.before and draft.result.value is not None:
                # 273件(R5) 250件(R10) 減少を目指す: which way it is to go, and no change by so many.
                draft.direct = False
            # 30日から14日に: the particle is all that is left of the verb.
            draft.before_verb = "に" if verb.text.startswith("に") and not plain else plain
            draft.changed_by_noun = draft.direct and not plain and _KANA.search(verb.text) is None
        else:
            # 88%から92%へ、…
            after = self.elements[index + 1].element.before if index + 1 < len(self.elements) else self.tail
            draft.before_verb = "へ" if after.replace(GAP, "").startswith("へ") else draft.before_verb

    def _baseline(self, index: int) -> None:
        item = self.elements[index]
        element = item.element
        assert element.quantity is not None
        if self.walk.result.value is not None and "rank" in _units(element, self._next_value(index)):
            # 23.5%で県内14位であったことから、35%を目指す: where that result stands among others.
            return
        number = self.span(element.quantity.start, element.quantity.number_end)
        year = item.year or self._year_of(index) or self.walk.result.year
        if "left_behind" in item.features:
            self._leave_behind(index, PastResult(element.quantity.value, year, number))
            return
        if "to_another" in item.features and not self._told_past(index) and self.walk.ranged_from is None:
            self.walk.ranged_from = element
        later = self._value_soon(index)
        if later and self.walk.result.value is not None and not self._told_past(index):
            # 58%→60%→62%: the first is the result, what lies between is no field's.
            self.walk.between.append(element.text)
            return
        before = self.elements[index - 1].element if index else None
        told = before is not None and before.kind == "reference" and before.comparator is None
        if before is not None and told and element.comparator is not None and not self._value_soon(index):
            # 前年度の95.2%以上: the result is printed and is itself the mark.
            self.walk.result = PastResult(element.quantity.value, year, number)
            self.walk.reference = replace(before, comparator=element.comparator)
            self._emit(index, None)
            return
        if (later or self._compared_soon(index)) and not (self.drafts and self._belongs_back(index)):
            self.walk.result = PastResult(element.quantity.value, year, number)
        elif self.drafts and self.drafts[-1].result.value is None:
            self.drafts[-1].result = PastResult(element.quantity.value, year, number)

    def _leave_behind(self, index: int, result: PastResult) -> None:
        """前年度の256点から上げ、: better than that result is what is wanted; without a year it may be any figure."""
        before = self.elements[index - 1].element if index else None
        if before is not None and before.kind in ("reference", "time", "label"):
            self.walk.reference, self.walk.result = before, result
            self._emit(index, None)
            return
        element = self.elements[index].element
        self._emit(index, element)
        self.drafts[-1].reasons.append(Reason("left_behind", {"words": element.text}))

    def _next_value(self, index: int) -> Element | None:
        following = range(index + 1, min(len(self.roles), index + REACH))
        return next((self.elements[at].element for at in following if self.roles[at] == "value"), None)

    def _compared_soon(self, index: int) -> bool:
        """実績 77.6% 目標 前年度以上: whether a goal without a figure follows a result."""
        return any(
            role == "reference" and item.element.comparator is not None
            for item, role in zip(self.elements[index + 1 :], self.roles[index + 1 :], strict=True)
        )

    def _belongs_back(self, index: int) -> bool:
        """Whether the goal that a result belongs to stands before it: another name follows before the next goal."""
        for at in range(index + 1, len(self.roles)):
            role = self.roles[at]
            if role == "value" or (role == "reference" and self.elements[at].element.comparator is not None):
                return False
            if role == "name":
                return self.roles[index - 1] != "name"
        return True

    def _told_past(self, index: int) -> bool:
        return "hint:past" in self.elements[index].features

    def _year_of(self, index: int) -> int | None:
        before = self.elements[index - 1] if index else None
        if before is None or before.element.kind not in ("reference", "time", "label"):
            return None
        return None if AVERAGED.search(before.element.text) else before.year


def _units(one: Element, other: Element | None) -> set[str | None]:
    """The units of two figures; none where they are alike."""
    units = {element.quantity.unit_code for element in (one, other) if element is not None and element.quantity}
    return units if len(units) > 1 else set()
