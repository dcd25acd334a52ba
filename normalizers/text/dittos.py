"""Marks in a table's cell that stand for the text of another: 〃 and 同上 for that above, 同左 for that on the left."""

from __future__ import annotations

from typing import Literal

_ABOVE = frozenset({"〃", "同上", "々", '"', "”", "″", "''", "//", "上に同じ"})
_LEFT = frozenset({"同左", "左に同じ", "←", "⇐"})
_BRACKETS = "()（）〔〕[]［］「」"


def points_to(text: str) -> Literal["above", "left"] | None:
    """Which cell a cell's text stands for, None where it speaks for itself."""
    mark = "".join(text.split()).strip(_BRACKETS)
    if mark in _ABOVE:
        return "above"
    return "left" if mark in _LEFT else None
