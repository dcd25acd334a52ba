"""The section (分野) that a measure stands under: its name, its number, and the lines that open it."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from normalizers.text.characters import normalize
from normalizers.text.markers import read_marker
from parsers.model.data_file import read_data

LONGEST_SECTION = 60
"""Characters. A longer line or cell is a sentence or a remark, not the name of a section. Chosen."""

_LABEL_BRACKETS = "【】[]<>《》≪≫〈〉「」『』"


class Section(NamedTuple):
    """A section's name, normalised and without its number, and the number (1, Ⅰ), None where it has none."""

    name: str
    number: str | None


_NUMERAL = re.compile(r"[一二三四五六七八九十]{1,3}[ \u3000]*")


@lru_cache(maxsize=4096)
def read_section(text: str) -> Section | None:
    """The section that a cell or heading names; None for an empty text."""
    marker = read_marker(text)
    if marker is None or marker.kind.label:
        name = _whole_name(normalize(text).text.strip(_LABEL_BRACKETS))
        return Section(name, None) if name else None
    name = _whole_name(normalize(text[marker.end :]).text.strip())
    if not name:
        return None
    written = "".join(character for character in normalize(marker.text).text if character.isalnum()).removeprefix("第")
    counted = marker.number is not None and marker.kind.counts not in ("roman", "letters", "katakana")
    return Section(name, str(marker.number) if counted else written or None)


def _whole_name(name: str) -> str:
    """The name without what says which part of it a page shows (②, (1/2), 続き), and of two topics the known name."""
    running = _running().search(name)
    name = name[: running.start()].strip() or name if running is not None else name
    first = name.partition("/")[0].strip()
    return first if _key(first) in _known() | _ambiguous() else name


def opens_section(text: str, current: str | None = None) -> Section | None:
    """The section that a line opens: one of the known names, or ``current``, what the page says it stands under."""
    if len(text) > LONGEST_SECTION:
        return None
    section = read_section(text)
    if section is None:
        return None
    counted = _NUMERAL.match(section.name)
    if counted and _key(section.name[counted.end() :]) in _known():
        # A bare numeral is a mark before the name of a section; before other words it may be the word itself.
        return Section(section.name[counted.end() :], counted[0].strip())
    told = read_section(current) if current else None
    known = _key(section.name) in _known() or (told is not None and _key(told.name) == _key(section.name))
    return section if known else None


def leading_section(text: str) -> str | None:
    """The name of a known section, verbatim with its number, with which a heading begins that goes on behind it with
    the number of a page or a topic: 戦略的保険者機能の一層の発揮 ① 健診・保健指導. None for any other text.
    """
    if len(text) > LONGEST_SECTION or text.endswith("。"):
        return None
    found = (text[: cut.start()].strip() for cut in _topic().finditer(text))
    return next((lead for lead in found if opens_section(lead) is not None), None)


def names_field(text: str) -> bool:
    """Whether a text is the name of a field, be it one that heads lists of measures too (保健事業)."""
    section = read_section(text) if len(text) <= LONGEST_SECTION else None
    return section is not None and (_key(section.name) in _ambiguous() or opens_section(text) is not None)


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    kept = "".join(character for character in name if character not in "・、,の ")
    ending = next((ending for ending in _table().endings if kept.endswith(ending)), "")
    return kept.removesuffix(ending) or kept


@cache
def _known() -> frozenset[str]:
    return frozenset(_key(name) for name in _table().names if name not in _table().ambiguous)


@cache
def _ambiguous() -> frozenset[str]:
    return frozenset(_key(name) for name in _table().ambiguous)


@cache
def _topic() -> re.Pattern[str]:
    return re.compile(_table().topic)


@cache
def _running() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(_table().running)})$")


class _Table(BaseModel):
    """The file's lists, explained there."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    names: tuple[str, ...]
    ambiguous: tuple[str, ...]
    endings: tuple[str, ...]
    running: tuple[str, ...]
    topic: str


@cache
def _table() -> _Table:
    return read_data("normalizers.text", "sections.toml", _Table)
