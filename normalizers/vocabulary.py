"""The words that the other packages share with the normalizers: branches, years, indicators, normalised text, where
two texts differ, and the words of plans.

A door: `pipeline` imports from here and from `normalizers.normalize` and `normalizers.explain` only, so that the rooms
behind may be moved.
"""

from __future__ import annotations

from normalizers.indicators.catalogue import Indicator, catalogue, indicator_terms
from normalizers.indicators.plan_words import PlanWord, read_plan_words, words_edition
from normalizers.text.branches import HEADQUARTERS, Branch, branch_names, branches
from normalizers.text.characters import normalize
from normalizers.text.differences import differences
from normalizers.text.fiscal_years import fiscal_year_name, western_year
from normalizers.text.units import unit_codes

__all__ = [
    "HEADQUARTERS",
    "Branch",
    "Indicator",
    "PlanWord",
    "branch_names",
    "branches",
    "catalogue",
    "differences",
    "fiscal_year_name",
    "indicator_terms",
    "normalize",
    "read_plan_words",
    "unit_codes",
    "western_year",
    "words_edition",
]
