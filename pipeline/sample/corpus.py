"""Writing the demonstration corpus: plans, and the truth beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from normalizers.vocabulary import HEADQUARTERS
from pipeline.sample.comparison import compare
from pipeline.sample.content import Plan, make_plan
from pipeline.sample.document import PlanToSet
from pipeline.sample.layouts import COMPARISONS, LAYOUTS
from pipeline.sample.offices import Office, offices, other_offices, set_for_years, slips_of_years
from pipeline.sample.scan import scan
from pipeline.sample.truth import lines, tell_truth
from pipeline.sample.wording import word_plan

_SKIPPED_IN = "checkups"
_WHOLE_YEARS = 3
_CEILING = 100.0  # percent


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


def write_corpus(directory: Path, *, year: int = 2024, seed: int = 1, years: int = 1) -> CorpusSummary:
    """Write 47 plans of the fiscal year to ``directory/plans`` and their truth to ``directory/truth``.

    With several ``years`` the plans of the years before come into sub-folders named for their year. Two are just that,
    worded as the old columns of this year's comparisons; from three on measures are cut in two as well, headquarters
    publish a plan each year, one plan prints it for reference, one is a single table of measures and indicators, one
    does not say whose it is, and more go wrong. The same arguments give the same bytes. Raises OSError when nothing
    can be written.
    """
    plans, truth = directory / "plans", directory / "truth"
    whole = years >= _WHOLE_YEARS
    jobs = [
        _Job(office, of_year, "" if of_year == year else f"{of_year}/", seed, drifting=whole, slips=slips)
        for of_year in range(year, year - years, -1)
        for office, slips in offices_of(of_year == year, whole)
    ]
    with ProcessPoolExecutor() as pool:
        documents = list(pool.map(_do, jobs, chunksize=4))
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


def make_document(
    office: Office, year: int, seed: int, folder: str = "", *, drifting: bool = False, slips: tuple[str, ...] = ()
) -> SamplePlan:
    """One office's plan; ``folder`` is where it will stand, relative to the plans' folder, ``slips`` what goes wrong
    in it beside the office's own mistakes."""
    slips = (*office.slips, *slips)
    to_set = _prepared(office, year, seed, slips, drifting=drifting)
    style = office.style
    done = LAYOUTS[style.layout](to_set)
    truth = tell_truth(to_set, done.account)
    pdf = scan(done.pdf, seed=seed) if style.scanned else done.pdf
    source_file = folder + office.file_name(year)
    identity = {
        "source_file": source_file,
        "branch_code": office.branch_code if office.branch_name else None,
        "branch_name": office.branch_name or None,
        "fiscal_year": year,
        "title": to_set.title,
        "kind": "comparison" if style.layout in COMPARISONS else "plan",
        "is_draft": style.draft,
        "page_count": done.page_count,
        "text_layer": "ocr" if style.scanned else "digital",
        "layout": style.layout,
        "scanned": style.scanned,
        "slips": list(slips),
    }
    return SamplePlan(source_file, pdf, identity, lines(truth.targets), lines(truth.measures))


@dataclass(frozen=True, slots=True)
class _Job:
    office: Office
    year: int
    folder: str
    seed: int
    drifting: bool
    slips: tuple[str, ...]


def _do(job: _Job) -> SamplePlan:
    return make_document(job.office, job.year, job.seed, job.folder, drifting=job.drifting, slips=job.slips)


def offices_of(newest: bool, whole: bool) -> list[tuple[Office, tuple[str, ...]]]:
    """The offices that publish a plan, with the mistakes planted in it."""
    more = slips_of_years() if whole and newest else {}
    found = [(set_for_years(office) if whole else office, more.get(office.branch_code, ())) for office in offices()]
    if whole:
        found += [(office, ()) for office in other_offices() if newest or "no_branch" not in office.slips]
    return found


def _prepared(office: Office, year: int, seed: int, slips: tuple[str, ...], *, drifting: bool) -> PlanToSet:
    style = office.style
    plan = make_plan(office.branch_code, office.branch_name, year, seed, drifting=drifting)
    old_plan = make_plan(office.branch_code, office.branch_name, year - 1, seed, drifting=drifting)
    groups = word_plan(
        plan,
        style,
        skipped_number=_SKIPPED_IN if "skipped_number" in slips else None,
        wrong_count="wrong_count" in slips,
    )
    if style.layout not in COMPARISONS:
        nation = make_plan(HEADQUARTERS, "", year, seed, drifting=drifting)
        national = word_plan(nation, style) if "reference_part" in slips else ()
        return PlanToSet(plan, style, groups=groups, old_plan=old_plan, national=national)
    printed_old = _with_other_value(old_plan) if "old_value" in slips else old_plan
    rows = compare(plan, groups, word_plan(printed_old, style), style)
    return PlanToSet(plan, style, rows=rows, old_plan=old_plan)


def _with_other_value(plan: Plan) -> Plan:
    """The plan with the first rate that it aims at one point lower: what somebody typed wrongly into an old column."""
    measures = list(plan.measures)
    for at, measure in enumerate(measures):
        for number, aim in enumerate(measure.aims):
            if aim.value is not None and aim.unit == "percent" and aim.value < _CEILING and measure.figures is None:
                wrong = replace(aim, value=round(aim.value - 1, aim.decimals))
                measures[at] = replace(measure, aims=(*measure.aims[:number], wrong, *measure.aims[number + 1 :]))
                return replace(plan, measures=tuple(measures))
    return plan
