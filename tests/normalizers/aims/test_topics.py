"""A second name with は: another measure, whom the first is measured of, or doubtful; and other doubtful names."""

from __future__ import annotations

import pytest

from normalizers.explain import phrase_reading


def rows(text: str) -> list[tuple[str, str | None, bool]]:
    """Name, condition and sureness of each row of a marked line."""
    targets = phrase_reading(text, marked=True, fiscal_year=2024)["targets"]
    return [(row["indicator"], row["condition"], row["confidence"] >= 0.8) for row in targets]


@pytest.mark.parametrize(
    "text",
    [
        "受診率は60％以上、離職は10％以下に抑える",
        "満足度は90％以上とし、窓口は95％以上とする",
        "相談は男性60件・女性90件、苦情は10件以内とする",
        "分母は12,000人、分子は7,200人",
    ],
)
def test_what_may_be_another_measure_is_doubted(text: str) -> None:
    assert rows(text)[-1][2] is False


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("受診率は60％以上とし、東部地区は50％以上とする", "東部地区"),
        ("訪問率は95％、新規適用の事業所に限っては100％とする", "新規適用の事業所に限って"),
        ("回収率は50％以上とし、任意継続者は40％以上とする", "任意継続者"),
        ("市税は98％、県税は97％の収納率とする", "県税"),
    ],
)
def test_people_places_and_limits_are_no_measures(text: str, condition: str) -> None:
    assert rows(text)[-1][1:] == (condition, True)


@pytest.mark.parametrize(
    "text",
    [
        "健康宣言　5",  # which thing is numbered, or how many: nothing says
        "収支率：電話前31％／訪問後35％",
        "更新までに手続を終えた者の割合を90％とする",
        "リサイクル率は前計画の最終年度に21.4％であったが、本計画では25％をめざす",
    ],
)
def test_numbers_cases_and_times_that_may_be_something_else_are_doubted(text: str) -> None:
    assert not any(sure for _, _, sure in rows(text))
