"""Which lines open a field of the plan."""

from __future__ import annotations

import pytest

from normalizers.text.sections import Section, leading_section, opens_section


@pytest.mark.parametrize(
    ("line", "name", "number"),
    [
        ("第３　組織体制関係", "組織体制関係", "3"),
        ("３．組織体制関係", "組織体制関係", "3"),
        ("（３）組織・運営体制関係", "組織・運営体制関係", "3"),
        ("組織体制", "組織体制", None),
        ("Ⅱ 戦略的保険者機能の一層の発揮", "戦略的保険者機能の一層の発揮", "Ⅱ"),
    ],
)
def test_each_periods_fields_open_by_their_names(line: str, name: str, number: str | None) -> None:
    assert opens_section(line) == Section(name, number)


@pytest.mark.parametrize("line", ["保健事業", "１．保健事業", "組織体制関係の見直しを行う", "職員の育成"])
def test_headings_of_measures_open_none(line: str) -> None:
    assert opens_section(line) is None


def test_an_ambiguous_name_opens_the_field_that_the_page_names() -> None:
    assert opens_section("３ 保健事業", current="保健事業") == Section("保健事業", "3")


@pytest.mark.parametrize(
    ("heading", "lead"),
    [
        ("戦略的保険者機能の一層の発揮 ① 健診・保健指導", "戦略的保険者機能の一層の発揮"),
        ("２ 基盤的保険者機能関係（１）　サービス・審査", "２ 基盤的保険者機能関係"),
        ("組織・運営体制関係　／　数値目標（支部独自）", "組織・運営体制関係"),
        ("戦略的保険者機能の一層の発揮（健診・保健指導）", "戦略的保険者機能の一層の発揮"),
        ("健診の推進 ① 特定健診", None),
        ("基盤的保険者機能の盤石化：体制を整え、審査を進める。", None),
    ],
)
def test_a_heading_may_lead_from_its_field_to_a_topic(heading: str, lead: str | None) -> None:
    assert leading_section(heading) == lead
