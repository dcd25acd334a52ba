"""A headless Chromium, a report on disk for it to open, and a served review."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from shutil import which

import pymupdf
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from pipeline.report.build import build_report
from tests.browser.review_page import MARKUP
from tests.browser.review_server import ReviewServer
from tests.pipeline.invented_output import InventedDocument, invented_documents, write_run

OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
LEFT = "net::ERR_ABORTED"
"""What Chromium says of a file that was still loading when the page was left; a missing one is ERR_FILE_NOT_FOUND."""
PATIENCE = 20_000
"""Milliseconds until what is expected must be seen; long enough for a loaded machine."""
RATE = "生活習慣病予防健診実施率"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; nothing is downloaded for the tests."""
    chromium = which("chromium")
    if chromium is None:
        pytest.skip("chromium is not installed (apt-get install chromium)")
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE)
        opened = playwright.chromium.launch(executable_path=chromium, args=OPTIONS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails its test when the console shows an error or a request leaves the disk."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on(
        "requestfailed",
        lambda request: None if request.failure == LEFT else wrong.append(f"failed: {request.url} {request.failure}"),
    )
    allowed = ("file://", "data:", "blob:")
    opened.on(
        "request", lambda request: None if request.url.startswith(allowed) else wrong.append(f"left: {request.url}")
    )
    yield opened
    context.close()
    assert wrong == []


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report over invented plans, one of them a comparison whose PDF is at hand."""
    output = tmp_path_factory.mktemp("output")
    for document in invented_documents():
        document.write(output)
    source = output.parent / f"{output.name}.pdf"
    _comparison(source).write(output)
    write_run(output)
    sources = {hashlib.sha256(source.read_bytes()).hexdigest(): source}
    return build_report(output, sources=sources, workers=1).index.parent


def _comparison(source: Path) -> InventedDocument:
    """A comparison of three pages with a table of two columns, and its records where the page shows them."""
    with pymupdf.open() as pdf:
        for _ in range(3):
            drawn = pdf.new_page(width=842, height=595)
            drawn.draw_rect((40, 60, 420, 300), width=0.7)
            drawn.draw_rect((420, 60, 800, 300), width=0.7)
            drawn.insert_text((60, 100), "KPI 66.5%", fontsize=12)
            drawn.draw_line((84, 102), (114, 102), width=0.6)
            drawn.insert_text((440, 100), "KPI 60.3%", fontsize=12)
        pdf.save(source, no_new_id=True)
    sha256 = hashlib.sha256(source.read_bytes()).hexdigest()
    plan = InventedDocument(2024, "28", "兵庫", kind="comparison", sha256=sha256, source_file="28.pdf", page_count=3)
    for number in (1, 2, 3):
        plan.add("pages", page=number, width=842.0, height=595.0, text_layer="digital")
        for column, role in ((0, "new"), (1, "old")):
            box = {"x0": 40.0 + 380 * column, "top": 60.0, "x1": 420.0 + 380 * column, "bottom": 300.0}
            plan.add("cells", page=number, role=role, row=0, column=column, text=f"{role} {number}", **box)
    place = {"x0": 60.0, "top": 88.0, "x1": 120.0, "bottom": 104.0}
    new = plan.target(
        RATE,
        "insured_checkup_rate",
        66.5,
        "percent",
        kind="kpi",
        edition="new",
        statement=f"{RATE}を６６．５％以上とする",
        **place,
    )
    old = plan.target(
        RATE,
        "insured_checkup_rate",
        60.3,
        "percent",
        kind="kpi",
        edition="old",
        fiscal_year=2023,
        confidence=0.5,
        **(place | {"x0": 440.0, "x1": 500.0}),
    )
    figure = plan.target("実施見込者数", None, 172500.0, "people", kind="plan_figure", page=3, comparator=None, **place)
    plan.target("会議の開催", None, 2.0, "times", kind="plan_figure", page=2, **place)
    plan.target("所要日数", None, 3.0, "days", kind="plan_figure", page=2, **place)
    for number, target in ((1, new), (3, figure)):
        plan.add(
            "findings", values="{}", severity="warning", check="rate_and_count", message=f"確認 {number}", page=number,
            record_table="targets", record_id=target, **place,
        )  # fmt: skip
    measures = {row["measure_id"]: row for row in plan.rows["measures"]}
    of = {row["target_id"]: row["measure_id"] for row in plan.rows["targets"]}
    measures[of[new]]["underlines"] = [{"start": 13, "end": 17}]
    measures[of[new]]["text_normalized"] = f"{RATE}を66.5%以上とする"
    plan.add(
        "changes", kind="modified", marking="agrees", new_measure_id=of[new], old_measure_id=of[old],
        new_text=f"{RATE}を66.5%以上とする", old_text=f"{RATE}を60.3%以上とする",
    )  # fmt: skip
    return plan


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
    opened.set_default_timeout(PATIENCE)
    yield opened
    opened.close()
