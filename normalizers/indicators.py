"""The catalogue of indicators: which wording means which of them."""
from __future__ import annotations

import re
from dataclasses import dataclass
from normalizers.records import Population
from typing import Literal


@dataclass(frozen=True, slots=True)
class IndicatorMatch:
    code: str
    name: str
    score: float
    population: Population | None
    direction: Literal["higher", "lower"] | None


def population_of(text: str) -> Population | None:
    insured = re.search("被保険者(?!証|資格)", text)
    dependents = re.search("被扶養者(?!資格|の資格)", text)
    if insured and dependents or re.search("(?:^|全|の)加入者(?!等)", text):
        return "all"
    return "insured" if insured else "dependents" if dependents else None


def match_indicator(wording: str, population: Population | None) -> IndicatorMatch | None:
    return None


def nearest_indicators(wording: str) -> tuple[tuple[str, str, float], ...]:
    return ()
