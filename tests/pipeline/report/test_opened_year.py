"""Pages over all branches open on a year that can be compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.report.build import build_report
from pipeline.report.opened_year import opened_year
from tests.pipeline.invented_output import InventedDocument


def test_a_season_s_first_plans_do_not_open_the_page() -> None:
    last_year = [(2024, f"{code:02d}") for code in range(1, 48)]
    assert opened_year([*last_year, (2025, "33"), (2025, "17")]) == 2024


def test_a_year_that_lacks_a_few_branches_is_the_one_to_see() -> None:
    assert (
        opened_year([(year, f"{code:02d}") for year in (2024, 2025) for code in range(1, 48 - 9 * (year - 2024))])
        == 2025
    )


def test_two_rows_of_one_branch_count_once() -> None:
    assert opened_year([(2024, "01"), (2024, "02"), (2024, "03"), (2025, "01"), (2025, "01")]) == 2024


def test_where_nothing_is_told_no_year_is_opened() -> None:
    assert opened_year([]) is None


@pytest.fixture(scope="module")
def begun_season(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("season")
    for year, codes in ((2024, ("31", "32", "33", "34")), (2025, ("33",))):
        for code in codes:
            plan = InventedDocument(year, code, code)
            plan.target(
                "生活習慣病予防健診実施率", "insured_checkup_rate", 60.0 + int(code), "percent", population="insured"
            )
            plan.write(output)
    return build_report(output).index.parent


def test_the_matrix_shows_last_year_while_this_year_s_plans_come_in(begun_season: Path) -> None:
    page = (begun_season / "kpi-matrix.html").read_text(encoding="utf-8")
    assert '<option value="2024" selected>' in page
    assert 'data-year="2025" hidden' in page
    assert 'data-year="2024" hidden' not in page
