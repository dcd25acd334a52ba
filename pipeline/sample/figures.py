"""Head counts and the rates that follow from them: planned persons over eligible persons."""

from __future__ import annotations

import math
from dataclasses import dataclass

from pipeline.sample.chance import Chance

_SIZES = {"13": 5.2, "27": 4.1, "23": 3.4, "01": 2.2, "40": 2.3, "11": 1.9, "14": 1.9, "28": 2.0}


@dataclass(frozen=True, slots=True)
class Share:
    """``count`` of ``base`` persons, ``rate`` percent of them rounded to one digit as printed."""

    base: int
    count: int
    rate: float


@dataclass(frozen=True, slots=True)
class Figures:
    """What a plan prints about check-ups and guidance."""

    checkup: Share
    employer_data: Share
    dependents_checkup: Share
    guidance: Share
    own_guidance: Share
    dependents_guidance: Share

    def rate_of(self, indicator: str) -> float | None:
        """The printed rate that an indicator (a key of the indicators' file) also states, if there is one."""
        share = {
            "checkup_rate": self.checkup,
            "employer_data_rate": self.employer_data,
            "dependents_checkup_rate": self.dependents_checkup,
            "guidance_rate": self.guidance,
            "dependents_guidance_rate": self.dependents_guidance,
        }.get(indicator)
        return share.rate if share else None


def plan_figures(chance: Chance, year: int) -> Figures:
    """The branch's head counts of a fiscal year: each rate is its count over its base, rounded to one digit."""
    size = _SIZES.get(chance.branch_code, 0.5 + chance.share("size"))
    growth = 1 + (year - 2024) * 0.008
    insured = math.floor(200_000 * size * growth + chance.share("insured", year) * 900)
    dependents = math.floor(insured * (0.22 + chance.share("dependents") * 0.05))
    guided = math.floor(insured * (0.145 + chance.share("guided") * 0.02))
    guided_dependents = math.floor(dependents * (0.045 + chance.share("guided dependents") * 0.01))

    def share(name: str, base: int, level: float, spread: float, yearly: float) -> Share:
        wanted = level + (chance.share(name) * 2 - 1) * spread + (year - 2024) * yearly
        return _share(base, wanted + (chance.share(name, year) - 0.5) * 0.4)

    guidance = share("guidance", guided, 25.0, 8.0, 1.2)
    return Figures(
        checkup=share("checkup", insured, 62.0, 9.0, 1.3),
        employer_data=share("employer data", insured, 9.5, 4.0, 0.2),
        dependents_checkup=share("dependents checkup", dependents, 30.5, 5.0, 0.8),
        guidance=guidance,
        own_guidance=_share(guided, guidance.rate * (0.5 + chance.share("own") * 0.2)),
        dependents_guidance=share("dependents guidance", guided_dependents, 18.0, 6.0, 1.0),
    )


def _share(base: int, wanted: float) -> Share:
    """A whole number of persons near the wanted percentage, and the percentage that it makes."""
    nearest = 10 if base > 20_000 else 1
    count = round(base * wanted / 100 / nearest) * nearest
    return Share(base, count, round(100 * count / base, 1))
