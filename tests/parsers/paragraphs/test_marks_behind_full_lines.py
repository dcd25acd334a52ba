"""Lines that begin with what may be a mark, below a line that reaches the column's edge."""

from __future__ import annotations

import pytest

from parsers.paragraphs.paragraphs import split_paragraphs
from parsers.paragraphs.placed_lines import PlacedLine
from tests.parsers.set_lines import set_line


def paragraphs(*lines: tuple[str, float]) -> list[str]:
    """The paragraphs of lines with their left edges, in a column that ends where the widest line does."""
    drawn = [set_line(text, x, 100 + 15 * at) for at, (text, x) in enumerate(lines)]
    right = max(line.box.x1 for line in drawn)
    return [
        draft.text()[0].text for draft in split_paragraphs([PlacedLine(line, 1, 60, right, None) for line in drawn])
    ]


@pytest.mark.parametrize("heading", ["３　レセプト点検の推進", "4 債権の管理", "三、広報の推進"])
@pytest.mark.parametrize("label", ["〔ＫＰＩ〕　", "【目標】", ""])
def test_a_number_behind_a_sentence_s_end_opens_the_next_item(heading: str, label: str) -> None:
    aim = f"{label}限度額適用認定証の使用割合を８３．０％以上とする。"
    assert paragraphs((aim, 84), (heading, 63)) == [aim, heading]


@pytest.mark.parametrize(
    ("before", "rest"),
    [
        ("生活習慣病予防健診　57.0％　事業者健診デー", "タ　7.0％（12,900人）"),
        ("・面談の受付を開始し、専用のウェブサイ", "ト　を開設する。"),
        ("・案内を送り、健康づくりのメニュ", "ー　を紹介する。"),
    ],
)
def test_a_letter_that_ends_a_cut_word_opens_nothing(before: str, rest: str) -> None:
    assert len(paragraphs((before, 60), (rest, 70))) == 1


def test_letters_that_count_open_their_items() -> None:
    lines = ["ア　事業者健診のデータ", "イ　被扶養者の健診", "ウ　保健指導"]
    assert paragraphs(*((line, 60.0) for line in lines)) == lines
