"""From the parts of a sentence to its aims: who is measured, how, against what, by when."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from normalizers.aims.drafts import NOTHING_PRINTED, Draft, PastResult, Stretch
from normalizers.aims.elements import GAP, Element
from normalizers.aims.indicator_names import NAMING, cleaned, distributed, level_takes_result, name_of, named_by_bracket
from normalizers.aims.lexicon import lexicon
from normalizers.aims.name_features import is_place
from normalizers.aims.naming import Naming
from normalizers.aims.surroundings import AWAY, separator_classes
from normalizers.indicators.catalogue import population_of
from normalizers.model.reasons import Reason


class Assembly(Naming):
    """Walks through a sentence's elements with their roles and gathers its aims."""

    def run(self) -> list[Draft]:
        for index, role in enumerate(self.roles):
            if role in _READINGS:
                _READINGS[role](self, index)
        self.drafts = distributed(self.drafts, self.quantifiers, self.skeleton.whole)
        named_by_bracket(self.drafts, self.elements[-1])
        level_takes_result(self.drafts)
        return self.drafts

    def _predicate(self, index: int) -> None:
        """A verb that the lexicon does not know: what it does to a value, only the particle before it tells."""
        element = self.elements[index].element
        for draft in self.drafts[self.open_from :]:
            draft.reasons.append(Reason("unknown_verb", {"words": element.text}))
        part = "verb.make" if set("にへで").intersection(element.before) or "まで" in element.before else "verb.act"
        self._verb_of(index, (part,))

    # ------------------------------------------------------------ times and references
    def _deadline(self, index: int) -> None:
        item = self.elements[index]
        stretch = self.span(item.element.start, item.element.end)
        if self._ends_statement(index):
            # 目標:50% 期限:令和9年度
            for draft in self.drafts:
                draft.deadline = draft.deadline or stretch
        self.walk.deadline = stretch

    def _ends_statement(self, index: int) -> bool:
        before = self.elements[index - 1].element if index else None
        labelled = before is not None and before.kind == "label" and before.text in lexicon()["labels"]["until"]
        return labelled and not self._value_soon(index)

    def _past_time(self, index: int) -> None:
        item = self.elements[index]
        if item.year is not None:
            self.walk.result = self.walk.result._replace(year=item.year)

    def _own_year(self, index: int) -> None:
        item = self.elements[index]
        if not re.search(r"(?:度|年)[の、 ]*$", item.element.text):
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
        if self._is_goal(index):
            self._emit(index, None)

    def _past_label(self, index: int) -> None:
        item = self.elements[index]
        self.walk.reference = None
        year = item.year
        self.walk.result = self.walk.result._replace(year=year or self.walk.result.year)

    def _is_goal(self, index: int) -> bool:
        """Whether a reference is the goal itself: no figure follows that it belongs to."""
        element = self.elements[index].element
        for other, role in zip(self.elements[index + 1 :], self.roles[index + 1 :], strict=False):
            if role == "value":
                between = separator_classes(other.element.before)
                return "、" in between and element.comparator is not None
            if role in ("baseline", "statistic"):
                return False
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

    # ------------------------------------------------------------ figures
    def _value(self, index: int) -> None:
        element = self.elements[index].element
        if not (self._is_told_past(index - 1) and self._is_left_behind(index)):
            self._emit(index, element)
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
        texts = (name_of(pieces, self.skeleton, self.elements, self.roles) for pieces in walk.names)
        names = [self.without_case(text) for text in texts if text]
        group = walk.group
        own = bool(names) and walk.named
        if not names and walk.changed is not None and not self.drafts:
            # 宣言事業所を順次拡大し、2,930社とする
            names, own = [cleaned(self.skeleton.words_of(*walk.changed))], True
        draft = Draft(
            element,
            walk.reference,
            names,
            own,
            None if group is None else self.span(group.start, group.end),
            None if group is None else group.text,
            walk.condition,
            walk.deadline,
            walk.result,
            parts=walk.before,
            ranged_from=walk.ranged_from,
            people=walk.people,
            groups=tuple(other.text for other in walk.groups),
            reasons=[Reason("unread_words", {"words": "、".join(walk.between)})] if walk.between else [],
        )
        features = self.elements[index].features
        draft.label = "hint:aim" in features
        if element is not None and element.parts:
            draft.verbs, draft.direct = element.parts, True
        draft.adverbial = self._adverbial(index)
        self.drafts.append(draft)
        walk.closed, walk.named = True, False
        walk.reference = None
        walk.result = NOTHING_PRINTED
        walk.before = ()
        walk.people = None
        walk.groups, walk.between = [], []
        walk.ranged_from = None
        self._verb_at(index, draft)

    def _adverbial(self, index: int) -> Stretch | None:
        """The name before a figure where は, で or に stands between them and the name is no measure's."""
        at = index - 1
        while at > 0 and self.roles[at] in ("quantifier", "deadline", "own_year", "bracket"):
            at -= 1
        if not self.walk.names or at < 0 or self.roles[at] not in NAMING or "head" in self.elements[at].features:
            return None
        between = "".join(item.element.before for item in self.elements[at + 1 : index + 1])
        if is_place(self.elements[at].element.text) and not set("をが").intersection(between):
            # A地区40%、B地区35%の受診率
            return self._with_particle(at)
        return self._with_particle(at) if set("はでに").intersection(between) else None

    def _with_particle(self, at: int) -> Stretch:
        end = self.elements[at].element.end
        particle = re.compile("には|では|は|で|に").match(self.skeleton.text, end)
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
            draft.before_verb = plain
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
        if "to_another" in item.features and not self._told_past(index) and self.walk.ranged_from is None:
            self.walk.ranged_from = element
        later = any(role == "value" for role in self.roles[index + 1 :])
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
        if later and not (self.drafts and self._belongs_back(index)):
            self.walk.result = PastResult(element.quantity.value, year, number)
        elif self.drafts and self.drafts[-1].result.value is None:
            self.drafts[-1].result = PastResult(element.quantity.value, year, number)

    def _next_value(self, index: int) -> Element | None:
        following = zip(self.elements[index + 1 :], self.roles[index + 1 :], strict=True)
        return next((item.element for item, role in following if role == "value"), None)

    def _belongs_back(self, index: int) -> bool:
        """Whether the value that a result belongs to stands before it: another name follows before the next value."""
        for role in self.roles[index + 1 :]:
            if role == "value":
                return False
            if role == "name":
                return self.roles[index - 1] != "name"
        return True

    def _told_past(self, index: int) -> bool:
        return "hint:past" in self.elements[index].features

    def _year_of(self, index: int) -> int | None:
        before = self.elements[index - 1] if index else None
        return before.year if before is not None and before.element.kind in ("reference", "time", "label") else None

    # ------------------------------------------------------------ the rest
    def _label(self, index: int) -> None:
        item = self.elements[index]
        span = item.element.span
        if span is not None and span.label == "aim" and span.year is not None:
            end = span.start + len(re.split("[の目計 ]", self.skeleton.text[span.start : span.end])[0])
            if self.roles[index + 1 : index + 2] == ("value",) and end > span.start:
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
                if whole and population_of(whole[0]) is not None:
                    # 被扶養者52,300人 うち受診見込み16,700人: the part is of the same people.
                    self.walk.people = whole[0]
                self.walk.names, self.walk.closed, self.walk.group = (
                    ([], True, None) if self.drafts else (self.walk.names, self.walk.closed, None)
                )
            elif part.startswith("before."):
                self.walk.before = (part,)
            elif part == "quantifier.total" and self.walk.group is not None and self.walk.group.text.startswith("各"):
                # 各圏域1か所以上、計15か所: all of them together.
                self.walk.group = None

    def _verb(self, index: int) -> None:
        self._verb_of(index, self.elements[index].element.parts)

    def _verb_of(self, index: int, parts: tuple[str, ...]) -> None:
        element = self.elements[index].element
        for draft in self.drafts[self.open_from :]:
            draft.verbs += parts
            draft.before_verb = draft.before_verb or element.before.replace(GAP, "")
        after = self.elements[index + 1].element.before if index + 1 < len(self.elements) else self.tail
        if "、" in after or "。" in after or index + 1 == len(self.elements):
            self.open_from = len(self.drafts)


def _units(one: Element, other: Element | None) -> set[str | None]:
    """The units of two figures; none where they are alike."""
    units = {element.quantity.unit_code for element in (one, other) if element is not None and element.quantity}
    return units if len(units) > 1 else set()


# What is made of an element by its role; the other roles say nothing beside those around them.
_READINGS: Mapping[str, Callable[[Assembly, int], None]] = {
    "bracket": Assembly._bracket,
    "name": Assembly._name,
    "time_in_name": Assembly._name,
    "ref_in_name": Assembly._name,
    "in_name": Assembly._in_name,
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
