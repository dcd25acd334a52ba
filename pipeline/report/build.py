"""Builds the report of an output folder: all that is on disk, shown as pages."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.configuration import Limits, load_configuration
from pipeline.report.document_data import document_data
from pipeline.report.front import era_year, front_page
from pipeline.report.inventory import StoredDocument, read_rows, take_inventory
from pipeline.report.kpi_data import put_kpi_pages
from pipeline.report.pictures import PictureJob, draw_pictures, put_page_script
from pipeline.report.site import as_script, put, put_assets, render
from pipeline.report.texts import prefectures

EDITION = "3"
"""Raised whenever the documents' pages change, so that those of unchanged documents are written anew."""


@dataclass(frozen=True, slots=True)
class ReportSummary:
    """What building the report made: the page to open, and the time spent, pictures counted apart (seconds).

    ``failures`` names the documents (by id) whose pages could not be drawn, with the reason.
    """

    index: Path
    documents: int
    pages_drawn: int
    seconds: float
    picture_seconds: float
    failures: Mapping[str, str]


def build_report(
    output: Path,
    *,
    sources: Mapping[str, Path] | None = None,
    workers: int | None = None,
    limits: Limits | None = None,
    pictures: bool = True,
    on_page: Callable[[int], None] | None = None,
) -> ReportSummary:
    """Writes ``output/report`` from the tables, the quarantine and the newest manifest under ``output``.

    ``sources`` names the PDF of each document by its SHA-256; a document whose PDF is not given keeps the pictures
    made before, or its page says that there are none. ``limits`` bound the drawing of one document. ``on_page`` is told
    the number of pages drawn so far. What is there already and would not change is left as it is.
    """
    started = time.perf_counter()
    report = output / "report"
    inventory = take_inventory(output)
    put_assets(report)
    written = _read_stamps(report)
    stamps = {}
    for stored in inventory.documents:
        stamp = stamps[stored.document_id] = _stamp(stored)
        if written.get(stored.document_id) != stamp:
            _put_document(report, stored)
    _remove_gone(report, stamps)
    put_kpi_pages(output, report, inventory)
    validation = "checks/index.html" if (report / "checks" / "index.html").is_file() else None
    put(report / "index.html", front_page(inventory, validation=validation))
    seconds = time.perf_counter() - started

    drawn, failures = 0, {}
    if pictures:

        def count(pages: int) -> None:
            nonlocal drawn
            drawn += pages
            if on_page is not None:
                on_page(drawn)

        jobs = [
            _picture_job(report, stored, (sources or {})[stored.document["sha256"]])
            for stored in inventory.documents
            if stored.document["sha256"] in (sources or {})
        ]
        failures = draw_pictures(
            jobs,
            workers=workers or os.cpu_count() or 1,
            limits=limits or load_configuration().limits,
            on_document=count,
        )
    for stored in inventory.documents:
        put_page_script(_picture_folder(report, stored.document_id))
    put(report / "documents" / "stamps.json", json.dumps(stamps, indent=1))
    picture_seconds = time.perf_counter() - started - seconds
    return ReportSummary(report / "index.html", len(inventory.documents), drawn, seconds, picture_seconds, failures)


def _put_document(report: Path, stored: StoredDocument) -> None:
    code = stored.document["branch_code"]
    place = next((p for p in prefectures() if p.code == code), None)
    page = render(
        "document.html.j2",
        root="../",
        here="document",
        document=stored.document,
        state=stored.map_state,
        reason=stored.reason,
        era=era_year(stored.document["fiscal_year"]) if stored.document["fiscal_year"] else "",
        href_branch=f"../branches/{code}.html" if place else None,
        ja=stored.document["branch_name"] or "",
        en=place.en if place else "",
    )
    put(report / "documents" / f"{stored.document_id}.js", as_script("BRANCH_PLANS_DOCUMENT", document_data(stored)))
    put(report / "documents" / f"{stored.document_id}.html", page)


def _stamp(stored: StoredDocument) -> str:
    """Changes whenever anything on the document's page would."""
    digest = hashlib.sha256(f"{EDITION} {stored.state} {stored.reason}".encode())
    for name in sorted(stored.files):
        digest.update(name.encode() + stored.files[name].read_bytes())
    return digest.hexdigest()


def _read_stamps(report: Path) -> dict[str, str]:
    try:
        stamps: dict[str, str] = json.loads((report / "documents" / "stamps.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamps


def _remove_gone(report: Path, stamps: Mapping[str, str]) -> None:
    """Takes away the pages and pictures of documents that are no longer stored."""
    for path in (report / "documents").glob("*.html"):
        if path.stem not in stamps:
            path.unlink()
            path.with_suffix(".js").unlink(missing_ok=True)
    for folder in (report / "pages").glob("*"):
        if folder.name not in stamps:
            shutil.rmtree(folder)


def _picture_folder(report: Path, document_id: str) -> Path:
    return report / "pages" / document_id


def _picture_job(report: Path, stored: StoredDocument, source: Path) -> PictureJob:
    recognised = frozenset(row["page"] for row in read_rows(stored.files, "pages") if row["text_layer"] == "ocr")
    return PictureJob(
        document_id=stored.document_id,
        sha256=stored.document["sha256"],
        source=source,
        folder=_picture_folder(report, stored.document_id),
        page_count=stored.document["page_count"],
        recognised_pages=recognised,
    )
