"""Words by which a line is known as the page's own and not the plan's, read by the table ``furniture.toml``."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from pydantic import RootModel

from normalizers.text.characters import normalize
from parsers.model.data_file import read_data

FurnitureWords = Literal[
    "page_number",
    "stamp",
    "caption",
    "reference_stamp",
    "watermark",
    "legend",
    "revision",
    "changed_from",
    "title",
    "contents_heading",
    "contents_line",
    "ornament",
]


def plain(text: str) -> str:
    """A line as it is compared: normalised, without blanks at its ends."""
    return normalize(text).text.strip()


def fits(kind: FurnitureWords, text: str) -> bool:
    """Whether a plain line as a whole is of this kind."""
    return any(pattern.fullmatch(text) for pattern in patterns(kind))


def names_watermark(text: str) -> bool:
    """Whether a text is what is printed across pages: 案, 未定稿, DRAFT."""
    return fits("watermark", plain(text).replace(" ", ""))


def patterns(kind: FurnitureWords) -> tuple[re.Pattern[str], ...]:
    """The patterns of a kind; ``page_number`` has groups named number and roman, ``changed_from`` one named plan."""
    return _table().root[kind]


class _Table(RootModel[dict[FurnitureWords, tuple[re.Pattern[str], ...]]]):
    """Patterns by what they tell."""


@cache
def _table() -> _Table:
    return read_data("parsers.plan", "furniture.toml", _Table)
