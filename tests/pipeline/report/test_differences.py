"""Old and new text: what differs and what is underlined."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.report.differences import stretches


def span(start: int, end: int) -> dict[str, int]:
    return {"start": start, "end": end}


def test_a_number_that_differs_in_one_digit_differs_as_a_whole() -> None:
    cut = stretches("郵送化率を95.0%以上とする", "郵送化率を92.0%以上とする", [], "郵送化率を95.0%以上とする")
    assert [piece for piece, differs, _ in cut if differs] == ["95.0"]


def test_underlines_of_the_printed_text_are_found_in_the_normalised_one() -> None:
    printed = "・ 実施率を６０．３％とする"
    cut = stretches("実施率を60.3%とする", "実施率を60.3%とする", [span(6, 11)], printed)
    assert [piece for piece, _, underlined in cut if underlined] == ["60.3%"]


def test_a_text_without_its_other_side_differs_as_a_whole() -> None:
    assert stretches("新しい取組", None, [], "新しい取組") == [["新しい取組", True, False]]


def test_a_missing_side_is_empty() -> None:
    assert stretches(None, "旧", [], None) == []


@given(st.text(max_size=60), st.text(max_size=60) | st.none())
def test_the_pieces_together_are_the_text(text: str, other: str | None) -> None:
    assert "".join(str(piece) for piece, _, _ in stretches(text, other, [span(0, 3)], text)) == text


@given(st.text(min_size=1, max_size=60))
def test_equal_texts_do_not_differ(text: str) -> None:
    assert not any(differs for _, differs, _ in stretches(text, text, [], text))
