"""What belongs to the page and not to the plan."""

from __future__ import annotations

import pytest

from parsers.plan.furniture import set_furniture_aside
from tests.parsers.set_lines import set_line, set_page, set_table

BODY = ("・案内を送る。", "・研修を行う。")


def prose(number: int, *extra: tuple[str, float]) -> object:
    lines = [set_line(text, 60, 200 + 20 * n) for n, text in enumerate(BODY)]
    return set_page(number, lines=[*lines, *(set_line(text, 280, top) for text, top in extra)])


@pytest.mark.parametrize("form", ["{}", "- {} -", "{}/4", "－ {} －", "P.{}", "{}ページ", "第{}頁"])
def test_page_numbers(form: str) -> None:
    pages = set_furniture_aside([prose(n, (form.format(n), 810.0)) for n in range(1, 5)])
    numbers = [item.reason for page in pages for item in page.furniture]
    assert numbers == ["page_number"] * 4 or numbers == ["running"] * 4
    assert all([line.text.text for line in page.lines] == list(BODY) for page in pages)


def test_a_number_in_the_text_is_no_page_number() -> None:
    pages = set_furniture_aside([prose(1, ("95", 300.0)), prose(2, ("95", 300.0)), prose(3, ("95", 300.0))])
    assert all("95" in [line.text.text for line in page.lines] for page in pages)


@pytest.mark.parametrize("stamp", ["機密性２", "【機密性2情報】", "資料１", "資料1-2", "別紙", "取扱注意"])
def test_stamps(stamp: str) -> None:
    page = set_furniture_aside([prose(1, (stamp, 30.0))])[0]
    assert [item.reason for item in page.furniture] == ["stamp"]


def test_reference_stamp_in_a_frame() -> None:
    frame = set_table([[["参考"]]], edges=(480.0, 520.0), top=40.0)
    page = set_furniture_aside([set_page(1, [frame], [set_line("・案内を送る。", 60, 200)])])[0]
    assert page.reference
    assert page.tables == ()


def test_cover_is_title_throughout() -> None:
    title = set_line("令和6年度 熊本支部事業計画（案）", 100, 200, size=20)
    cover = set_page(1, lines=[title, set_line("全国健康保険協会 熊本支部", 150, 400)])
    pages = set_furniture_aside([cover, prose(2)])
    assert [item.reason for item in pages[0].furniture] == ["title", "title"]
    assert pages[0].titles[0] == "令和6年度 熊本支部事業計画（案）"


def test_table_of_contents() -> None:
    entries = ["目次", "1. 基盤的保険者機能関係 ………… 1", "2. 戦略的保険者機能関係 ………… 5"]
    page = set_page(1, lines=[set_line(text, 60, 60 + 20 * n) for n, text in enumerate(entries)])
    bare = set_furniture_aside([page, prose(2)])[0]
    assert [item.reason for item in bare.furniture] == ["contents"] * 3


def test_running_title_is_set_aside_but_a_repeated_field_is_not() -> None:
    pages = set_furniture_aside(
        [prose(n, ("岡山支部の取組", 30.0), ("1. 基盤的保険者機能関係", 60.0)) for n in range(1, 5)]
    )
    for page in pages:
        assert [(item.reason, item.text) for item in page.furniture] == [("running", "岡山支部の取組")]


@pytest.mark.parametrize("form", ["別記様式{}のとおり改める", "◎平成{}年通知の一部改正", "第{}期計画の考え方"])
def test_headings_that_differ_in_their_numbers_are_content(form: str) -> None:
    pages = set_furniture_aside([prose(n, (form.format(number), 60.0)) for n, number in enumerate((22, 25, 26, 31), 1)])
    for page in pages:
        assert not page.furniture
        assert len(page.lines) == 3


@pytest.mark.parametrize(
    "form",
    ["国保会計 {}", "{}頁 岡山支部の取組", "岡山の取組 {}/4", "岡山－{}", "― {} ―　一般会計", "一般会計　－ {} －"],
)
def test_a_running_title_may_count_the_pages(form: str) -> None:
    pages = set_furniture_aside([prose(n, (form.format(n + 180), 30.0)) for n in range(1, 5)])
    assert [item.reason for page in pages for item in page.furniture] == ["running"] * 4


@pytest.mark.parametrize("form", ["岡山支部 {}/4", "協会けんぽ 長野支部｜{}/12"])
def test_a_page_number_may_stand_behind_the_branch(form: str) -> None:
    pages = set_furniture_aside([prose(n, (form.format(n), 800.0)) for n in range(1, 3)])
    assert [item.reason for page in pages for item in page.furniture] == ["page_number"] * 2


def test_a_heading_below_text_of_the_page_is_content_though_it_repeats() -> None:
    heads = ("第一 健診の案内", "第二 窓口の案内", "第三 広報の案内")
    pages = set_furniture_aside([prose(n, (head, 40.0), ("具体的な内容", 80.0)) for n, head in enumerate(heads, 1)])
    for page, head in zip(pages, heads, strict=True):
        assert not page.furniture
        assert {line.text.text for line in page.lines} == {*BODY, head, "具体的な内容"}


def test_numbers_of_pages_taken_out_of_a_longer_document() -> None:
    pages = set_furniture_aside([prose(n, (number, 800.0)) for n, number in enumerate(("47", "205", "349"), 1)])
    assert [item.reason for page in pages for item in page.furniture] == ["page_number"] * 3


@pytest.mark.parametrize(
    "opening",
    [
        "令和７年度は、第６期保険者機能強化アクションプランの中間年度に",
        "○　受診率の向上を図るため、令和６年度の実施計画を次のとおり",
        "令和６年度の事業計画を",
        "・支部事業計画の策定",
        "２　特定保健指導の実施計画",
    ],
)
def test_a_sentence_or_an_item_that_speaks_of_a_plan_is_no_title(opening: str) -> None:
    lines = [set_line("令和6年度 熊本支部事業計画", 100, 60, size=16), set_line(opening, 60, 180)]
    page = set_furniture_aside([set_page(1, lines=[*lines, set_line("あたります。", 60, 200)])])[0]
    assert page.titles == ("令和6年度 熊本支部事業計画",)
    assert opening in [line.text.text for line in page.lines]


@pytest.mark.parametrize(
    "title", ["■ 令和6年度 熊本支部事業計画", "令和６年度事業計画、支部予算（案）について", "１　熊本支部事業計画"]
)
def test_a_title_with_a_mark_or_a_comma_stays_one(title: str) -> None:
    page = set_furniture_aside([set_page(1, lines=[set_line(title, 100, 60), set_line("・案内を送る。", 60, 200)])])[0]
    assert page.titles == (title,)


@pytest.mark.parametrize("form", ["令和６年度 三重支部事業計画 施策{}", "三重支部　令和6年度事業計画書　第{}章 健診"])
def test_a_small_line_with_the_plans_name_is_a_running_title_whatever_it_counts(form: str) -> None:
    pages = set_furniture_aside([prose(n, (form.format(n), 30.0)) for n in range(1, 5)])
    assert [[line.text.text for line in page.lines] for page in pages] == [list(BODY)] * 4


def test_large_titles_that_begin_with_the_plans_name_stay() -> None:
    titles = [f"令和6年度 事業計画の重点{n}" for n in range(1, 5)]
    layouts = [
        set_page(n, lines=[set_line(title, 60, 30, size=11), *(set_line(text * 5, 60, 200) for text in BODY)])
        for n, title in enumerate(titles, start=1)
    ]
    pages = set_furniture_aside(layouts)
    assert [page.lines[0].text.text for page in pages[1:]] == titles[1:]
