"""Importance and difficulty in the forms in which plans print them."""

from __future__ import annotations

import pytest

from normalizers.normalize import normalize_document
from normalizers.outline.ratings import Rating, inline_ratings, read_rating
from normalizers.text.characters import normalize
from tests.normalizers.plan_text import plan


@pytest.mark.parametrize(
    ("text", "importance", "difficulty"),
    [
        ("【重要度：高】", "高", None),
        ("【困難度：高】", None, "高"),
        ("【重要度：高】【困難度：中】", "高", "中"),
        ("【重要度・困難度：高】", "高", "高"),
        ("（難易度：高）", None, "高"),
        ("○重要度：高", "高", None),
        ("重要度（Ａ）", "A", None),
        ("【重要度：高】 実施率の向上は、健康の保持に資する。", "高", None),
        ("【困難度】 担当者が少ないため。", None, None),
    ],
)
def test_forms(text: str, importance: str | None, difficulty: str | None) -> None:
    assert read_rating(normalize(text).text) == Rating(importance, difficulty)


@pytest.mark.parametrize("text", ["重要度が高い施策を進める", "(2) 保健指導", "困難度や重要度を評価する", ""])
def test_other_text(text: str) -> None:
    assert read_rating(normalize(text).text) is None


def test_a_rating_in_the_headings_own_line() -> None:
    assert inline_ratings("(2) 保健指導【重要度:高】【困難度:高】") == Rating("高", "高")
    records = normalize_document(
        plan(["1. 健診【重要度：高】", "・案内する。", "2. 点検", "・研修する。", "【困難度：高】", "・難しい。"])
    )
    assert [(m.importance, m.difficulty) for m in records.measures if m.kind == "heading"] == [
        ("高", None),
        (None, "高"),
    ]


@pytest.mark.parametrize(
    ("heading", "rating"),
    [
        ("(1)健全な財政運営〔重要度:高・困難度:中〕", Rating("高", "中")),
        ("【重点施策1】健診実施率の向上困難度:高", Rating(None, "高")),
        ("保健指導 重要度:高 困難度:中", Rating("高", "中")),
        ("重要度:高い施策の推進", None),
        ("保健指導の重要度が高いこと", None),
    ],
)
def test_ratings_at_the_end_of_a_heading(heading: str, rating: Rating | None) -> None:
    assert inline_ratings(heading) == rating


def test_the_reasons_are_notes_beneath_their_rating() -> None:
    records = normalize_document(
        plan(
            [
                "1. 点検",
                "・研修する。",
                "【困難度：高】",
                "余地が小さい。",
                "また、件数が多い。",
                "2. 回収",
                "・催告する。",
            ]
        )
    )
    rating = next(measure for measure in records.measures if measure.kind == "difficulty")
    assert [measure.text for measure in records.measures if measure.parent_id == rating.measure_id] == [
        "余地が小さい。",
        "また、件数が多い。",
    ]
    assert all(measure.kind == "note" for measure in records.measures if measure.parent_id == rating.measure_id)
