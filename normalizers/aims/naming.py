"""The names, groups, cases and means of a sentence: what its figures are figures of."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from normalizers.aims.clause_verbs import begins_with_na
from normalizers.aims.drafts import Stretch, change_named, tells_of_reference
from normalizers.aims.element import GAP, Element
from normalizers.aims.indicator_names import NAMING, cleaned
from normalizers.aims.lexicon import lexicon
from normalizers.aims.name_words import is_people, is_place
from normalizers.aims.patterns import ends_with, pattern, words
from normalizers.aims.progress import Progress
from normalizers.aims.shared_parts import BARE_MEASURE, led_by_share
from normalizers.aims.surroundings import separator_classes
from normalizers.indicators.catalogue import population_of
from normalizers.model.reasons import Reason

_CHANGES = pattern("naming.changes")
_BETTERED = pattern("naming.bettered")
_PURSUED = pattern("naming.pursued")
_PART_OF_YEAR = pattern("times.part")
_WHERE = pattern("particles.at")
_BUT_FOR = pattern("naming.but_for")
_OTHERS = pattern("naming.others")
_SETTLING = pattern("naming.settling")
_EXCEPTION = pattern("naming.exception")
_CASE_PARTICLE = pattern("naming.case_particle")
_LISTING = words("naming.listing")
_LISTED = pattern("naming.listed")
_LISTS_BEFORE, _JOINS, _FROM = pattern("naming.lists_before"), pattern("naming.joins"), pattern("naming.from")
_JOINS_MEASURES, _CONJUNCTIONS = words("naming.joins_measures"), words("naming.conjunctions")
_LISTED_NAME = 10
"""Characters of a name in an enumeration (血圧、血糖、脂質); a longer one stands for itself. Chosen."""


class Naming(Progress):
    """The part of the walk that gathers names and what limits them."""

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

    def _give_back(self, element: Element) -> None:
        """Takes an element out of the names, or out of being the group: it says where."""
        piece = (element.start, element.end)
        self.walk.names = [kept for name in self.walk.names if (kept := [part for part in name if part != piece])]
        self.walk.closed = self.walk.closed or not self.walk.names
        if self.walk.group is not None and self.walk.group.start == element.start:
            self.walk.group = None

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

    def _group(self, index: int) -> None:
        item = self.elements[index]
        element = item.element
        own = "verb_start" in item.features or (element.before == "が" and begins_with_na(element))
        if index and self.roles[index - 1] == "name" and own and self.walk.names:
            # 離島を含む地域は10%, 照会が必要な申請は10日: the group's own clause.
            start = self.walk.names[-1].pop()[0]
            self.walk.names = [name for name in self.walk.names if name]
            element = replace(element, start=start, text=self.skeleton.text[start : element.end])
        if index and element.before == "が" and self.roles[index - 1] == "name" and element.words[0][1][:3] == "形容詞":
            # 実施率が低い北部地域
            start = self.elements[index - 1].element.start
            element = replace(element, start=start, text=self.skeleton.text[start : element.end])
        if index and self.roles[index - 1] == "group" and "、" in separator_classes(element.before):
            self.walk.groups.append(self.elements[index - 1].element)
        if self.drafts and _OTHERS.match(element.text):
            # …の企業は80%以上、それ以外の企業は95%以上: another case.
            self.walk.condition = None
        source = _FROM.match(self.skeleton.text, element.end)
        self.walk.group = replace(element, end=source.end()) if source else element
        self.walk.group_or_measure = "may_be_topic" in item.features
        self.walk.closed = False

    def _of_age(self, index: int) -> None:
        """20歳代50%・30歳代55%: whose figure follows, the same name for each."""
        element = self.elements[index].element
        self.walk.condition, self.walk.group = self.span(element.start, element.end), None
        self.walk.closed = self.walk.closed and not self.walk.names

    def _means(self, index: int) -> None:
        """What is done, and not what is measured; but what is made more or less is measured if nothing else is."""
        element = self.elements[index].element
        following = self.elements[index + 1] if index + 1 < len(self.elements) else None
        if following is not None and following.element.before == "を" and _CHANGES.search(following.element.text):
            self.walk.changed = (element.start, element.end)
        if element.before == "を" and _BUT_FOR.match(element.text):
            # 離島を除き、…
            start = index
            while start and not set(separator_classes(self.elements[start].element.before)) & {"、", "は"}:
                start -= 1
            self.walk.condition = self.span(self.elements[start].element.start, element.end)
        bettered = _BETTERED.search(element.text)
        if bettered is not None and following is not None and _PURSUED.match(following.element.text):
            # 受診率の向上を図り、62%以上とする
            self.walk.changed = (element.start, element.start + bettered.start())
        self.walk.names, self.walk.closed = [], True

    def _case(self, index: int) -> None:
        item = self.elements[index]
        text = self.skeleton.text
        start = self._listed_before(index) if self.case_from is None else self.case_from
        dated = self.elements[index - 1].element if index and self.roles[index - 1] == "time_in_name" else None
        if dated is not None and dated.end == start:
            # 10月1日の制度改正以降は、…
            start = dated.start
            self._give_back(dated)
        led = _EXCEPTION.search(text, 0, start)
        start = led.start() if led is not None else start
        particle = _CASE_PARTICLE.match(text, item.element.end)
        end = particle.end() if particle is not None else item.element.end
        whom = text[start : item.element.end]
        if all(map(is_people, _LISTED.split(whom))) and population_of(whom) is not None:
            # 被保険者・被扶養者とも、…
            self.walk.people = whom
        else:
            self.walk.condition = self.span(start, end)
        self.case_from = None
        if self.walk.closed:
            self.walk.closed = False
            if not self.drafts:
                self.walk.names = []

    def _listed_before(self, index: int) -> int:
        """Where a case begins: with the first of short names listed before it (血圧、血糖、脂質の未治療者において)."""
        start = self.elements[index].element.start
        named = any(role == "name" for role in self.roles[index + 1 :])
        if not named or self.drafts or len(self.walk.names) != 1:
            return start
        first = index
        while first and self._is_listed(first):
            first -= 1
        listed = index - first
        if not listed or first or listed > len(self.walk.names[0]):
            return start
        self.walk.names = []
        return self.elements[first].element.start

    def _is_listed(self, index: int) -> bool:
        """Whether a name without a measure stands before an element, and nothing but a comma or 及び between."""
        before = self.elements[index - 1]
        parted = self.elements[index].element.before.replace(GAP, "").strip()
        bare = self.roles[index - 1] == "name" and "head" not in before.features
        return bare and parted in _LISTING and len(before.element.text) <= _LISTED_NAME

    def _in_case(self, index: int) -> None:
        item = self.elements[index]
        if self.case_from is None:
            previous = self.elements[index - 1].element if index else None
            led = (
                previous is not None
                and self.roles[index - 1] in ("name", "topic", "time_in_name", "quantifier")
                and not set("、はを").intersection(item.element.before)
            )
            self.case_from = previous.start if led and previous is not None else item.element.start
            if led and self.walk.names and self.roles[index - 1] in ("name", "time_in_name"):
                self.walk.names[-1].pop()
                self.walk.names = [name for name in self.walk.names if name]
        if "lasts" in item.features:
            self._case(index)

    def _name_after(self, index: int) -> None:
        item = self.elements[index]
        own = _SETTLING.sub("", cleaned(self.skeleton.words_of(item.element.start, item.element.end)))
        own = self._done_by_share(index, own) or own
        named: list[str] | None = None
        for draft in self.drafts[self.named_to :]:
            # 市税は98%、県税は97%の収納率: what is measured of them all stands here.
            draft.reasons = [reason for reason in draft.reasons if reason.code != "group_or_measure"]
            if item.element.text.startswith("目標"):
                draft.verbs += ("verb.make",)
            if draft.own_name and is_people(draft.names[-1]):
                # 被保険者については65%を、…目標受診率とする
                draft.people, draft.own_name = draft.names[-1], False
            elif draft.own_name and draft.adverbial is not None and self._is_source(*draft.adverbial):
                # 市外から年間120世帯の移住を呼び込む
                draft.names = [f"{self.skeleton.whole[slice(*draft.adverbial)]}の{own}"]
                draft.reasons.append(Reason("counted_after_number"))
            elif draft.own_name and draft.adverbial is not None:
                # 大規模事業所は95%、…の提出率, 予算の範囲内で30件の講座: what stands before is no name.
                draft.condition = draft.condition or draft.adverbial
                draft.own_name = False
            elif tells_of_reference(draft):
                draft.own_name = False
            elif draft.own_name and item.element.before == "の" and (change := change_named(draft, own)):
                # 契約金額の3%以上のコスト削減: by how much less, of the sum before it.
                draft.verbs, draft.direct = (*draft.verbs, change), True
                draft.reasons.append(Reason("cut_of_a_sum"))
            elif draft.own_name and item.element.before == "への":
                # 重点事業所150社への訪問
                draft.names = [f"{draft.names[-1]}への{own}"]
                draft.reasons.append(Reason("counted_after_number"))
            shared = named is not None and draft.names == named and draft.group is not None
            named = list(draft.names) if draft.own_name else named
            if (not draft.own_name and not shared) or "share_before" in item.features:
                # 栄養指導は入院180件、外来120件の月間件数: the first name is that of them all.
                draft.names, draft.own_name = [own], True
                draft.reasons.append(Reason("counted_after_number"))
        self.named_to = len(self.drafts)
        self.walk.names = [[(item.element.start, item.element.end)]]
        self.walk.closed = True

    def _is_source(self, start: int, end: int) -> bool:
        return self.skeleton.whole.endswith("から", start, end)

    def _done_by_share(self, index: int, own: str) -> str | None:
        """職員の半数以上で検定を取得: whose share does what, as it is printed without the figure."""
        if "share_before" not in self.elements[index].features or not self.walk.names:
            return None
        people = self.text_of(self.walk.names[-1])
        following = self.elements[index + 1].element if index + 1 < len(self.elements) else None
        does = (
            ""
            if following is None or following.kind != "verb"
            else following.before + following.text.removesuffix("する")
        )
        done = "" if does.strip("をに") in lexicon()["names"]["doing"] else does
        return people + self.elements[index].element.before + own + done
