"""Layouts: each turns a plan that is ready to be set into a PDF."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.sample.document import PlanToSet, SetPlan
from pipeline.sample.layouts import comparison, kpi_table, matrix_table, plan_table, prose, slides, target_column

Layout = Callable[[PlanToSet], SetPlan]

LAYOUTS: dict[str, Layout] = {
    "two_column": plan_table.two_column,
    "vertical_section": plan_table.vertical_section,
    "comparison": comparison.new_first,
    "comparison_old_first": comparison.old_first,
    "comparison_red": comparison.without_section_column,
    "prose": prose.headed_prose,
    "kpi_table": kpi_table.plan_with_kpi_table,
    "slides": slides.slides,
    "target_column": target_column.plan_with_target_column,
    "matrix_table": matrix_table.plan_as_matrix,
}

COMPARISONS = frozenset({"comparison", "comparison_old_first", "comparison_red"})
