"""The report as people use it, in a real browser, opened from disk."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from pipeline.report.build import build_report
from tests.pipeline.invented_output import InventedDocument, write_run

pytestmark = pytest.mark.browser


def open_page(page: Page, report: Path, name: str) -> None:
    page.goto((report / name).as_uri())


def open_comparison(page: Page, report: Path, anchor: str = "") -> None:
    [document] = (report / "documents").glob("*-28-comparison-*.html")
    page.goto(document.as_uri() + anchor)


def overlaps(one: Locator, other: Locator) -> bool:
    a, b = one.bounding_box(), other.bounding_box()
    assert a is not None
    assert b is not None
    return (
        a["x"] < b["x"] + b["width"]
        and b["x"] < a["x"] + a["width"]
        and a["y"] < b["y"] + b["height"]
        and b["y"] < a["y"] + a["height"]
    )


# ------------------------------------------------------------------------------------------------ front page


def test_the_front_page_shows_the_state_of_every_branch(page: Page, report: Path) -> None:
    open_page(page, report, "index.html")
    expect(page.locator(".map-of-year:visible .tile")).to_have_count(47)
    expect(page.locator(".map-of-year:visible .tile.state-missing")).to_have_count(43)
    page.select_option("#map-year", "2023")
    expect(page.locator(".map-of-year:visible .tile.state-missing")).to_have_count(45)


def test_every_number_of_a_record_is_two_clicks_from_the_front_page(page: Page, report: Path) -> None:
    open_page(page, report, "index.html")
    page.locator(".map-of-year:visible .tile[data-branch='28']").click()
    page.locator(".box-targets").first.click()
    expect(page.locator(".record.chosen .aim")).to_have_text("66.5% 以上")


def test_a_finding_leads_to_its_place(page: Page, report: Path) -> None:
    open_page(page, report, "index.html")
    page.locator("#findings summary", has_text="rate_and_count").click()
    page.locator("#findings li a", has_text="p.3").click()
    expect(page.locator(".record-findings.chosen .message")).to_have_text("確認 3")


def test_the_document_list_filters_and_sorts(page: Page, report: Path) -> None:
    open_page(page, report, "index.html")
    page.fill("#documents input[type=search]", "熊本")
    expect(page.locator("#document-table tbody tr:visible")).to_have_count(2)
    page.fill("#documents input[type=search]", "")
    page.locator("#document-table th", has_text="目標").click()
    counts = page.locator("#document-table tbody tr td:nth-child(7)").all_inner_texts()
    assert [int(count) for count in counts] == sorted(int(count) for count in counts)


def test_the_way_back_to_the_front_page_finds_it_as_it_was_left(page: Page, report: Path) -> None:
    open_page(page, report, "index.html")
    page.set_viewport_size({"width": 390, "height": 844})
    page.select_option("#map-year", "2023")
    page.locator("#document-table th", has_text="目標").click()
    page.locator("#document-table th", has_text="目標").click()
    page.fill("#documents input[type=search]", "20")
    left = page.locator("#document-table tbody tr:visible").all_inner_texts()
    link = page.locator("#document-table tbody tr:visible a").last
    link.scroll_into_view_if_needed()
    height = page.evaluate("scrollY")
    link.click()
    expect(page.locator("#document-table")).to_have_count(0)
    page.go_back()
    expect(page.locator("#documents input[type=search]")).to_have_value("20")
    assert page.locator("#document-table tbody tr:visible").all_inner_texts() == left
    expect(page.locator(".map-of-year:visible")).to_have_attribute("data-year", "2023")
    page.wait_for_function("height => Math.abs(scrollY - height) < 2", arg=height)


def test_unknown_wordings_are_searched(page: Page, tmp_path: Path) -> None:
    plan = InventedDocument(2024, "33", "岡山")
    for wording in ("出前講座の開催数", "文書の送付", "出前相談"):
        plan.add(
            "unknown_indicators", target_id=plan.target(wording, None, 3.0, "persons"), wording=wording, nearest=[]
        )
    plan.write(tmp_path)
    write_run(tmp_path)
    open_page(page, build_report(tmp_path, workers=1).index.parent, "index.html")
    page.fill("#unknown input[type=search]", "出前 講座")
    expect(page.locator("#unknown-table tbody tr:visible td:first-child")).to_have_text(["出前講座の開催数"])
    page.fill("#unknown input[type=search]", "出前")
    expect(page.locator("#unknown-table tbody tr:visible")).to_have_count(2)


def test_on_a_telephone_the_map_opens_on_the_east(page: Page, report: Path) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_page(page, report, "index.html")
    place = page.locator(".map-of-year:visible .tile[data-branch='01']").bounding_box()
    assert place is not None
    assert 0 < place["x"] < place["x"] + place["width"] <= 390


# ------------------------------------------------------------------------------------------------ language


def test_english_is_kept_from_page_to_page(page: Page, report: Path) -> None:
    open_page(page, report, "index.html")
    expect(page.locator("h1")).to_have_text("支部事業計画 点検レポート")
    page.locator("#language").click()
    expect(page.locator("h1")).to_have_text("Branch plans: QA report")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.locator("nav a", has_text="Branches").click()
    expect(page.locator("h1")).to_have_text("Targets by branch")
    page.locator("#language").click()
    expect(page.locator("h1")).to_have_text("支部別の目標")


@pytest.mark.parametrize("name", ["index.html", "kpi.html", "branches/index.html", "branches/28.html"])
def test_no_japanese_of_our_own_is_left_in_english(page: Page, report: Path, name: str) -> None:
    page.goto((report / name).as_uri() + "?lang=en")
    for label in page.locator("[data-text]:visible").all_inner_texts():
        assert not re.search(r"[ぁ-んァ-ヶ一-龠]", label), label


# ------------------------------------------------------------------------------------------------ document page


def test_a_click_on_the_page_shows_the_record_and_back(page: Page, report: Path) -> None:
    open_comparison(page, report)
    page.locator("[data-page='1'] .box-cells.role-old").click(position={"x": 200, "y": 120})
    card = page.locator(".record-cells.chosen")
    expect(card).to_contain_text("old 1")
    page.locator("[name=scope][value=all]").check()
    page.locator(".record-cells", has_text="new 3").click()
    box = page.locator("[data-page='3'] .box-cells.role-new.chosen")
    expect(box).to_be_in_viewport()
    expect(page.locator("#page-choice")).to_have_value("3")


def test_boxes_lie_where_the_picture_shows_the_text(page: Page, report: Path) -> None:
    open_comparison(page, report)
    picture = page.locator("[data-page='1'] img")
    expect(picture).to_be_visible()
    page.wait_for_function("document.querySelector(\"[data-page='1'] img\").naturalWidth > 800")
    sheet = picture.bounding_box()
    cell = page.locator("[data-page='1'] .box-cells.role-old").bounding_box()
    assert sheet is not None
    assert cell is not None
    assert (cell["x"] - sheet["x"]) / sheet["width"] == pytest.approx(420 / 842, abs=0.005)
    assert (cell["y"] - sheet["y"]) / sheet["height"] == pytest.approx(60 / 595, abs=0.005)


def test_pictures_load_when_needed(page: Page, report: Path) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": 1440, "height": 420})
    open_comparison(page, report)
    page.wait_for_timeout(300)
    assert not any(url.endswith("003.png") for url in asked)
    page.select_option("#page-choice", "3")
    expect(page.locator("[data-page='3'] img")).to_be_visible()


def test_underlines_of_the_page_are_shown_and_can_be_hidden(page: Page, report: Path) -> None:
    open_comparison(page, report)
    underline = page.locator("[data-page='1'] .box-underlines")
    expect(underline).to_have_count(1)
    page.locator("[data-layer=underlines]").uncheck()
    expect(underline).to_be_hidden()


def test_normalised_text_stands_beside_the_printed_one(page: Page, report: Path) -> None:
    open_comparison(page, report)
    page.locator("[data-tab=measures]").click()
    card = page.locator(".record-measures").first
    printed, normalised = card.locator(".verbatim"), card.locator(".normalized")
    expect(printed).to_contain_text("を６６．５％以上とする")
    expect(normalised).to_contain_text("を66.5%以上とする")
    expect(printed.locator(".underlined")).to_have_text("６６．５")
    assert not overlaps(printed, normalised)


def test_filters_leave_only_what_they_name(page: Page, report: Path) -> None:
    open_comparison(page, report)
    page.locator("[data-filter=kpi]").check()
    expect(page.locator(".record-targets")).to_have_count(2)
    page.locator("[data-filter=doubtful]").check()
    expect(page.locator(".record-targets")).to_have_count(1)
    page.locator("[data-filter=doubtful]").uncheck()
    page.locator("[data-filter=kpi]").uncheck()
    page.locator("[data-filter=findings]").check()
    expect(page.locator(".record-targets")).to_have_count(2)
    expect(page.locator(".record-targets .note")).to_have_count(2)


def test_the_keyboard_walks_from_finding_to_finding(page: Page, report: Path) -> None:
    open_comparison(page, report)
    for expected in ("確認 1", "確認 3", "確認 1"):
        page.keyboard.press("n")
        expect(page.locator(".record-findings.chosen .message")).to_have_text(expected)
    page.keyboard.press("p")
    expect(page.locator(".record-findings.chosen .message")).to_have_text("確認 3")
    expect(page.locator("[data-page='3'] .box-findings.chosen")).to_be_in_viewport()


def test_old_and_new_stand_side_by_side_with_differences_and_underlines(page: Page, report: Path) -> None:
    open_comparison(page, report)
    page.locator("[data-tab=changes]").click()
    new, old = page.locator(".side-new"), page.locator(".side-old")
    expect(new.locator(".differs")).to_have_text("66.5")
    expect(old.locator(".differs")).to_have_text("60.3")
    expect(new.locator(".underlined")).to_have_text("66.5")
    expect(old.locator(".underlined")).to_have_count(0)
    assert not overlaps(new, old)


def test_clicking_again_shows_what_lies_beneath(page: Page, report: Path) -> None:
    open_comparison(page, report)
    aim = page.locator(".record.chosen .aim")
    seen = set()
    page.select_option("#page-choice", "2")
    for _ in range(2):
        page.locator("[data-page='2'] .box-targets").last.click()
        seen.add(aim.inner_text())
    assert seen == {"2回 以上", "3日 以上"}


def test_an_address_with_a_record_opens_on_it(page: Page, report: Path) -> None:
    [document] = (report / "documents").glob("*-28-comparison-*.html")
    open_comparison(page, report, f"#{document.stem}-t0002")
    expect(page.locator(".record.chosen .aim")).to_have_text("172,500人")
    expect(page.locator("#page-choice")).to_have_value("3")


def test_a_document_without_its_pdf_says_so(page: Page, report: Path) -> None:
    open_page(page, report, "documents/2024-43-plan-b4300000.html")
    expect(page.locator(".no-picture").first).to_contain_text("元のPDFが手元にない")
    expect(page.locator(".box-targets").first).to_be_visible()


# ------------------------------------------------------------------------------------------------ KPI pages


def test_the_kpi_page_ranks_the_branches_beside_the_national_aim(page: Page, report: Path) -> None:
    page.goto((report / "kpi.html").as_uri() + "#insured_checkup_rate@2024")
    expect(page.locator("#bars svg")).to_be_visible()
    expect(page.locator("#bars svg")).to_contain_text("全国 61.7%")
    expect(page.locator("#value-map .tile[data-branch='28'] .tile-value")).to_have_text("66.5")
    expect(page.locator("#change-chart svg")).to_contain_text("+6.2")
    row = page.locator("#value-table tbody tr[data-branch='28'] td")
    assert row.all_inner_texts()[1:4] == ["66.5% 以上", "60.3%", "+6.2"]


def test_an_aim_without_a_number_is_said_not_drawn(page: Page, report: Path) -> None:
    page.goto((report / "kpi.html").as_uri() + "#recovery_rate@2024")
    expect(page.locator("#bars")).to_contain_text("数値の目標を持つ支部はありません")
    expect(page.locator("#value-map .tile[data-branch='43']")).to_contain_text("前年以上")


def test_a_value_leads_to_its_place_on_the_page(page: Page, report: Path) -> None:
    page.goto((report / "kpi.html").as_uri() + "#insured_checkup_rate@2024")
    page.locator("#value-map .tile[data-branch='28']").click()
    expect(page.locator(".record.chosen .aim")).to_have_text("66.5% 以上")


def test_the_table_can_be_had_as_csv(page: Page, report: Path) -> None:
    page.goto((report / "kpi.html").as_uri() + "#insured_checkup_rate@2024")
    with page.expect_download() as download:
        page.locator("#download").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    [row] = csv.DictReader(text.splitlines())
    assert (row["branch"], row["value"], row["previous_value"], row["change"]) == ("兵庫", "66.5", "60.3", "6.2")


def test_a_branch_shows_its_years_side_by_side(page: Page, report: Path) -> None:
    open_page(page, report, "branches/33.html")
    row = page.locator("#branch-table tr", has_text="生活習慣病予防健診実施率")
    expect(row.locator("td").nth(2)).to_contain_text("60.3% 以上")
    expect(row.locator("td").nth(3)).to_contain_text("57% 以上")


def test_the_kpi_page_prints_without_controls(page: Page, report: Path) -> None:
    open_page(page, report, "kpi.html")
    page.emulate_media(media="print")
    expect(page.locator("#download")).to_be_hidden()
    expect(page.locator("#value-table")).to_be_visible()
