"""Headings that count on from a known section's name open a section too."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from normalizers.text.field_count import FieldCount
from normalizers.text.sections import Section, opens_section, read_section


def opened(lines: Sequence[str]) -> list[str]:
    count = FieldCount()
    found: list[str] = []
    for line in lines:
        found += [line] if count.opens(line) else []
        count = count.after(line)
    return found


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("１．保険運営の企画・実施", "２．保健事業"),
        ("Ⅱ 戦略的保険者機能関係", "Ⅲ 支部の組織づくり"),
        ("第2 健康保険給付等", "第3 支部の広報"),
        ("2 健康保険給付等", "3 保健事業"),
    ],
)
def test_a_heading_that_counts_on_from_a_known_section_opens_one(first: str, second: str) -> None:
    assert opened([first, "（１）広報", "・知らせる。", second, "（１）健診", "・案内する。"]) == [first, second]


def test_a_section_repeated_on_the_next_page_is_counted_once() -> None:
    lines = [
        "２．健康保険給付等",
        "窓口",
        "３．保健事業",
        "・案内する。",
        "３．保健事業",
        "・面談を行う。",
        "４．支部の広報",
    ]
    assert opened(lines) == ["２．健康保険給付等", "３．保健事業", "４．支部の広報"]


@pytest.mark.parametrize(
    "lines",
    [
        ["１．保険運営の企画・実施", "１．広報", "・知らせる。", "２．健診", "・案内する。"],
        ["１．保険運営の企画・実施", "２．健診", "３．広報"],
        ["１．保険運営の企画・実施", "・知らせる。", "３．健診"],
        ["１．保険運営の企画・実施", "・知らせる。", "２．健診を受けるよう案内する"],
        ["１．保険運営の企画・実施", "・知らせる。", "２．健診、保健指導"],
        ["１．保険運営の企画・実施", "・知らせる。", "（２）健診"],
    ],
)
def test_other_headings_open_none(lines: list[str]) -> None:
    assert opened(lines) == lines[:1]


@pytest.mark.parametrize("part", ["②", "（２／２）", "（続き）", " その２", "／支部の取組", " 2/2"])
def test_what_a_page_adds_to_a_section_s_name_is_no_part_of_it(part: str) -> None:
    name = "組織・運営体制関係"
    assert opens_section(f"３．{name}{part}") == read_section(f"３．{name}{part}") == Section(name, "3")
    lines = ["２．健康保険給付等", "窓口", "３．保健事業", "案内", f"３．保健事業{part}", "面談", "４．支部の広報"]
    assert opened(lines)[:2] == ["２．健康保険給付等", "３．保健事業"]
    assert opened(lines)[-1] == "４．支部の広報"
