"""Marks, labels and numbers before a statement."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.aims.prefix import target_prefix


@pytest.mark.parametrize(
    ("text", "kind", "number", "statement"),
    [
        ("■ KPI：① サービス", "kpi", 1, "サービス"),
        ("② 現金", None, 2, "現金"),
        ("KPI : 1) 全被保険者数", "kpi", 1, "全被保険者数"),
        ("ＫＰＩ③　健診", "kpi", 3, "健診"),
        ("KPI2：健診", "kpi", 2, "健診"),
        ("【KPI】健診", "kpi", None, "健診"),
        ("【ＫＰＩ②】 健診", "kpi", 2, "健診"),
        ("＜数値目標＞ 健診", "kpi", None, "健診"),
        ("K P I ： 健診", "kpi", None, "健診"),
        ("KP I：健診", "kpi", None, "健診"),
        ("■ KPI\n健診", "kpi", None, "健診"),
        ("重要業績評価指標（KPI）：健診", "kpi", None, "健診"),
        ("支部目標 健活企業の特定健診受診率 84%", "branch_target", None, "健活企業の特定健診受診率 84%"),
        ("【支部目標】メールマガジン登録者数", "branch_target", None, "メールマガジン登録者数"),
        ("1) KPI：健診", "kpi", 1, "健診"),
        ("■ KPI：", "kpi", None, ""),
        ("【ＫＰＩ及び実施計画】", "kpi", None, ""),
        ("〔数値目標等〕", "kpi", None, ""),
        ("ＫＰＩ一覧", "kpi", None, ""),
        ("目標及び実施計画", None, None, "目標及び実施計画"),
        ("目標（令和６年度）1,800社", "kpi", None, "（令和６年度）1,800社"),
        ("令和７年度の重点目標", "kpi", None, ""),
        ("令和６年度目標1,300社", "kpi", None, "1,300社"),
        ("Ｒ８目標値250人以上", "kpi", None, "250人以上"),
        ("めざす数値", "kpi", None, ""),
        ("目標1,300社の内訳", None, None, "目標1,300社の内訳"),
        ("重点目標の達成に向けて", None, None, "重点目標の達成に向けて"),
        ("KPIを達成することは、困難度が高い", None, None, "KPIを達成することは、困難度が高い"),
        ("支部目標の達成に向けて", None, None, "支部目標の達成に向けて"),
        ("目標達成に向け取り組む", None, None, "目標達成に向け取り組む"),
        ("1.5%以上とする", None, None, "1.5%以上とする"),
        ("○被保険者（40歳以上）", None, None, "被保険者（40歳以上）"),
        ("(内訳)協会保健師実施分", None, None, "(内訳)協会保健師実施分"),
        ("", None, None, ""),
    ],
)
def test_prefix(text: str, kind: str | None, number: int | None, statement: str) -> None:
    prefix = target_prefix(text)
    assert (prefix.kind, prefix.number, text[prefix.offset :]) == (kind, number, statement)


@given(st.text(max_size=60))
def test_no_text_raises(text: str) -> None:
    assert 0 <= target_prefix(text).offset <= len(text)
