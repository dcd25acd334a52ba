"""Sentences without brackets and note marks, and the way back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from normalizers.text.skeleton import QUOTATION, read_skeleton

TEXTS = st.text(alphabet=st.sampled_from("あ率%95()[]「」【】<>※1。、"), max_size=40)


def test_nested_brackets_are_one_bracket() -> None:
    skeleton = read_skeleton("返納金債権(診療報酬返還金(不当請求)を除く。)の回収率を対前年度以上とする")
    assert skeleton.text == "返納金債権の回収率を対前年度以上とする"
    assert [bracket.content for bracket in skeleton.brackets] == ["診療報酬返還金(不当請求)を除く。"]


def test_a_name_keeps_its_brackets_and_loses_its_note_marks() -> None:
    skeleton = read_skeleton("使用割合(医科、歯科)(※)を80%以上とする")
    assert skeleton.words_of(0, skeleton.text.index("を")) == "使用割合(医科、歯科)"
    assert skeleton.note_marks == ("※",)


def test_a_quotation_is_one_noun() -> None:
    skeleton = read_skeleton("「見える化」データベースの活用")
    assert skeleton.text == QUOTATION + "データベースの活用"
    assert skeleton.words_of(0, 7) == "「見える化」データベース"


def test_what_is_cut_is_no_part_of_a_name() -> None:
    skeleton = read_skeleton("実施率(被保険者)を年度末時点で60%")
    at = skeleton.text.index("年度末")
    shorter = skeleton.without(at, at + len("年度末時点で"))
    assert shorter.text == "実施率を60%"
    assert shorter.words_of(0, len(shorter.text)) == "実施率(被保険者)を60%"


def test_a_bracket_without_its_other_half_is_a_character() -> None:
    assert read_skeleton("健診)実施率(を60%").text == "健診)実施率(を60%"


@given(TEXTS)
def test_every_character_of_a_skeleton_stands_in_the_whole(text: str) -> None:
    skeleton = read_skeleton(text)
    assert len(skeleton.spans) == len(skeleton.text)
    reached = 0
    for character, (start, end) in zip(skeleton.text, skeleton.spans, strict=True):
        assert reached <= start < end <= len(text)
        # A quotation has its stand-in, and a bracket between two digits leaves a blank.
        assert character in (QUOTATION, " ") or text[start:end] == character
        reached = end
