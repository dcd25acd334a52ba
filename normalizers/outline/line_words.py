"""What a line is by the form of its words: a caption of units, an aside in brackets."""

from __future__ import annotations

import re
from functools import cache

from pydantic import BaseModel, ConfigDict

from normalizers.outline.patterns import pattern
from parsers.model.data_file import read_data

_UNIT_CAPTION = pattern("plan_lines.unit")
_BOX = re.compile(r"(?:^|(?<=[ 、・/)]))[□☐◻▢■☑☒◼✓✔✅](?=[^ □☐■☑])")
_BLANK_BOX, _TICKED_BOX = re.compile("[□☐◻▢]"), re.compile("[■☑☒◼✓✔✅]")
_BRACKETS = "()[]【】〔〕<>《》〈〉「」"
_ASIDE = re.compile(r"[(\[〔][^()\[\]〔〕]*[)\]〕]")


def gives_unit_only(text: str) -> bool:
    """Whether a normalised text holds no number but that of a caption's unit: 組織体制(単位:千円)."""
    caption = _UNIT_CAPTION.search(text)
    if caption is None:
        return False
    return not any(character.isdecimal() for character in text[: caption.start()] + text[caption.end() :])


def is_unit_caption(text: str) -> bool:
    """Whether a normalised text is the caption of a table's unit: (単位:千円)."""
    return _UNIT_CAPTION.fullmatch(text) is not None


def is_aside(text: str) -> bool:
    """Whether a normalised text stands in brackets as a whole: (R5見込 33.9%)."""
    return _ASIDE.fullmatch(text) is not None


def is_choice(text: str) -> bool:
    """Whether a normalised text is a form's choice with its boxes, ticked and not: □数値目標 ■状態目標."""
    return len(_BOX.findall(text)) > 1 and _BLANK_BOX.search(text) is not None and _TICKED_BOX.search(text) is not None


def is_change_word(text: str) -> bool:
    """Whether a normalised text only says that something is new or changed: 変更, (新規), 継続・拡充."""
    bare = "".join(text.split()).strip(_BRACKETS)
    return any(pattern.fullmatch(bare) for pattern in _changed())


class _Table(BaseModel):
    """The file's lists, explained there."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    changed: tuple[str, ...]


@cache
def _changed() -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, read_data("normalizers.outline", "line_words.toml", _Table).changed))
