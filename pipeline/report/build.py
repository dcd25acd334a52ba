"""Builds the report of an output folder: all that is on disk, shown as pages."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.inputs.configuration import Limits, load_configuration
from pipeline.report.derived_files import refresh_derived
from pipeline.report.document_page import put_document_pages
from pipeline.report.front import front_page
from pipeline.report.inventory import StoredDocument, read_rows, take_inventory
from pipeline.report.kpi_data import put_kpi_pages
from pipeline.report.page_jobs import LARGE_ARCHIVE, WORTH_WORKERS, PageJob, in_parts, put_pages
from pipeline.report.page_marks import forget_marks
from pipeline.report.pictures import ACCOUNT, PAGE_SCRIPT, PictureJob, draw_pictures, forget_picture, put_page_script
from pipeline.report.review_progress import read_progress
from pipeline.report.search_page import put_search_page
from pipeline.report.site import put, put_assets
from pipeline.report.thread_pages import put_thread_pages
from pipeline.store.derived import damaged_derived
from pipeline.store.manifest import sha256_of
from pipeline.store.report_files import LIST, damaged_files, foreign_files, list_report, read_list
from pipeline.store.state_folders import StateFolder, current_state, pin, state_folders

MARKED = ("branches", "threads", "search")
"""The folders of pages that are made by their marks."""

EDITION = "5"
"""Raised whenever the documents' pages change, so that those of unchanged documents are written anew."""


@dataclass(frozen=True, slots=True)
class ReportSummary:
    """What building the report made: the page to open.

    ``failures`` names the documents (by id) whose pages could not be drawn, with the reason.
    """

    index: Path
    failures: Mapping[str, str]


def build_report(
    output: Path,
    *,
    sources: Mapping[str, Path] | None = None,
    workers: int | None = None,
    limits: Limits | None = None,
    pictures: bool = True,
    new_checks: bool = False,
    prepared: Path | None = None,
    line_marks: Path | None = None,
) -> ReportSummary:
    """Writes ``output/report`` from the present state of ``output``: tables, quarantine and account; before it what is
    made of all tables together.

    ``sources`` names the PDF of each document by its SHA-256; a document whose PDF is not given keeps the pictures
    made before, or its page says that there are none. ``workers`` processes (by default one a core) make pages and
    pictures; ``limits`` bound the drawing of one document. What
    is there already and would not change is left as it is. ``new_checks``: the pages of the checks have just been put
    there, and so are not those that the report had. ``prepared`` is the folder in which ``prepare_derived`` made what
    is made of all tables, if it did, ``line_marks`` the one in which the line marks of documents just read wait.
    """
    report = output / "report"
    pinned = pin(output)
    for damaged in damaged_derived(pinned.root):
        damaged.unlink()
    refresh_derived(pinned.root, _state_before(output, pinned.state), prepared)
    inventory = take_inventory(output)
    foreign = _mended(output, new_checks=new_checks)
    put_assets(report)
    workers = workers or os.cpu_count() or 1
    limits = limits or load_configuration().limits
    written = _read_stamps(report)
    stamps = {stored.document_id: _stamp(stored) for stored in inventory.documents}
    changed = [
        stored for stored in inventory.documents if written.get(stored.document_id) != stamps[stored.document_id]
    ]
    jobs: list[PageJob] = [(put_document_pages, (report, part)) for part in in_parts(changed, workers)]
    shared: list[PageJob] = [
        (put_kpi_pages, (pinned.root, report, inventory)),
        (put_thread_pages, (pinned.root, report)),
        (put_search_page, (pinned.root, report)),
    ]
    put_pages(
        [*shared, *jobs],
        workers=workers,
        limits=limits,
        few=len(changed) < WORTH_WORKERS and len(stamps) < LARGE_ARCHIVE,
    )
    _remove_gone(report, stamps)
    validation = "checks/index.html" if (report / "checks" / "index.html").is_file() else None
    put(report / "index.html", front_page(inventory, read_progress(output), validation=validation))

    failures: Mapping[str, str] = {}
    if pictures:
        to_draw = [
            _picture_job(report, stored, (sources or {})[stored.document["sha256"]], line_marks)
            for stored in inventory.documents
            if stored.document["sha256"] in (sources or {})
        ]
        failures = draw_pictures(to_draw, workers=workers, limits=limits)
    for stored in inventory.documents:
        put_page_script(_picture_folder(report, stored.document_id))
    put(report / "documents" / "stamps.json", json.dumps(stamps, indent=1))
    if pinned.state is not None:
        list_report(output, pinned.state, foreign)
    return ReportSummary(report / "index.html", failures)


def _state_before(output: Path, present: StateFolder | None) -> Path | None:
    """The folder of the state that was there before the present one."""
    before = [state for state in state_folders(output) if present is not None and state.sequence < present.sequence]
    return before[-1].path if before else None


def _mended(output: Path, *, new_checks: bool) -> frozenset[str]:
    """Takes away what is damaged, so that it is made anew; gives the files in the report's folder that are none of it.

    Where the list itself is damaged or was never finished, every page is written anew and nothing is foreign.
    """
    report = output / "report"
    for left in report.rglob(".*"):  # of a run that was killed while it wrote
        if left.is_file() and left.name != LIST:
            left.unlink()
    listed = read_list(output)
    if current_state(output) is None:
        return frozenset()
    if listed is None:
        (report / "documents" / "stamps.json").unlink(missing_ok=True)
        forget_marks(report, MARKED)
        return frozenset()
    for name in damaged_files(output, listed, hash_all=False):
        if new_checks and name.startswith("checks/"):
            continue
        (report / name).unlink(missing_ok=True)
        parts = Path(name).parts
        forget_marks(report, {parts[0]} & {*MARKED})
        if parts[0] == "documents":
            (report / "documents" / "stamps.json").unlink(missing_ok=True)
        if parts[0] == "pages" and parts[-1] not in (ACCOUNT, PAGE_SCRIPT):
            forget_picture(report / "pages" / parts[1], parts[-1])
    # The pages of the checks have just been put there as a whole.
    return frozenset(name for name in foreign_files(output, listed) if not name.startswith("checks/"))


def _stamp(stored: StoredDocument) -> str:
    """Changes whenever anything on the document's page would."""
    applied = " ".join(sorted(decision.id for decision in stored.applied))
    digest = hashlib.sha256(f"{EDITION} {stored.state} {stored.reason} {applied}".encode())
    for name, path in sorted(stored.files.items()):
        digest.update(name.encode() + (stored.hashes.get(name) or sha256_of(path)).encode())
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


def _picture_job(report: Path, stored: StoredDocument, source: Path, line_marks: Path | None) -> PictureJob:
    recognised = frozenset(row["page"] for row in read_rows(stored.files, "pages") if row["text_layer"] == "ocr")
    return PictureJob(
        document_id=stored.document_id,
        sha256=stored.document["sha256"],
        source=source,
        folder=_picture_folder(report, stored.document_id),
        page_count=stored.document["page_count"],
        recognised_pages=recognised,
        line_marks=line_marks / f"{stored.document_id}.json" if line_marks is not None else None,
    )
