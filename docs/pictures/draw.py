"""Draws the README's pictures from the report of the sample corpus: ``python docs/pictures/draw.py build/demo/output``.

``make demo`` makes that output. Needs Debian's Chromium; nothing is loaded from outside.
"""

from __future__ import annotations

import sys
from pathlib import Path
from shutil import which

from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).parent
SIZE = {"width": 1280, "height": 760}
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
INDICATOR = "insured_checkup_rate"


def draw(output: Path) -> None:
    """Writes ``report.png`` (a document beside its page) and ``kpi.png`` (one indicator over all branches)."""
    report = output.resolve() / "report"
    document = min(report.glob("documents/*comparison*.html"))
    pictures = {"report": f"{document.as_uri()}#page-2", "kpi": f"{(report / 'kpi.html').as_uri()}#{INDICATOR}"}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=which("chromium"), args=OPTIONS)
        page = browser.new_page(viewport=SIZE, device_scale_factor=1)
        for name, address in pictures.items():
            page.goto(address)
            page.wait_for_load_state("networkidle")
            page.screenshot(path=FOLDER / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    draw(Path(sys.argv[1]))
