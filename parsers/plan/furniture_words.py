"""Words by which a line is known as the page's own and not the plan's, read by the table ``furniture.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

from normalizers.text.characters import normalize

FurnitureWords = Literal[
    "page_number",
    "stamp",
    "reference_stamp",
    "new_stamp",
    "old_stamp",
    "watermark",
    "legend",
    "title",
    "contents_heading",
    "contents_line",
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
    """The patterns of a kind; ``page_number`` has groups named number and roman."""
    return _patterns()[kind]


@cache
def _patterns() -> dict[str, tuple[re.Pattern[str], ...]]:
    table = tomllib.loads(files("parsers.plan").joinpath("furniture.toml").read_text(encoding="utf-8"))
    return {name: tuple(re.compile(pattern) for pattern in rows) for name, rows in table.items()}
