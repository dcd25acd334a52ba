"""The review as one person uses it: by keys, in both languages, over every kind of doubt."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Route, expect

from tests.browser.review_page import MARKUP, opened, reading, waits_for
from tests.browser.review_server import ReviewServer

pytestmark = pytest.mark.browser


def test_the_whole_way_by_keys(context: BrowserContext, server: ReviewServer) -> None:
    page = opened(context, server)
    assert reading(page) == "指標0の実施率"
    expect(page.locator("#left")).to_have_text("6")
    page.keyboard.press("c")
    page.keyboard.type("頁を見た")
    page.keyboard.press("Enter")
    page.keyboard.press("e")
    page.keyboard.type("６１．２")
    page.keyboard.press("Enter")
    expect(page.locator("#left")).to_have_text("5")
    page.keyboard.press("Enter")
    expect(page.locator("#left")).to_have_text("4")
    page.keyboard.press("x")
    expect(page.locator("#left")).to_have_text("3")
    page.keyboard.press("s")
    page.keyboard.press("u")
    expect(page.locator("#left")).to_have_text("4")
    waits_for(page, server, 2)
    corrected, confirmed = server.decisions()
    assert (corrected.action, corrected.field, corrected.before, corrected.after) == ("correct", "value", 612, 61.2)
    assert (corrected.comment, corrected.text, corrected.page) == ("頁を見た", "指標0の実施率を612%以上とする", 1)
    assert confirmed.action == "confirm"
    assert isinstance(confirmed.before, dict)


def test_right_answers_the_findings_too(context: BrowserContext, server: ReviewServer) -> None:
    page = opened(context, server)
    page.keyboard.press("Enter")
    waits_for(page, server, 2)
    assert [decision.action for decision in server.decisions()] == ["confirm", "dismiss"]
    page.keyboard.press("u")
    waits_for(page, server, 0)


def test_a_doubt_about_the_document_is_answered_or_the_document_corrected(
    context: BrowserContext, server: ReviewServer
) -> None:
    page = opened(context, server)
    page.locator("#queue li", has_text="文書全体").click()
    expect(page.locator("#actions")).to_contain_text("問題なし")
    page.keyboard.press("i")
    page.select_option("#edit-branch_code", "34")
    page.keyboard.press("Enter")
    waits_for(page, server, 1)
    page.keyboard.press("d")
    waits_for(page, server, 2)
    identified, dismissed = server.decisions()
    assert (identified.action, identified.field, identified.after) == ("identify", "branch_code", "34")
    assert (dismissed.action, dismissed.field, dismissed.table) == ("dismiss", "lost_text", None)


def test_a_missing_target_is_added_from_its_line(context: BrowserContext, server: ReviewServer) -> None:
    page = opened(context, server)
    page.keyboard.press("a")
    page.keyboard.type("17")
    page.select_option("#edit-unit", "people")
    page.keyboard.press("Enter")
    waits_for(page, server, 1)
    [added] = server.decisions()
    assert isinstance(added.after, dict)
    assert (added.action, added.after["value"], added.after["unit"]) == ("add", 17, "people")


def test_words_are_given_a_meaning_for_all_documents(context: BrowserContext, server: ReviewServer) -> None:
    page = opened(context, server)
    page.keyboard.press("e")
    page.select_option("#edit-indicator_code", "insured_checkup_rate")
    page.check("#wording-everywhere")
    page.locator(".edit-dialog .primary").click()
    waits_for(page, server, 2)
    assert [decision.action for decision in server.decisions()] == ["correct", "wording"]
    assert "指標0の実施率" in (server.output / "review" / "wordings.toml").read_text(encoding="utf-8")


def test_what_may_not_stand_is_said_and_not_kept(context: BrowserContext, server: ReviewServer) -> None:
    page = opened(context, server)
    page.keyboard.press("e")
    page.keyboard.type("六十一")
    page.keyboard.press("Enter")
    expect(page.locator(".edit-fault")).to_contain_text("値")
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_have_text("変更はありませんでした。")
    assert server.decisions() == ()


def test_both_languages(context: BrowserContext, server: ReviewServer) -> None:
    page = opened(context, server)
    page.click("#language")
    expect(page.locator("#actions .primary")).to_contain_text("Right")
    page.keyboard.press("?")
    expect(page.locator(".edit-dialog")).to_contain_text("Decide later")
    page.keyboard.press("Escape")
    page.reload()
    expect(page.locator("#actions .primary")).to_contain_text("Right")


def test_filters_show_what_is_asked_for(context: BrowserContext, server: ReviewServer) -> None:
    page = opened(context, server)
    page.select_option("#filter-check", "plausible_value")
    expect(page.locator("#queue li")).to_have_count(1)
    page.select_option("#filter-check", "")
    page.select_option("#filter-show", "sampled")
    expect(page.locator("#queue li").first.locator(".sampled")).to_have_text("抽出")


def test_the_sample_tells_how_often_sure_rows_are_wrong(context: BrowserContext, server: ReviewServer) -> None:
    page = opened(context, server)
    page.select_option("#filter-show", "sampled")
    page.keyboard.press("Enter")
    waits_for(page, server, 1)
    assert server.decisions()[0].sampled
    page.reload()
    expect(page.locator(".estimate")).to_contain_text("推定誤り率 0.0%")
    expect(page.locator(".estimate")).to_contain_text("1 件を確認")


def test_markup_runs_nowhere(context: BrowserContext, server: ReviewServer) -> None:
    page = opened(context, server)
    assert page.locator("#sheet-head b").inner_text() == f"計画 {MARKUP}"
    page.keyboard.press("c")
    page.keyboard.type(MARKUP)
    page.keyboard.press("Enter")
    expect(page.locator(".waiting-comment")).to_contain_text(MARKUP)
    page.keyboard.press("e")
    page.fill("#edit-indicator", MARKUP)
    page.keyboard.press("Enter")
    waits_for(page, server, 1)
    page.select_option("#filter-show", "decided")
    expect(page.locator(".history")).to_contain_text(MARKUP)
    assert page.locator("img[src=x]").count() == 0
    assert page.title() != "1"


def test_the_documents_page_decides_too(context: BrowserContext, server: ReviewServer) -> None:
    page = opened(context, server)
    with context.expect_page() as new:
        page.keyboard.press("o")
    document = new.value
    expect(document.locator(".record.chosen .aim")).to_have_text("612% 以上")
    expect(document.locator("#review-mode")).to_have_attribute("aria-pressed", "true")
    document.keyboard.press("e")
    document.keyboard.type("61.2")
    document.keyboard.press("Enter")
    expect(document.locator(".record.chosen .decided-here")).to_contain_text("値 = 61.2")
    waits_for(document, server, 1)
    expect(page.locator("#left")).to_have_text("6")


def test_a_target_is_drawn_on_the_page(context: BrowserContext, server: ReviewServer) -> None:
    page = context.new_page()
    [path] = (server.output / "report" / "documents").glob("2024-33-*.html")
    page.goto(f"{server.address}report/documents/{path.name}")
    sheet = page.locator(".sheet").first.bounding_box()
    assert sheet is not None
    page.keyboard.down("Shift")
    page.mouse.move(sheet["x"] + sheet["width"] * 0.1, sheet["y"] + sheet["height"] * 0.6)
    page.mouse.down()
    page.mouse.move(sheet["x"] + sheet["width"] * 0.5, sheet["y"] + sheet["height"] * 0.65)
    page.mouse.up()
    page.keyboard.up("Shift")
    page.keyboard.type("回収率50%")
    page.fill("#edit-value", "50")
    page.fill("#edit-indicator", "回収率")
    page.keyboard.press("Enter")
    waits_for(page, server, 1)
    [added] = server.decisions()
    assert added.page == 1
    assert added.x0 == pytest.approx(59.5, abs=3)
    assert added.bottom == pytest.approx(842 * 0.65, abs=4)


def test_a_quick_key_waits_until_it_is_known_who_decides(context: BrowserContext, server: ReviewServer) -> None:
    [path] = (server.output / "report" / "documents").glob("2024-33-*.html")
    page = context.new_page()
    held: list[Route] = []
    page.route("**/api/documents/*", lambda route: held.append(route))  # noqa: PLW0108
    page.goto(f"{server.address}report/documents/{path.name}")
    chosen, other = page.locator(".record").nth(1), page.locator(".record").nth(2)
    name = chosen.get_attribute("data-id")
    chosen.click()
    page.keyboard.press("Enter")
    other.click()
    page.wait_for_timeout(100)
    assert server.decisions() == ()
    held[0].continue_()
    waits_for(page, server, 1)
    expect(page.locator(f'.record[data-id="{name}"] .decided-here')).to_contain_text("Aoki")
    assert [decision.by for decision in server.decisions()] == ["Aoki"]


def test_the_documents_page_remembers_what_was_decided(context: BrowserContext, server: ReviewServer) -> None:
    [path] = (server.output / "report" / "documents").glob("2024-33-*.html")
    page = context.new_page()
    page.goto(f"{server.address}report/documents/{path.name}")
    page.locator(".record").nth(1).click()
    page.keyboard.press("Enter")
    waits_for(page, server, 1)
    page.reload()
    expect(page.locator(".decided-here")).to_contain_text("Aoki")
    page.locator(".record").nth(1).click()
    page.keyboard.press("u")
    waits_for(page, server, 0)
    expect(page.locator(".decided-here")).to_have_count(0)
