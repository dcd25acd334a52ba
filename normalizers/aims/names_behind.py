"""Names that follow their figures: 2,000人の委員を委嘱, A地区40%、B地区35%の受診率."""

from __future__ import annotations

from normalizers.aims.drafts import change_named, tells_of_reference
from normalizers.aims.indicator_names import cleaned
from normalizers.aims.lexicon import lexicon
from normalizers.aims.name_words import is_people
from normalizers.aims.naming import Naming
from normalizers.aims.patterns import pattern
from normalizers.model.reasons import Reason

_SETTLING = pattern("naming.settling")


class NamesBehind(Naming):
    """The part of the walk that gives figures the name behind them."""

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
