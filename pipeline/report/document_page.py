"""A document's page in the report, and the script with its data beside it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from normalizers.vocabulary import fiscal_year_name
from pipeline.report.document_data import document_data
from pipeline.report.front import grade_words
from pipeline.report.inventory import StoredDocument
from pipeline.report.scripts import as_script
from pipeline.report.site import put, render
from pipeline.report.texts import prefectures


def put_document_pages(report: Path, documents: Sequence[StoredDocument]) -> None:
    """Writes ``documents/<id>.html`` and ``documents/<id>.js`` under ``report`` for each of ``documents``."""
    for stored in documents:
        _put_document_page(report, stored)


def _put_document_page(report: Path, stored: StoredDocument) -> None:
    code = stored.document["branch_code"]
    place = next((p for p in prefectures() if p.code == code), None)
    page = render(
        "document.html.j2",
        root="../",
        here="document",
        document=stored.document,
        state=stored.map_state,
        reason=stored.reason,
        reason_ja=stored.reason_ja,
        grade_reasons=grade_words(stored.document),
        era=fiscal_year_name(stored.document["fiscal_year"]) if stored.document["fiscal_year"] else "",
        href_branch=f"../branches/{code}.html" if place else None,
        ja=stored.document["branch_name"] or "",
        en=place.en if place else "",
    )
    put(report / "documents" / f"{stored.document_id}.js", as_script("BRANCH_PLANS_DOCUMENT", document_data(stored)))
    put(report / "documents" / f"{stored.document_id}.html", page)
