"""Builders for the frames that the checks take: rows with harmless defaults, so that a test names what matters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from normalizers.indicators.catalogue import Indicator
from pipeline.checks.branch_values import values_by_branch
from pipeline.checks.context import DomainCheck, Doubt, RunContext, plans_by_branch
from pipeline.checks.rows import documents_of
from pipeline.checks.rules import finding_text
from pipeline.checks.run import DOCUMENT_CHECKS
from pipeline.checks.settings import CheckSettings, load_settings
from pipeline.store.columns import TABLES

Row = dict[str, Any]
BOX: Row = {"x0": 50.0, "top": 100.0, "x1": 300.0, "bottom": 115.0}


class Plan:
    """One document under construction; every method adds a row and returns it, so that a test can spoil it."""

    def __init__(self, branch: str = "33", year: int = 2021, kind: str = "plan", serial: int = 0) -> None:
        self.document_id = f"{year}-{branch}-{kind}-{serial:08x}"
        self.year = year
        self.branch = branch
        self.rows: dict[str, list[Row]] = {name: [] for name in TABLES}
        self.rows["documents"].append(
            {
                "document_id": self.document_id,
                "source_file": f"{branch}.pdf",
                "sha256": f"{serial:064x}",
                "branch_code": branch,
                "branch_name": "岡山",
                "fiscal_year": year,
                "title": "事業計画",
                "kind": kind,
                "is_draft": False,
                "page_count": 3,
                "text_layer": "digital",
                "producer": "",
                "pipeline_version": "0",
                "grade": None,
                "grade_reasons": [],
            }
        )
        for page in (1, 2, 3):
            self._add(
                "pages",
                page_id=f"{self.document_id}-p{page}",
                page=page,
                width=595.0,
                height=842.0,
                text_layer="digital",
                characters=500,
                hidden_characters=0,
                doubled_characters=0,
                lost_characters=0,
                repeated_characters=0,
                doubts=[],
            )
        self.heading = self.measure("健診の推進", kind="heading")

    def _add(self, table: str, **values: Any) -> Row:
        row = {"document_id": self.document_id, **values}
        self.rows[table].append(row)
        return row

    def measure(self, text: str, **values: Any) -> Row:
        ordinal = len(self.rows["measures"])
        defaults: Row = {
            "measure_id": f"{self.document_id}-m{ordinal:04}",
            "ordinal": ordinal,
            "edition": "single",
            "plan_title": None,
            "fiscal_year": self.year,
            "section": None,
            "section_number": None,
            "marker": None,
            "level": 0,
            "parent_id": None,
            "kind": "action",
            "text": text,
            "text_normalized": text,
            "underlines": [],
            "importance": None,
            "difficulty": None,
            "page": 1,
            **BOX,
            "cell_id": None,
            "corrected_by": None,
            "reviewed": "no",
            "read_value": None,
        }
        return self._add("measures", **(defaults | values))

    def target(self, statement: str, *, line: Row | None = None, **values: Any) -> Row:
        kind = values.get("kind", "kpi")
        line = line or self.measure(statement, kind="figure" if kind == "plan_figure" else "target")
        value = values.get("value")
        defaults: Row = {
            "target_id": f"{self.document_id}-t{len(self.rows['targets']):04}",
            "measure_id": line["measure_id"],
            "heading_id": self.heading["measure_id"],
            "edition": "single",
            "plan_title": None,
            "fiscal_year": self.year,
            "branch_code": self.branch,
            "section": None,
            "kind": kind,
            "number": None,
            "statement": statement,
            "statement_normalized": statement,
            "indicator": statement,
            "indicator_code": None,
            "population": None,
            "basis": "qualitative" if value is None else "absolute",
            "comparator": "ge" if kind == "kpi" and value is not None else None,
            "value": value,
            "unit": None if value is None else "percent",
            "baseline_value": None,
            "baseline_year": None,
            "condition": None,
            "deadline": None,
            "notes": [],
            "value_underlined": False,
            "page": 1,
            **BOX,
            "confidence": 0.9,
            "confidence_reasons": [],
            "corrected_by": None,
            "reviewed": "no",
            "read_value": None,
        }
        return self._add("targets", **(defaults | values))

    def figures(
        self,
        name: str,
        rate: float,
        planned: int,
        eligible: int | None = None,
        population: str = "insured",
        **more: Any,
    ) -> None:
        """An eligible head count on its own line (unless None), then a rate with its planned head count."""
        shared: Row = {"kind": "plan_figure", "population": population, **more}
        if eligible is not None:
            self.target(
                f"(対象者数:{eligible:,}人)", indicator="対象者数", value=float(eligible), unit="people", **shared
            )
        statement = f"{name} {rate:.1f}%(実施見込者数:{planned:,}人)"
        line = self.measure(statement, kind="figure")
        self.target(statement, line=line, indicator=name, value=rate, **shared)
        count = name.removesuffix("率") + "見込者数"
        self.target(statement, line=line, indicator=count, value=float(planned), unit="people", **shared)

    def change(self, new: str | None, old: str | None, **values: Any) -> Row:
        defaults: Row = {
            "change_id": f"{self.document_id}-d{len(self.rows['changes']):04}",
            "kind": "modified" if new and old else "added" if new else "removed",
            "new_measure_id": self.measure(new, edition="new")["measure_id"] if new else None,
            "old_measure_id": self.measure(old, edition="old")["measure_id"] if old else None,
            "new_text": new,
            "old_text": old,
            "new_marked": [],
            "old_marked": [],
            "marking": "agrees",
            "move_label": None,
        }
        return self._add("changes", **(defaults | values))

    def cell(self, text: str, **values: Any) -> Row:
        number = len(self.rows["cells"])
        defaults: Row = {
            "cell_id": f"{self.document_id}-c{number:04}",
            "page": 1,
            "table_index": 0,
            "row": number,
            "column": 0,
            "row_span": 1,
            "column_span": 1,
            **BOX,
            "role": "content",
            "text": text,
            "text_normalized": text,
            "underlines": [],
            "strikethroughs": [],
            "colored": [],
            "continues_cell_id": None,
        }
        return self._add("cells", **(defaults | values))


def frames_of(*plans: Plan) -> dict[str, pd.DataFrame]:
    """The frames of all ``plans`` together, with every declared column."""
    return {
        name: pd.DataFrame(
            [row for plan in plans for row in plan.rows[name]], columns=[column.name for column in table.columns]
        )
        for name, table in TABLES.items()
    }


@pytest.fixture
def settings() -> CheckSettings:
    return load_settings()


@pytest.fixture
def plan() -> Plan:
    """A plan that breaks no rule."""
    sound = Plan()
    sound.cell("健診の推進")
    sound.figures("特定健診実施率", 60.3, 172_500, 286_223)
    kpi: Row = {"indicator": "特定健診実施率", "value": 60.3, "population": "insured", "number": 1}
    sound.target("特定健診実施率を60.3%以上とする", **kpi)
    sound.target("健診の質を高める", number=2)
    return sound


@pytest.fixture
def build() -> Callable[..., Plan]:
    return Plan


@pytest.fixture
def combine() -> Callable[..., dict[str, pd.DataFrame]]:
    return frames_of


@pytest.fixture
def context_of(settings: CheckSettings) -> Callable[..., RunContext]:
    """The context of a run over the given plans, with a small catalogue of its own."""

    def build_context(*plans: Plan, facts: tuple[Indicator, ...] = ()) -> RunContext:
        by_place = plans_by_branch(documents_of(frames_of(*plans)))
        return RunContext(settings, {fact.code: fact for fact in facts}, by_place, values_by_branch(by_place))

    return build_context


@pytest.fixture
def doubts_of(context_of: Callable[..., RunContext]) -> Callable[..., list[Doubt]]:
    """What one check says of the first of the given plans, the others being there to compare with."""

    def run_one(check: DomainCheck, plan: Plan, *others: Plan, facts: tuple[Indicator, ...] = ()) -> list[Doubt]:
        (document,) = documents_of(frames_of(plan))
        return list(check(document, context_of(plan, *others, facts=facts)))

    return run_one


@pytest.fixture
def said(doubts_of: Callable[..., list[Doubt]]) -> Callable[..., list[str]]:
    """The English sentences of what one check says, as ``doubts_of``."""
    names = {check: name for name, check in DOCUMENT_CHECKS.items()}

    def say(check: DomainCheck, plan: Plan, *others: Plan, facts: tuple[Indicator, ...] = ()) -> list[str]:
        doubts = doubts_of(check, plan, *others, facts=facts)
        return [finding_text(names[check], doubt.variant, doubt.values, "en") for doubt in doubts]

    return say
