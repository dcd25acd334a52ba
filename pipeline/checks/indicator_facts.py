"""What the indicator catalogue says of each indicator, as far as the checks need it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class IndicatorFacts:
    """``direction`` is ``up`` where more is better, ``down`` where less is; ``units`` are those a value may stand in.

    ``minimum`` and ``maximum`` bound what is possible for a branch; None where the catalogue gives no bound.
    """

    code: str
    name: str
    direction: str | None
    units: tuple[str, ...]
    minimum: float | None
    maximum: float | None


@cache
def catalogue_facts() -> Mapping[str, IndicatorFacts]:
    """The facts of every indicator in the catalogue by its code."""
    catalogue = tomllib.loads((files("normalizers") / "data" / "indicators.toml").read_text(encoding="utf-8"))
    facts = (
        IndicatorFacts(
            code=entry["code"],
            name=entry["name"],
            direction=entry.get("direction"),
            units=(entry["unit"], *entry.get("other_units", ())) if "unit" in entry else (),
            minimum=entry.get("minimum"),
            maximum=entry.get("maximum"),
        )
        for entry in catalogue["indicator"]
    )
    return MappingProxyType({fact.code: fact for fact in facts})
