"""References to the past that say since when somebody did what is counted: 前回受診から2年以上経過した者."""

from __future__ import annotations

from normalizers.aims.patterns import pattern

_DEED = pattern("past_deeds.deed")


def of_whose_past(text: str, at: int) -> bool:
    """Whether a reference that ends at ``at`` of a skeleton's text belongs to the name of a measure, before its figure.

    A clause tells what is measured: 前回の申請から1年を経過した者への案内率90%, 過去3年間に1回以上受診した者の割合60%.
    """
    return _DEED.match(text, at) is not None
