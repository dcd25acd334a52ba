"""Writing the demonstration corpus: plans, and the truth beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from pipeline.sample.comparison import compare
from pipeline.sample.content import make_plan
from pipeline.sample.document import PlanToSet
from pipeline.sample.layouts import COMPARISONS, LAYOUTS
from pipeline.sample.offices import Office, offices
from pipeline.sample.scan import scan
from pipeline.sample.truth import lines, tell_truth
from pipeline.sample.wording import word_plan

_SKIPPED_IN = "checkups"


@dataclass(frozen=True, slots=True)
class CorpusSummary:
    """What was written: ``plans`` is the folder to ingest, ``truth`` the folder of expected rows."""

    plans: Path
    truth: Path
    documents: int
    pages: int
    layouts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class SamplePlan:
    """One plan's PDF and its truth, as the texts of the files beside it."""

    source_file: str
    pdf: bytes
    identity: dict[str, Any]
    targets: str
    measures: str


def write_corpus(directory: Path, *, year: int = 2024, seed: int = 1, previous: bool = False) -> CorpusSummary:
    """Write 47 plans of the fiscal year to ``directory/plans`` and their truth to ``directory/truth``.

    With ``previous`` the plans of the year before come into a sub-folder named for that year, worded as the old columns
    of this year's comparisons. The same year and seed give the same bytes. Raises OSError when nothing can be written.
    """
    plans, truth = directory / "plans", directory / "truth"
    jobs = [(office, year, "") for office in offices()]
    if previous:
        jobs += [(office, year - 1, f"{year - 1}/") for office in offices()]
    with ProcessPoolExecutor() as pool:
        documents = list(pool.map(partial(_job, seed=seed), jobs, chunksize=4))
    for document in documents:
        path = plans / document.source_file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(document.pdf)
        beside = (truth / document.source_file).with_suffix("")
        beside.parent.mkdir(parents=True, exist_ok=True)
        beside.with_name(beside.name + ".targets.jsonl").write_text(document.targets, encoding="utf-8")
        beside.with_name(beside.name + ".measures.jsonl").write_text(document.measures, encoding="utf-8")
    (truth / "documents.jsonl").write_text(lines(document.identity for document in documents), encoding="utf-8")
    return CorpusSummary(
        plans,
        truth,
        len(documents),
        sum(document.identity["page_count"] for document in documents),
        Counter(document.identity["layout"] for document in documents),
    )


def make_document(office: Office, year: int, seed: int, folder: str = "") -> SamplePlan:
    """One branch's plan; ``folder`` is where it will stand, relative to the plans' folder."""
    to_set = _prepared(office, year, seed)
    style = office.style
    done = LAYOUTS[style.layout](to_set)
    truth = tell_truth(to_set, done.account)
    pdf = scan(done.pdf, seed=seed) if style.scanned else done.pdf
    source_file = folder + office.file_name(year)
    identity = {
        "source_file": source_file,
        "branch_code": office.branch_code,
        "branch_name": office.branch_name,
        "fiscal_year": year,
        "title": to_set.title,
        "kind": "comparison" if style.layout in COMPARISONS else "plan",
        "is_draft": style.draft,
        "page_count": done.page_count,
        "text_layer": "ocr" if style.scanned else "digital",
        "layout": style.layout,
        "scanned": style.scanned,
        "slips": list(office.slips),
    }
    return SamplePlan(source_file, pdf, identity, lines(truth.targets), lines(truth.measures))


def _job(job: tuple[Office, int, str], *, seed: int) -> SamplePlan:
    office, year, folder = job
    return make_document(office, year, seed, folder)


def _prepared(office: Office, year: int, seed: int) -> PlanToSet:
    style = office.style
    plan = make_plan(office.branch_code, office.branch_name, year, seed)
    old_plan = make_plan(office.branch_code, office.branch_name, year - 1, seed)
    groups = word_plan(
        plan,
        style,
        skipped_number=_SKIPPED_IN if "skipped_number" in office.slips else None,
        wrong_count="wrong_count" in office.slips,
    )
    if style.layout not in COMPARISONS:
        return PlanToSet(plan, style, groups=groups, old_plan=old_plan)
    rows = compare(plan, groups, word_plan(old_plan, style), style)
    return PlanToSet(plan, style, rows=rows, old_plan=old_plan)
