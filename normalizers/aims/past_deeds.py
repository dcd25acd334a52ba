"""References to the past that say since when somebody did what is counted: 前回受診から2年以上経過した者."""

from __future__ import annotations

import functools
import re

from normalizers.aims.lexicon import alternatives

_LENGTH = "[0-9.]+ ?(?:年|か月|週|日)"


def of_whose_past(text: str, at: int) -> bool:
    """Whether a reference that ends at ``at`` of a skeleton's text belongs to the name of a measure, before its figure.

    A clause tells what is measured: 前回の申請から1年を経過した者への案内率90%, 過去3年間に1回以上受診した者の割合60%.
    """
    return _deed().match(text, at) is not None


@functools.cache
def _deed() -> re.Pattern[str]:
    people, head = alternatives("names", "limited"), alternatives("names", "heads") + " *[:はをが]? *(?:約|平均)?[0-9]"
    measured = rf"(?:の|への|に対する|に占める)[^、。は0-9]*{head}"
    told = rf"[^、。は0-9%]*[るたいん]{people}{measured}"
    timed = rf"[^、。は0-9%]*{_LENGTH}[^、。は%]*[るたいん][一-鿿ァ-ヺ][^、。は0-9]*{head}"
    limited = rf"[^、。は0-9%]*{_LENGTH}以?[内上下][^、。は0-9%]*{head}"
    often = rf"[^、。は0-9%]*[0-9]+ ?回(?:以上)?[^、。は0-9%]*[るたいん]{people}{measured}"
    return re.compile(f"(?:{told}|{timed}|{limited}|{often})")
