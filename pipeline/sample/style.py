"""How one office sets its plan: markers, the spelling of KPIs, width of digits, borders, page furniture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from pydantic import ConfigDict

KpiSpelling = Literal["square", "square_each", "lenticular", "fullwidth", "numeric", "label_line", "bare"]
Width = Literal["half", "brackets", "full"]
Border = Literal["stroke", "rectangles", "dotted_rows", "double_frame", "horizontal"]
Marking = Literal["line", "rectangle", "double", "red"]

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
_KATAKANA = "アイウエオカキクケコ"
_ROMAN = "ⅠⅡⅢ"
_SMALL_ROMAN = ("i)", "ii)", "iii)", "iv)", "v)", "vi)", "vii)", "viii)", "ix)", "x)", "xi)", "xii)", "xiii)")
_WIDE = {ord(c): ord(c) + 0xFEE0 for c in "0123456789.,%:()+=ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"}
_WIDE_BRACKETS = {ord(c): ord(c) + 0xFEE0 for c in "():"}
RADICALS = dict(
    zip(
        "一二人入八力十口土大女子小山工心手支文方日月木止比毛水火父片牛玉生用田白目矢石示立米糸羊老而耳肉自行衣西見角言谷貝赤走足車里金門面音風食首香高黒鼻",
        "⼀⼆⼈⼊⼋⼒⼗⼝⼟⼤⼥⼦⼩⼭⼯⼼⼿⽀⽂⽅⽇⽉⽊⽌⽐⽑⽔⽕⽗⽚⽜⽟⽣⽤⽥⽩⽬⽮⽯⽰⽴⽶⽷⽺⽼⽽⽿⾁⾃⾏⾐⾑⾒⾓⾔⾕⾙⾚⾛⾜⾞⾥⾦⾨⾯⾳⾵⾷⾸⾹⾼⿊⿐",
        strict=True,
    )
) | {"長": "⻑", "民": "⺠"}
_RADICAL_TABLE = str.maketrans(RADICALS)


@dataclass(frozen=True, slots=True)
class Style:
    """One office's habits. ``radicals``: the text layer carries ⼈ and ⻑ where the page shows 人 and 長."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    layout: str
    section_marker: Literal["dot", "roman", "ordinal"] = "dot"
    heading_marker: Literal["dash", "circle", "bracket", "dot", "diamond", "small_roman"] = "circle"
    action_marker: Literal["dot", "circled", "katakana", "dash"] = "dot"
    kpi: KpiSpelling = "square"
    number: Literal["circled", "bracket"] = "circled"
    width: Width = "brackets"
    radicals: bool = False
    border: Border = "stroke"
    marking: Marking = "line"
    repeat_header: bool = True
    closed_breaks: bool = True
    embedded_font: bool = True
    bold: Literal["none", "twice", "outline"] = "none"
    draft: bool = False
    cover: bool = False
    stamp: str = ""
    handout: str = ""
    page_number: Literal["plain", "dashes", "of"] = "plain"
    rotate: bool = False
    scanned: bool = False

    def printed(self, text: str) -> str:
        """The text as this office types it, one character for one character."""
        table = {"half": {}, "brackets": _WIDE_BRACKETS, "full": _WIDE}[self.width]
        text = text.translate(table)
        return text.translate(_RADICAL_TABLE) if self.radicals else text

    def section_title(self, number: int, name: str) -> str:
        """A section's title with its number from 1."""
        before = {"dot": f"{number}. ", "roman": f"{_ROMAN[number - 1]}. ", "ordinal": f"第{number} "}
        return before[self.section_marker] + name

    def heading_mark(self, section: int, number: int) -> tuple[str, str]:
        """Marker and the space behind it of the ``number``-th heading (from 1) of the ``section``-th section."""
        return {
            "dash": (f"{section}-{number}.", " "),
            "circle": ("○", ""),
            "bracket": (f"({number})", " "),
            "dot": (f"{number}.", " "),
            "diamond": ("◆", " "),
            "small_roman": (_SMALL_ROMAN[min(number, len(_SMALL_ROMAN)) - 1], " "),
        }[self.heading_marker]

    def action_mark(self, number: int) -> tuple[str, str]:
        """Marker and space of the ``number``-th action below a heading."""
        return {
            "dot": ("・", ""),
            "circled": (_CIRCLED[number - 1], ""),
            "katakana": (f"{_KATAKANA[number - 1]}.", " "),
            "dash": ("－", ""),
        }[self.action_marker]

    def aim_number(self, number: int) -> str:
        """The number of an aim in its list."""
        return _CIRCLED[number - 1] if self.number == "circled" else f"{number})"

    def kpi_mark(self, number: int | None, position: int, *, branch: bool) -> tuple[str, str]:
        """Marker and space before an aim: ``number`` is None where it stands alone, ``position`` counts from 1."""
        label = "支部目標" if branch else "KPI"
        own = self.aim_number(number) if number is not None else ""
        later = position > 1 and number is not None
        space = " " if own else ""
        if self.kpi == "bare":
            return ("支部目標:", " ") if branch else (own, space)
        if self.kpi == "label_line":
            return own or "・", space
        if self.kpi == "square_each":
            return f"■ {label}:{own}", space
        if later and self.kpi != "fullwidth":
            return own, space
        spelled = {
            "square": f"■ {label}: {own}",
            "lenticular": f"【{label}】{own}",
            "fullwidth": f"{label}{own}" if own else f"{label}:",
            "numeric": f"<{'支部目標' if branch else '数値目標'}>{own}",
        }[self.kpi]
        return spelled.rstrip(), " "
