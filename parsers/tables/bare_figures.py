"""Texts of table cells that are a figure and nothing else, or the bound that goes with one."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BareFigureSettings:
    """Which texts are figures without words."""

    longest_figure: int = 30
    """Characters: a longer text is a sentence. Chosen."""


SETTINGS = BareFigureSettings()


_MARK = re.compile(r"[①-⑳]|[(][0-9]{1,2}[)]|[0-9]{1,2}[).](?![0-9])")
_FIGURE = re.compile(
    r"約|概ね|おおむね|およそ|延べ?|年間?|月|毎|各|計|対?前年|昨年|現状|全国|上位|平均|[▲△+\-±≧≦>≥≤<]|[0-9]|"
    r"[一二三四五六七八九十百千][^。]{0,3}$"
)
# A text that ends in a verb says what is done.
_VERB = re.compile(r"[うくぐすつぬぶむる]$")
_NONE = frozenset(
    {
        "-",
        "--",
        "なし",
        "無し",
        "設定なし",
        "未設定",
        "目標なし",
        "該当なし",
        "(該当なし)",
        "〃",
        "同上",
        '"',
        "''",
        "維持",
        "100%維持",
        "未定",
    }
)
_OF_THE_GOAL = re.compile("^(?:目標値?|基準値?|計画値?)(?:の|を)?")
_BOUND = frozenset({"以上", "以下", "超", "未満", "以内", "≧", "≦", "≥", "≤", ">", "<", "↑", "↓", "超過"})


def is_figure(text: str) -> bool:
    """Whether a normalised text without blanks is a bare figure, or says that there is none."""
    if text in _NONE:
        return True
    mark = _MARK.match(text)
    bare = text[mark.end() :] if mark else text
    spoken = len(bare) > SETTINGS.longest_figure or "を" in bare or _VERB.search(bare) is not None
    return not spoken and _FIGURE.match(bare) is not None


def is_bound(text: str) -> bool:
    """Whether a normalised text without blanks only says on which side of a figure the goal lies (以上)."""
    return _OF_THE_GOAL.sub("", text) in _BOUND
