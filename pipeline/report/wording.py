"""An aim in a few words, as the report and the workbook show it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.report.site import shown_number
from pipeline.report.texts import Language, text


def amount(value: float, unit: str | None, language: Language) -> str:
    """A number with its unit: 95%, 1,850社, 1,850 companies."""
    name = text(f"unit.{unit}", language) if unit else ""
    gap = " " if language == "en" and name and not name.startswith("%") else ""
    return f"{shown_number(value)}{gap}{name}"


def aim_words(aim: Mapping[str, Any], language: Language) -> str:
    """What is aimed at: 95% 以上, 前年度以上, 設定なし; in English ≥ 95%."""
    comparator = text(f"comparator.{aim['comparator']}", language) if aim["comparator"] else ""
    if aim["basis"] == "previous_year":
        wanted = aim["value"]
        difference = "" if wanted is None else f"{'+' if wanted >= 0 else ''}{amount(wanted, aim['unit'], language)}"
        before = text("basis.previous_year", language)
        if language == "en":
            return " ".join(part for part in (comparator, before, difference) if part)
        return f"{before}{difference}{comparator}"
    if aim["value"] is None:
        return text(f"basis.{aim['basis']}", language)
    shown = amount(aim["value"], aim["unit"], language)
    parts = (comparator, shown) if language == "en" else (shown, comparator)
    return " ".join(part for part in parts if part)
