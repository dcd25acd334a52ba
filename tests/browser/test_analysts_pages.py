"""The pages for analysts in a real browser, opened from disk: history, matrix, search, measures over the years."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pipeline.report.build import build_report
from tests.pipeline.invented_output import InventedDocument, write_run

pytestmark = pytest.mark.browser

LETTER = "未治療者に文書を送付し、受診を勧める。"
LETTER_BEFORE = "未治療者に電話をかけ、受診を勧める。"
GENERIC = "後発医薬品の使用割合が低い地域で広報を行う。"


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of four branches in two years."""
    output = tmp_path_factory.mktemp("years")
    branches = (("33", "岡山", 66.0), ("43", "熊本", 61.0), ("13", "東京", 52.0), ("01", "北海道", 70.0))
    for year, letter in ((2023, LETTER_BEFORE), (2024, LETTER)):
        for code, name, rate in branches:
            plan = InventedDocument(year, code, name, sha256=f"{code}{year}" + "0" * 58)
            plan.target(
                "生活習慣病予防健診実施率", "insured_checkup_rate", rate + year - 2023, "percent",
                population="insured", kind="kpi", fiscal_year=year,
            )  # fmt: skip
            heading = plan.add("measures", kind="heading", text_normalized="保健事業", ordinal=1)
            for at, action in enumerate((letter, GENERIC), 2):
                plan.add(
                    "measures", kind="action", text_normalized=action, text=action, parent_id=heading, ordinal=at,
                    page=2, edition="single",
                )  # fmt: skip
            plan.write(output)
    write_run(output)
    return build_report(output, workers=1).index.parent


def width_of(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth"))


def test_the_chosen_branch_is_drawn_over_the_years_beside_the_nation(page: Page, years: Path) -> None:
    page.goto((years / "kpi.html").as_uri() + "#insured_checkup_rate@2024")
    page.select_option("#branch", "33")
    expect(page.locator("#history svg")).to_contain_text("岡山 67")
    expect(page.locator("#history svg")).to_contain_text("全国")
    expect(page.locator("#distribution svg")).to_be_visible()


def test_an_indicator_is_found_by_part_of_its_name(page: Page, years: Path) -> None:
    page.goto((years / "kpi.html").as_uri())
    page.fill("#indicator", "予防健診 実施")
    page.locator("#indicator").blur()
    expect(page.locator("#indicator")).to_have_value("生活習慣病予防健診実施率")


@pytest.mark.parametrize(("form", "begins"), [("svg", b"<svg"), ("png", b"\x89PNG")])
def test_a_chart_is_saved_with_title_and_source(page: Page, years: Path, form: str, begins: bytes) -> None:
    page.goto((years / "kpi.html").as_uri() + "#insured_checkup_rate@2024")
    expect(page.locator("#history svg")).to_be_visible()
    with page.expect_download() as download:
        page.locator(f"[data-chart=history][data-save={form}]").click()
    data = Path(download.value.path()).read_bytes()
    assert data.startswith(begins)
    assert download.value.suggested_filename == f"history-insured_checkup_rate-2024.{form}"
    if form == "svg":
        assert "生活習慣病予防健診実施率" in data.decode()
        assert "各支部の事業計画" in data.decode()


def test_the_matrix_colours_by_place_and_compares_chosen_branches(page: Page, years: Path) -> None:
    page.goto((years / "kpi-matrix.html").as_uri())
    cell = page.locator("[data-year='2024'] tr[data-branch='01'] td.step-0")
    expect(cell).to_contain_text("71")
    expect(cell).to_contain_text("1/4")
    expect(page.locator("#compare")).to_be_disabled()
    for code in ("01", "13"):
        page.locator(f"[data-year='2024'] tr[data-branch='{code}'] input").check()
    page.locator("#compare").click()
    expect(page.locator("[data-year='2024'] tbody tr:visible")).to_have_count(2)
    page.select_option("#year", "2023")
    expect(page.locator("[data-year='2023'] tbody tr:visible")).to_have_count(2)


def test_chosen_branches_are_compared_in_a_chart_that_can_be_saved(page: Page, years: Path) -> None:
    page.goto((years / "kpi-matrix.html").as_uri())
    expect(page.locator("#comparison")).to_be_hidden()
    for code in ("01", "13"):
        page.locator(f"[data-year='2024'] tr[data-branch='{code}'] input").check()
    page.locator("#compare").click()
    chart = page.locator("#compare-chart svg")
    expect(chart).to_contain_text("北海道")
    expect(chart).to_contain_text("東京")
    assert sorted(chart.locator("a title").all_text_contents()) == ["北海道 71 (1/4)", "東京 53 (4/4)"]
    with page.expect_download() as download:
        page.locator("[data-chart=compare-chart][data-save=svg]").click()
    assert download.value.suggested_filename == "compare-01-13-2024.svg"
    page.locator("[data-year='2024'] tr[data-branch='13'] input").uncheck()
    expect(page.locator("#comparison")).to_be_hidden()


def test_search_finds_synonyms_and_marks_them(page: Page, years: Path) -> None:
    page.goto((years / "search.html").as_uri())
    page.fill("#words", "後発医薬品の広報")
    expect(page.locator("#hits li")).to_have_count(8)
    assert page.locator("#hits li").first.locator("mark").all_inner_texts() == ["後発医薬品", "広報"]
    page.select_option("#branch", "33")
    page.select_option("#year", "2023")
    expect(page.locator("#hits li")).to_have_count(1)
    page.locator("#hits a").click()
    expect(page.locator("h1")).to_be_visible()
    assert "2023-33-plan" in page.url


@pytest.mark.parametrize("words", ["<img src=x onerror=alert(1)>", "\"' OR 1=1 --", ".*+?^${}()|[]\\", "x" * 10_000])
def test_whatever_is_typed_into_the_search_is_plain_text(page: Page, years: Path, words: str) -> None:
    page.goto((years / "search.html").as_uri())
    page.fill("#words", words)
    page.wait_for_timeout(300)
    expect(page.locator("#hits img")).to_have_count(0)
    page.fill("#words", "広報")
    expect(page.locator("#hits li")).to_have_count(8)


def test_a_measure_stands_side_by_side_over_the_years_with_what_differs(page: Page, years: Path) -> None:
    page.goto((years / "threads" / "33.html").as_uri())
    row = page.locator("#thread-table tr", has_text="未治療者")
    expect(row).to_have_count(1)
    assert row.locator("td").nth(0).locator("mark").all_inner_texts() == ["文書", "送付し"]
    expect(row.locator("td").nth(1)).to_contain_text("電話をかけ")
    expect(row.locator("td").nth(2)).to_contain_text("熊本")


def test_a_measure_has_a_page_of_its_own_with_who_else_has_it(page: Page, years: Path) -> None:
    page.goto((years / "threads" / "33.html").as_uri())
    page.locator("#thread-table tr", has_text="未治療者").get_by_text("経過").click()
    columns = page.locator(".year-column")
    expect(columns).to_have_count(2)
    expect(columns.nth(0).locator("h2")).to_have_text("令和6年度")
    assert columns.nth(0).locator("mark").all_inner_texts() == ["文書", "送付し"]
    assert columns.nth(1).locator("del").all_inner_texts() == ["電話", "かけ"]
    expect(page.locator("#others-table tbody tr")).to_have_count(3)
    page.locator("#others-table").get_by_text("熊本").click()
    expect(page.locator("#whose")).to_contain_text("熊本")
    columns.nth(1).locator("a").click()
    assert "2023-43-plan" in page.url


@pytest.mark.parametrize("anchor", ["", "#33", "#33/none", "#99/x", "#<img src=x>/%3Cb%3E", "#__proto__/toString"])
def test_a_thread_that_is_not_there_is_said_so(page: Page, years: Path, anchor: str) -> None:
    page.goto((years / "threads" / "thread.html").as_uri() + anchor)
    expect(page.locator("#nothing")).to_be_visible()
    expect(page.locator("#thread")).to_be_hidden()


@pytest.mark.parametrize(
    "name", ["index.html", "kpi.html", "kpi-matrix.html", "search.html#広報", "threads/33.html", "branches/33.html"]
)
def test_no_page_is_wider_than_a_telephone(page: Page, years: Path, name: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{years.as_uri()}/{name}")
    page.wait_for_timeout(200)
    assert width_of(page) <= 390


CONTRAST = """
() => {
  const part = (v) => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
  const luminance = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  const rgba = (text) => { const n = text.match(/[0-9.]+/g).map(Number); return n.length < 4 ? [...n, 1] : n; };
  const over = ([r, g, b, a], under) => [r, g, b].map((v, i) => v * a + under[i] * (1 - a));
  const ground = (node) => {
    const layers = [];
    for (let at = node; at; at = at.parentElement) layers.unshift(rgba(getComputedStyle(at).backgroundColor));
    return layers.reduce((under, layer) => over(layer, under), [255, 255, 255]);
  };
  const poor = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const node = text.parentElement;
    if (!text.textContent.trim() || node.closest("svg, script, :disabled, option, datalist")) continue;
    const box = node.getBoundingClientRect();
    if (!node.checkVisibility() || box.width < 2 || box.height < 2) continue;
    const under = ground(node);
    const ink = over(rgba(getComputedStyle(node).color), under);
    const [a, b] = [luminance(ink), luminance(under)].sort((x, y) => y - x);
    const contrast = (a + 0.05) / (b + 0.05);
    if (contrast < 4.5) poor.push(`${contrast.toFixed(2)} ${text.textContent.trim().slice(0, 20)}`);
  }
  return poor;
}
"""


@pytest.mark.parametrize(
    "name", ["index.html", "kpi.html", "kpi-matrix.html", "search.html#広報", "threads/33.html", "branches/index.html"]
)
def test_every_text_stands_out_from_its_ground(page: Page, years: Path, name: str) -> None:
    page.goto(f"{years.as_uri()}/{name}")
    page.wait_for_timeout(300)
    assert page.evaluate(CONTRAST) == []


def test_every_text_of_a_documents_and_a_measures_page_stands_out(page: Page, years: Path) -> None:
    page.goto(next((years / "documents").glob("2024-33-*.html")).as_uri())
    page.wait_for_timeout(300)
    assert page.evaluate(CONTRAST) == []
    page.goto((years / "threads" / "33.html").as_uri())
    page.locator("#thread-table tr", has_text="未治療者").get_by_text("経過").click()
    expect(page.locator(".year-column")).to_have_count(2)
    assert page.evaluate(CONTRAST) == []
    page.set_viewport_size({"width": 390, "height": 800})
    assert width_of(page) <= 390


def test_no_file_of_the_report_is_a_megabyte(years: Path) -> None:
    large = [path for path in years.rglob("*") if path.suffix in (".html", ".js") and path.stat().st_size > 1_000_000]
    assert large == []
