"""Findings in Japanese, with the figures of the English ones."""

from __future__ import annotations

import re

import pytest

from pipeline.report.sentences import in_japanese, sentences


@pytest.mark.parametrize(
    ("english", "kept"),
    [
        (
            "健診実施率 is printed as 59%, but 77,970 of 128,662 is 60.60%.",
            ["健診実施率", "59%", "77,970", "128,662", "60.60%"],
        ),
        ("KPI number 3 follows 1: 2 is missing.", ["3", "1の次", "2がありません"]),
        ("KPI number 4 comes first: 1, 2, 3 are missing.", ["4", "最初", "1, 2, 3"]),
        ("7 of 67 changes differ without a mark, first: ○債権 of 8: 管理", ["7件", "67件", "○債権 of 8: 管理"]),
        ("3 of 12 pages were read by recognition: 2, 3, 4.", ["12", "3ページ", "2, 3, 4"]),
        ("The move label '①へ移動' is not linked: its other end is not on any page", ["①へ移動", "対になる印"]),
        ("603 percent for 実施率: between 0 and 100 would be plausible.", ["603", "0から100", "実施率"]),
    ],
)
def test_a_finding_keeps_its_figures(english: str, kept: list[str]) -> None:
    japanese = in_japanese(english)
    assert japanese is not None
    assert [part for part in kept if part not in japanese] == []


def test_reasons_are_put_into_japanese_one_by_one() -> None:
    japanese = in_japanese("Read with confidence 0.41 (read as level; no unit; something new): 率を5とする")
    assert japanese == "確度0.41で読み取りました（文型: level、単位なし、something new）: 率を5とする"


def test_a_sentence_that_is_not_in_the_table_has_no_japanese() -> None:
    assert in_japanese("Nobody has written this yet.") is None


def test_both_languages_speak_of_the_same_things() -> None:
    for sentence in sentences():
        assert set(sentence.pattern.groupindex) == set(re.findall(r"\{(\w+)\}", sentence.ja)), sentence.ja
