"""PDFs that carry markup, paths, formulas, scripts, links and attachments: all of it stays text."""

from __future__ import annotations

import hashlib
import json
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import openpyxl
import pikepdf
import pymupdf
import pytest
from pikepdf import Array, Dictionary, Name

ROOT = Path(__file__).resolve().parents[2]
MARKUP = "<script>alert(1)</script><img src=x onerror=alert(2)>"
BREAKOUT = "</script><script>alert(3)</script>"
FORMULA = "=HYPERLINK(1)"
LINES = (
    "令和6年度 岡山支部事業計画",
    "（1）基盤的保険者機能関係",
    f"○ 健診の受診率を向上させる {MARKUP}",
    f"・ 取組 {BREAKOUT} ../../../etc/passwd /etc/passwd %2e%2e%2f",
    f"■ KPI：① {MARKUP}の実施率を61.7%以上とする",
    f"■ KPI：② {FORMULA}の割合を50%以上とする",
)


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, list[bytes]]]:
    """An address that a PDF may try to reach, and what reached it."""
    reached: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def listen() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                reached.append(connection.recv(100))
                connection.close()

        threading.Thread(target=listen, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/", reached
        listening.shutdown(socket.SHUT_RDWR)


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory, server: tuple[str, list[bytes]]) -> Path:
    """A folder with ``raw``, ``out`` (ingested) and ``before.json`` (what was in ``raw``)."""
    place = tmp_path_factory.mktemp("untrusted") / "a" / "b"
    raw = place / "raw"
    raw.mkdir(parents=True)
    (raw / "a..%2f..%2fpasswd <script>alert(4)<%2fscript>.pdf").write_bytes(_hostile(server[0]))
    menu = pymupdf.open()
    menu.new_page().insert_text((72, 200), f"Lunch {MARKUP}")
    menu.set_metadata({"title": f"../../../menu {MARKUP}", "producer": BREAKOUT})
    (raw / '"><img src=x onerror=alert(5)>.pdf').write_bytes(menu.tobytes())
    (place / "before.json").write_text(json.dumps(_contents(raw)))
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "ingest", str(raw), "--output", str(place / "out"), "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1, done.stderr
    assert json.loads(done.stdout)["totals"]["loaded"] == 1, done.stderr
    return place


def _hostile(address: str) -> bytes:
    with pymupdf.open() as plan:
        page = plan.new_page()
        for number, line in enumerate(LINES):
            page.insert_text((40, 200 + 30 * number), line, fontname="japan", fontsize=9)
        data = plan.tobytes()
    with pikepdf.open(BytesIO(data)) as pdf:
        pdf.docinfo["/Title"] = f"../../令和6年度{MARKUP}\x00"
        pdf.docinfo["/Producer"] = BREAKOUT
        pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=f"app.launchURL('{address}')")
        actions = [
            Dictionary(S=Name.Launch, F="/usr/bin/touch planted"),
            Dictionary(S=Name.URI, URI=address),
            Dictionary(S=Name.GoToR, F="../../../etc/passwd", D=Array([0, Name.Fit])),
        ]
        pdf.pages[0].Annots = Array(
            pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 600, 800]), A=action))
            for action in actions
        )
        stream = pikepdf.Stream(pdf, b"")
        stream["/F"] = Dictionary(FS=Name.URL, F=address)
        pdf.pages[0].contents_add(pdf.make_indirect(stream))
        pdf.attachments["../../planted"] = pikepdf.AttachedFileSpec(pdf, b"planted", filename="../../planted")
        out = BytesIO()
        pdf.save(out)
        return out.getvalue()


def _contents(folder: Path) -> dict[str, list[str]]:
    return {
        path.name: [hashlib.sha256(path.read_bytes()).hexdigest(), str(path.stat().st_mtime_ns)]
        for path in sorted(folder.rglob("*"))
    }


def test_inputs_stay_as_they_are(ingested: Path) -> None:
    assert _contents(ingested / "raw") == json.loads((ingested / "before.json").read_text())


def test_nothing_is_written_beside_the_output(ingested: Path) -> None:
    assert {path.name for path in ingested.iterdir()} == {"raw", "out", "before.json"}
    assert [path.name for path in ingested.parent.iterdir()] == ["b"]
    assert not list(ROOT.glob("planted*"))
    written = {path.relative_to(ingested / "out").as_posix() for path in (ingested / "out").rglob("*")}
    assert not [name for name in written if re.search(r"script|passwd|planted|menu|onerror|%2", name)]


def test_no_link_script_or_attachment_is_followed(ingested: Path, server: tuple[str, list[bytes]]) -> None:
    assert server[1] == []


class Active(HTMLParser):
    """Collects what a browser would run or load."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_script = tag == "script"
        values = dict(attrs)
        self.found += [f"{name}={value}" for name, value in attrs if name.startswith("on")]
        for name in ("src", "href"):
            target = values.get(name) or ""
            if target.lower().startswith(("javascript:", "data:text", "http", "//")) or target == "x":
                self.found.append(f"{tag} {name}={target}")

    def handle_data(self, data: str) -> None:
        if self._in_script and re.search(r"alert\(\d\)", data) and "<" in data:
            self.found.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._in_script = False


def test_the_report_shows_markup_as_text(ingested: Path) -> None:
    report = ingested / "out" / "report"
    own = [page for page in report.rglob("*.html") if "checks" not in page.relative_to(report).parts]
    assert own
    for page in own:
        active = Active()
        active.feed(page.read_text(encoding="utf-8"))
        assert active.found == [], page
    scripts = [path for path in report.rglob("*.js") if "alert(" in path.read_text(encoding="utf-8", errors="replace")]
    assert scripts, "the texts reach the report's pages as data"
    for script in scripts:
        assert "<" not in script.read_text(encoding="utf-8")


def test_the_pages_of_the_checks_show_markup_as_text(ingested: Path) -> None:
    pages = list((ingested / "out" / "report" / "checks").rglob("*.html"))
    assert pages
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"<script>alert|<img src=x", text), page


def test_a_formula_in_a_plan_is_text_in_the_workbook(ingested: Path, tmp_path: Path) -> None:
    book = tmp_path / "book.xlsx"
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "export", str(ingested / "out"), str(book)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    cells = [cell for sheet in openpyxl.load_workbook(book) for row in sheet.iter_rows() for cell in row]
    holding = [cell for cell in cells if isinstance(cell.value, str) and "HYPERLINK(1)" in cell.value]
    assert holding
    assert {cell.data_type for cell in holding} == {"s"}
