"""Footnotes at a page's foot belong to the target that cites their number."""

from __future__ import annotations

from normalizers.normalize import normalize_document
from tests.normalizers.plan_text import plan


def test_a_footnote_behind_other_measures_goes_to_the_target_that_cites_it() -> None:
    records = normalize_document(
        plan(
            """
(1) 健診の推進
■ KPI：① 受診率を61.7¹%以上とする
② 取得率を8.8%以上とする²⁾
(2) 広報
・冊子を配る。
¹ 令和4年度の実績を基に算出。
² 速報値による。
³ 誰も引かない注。
"""
        )
    )
    assert [(target.value, target.notes) for target in records.targets] == [
        (61.7, ("¹ 令和4年度の実績を基に算出。",)),
        (8.8, ("² 速報値による。",)),
    ]
