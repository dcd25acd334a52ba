"""How long a browser takes to open a page of the report from disk, with all that the page loads."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING

from benchmarks.measurement import Measurement

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@contextlib.contextmanager
def opened() -> Iterator[Browser | None]:
    """A headless Chromium, None where this machine has none."""
    chromium = which("chromium")
    if chromium is None:
        yield None
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def time_to_open(browser: Browser, file: Path) -> Measurement:
    """From the address to the end of loading, in a page of its own."""
    page = browser.new_page()
    started = time.perf_counter()
    page.goto(file.resolve().as_uri(), wait_until="load")
    seconds = time.perf_counter() - started
    page.close()
    return Measurement(seconds, 1, 0.0)
