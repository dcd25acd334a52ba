"""Which marks beside or behind a line are an editor's, and no text of the plan."""

from __future__ import annotations

import pytest

from parsers.paragraphs.annotations import part_annotations
from parsers.paragraphs.placed_lines import PlacedLine
from tests.parsers.set_lines import PITCH, set_line

LEFT, RIGHT = 100.0, 300.0


def parted(*printed: str) -> tuple[list[str], list[str]]:
    lines = [
        PlacedLine(set_line(text, LEFT, 100 + PITCH * number), 1, LEFT, RIGHT) for number, text in enumerate(printed)
    ]
    text, marks = part_annotations(lines)
    return [placed.text for placed in text], [placed.text for placed in marks]


@pytest.mark.parametrize("label", ["（移動①）", "【②から移動】", "［③より移動］", "（移動先④）", "（⑤へ移動）"])
def test_a_numbered_label_in_brackets_is_a_mark_right_behind_its_line(label: str) -> None:
    assert parted(f"・広報誌を毎月発行する。{label}") == (["・広報誌を毎月発行する。"], [label])
    assert parted(f"{label}○ 研修の充実") == (["○ 研修の充実"], [label])


@pytest.mark.parametrize(("first", "second"), [("（移", "動①）"), ("（", "移動①）"), ("【①から", "移動】")])
def test_a_label_in_brackets_may_wrap(first: str, second: str) -> None:
    text, marks = parted(f"・広報誌を毎月発行する。{first}", f"{second}", "・次の項目")
    assert text == ["・広報誌を毎月発行する。", "・次の項目"]
    assert "".join(marks) == first + second


@pytest.mark.parametrize("words", ["（保険証の移動を含む）", "（移動）", "（移動図書館３か所）", "（移動健診車①号）"])
def test_other_brackets_that_speak_of_moving_stay(words: str) -> None:
    assert parted(f"・受診の機会を設ける{words}。") == ([f"・受診の機会を設ける{words}。"], [])
