"""What limits the names of a sentence: groups, ages, cases, and the means that are no name at all."""

from __future__ import annotations

from dataclasses import replace

from normalizers.aims.clause_verbs import begins_with_na
from normalizers.aims.element import GAP, Element
from normalizers.aims.name_words import is_people
from normalizers.aims.patterns import pattern, words
from normalizers.aims.progress import Progress
from normalizers.aims.size_groups import belongs_to_limit
from normalizers.aims.surroundings import separator_classes
from normalizers.indicators.catalogue import population_of

_CHANGES = pattern("naming.changes")
_BETTERED = pattern("naming.bettered")
_PURSUED = pattern("naming.pursued")
_APART = pattern("naming.apart")
_BUT_FOR = pattern("naming.but_for")
_OTHERS = pattern("naming.others")
_EXCEPTION = pattern("naming.exception")
_CASE_PARTICLE = pattern("naming.case_particle")
_LISTING = words("naming.listing")
_LISTED, _FROM = pattern("naming.listed"), pattern("naming.from")
_LISTED_NAME = 10
"""Characters of a name in an enumeration (血圧、血糖、脂質); a longer one stands for itself. Chosen."""


class LimitsOfNames(Progress):
    """The part of the walk that tells for whom and in which case figures hold."""

    def _give_back(self, element: Element) -> None:
        """Takes an element out of the names, or out of being the group: it says where."""
        piece = (element.start, element.end)
        self.walk.names = [kept for name in self.walk.names if (kept := [part for part in name if part != piece])]
        self.walk.closed = self.walk.closed or not self.walk.names
        if self.walk.group is not None and self.walk.group.start == element.start:
            self.walk.group = None

    def _group(self, index: int) -> None:
        item = self.elements[index]
        element = item.element
        apart = _APART.match(element.text)
        if apart is not None and apart.end() < len(element.text):
            element = replace(element, start=element.start + apart.end(), text=element.text[apart.end() :])
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
        if self.drafts and _OTHERS.search(whom) and self.walk.deadline is not None:
            # 3月は15日以内、その他の月は10日以内: the months of the figure before are not those of this one.
            told = self.skeleton.whole[slice(*self.walk.deadline)].endswith("は")
            self.walk.deadline = None if told else self.walk.deadline
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
                and belongs_to_limit(previous, item.element, item.element.before)
            )
            self.case_from = previous.start if led and previous is not None else item.element.start
            if led and self.walk.names and self.roles[index - 1] in ("name", "time_in_name"):
                self.walk.names[-1].pop()
                self.walk.names = [name for name in self.walk.names if name]
        if "lasts" in item.features:
            self._case(index)
