"""The KPI page's data and the branches' pages."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline.report.build import build_report
from pipeline.report.kpi_data import branch_sections
from tests.pipeline.invented_output import InventedDocument


def kpi(output: Path) -> dict[str, dict[str, object]]:
    build_report(output)
    script = (output / "report" / "kpi-data.js").read_text(encoding="utf-8")
    data = json.loads(script.removeprefix("window.BRANCH_PLANS_KPI=").rstrip(";\n"))
    return {indicator["key"]: indicator for indicator in data["indicators"]}


def test_the_national_aim_comes_from_the_catalogue(tmp_path: Path) -> None:
    plan = InventedDocument(2024, "33", "岡山")
    plan.target("生活習慣病予防健診実施率", "insured_checkup_rate", 66.0, "percent", population="insured")
    plan.write(tmp_path)
    assert kpi(tmp_path)["insured_checkup_rate"]["national"] == {"2024": {"aim": 61.7, "source": "catalogue"}}


def test_a_loaded_headquarters_plan_goes_before_the_catalogue(tmp_path: Path) -> None:
    for code, name, rate in (("33", "岡山", 66.0), ("00", "本部", 62.5)):
        plan = InventedDocument(2024, code, name)
        plan.target("生活習慣病予防健診実施率", "insured_checkup_rate", rate, "percent", population="insured")
        plan.write(tmp_path)
    national = kpi(tmp_path)["insured_checkup_rate"]["national"]
    assert national == {"2024": {"aim": 62.5, "source": "headquarters_plan"}}


def test_the_kpi_page_says_how_an_indicator_is_counted(tmp_path: Path) -> None:
    plan = InventedDocument(2024, "33", "岡山")
    plan.target("健康宣言事業所数", "declaration_offices", 1850.0, "offices")
    plan.target("講演会の回数", None, 3.0, "times")
    plan.write(tmp_path)
    indicators = kpi(tmp_path)
    assert "宣言した" in indicators["declaration_offices"]["definition"]["ja"]  # type: ignore[index]
    assert indicators["講演会の回数"]["definition"] is None


def test_a_branch_is_set_beside_the_nation_in_rates_and_not_in_heads(tmp_path: Path) -> None:
    plan = InventedDocument(2024, "33", "岡山")
    plan.target("生活習慣病予防健診実施率", "insured_checkup_rate", 66.0, "percent", population="insured")
    plan.target("健康宣言事業所数", "declaration_offices", 1850.0, "offices")
    plan.write(tmp_path)
    indicators = kpi(tmp_path)
    assert indicators["insured_checkup_rate"]["comparable"]
    assert not indicators["declaration_offices"]["comparable"]


def test_one_code_with_two_populations_makes_two_indicators(tmp_path: Path) -> None:
    plan = InventedDocument(2024, "33", "岡山")
    plan.target("実施率", "guidance_rate", 20.0, "percent", population="insured")
    plan.target("実施率", "guidance_rate", 8.0, "percent", population="dependents")
    plan.write(tmp_path)
    assert set(kpi(tmp_path)) == {"guidance_rate/insured", "guidance_rate/dependents"}


def test_indicators_outside_the_catalogue_come_last_under_their_own_words(output: Path) -> None:
    plan = InventedDocument(2024, "01", "北海道")
    plan.target("健康づくり講演会の回数", None, 3.0, "times")
    plan.write(output)
    assert list(kpi(output))[-1] == "健康づくり講演会の回数"


def aim(year: int, value: float, edition: str = "single") -> dict[str, object]:
    return {
        "indicator_key": "rate", "indicator_code": "rate", "indicator": "実施率", "population": None, "section": "分野",
        "fiscal_year": year, "edition": edition, "value": value, "document_id": "d", "target_id": f"{year}-{edition}",
    }  # fmt: skip


def test_a_branch_s_years_stand_side_by_side() -> None:
    [section] = branch_sections([aim(2024, 60.0), aim(2023, 57.0)])
    [line] = section["lines"]
    assert {year: [a["value"] for a in aims] for year, aims in line["years"].items()} == {2024: [60.0], 2023: [57.0]}


def test_the_old_column_counts_only_where_the_plan_of_its_year_is_missing() -> None:
    [section] = branch_sections([aim(2024, 60.0, "new"), aim(2023, 57.0), aim(2023, 55.0, "old")])
    assert [a["value"] for a in section["lines"][0]["years"][2023]] == [57.0]
