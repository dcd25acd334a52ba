"""The review of several people, over reloads, a server that is away and from disk; who may not look."""

from __future__ import annotations

import shutil
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.review_page import opened, reading, waits_for
from tests.browser.review_server import ReviewServer

pytestmark = pytest.mark.browser


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
        expect(second.locator("#queue .hand")).to_contain_text("青木")
        first.keyboard.press("Enter")
        second.keyboard.press("ArrowRight")
        second.keyboard.press("Enter")
        waits_for(first, server, 3)
        waits_for(second, server, 3)
        by = [decision.by for decision in server.decisions() if decision.action == "confirm"]
        assert sorted(by) == sorted(["青木", "馬場"])
        expect(first.locator("#left")).to_have_text("4")
        expect(second.locator("#left")).to_have_text("4")
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
    page.wait_for_function("() => window.BranchPlansDecisions.kept().length === 0")
    assert [decision.action for decision in server.decisions()] == ["confirm", "dismiss"]


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
    for _ in range(300):
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
