"""The page of a review as its tests use it: opened, read, and waited for."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.review_server import ReviewServer

MARKUP = '<img src=x onerror="document.title=1"><b>太字</b>'
"""A title that would run, were it not escaped."""


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
    for _ in range(300):
        if len(server.decisions()) == count and page.evaluate("window.BranchPlansDecisions.kept().length") == 0:
            return
        page.wait_for_timeout(100)
    assert len(server.decisions()) == count
