"""Checks of a document as a whole: is it a branch plan, is its text all there and readable."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.context import Doubt, RunContext
from pipeline.checks.rows import DocumentRows


def document_is_a_plan(document: DocumentRows, _context: RunContext) -> Iterator[Doubt]:
    """A plan names its fiscal year and its branch.

    Without them it cannot be placed among the tables: it would stand in a year or a branch that is not its own, or in
    none, and be missing wherever somebody looks for it.
    """
    if document.fiscal_year is None:
        yield Doubt({}, 1, variant="year")
    if document.branch_code is None:
        yield Doubt({}, 1, variant="branch")


def document_has_measures(document: DocumentRows, _context: RunContext) -> Iterator[Doubt]:
    """A plan has measures; a document without any is something else, or was not understood at all."""
    if not document.measures:
        yield Doubt({}, 1)


def plan_is_the_only_one(document: DocumentRows, context: RunContext) -> Iterator[Doubt]:
    """A branch has one plan of a kind for a year.

    Where nothing tells which of two is the later version both are loaded, and every count over the branches has this
    one twice: each of them names the others.
    """
    if document.branch_code is None or document.fiscal_year is None:
        return
    alike = context.plans.get((document.branch_code, document.fiscal_year), ())
    others = [other for other in alike if other.kind == document.kind and other.document_id != document.document_id]
    if others:
        yield Doubt({"others": sorted(f"{other.document_id} ({other.source_file})" for other in others)})


def text_is_conserved(document: DocumentRows, context: RunContext) -> Iterator[Doubt]:
    """Every visible character of a page is in exactly one cell, paragraph, piece of furniture or annotation.

    Pages with single lost characters are named when they are read; here the document is distrusted where the lost and
    the doubled ones are more than a share of all.
    """
    total = sum(page.characters for page in document.pages)
    astray = sum(page.lost_characters + page.repeated_characters for page in document.pages)
    if total and astray / total > context.settings.number("lost_text", "share"):
        worst = max(document.pages, key=lambda page: page.lost_characters + page.repeated_characters)
        yield Doubt({"astray": astray, "all": total, "share": astray / total}, worst.page)


def text_is_readable(document: DocumentRows, context: RunContext) -> Iterator[Doubt]:
    """Most of the text comes from a text layer without doubts, or from recognition."""
    total = sum(page.characters for page in document.pages)
    doubtful = [page for page in document.pages if page.doubts and page.text_layer == "digital"]
    share = sum(page.characters for page in doubtful) / total if total else 0.0
    if share > context.settings.number("unreadable_text", "share"):
        yield Doubt({"share": share}, doubtful[0].page)


def pages_have_no_doubts(document: DocumentRows, _context: RunContext) -> Iterator[Doubt]:
    """Pages whose text layer is in doubt and was not replaced by recognition are named, with the doubts."""
    for page in document.pages:
        if page.doubts and page.text_layer == "digital":
            yield Doubt({"doubts": list(page.doubts)}, page.page)


def pages_read_by_recognition(document: DocumentRows, _context: RunContext) -> Iterator[Doubt]:
    """Pages read by recognising their picture are summed up: a digit there may be another digit."""
    pages = [page.page for page in document.pages if page.text_layer != "digital"]
    if pages:
        yield Doubt({"count": len(pages), "all": len(document.pages), "pages": pages}, pages[0])
