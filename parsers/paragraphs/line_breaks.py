"""Whether a line was broken because the page is too narrow, or because its writer ended it.

A typesetter breaks a line only where the next unbreakable piece of text no longer fits. A line that leaves room for
that piece was ended on purpose. What may not be parted follows the usual rules of Japanese line breaking
(JIS X 4051): no closing mark at a line's head, no opening mark at its end, no break inside a word or number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel, ConfigDict

from normalizers.text.characters import normalize
from normalizers.text.tokens import read_words
from normalizers.text.units import unit_at
from parsers.model.data_file import read_data
from parsers.model.layout import Line
from parsers.paragraphs.patterns import pattern

NOT_AT_HEAD = frozenset(
    "、。，．,.・:;：；?!？！)）]］}｝〕〉》」』】’”ゝゞーァィゥェォッャュョヮヵヶぁぃぅぇぉっゃゅょゎ々%％‰℃〜～"
)
NOT_AT_END = frozenset("(（[［{｛〔〈《「『【‘“￥＄$№#")


@dataclass(frozen=True, slots=True)
class LineBreakSettings:
    """Whether a line was wrapped."""

    squeeze: float = 0.35
    """Em by which the next line's first word may be wider than the room left: justified lines are squeezed. Chosen.
    Nearest: 0.35 and 0.35.
    """


SETTINGS = LineBreakSettings()


_DIGITS = frozenset("0123456789０１２３４５６７８９")
_NUMBER_PARTS = _DIGITS | frozenset(".,．，")

_FIGURE_LINE = pattern("figures.line")
_FIGURE_HEAD = pattern("figures.digit")
_WHOLE_FIGURE = pattern("figures.whole")
_BARE_NUMBER = pattern("figures.bare")
_BOUND_ALONE = pattern("figures.bound_alone")
_BOUND_BELOW = pattern("figures.bound_below")
_FIGURE_AT_END = pattern("figures.at_end")
_CUT_FIGURE = pattern("figures.cut")
_CUT_AT_POINT = pattern("figures.cut_at_point")
_DIGITS_AT_HEAD = re.compile("[0-9]{1,3}")

_OPEN_END = pattern("lines.open_end")
_SENTENCE_END = pattern("lines.sentence_end")
_PARTICLE_AFTER_MARK = pattern("lines.particle_after_mark")
_COUNTED = pattern("lines.counted")
_COUNTED_HEAD = pattern("lines.counted_head")
_LED_TO = pattern("lines.led_to")
_LED_IN_BRACKET = pattern("lines.led_in_bracket")
_CUT_WORD_END = pattern("lines.cut_word_end")
_CUT_WORD_HEAD = pattern("lines.cut_word_head")
_WORDS_BEHIND, _WORDS_AHEAD = 12, 6
"""Characters around a line's end that are read for a word that it parts."""
_OPENING = "(（「『【〔［["
_CLOSING = ")）」』】〕］]"


def leaves_room(before: Line, right: float, after: Line) -> bool:
    """Whether ``before``, in a column that reaches to ``right``, had room for the head of ``after``."""
    return head_width(after) + SETTINGS.squeeze * before.size <= right - before.box.x1


def head_width(line: Line) -> float:
    """The width (points) of the first piece of a line that may not be parted."""
    text = line.text.text
    end = 1
    while end < len(text) and _inseparable(text[end - 1], text[end]):
        end += 1
    glyphs = line.glyphs[:end]
    return glyphs[-1].x1 - glyphs[0].x0


def _inseparable(left: str, right: str) -> bool:
    if right in NOT_AT_HEAD or left in NOT_AT_END:
        return True
    if left.isspace() or right.isspace():
        return False
    if right in _DIGITS and left in _NUMBER_PARTS:
        return True
    # Word processors keep a Latin word or number with the comma before it (て、20%).
    return right.isascii() and (left.isascii() or left in "、，")


def ends_open(text: str) -> bool:
    """Whether a text cannot have ended here: it stops at a comma, a particle, or within a bracket."""
    return _OPEN_END.search(text.rstrip()) is not None


def parts_word(text: str, line: str) -> bool:
    """Whether the break between a text and the line after it falls within a word: 者の割 / 合を, 対前年度以 / 上."""
    tail, head = text.rstrip()[-_WORDS_BEHIND:], line.lstrip()[:_WORDS_AHEAD]
    if not _CUT_WORD_END.search(tail) or not _CUT_WORD_HEAD.match(head):
        return False
    at = len(tail)
    return any(word.idx < at < word.idx + len(word.text) for word in read_words(tail + head))


def opens_list_in_bracket(text: str) -> bool:
    """Whether a text breaks off behind what a bracket says first: …を行う。〔目標: / ①…、②…〕."""
    return _LED_IN_BRACKET.search(text.rstrip()) is not None


def counts_by_itself(text: str, line: str) -> bool:
    """Whether a text is a name with its figure and the line after it another: 対象者数 500人 / 受診者数 300人."""
    return _COUNTED.fullmatch(text.strip()) is not None and _COUNTED_HEAD.match(line.strip()) is not None


def ends_led_to(text: str) -> bool:
    """Whether a text ends in what a row of dots leads to: 配布枚数 ........ 28,000枚."""
    led = _LED_TO.search(text.rstrip())
    return led is not None and any(character in _DIGITS for character in led.group())


def ends_sentence(text: str) -> bool:
    """Whether a text ends with a full stop, closing quotes and brackets after it left aside."""
    return _SENTENCE_END.search(text.rstrip()) is not None


def closes_bracket(text: str, line: str) -> bool:
    """Whether ``line`` closes a bracket that ``text`` left open."""
    depth = 0
    for character in text:
        if character in _OPENING:
            depth += 1
        elif character in _CLOSING:
            depth = max(depth - 1, 0)
    if not depth:
        return False
    inner = 0
    for character in line:
        if character in _OPENING:
            inner += 1
        elif character in _CLOSING:
            inner -= 1
            if inner < 0:
                return True
    return False


def begins_amid(text: str) -> bool:
    """Whether a line begins with a character that cannot begin a sentence (、。）) and so continues the last."""
    return text[:1] in NOT_AT_HEAD and text[:1] not in "・･〜～" and not text[1:2].isspace()


def mentions_mark(text: str, end: int) -> bool:
    """Whether the mark ending at ``end`` is a reference to a mark (①から移動, ※2による), or stands within what goes on
    (1,480事業所 / （※）以上とする), and is not the line's own.
    """
    return _PARTICLE_AFTER_MARK.match(text, end) is not None


def number_goes_on(last: str, line: str) -> bool | None:
    """Whether a line is the rest of the number in the line before it (96. / 5%, 100,000 / 社); None where it cannot be
    told.

    Two complete numbers one below the other (95.0% / 96.5%) are two numbers.
    """
    last, line = last.strip(), line.strip()
    if _BARE_NUMBER.fullmatch(last) and _is_unit(line):
        return True
    if _BOUND_BELOW.fullmatch(line) and _FIGURE_AT_END.search(last):
        return True
    if _CUT_AT_POINT.search(last) and _begins_with_measure(line):
        return True
    if not _FIGURE_LINE.fullmatch(last) or not _FIGURE_HEAD.match(line):
        return None
    if not _WHOLE_FIGURE.match(last + line) or last[-1] not in _NUMBER_PARTS:
        return False
    return True if _CUT_FIGURE.search(last) else None


def _begins_with_measure(line: str) -> bool:
    """Whether a line begins with digits and a unit: 0%以上とする."""
    plain = normalize(line).text
    digits = _DIGITS_AT_HEAD.match(plain)
    return digits is not None and unit_at(plain, digits.end()) is not None


def _is_unit(line: str) -> bool:
    """Whether a line is the unit of a number in the line before it (100,000 / 社), with a bound behind it or not."""
    plain = normalize(line).text
    unit = unit_at(plain, 0)
    return unit is not None and _BOUND_ALONE.fullmatch(plain, unit[1]) is not None


def opens_paragraph(text: str) -> bool:
    """Whether a line without a mark begins with words that only a paragraph's first line begins with (支部目標 …)."""
    return any(pattern.match(text) for pattern in _openers())


class _Openers(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    patterns: tuple[re.Pattern[str], ...]


@cache
def _openers() -> tuple[re.Pattern[str], ...]:
    return read_data("parsers.paragraphs", "paragraph_openers.toml", _Openers).patterns
