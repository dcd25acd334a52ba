"""The review as people use it: by keys, in both languages, several at once, over reloads and a server that is away."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pymupdf
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from pipeline.report.build import build_report
from tests.browser.review_server import ReviewServer
from tests.pipeline.invented_output import InventedDocument, write_run

pytestmark = pytest.mark.browser
MARKUP = '<img src=x onerror="document.title=1"><b>太字</b>'


@pytest.fixture(scope="session")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two plans with doubts of every kind, and a report over them."""
    output = tmp_path_factory.mktemp("reviewed") / "out"
    source = output.parent / "33.pdf"
    with pymupdf.open() as pdf:
        for _ in range(2):
            page = pdf.new_page(width=595, height=842)
            for row in range(6):
                page.insert_text((60, 110 + 40 * row), f"KPI {row} 66.5%", fontsize=12)
        pdf.save(source, no_new_id=True)
    sha256 = hashlib.sha256(source.read_bytes()).hexdigest()
    plan = InventedDocument(2024, "33", "岡山", sha256=sha256, source_file="33.pdf", title=f"計画 {MARKUP}")
    for number in (1, 2):
        plan.add("pages", page=number, width=595.0, height=842.0, text_layer="digital")
    for row, (value, confidence) in enumerate(((612.0, 0.3), (66.5, 0.5), (30.3, 0.6), (18.1, 0.7), (8.8, 0.95))):
        box = {"x0": 60.0, "top": 98.0 + 40 * row, "x1": 200.0, "bottom": 113.0 + 40 * row}
        target = plan.target(
            f"指標{row}の実施率", None, value, "percent", kind="kpi", confidence=confidence,
            statement=f"指標{row}の実施率を{value:g}%以上とする", **box,
        )  # fmt: skip
        if row == 0:
            plan.add(
                "findings", severity="warning", check="plausible_value", message=MARKUP, page=1,
                values=json.dumps({"value": 612}), record_table="targets", record_id=target, **box,
            )  # fmt: skip
    plan.add("findings", severity="warning", check="lost_text", message="3 characters", values="{}", page=2)
    plan.write(output)
    other = InventedDocument(2023, "33", "岡山", sha256="c" * 64, source_file="33-2023.pdf")
    other.target("指標1の実施率", None, 60.1, "percent", kind="kpi")
    other.write(output)
    write_run(output)
    build_report(output, sources={sha256: source}, workers=1)
    return output


@pytest.fixture
def server(invented: Path, tmp_path: Path) -> Iterator[ReviewServer]:
    output = tmp_path / "out"
    shutil.copytree(invented, output)
    serving = ReviewServer(output, share=0.5)
    yield serving
    serving.stop()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    opened.set_default_timeout(10_000)
    yield opened
    opened.close()


def opened(context: BrowserContext, server: ReviewServer) -> Page:
    page = context.new_page()
    page.on("request", lambda request: _stays_here(request.url, server))
    page.goto(server.address)
    expect(page.locator(".item-reading")).to_be_visible()
    return page


def _stays_here(url: str, server: ReviewServer) -> None:
    assert url.startswith((server.address, "data:", "blob:")), url


def reading(page: Page) -> str:
    return page.locator(".item-reading span").inner_text()


def waits_for(page: Page, server: ReviewServer, count: int) -> None:
    """Until the review has kept so many decisions."""
    for _ in range(100):
        if len(server.decisions()) == count and page.evaluate("window.BranchPlansDecisions.kept().length") == 0:
            return
        page.wait_for_timeout(100)
    assert len(server.decisions()) == count


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


def test_two_people_at_once_see_each_other_and_lose_nothing(browser: Browser, server: ReviewServer) -> None:
    contexts = [browser.new_context() for _ in range(2)]
    try:
        first, second = (opened(context, server) for context in contexts)
        for page, name in ((first, "青木"), (second, "馬場")):
            page.click("#name")
            page.keyboard.press("Control+A")
            page.keyboard.type(name)
            page.keyboard.press("Enter")
            expect(page.locator("#name b")).to_have_text(name)
        first.keyboard.press("ArrowRight")
        first.keyboard.press("ArrowLeft")
        expect(second.locator("#queue .hand")).to_contain_text("青木", timeout=15_000)
        first.keyboard.press("Enter")
        second.keyboard.press("ArrowRight")
        second.keyboard.press("Enter")
        waits_for(first, server, 3)
        waits_for(second, server, 3)
        by = [decision.by for decision in server.decisions() if decision.action == "confirm"]
        assert sorted(by) == sorted(["青木", "馬場"])
        expect(first.locator("#left")).to_have_text("4", timeout=15_000)
        expect(second.locator("#left")).to_have_text("4", timeout=15_000)
    finally:
        for context in contexts:
            context.close()


def test_a_reload_in_the_middle_loses_nothing(context: BrowserContext, server: ReviewServer) -> None:
    page = opened(context, server)
    page.keyboard.press("Enter")
    waits_for(page, server, 2)
    now = reading(page)
    page.reload()
    expect(page.locator(".item-reading span")).to_have_text(now)
    expect(page.locator("#left")).to_have_text("5")
    page.keyboard.press("ArrowLeft")
    page.select_option("#filter-show", "decided")
    expect(page.locator(".history")).to_contain_text("Aoki")
    page.keyboard.press("u")
    waits_for(page, server, 1)


def test_decisions_made_while_the_server_is_away_are_sent_later(context: BrowserContext, server: ReviewServer) -> None:
    page = opened(context, server)
    page.wait_for_timeout(300)  # the next items are fetched ahead
    server.stop()
    page.keyboard.press("Enter")
    expect(page.locator(".trouble")).to_contain_text("接続できません")
    assert server.decisions() == ()
    server.start()
    page.wait_for_function("() => window.BranchPlansDecisions.kept().length === 0", timeout=15_000)
    assert [decision.action for decision in server.decisions()] == ["confirm", "dismiss"]


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
    expect(page.locator("#left")).to_have_text("6", timeout=15_000)


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


def test_from_disk_decisions_are_saved_as_a_file_and_brought_in(
    context: BrowserContext, invented: Path, tmp_path: Path
) -> None:
    output = tmp_path / "shared"
    shutil.copytree(invented, output)
    [path] = (output / "report" / "documents").glob("2024-33-*.html")
    page = context.new_page()
    page.goto(path.as_uri())
    page.locator(".record").first.click()
    page.keyboard.press("Enter")
    assert page.locator(".review-bar:visible").count() == 0
    page.click("#review-mode")
    page.keyboard.press("Enter")
    page.keyboard.type("千葉")
    page.keyboard.press("Enter")
    expect(page.locator(".review-bar")).to_contain_text("まだ保存されていません")
    page.reload()
    expect(page.locator("#unsaved")).to_have_text("2")
    page.locator(".record").nth(1).click()
    page.keyboard.press("x")
    with page.expect_download() as download:
        page.click("#save-decisions")
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    expect(page.locator(".review-bar")).to_contain_text("保存しました")
    server = ReviewServer(output)
    try:
        from pipeline.decisions.journal import bring_in

        assert bring_in(output, file).new == 3
        assert bring_in(output, file).known == 3
        assert [(d.action, d.by) for d in server.decisions()] == [
            ("confirm", "千葉"), ("dismiss", "千葉"), ("reject", "千葉"),
        ]  # fmt: skip
        decided = opened(context, server)
        expect(decided.locator("#left")).to_have_text("4")
    finally:
        server.stop()


def asked(url: str, data: bytes | None = None, **headers: str) -> int:
    request = Request(url, data=data, headers={name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with urlopen(request, timeout=10) as answer:
            return int(answer.status)
    except HTTPError as error:
        return error.code


def test_nobody_else_can_look_or_decide(server: ReviewServer) -> None:
    base = server.address.rsplit("/", 2)[0]
    queue = server.address + "api/queue"
    post = server.address + "api/decisions"
    assert asked(queue) == 200
    assert asked(f"{base}/api/queue") == 403
    assert asked(f"{base}/another-secret/api/queue") == 403
    assert asked(queue, Host="plans.example:80") == 403
    assert asked(post, b"[]", Content_Type="application/json") == 200
    assert asked(post, b"[]", Content_Type="text/plain") == 403
    assert asked(post, b"[]", Content_Type="application/json", Origin="http://plans.example") == 403
    assert asked(queue, Sec_Fetch_Site="cross-site") == 403
    assert asked(server.address + "report/../../review/decisions.jsonl") in (403, 404)
    assert asked(server.address + "report/..%2f..%2freview%2fdecisions.jsonl") in (403, 404)
    assert asked(post, b'[{"id": "x"}]', Content_Type="application/json") == 422
    assert asked(post, b"{", Content_Type="application/json") == 400


def test_who_changes_their_mind_contradicts_nobody(context: BrowserContext, server: ReviewServer) -> None:
    page = opened(context, server)
    page.keyboard.press("e")
    page.keyboard.type("61.2")
    page.keyboard.press("Enter")
    waits_for(page, server, 1)
    page.select_option("#filter-show", "decided")
    expect(page.locator(".was-read")).to_contain_text("612")
    page.keyboard.press("e")
    expect(page.locator("#edit-value")).to_have_value("61.2")
    page.keyboard.type("61.3")
    page.keyboard.press("Enter")
    for _ in range(50):
        page.wait_for_timeout(100)
        if [decision.after for decision in server.decisions()] == [61.3]:
            break
    [corrected] = server.decisions()
    assert (corrected.before, corrected.after) == (612, 61.3)
    page.keyboard.press("Enter")  # right as it is now
    waits_for(page, server, 3)
    confirmed = next(decision for decision in server.decisions() if decision.action == "confirm")
    assert isinstance(confirmed.before, dict)
    assert confirmed.before["value"] == 61.3


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
