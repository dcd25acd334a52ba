"""A plan in prose that marks no targets: sentences that set an aim are read, and doubted."""

from __future__ import annotations

import pytest

from normalizers.normalize import normalize_document
from tests.normalizers.plan_text import plan

_HEAD = ["令和６年度事業計画", "１　レセプト点検の強化"]
_MARKED = ["２　保健事業の推進", "■ KPI：健診実施率を60.0％以上とする"]


@pytest.mark.parametrize(
    ("sentence", "indicator", "value"),
    [
        ("外部の講師を招き、普通救命講習の受講率を90％に引き上げる。", "普通救命講習の受講率", 90.0),
        ("随意契約の割合は20％未満に抑える。", "随意契約の割合", 20.0),
        ("健康宣言事業所は、年度末までに2,500社を目標とする。", "健康宣言事業所", 2500.0),
    ],
)
def test_a_sentence_sets_an_aim_where_nothing_is_marked(sentence: str, indicator: str, value: float) -> None:
    (target,) = normalize_document(plan([*_HEAD, sentence])).targets
    assert (target.kind, target.indicator, target.value) == ("plan_figure", indicator, value)
    assert "unmarked_aim" in {reason.code for reason in target.confidence_reasons}
    assert target.confidence < 0.8


@pytest.mark.parametrize(
    "sentence",
    [
        "令和４年度の査定率は0.3％であり、全国41位にとどまっている。",
        "国の計画では、令和11年度の実施率を45％とされている。",
        "10人以上の事業所に電話で案内する。",
        "500万円を超える契約は一般競争入札とする。",
    ],
)
def test_results_the_nations_goals_and_procedures_stay_none(sentence: str) -> None:
    assert normalize_document(plan([*_HEAD, sentence])).targets == ()


def test_prose_beside_marked_targets_is_read_as_before() -> None:
    lines = [*_HEAD, "随意契約の割合は20％未満に抑える。", *_MARKED]
    (target,) = normalize_document(plan(lines)).targets
    assert target.indicator == "健診実施率"
