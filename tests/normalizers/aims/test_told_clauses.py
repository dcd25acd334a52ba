"""Clauses before an aim: what they tell is kept, and what may be an aim of its own among it is doubted."""

from __future__ import annotations

import pytest

from normalizers.aims.aim import TargetContext
from normalizers.aims.read_aims import read_aims

CONTEXT = TargetContext(kind="kpi", fiscal_year=2024)


@pytest.mark.parametrize(
    "text",
    [
        "健診実施率を60％以上とする方針であり、併せて事業所への訪問を50件行う",
        "電話応答率は90％以上を保っており、窓口の待ち時間を10分以内とする",
        "残薬は30日以下に抑えられているため、訪問指導の実施率を25％以上とする",
    ],
)
def test_a_bounded_figure_in_a_clause_that_tells_may_be_an_aim(text: str) -> None:
    aims = read_aims(text, CONTEXT)
    assert aims
    assert all("number_left" in {reason.code for reason in aim.reasons} for aim in aims)


@pytest.mark.parametrize(
    ("text", "baseline"),
    [
        ("受診率は58.3％にとどまったことから、60％以上とする", 58.3),
        ("回収率は令和5年度に52.1％と伸び悩んでいるため、催告を早め、55％以上とする", 52.1),
    ],
)
def test_a_plain_result_in_such_a_clause_is_the_baseline_and_no_doubt(text: str, baseline: float) -> None:
    (aim,) = read_aims(text, CONTEXT)
    assert aim.baseline_value == baseline
    assert "number_left" not in {reason.code for reason in aim.reasons}
