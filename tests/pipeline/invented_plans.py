"""A stand-in for the parse: "PDFs" that hold a few words, for tests of everything that happens around the parse."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from normalizers.model.records import Measure, Records, Target
from parsers.model.document import DocumentIdentity, PageSummary, ParsedDocument
from parsers.model.errors import UnreadablePdfError
from parsers.model.finding import Finding
from parsers.model.geometry import Box
from pipeline.decisions.apply import apply_decisions, identified
from pipeline.decisions.standing import Decided
from pipeline.inputs.configuration import Limits, load_configuration
from pipeline.inputs.discovery import InputFile
from pipeline.run.context import IngestOptions
from pipeline.run.ingest import ingest
from pipeline.run.progress import Silent
from pipeline.store.columns import TABLES
from pipeline.store.document_result import DocumentResult
from pipeline.store.manifest import Entry, Manifest
from pipeline.store.parquet_file import encode
from pipeline.store.table_rows import document_id_of, rows_of
from pipeline.workers.worker_pool import Outcome, explained

BOX = Box(50.0, 100.0, 300.0, 112.0)


def write_plan(path: Path, code: str | None, year: int | None, **more: Any) -> Path:
    """Writes an invented plan: ``kind``, ``is_draft``, ``dated``, ``value``; ``error`` makes it fail a check of its
    own, ``broken`` makes it unreadable, ``faulty`` makes the program itself fail.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"code": code, "year": year, **more}), encoding="utf-8")
    return path


@dataclass
class InventedStage:
    """Parses invented plans in this process and remembers which files it was given."""

    seen: list[str] = field(default_factory=list)

    def begin(self) -> None:
        """There is nothing to load."""

    def __call__(
        self,
        files: Sequence[InputFile],
        limits: Limits,
        on_start: Callable[[InputFile], None],
        on_page: Callable[[InputFile, int], None],
    ) -> Iterator[Outcome]:
        for file in files:
            on_start(file)
            self.seen.append(file.source_file)
            data = file.path.read_bytes()
            try:
                yield Outcome(file, _read(data, file.source_file, file.decided), None)
            except UnreadablePdfError as error:
                yield Outcome(file, None, error)
            except ZeroDivisionError as error:
                yield Outcome(file, None, explained(error, str(file.path), limits))


def run(raw: Path | None, output: Path, fingerprint: str = "as ever", **options: Any) -> tuple[Manifest, list[str]]:
    """Ingests the invented plans under ``raw``; gives the account and the files that were parsed."""
    stage = InventedStage()
    # A fixed fingerprint: the real one changes with every edit of the code, also in the middle of a test.
    configuration = replace(load_configuration(), fingerprint=fingerprint)
    chosen = IngestOptions((raw,) if raw else (), output, configuration, stage, **options)
    return ingest(chosen, lambda _: nullcontext(Silent())), sorted(stage.seen)


def states(manifest: Manifest) -> dict[str, str]:
    """The state of each input."""
    return {entry.source_file: str(entry.state) for entry in manifest.documents}


def entry_of(manifest: Manifest, source_file: str) -> Entry:
    """The entry of one input, or of one document kept."""
    return next(entry for entry in manifest.entries if entry.source_file == source_file)


def tree(folder: Path) -> dict[str, str]:
    """Every file under ``folder`` with the hash of its bytes."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _read(data: bytes, source_file: str, decided: Decided) -> DocumentResult:
    plan = json.loads(data)
    if plan.get("faulty"):
        _ = 1 / 0
    if plan.get("broken"):
        raise UnreadablePdfError("not_a_pdf", where=source_file)
    identity = DocumentIdentity(
        branch_code=plan["code"],
        branch_name=None,
        fiscal_year=plan["year"],
        title="事業計画",
        kind=plan.get("kind", "plan"),
        is_draft=plan.get("is_draft", False),
        producer="",
        dated=plan.get("dated"),
    )
    errors = [Finding(plan["error"], page=1)] if "error" in plan else []
    parsed = ParsedDocument(identity, (PageSummary(1, 595.0, 842.0, "digital", 40, 0, 0),), (), (), (), tuple(errors))
    parsed = identified(parsed, decided)
    identity = parsed.identity
    records = apply_decisions(_records(plan), decided)
    sha256 = hashlib.sha256(data).hexdigest()
    document_id = document_id_of(identity, sha256)
    rows = rows_of(document_id, source_file, sha256, parsed, records)
    tables = {name: encode(TABLES[name], found) for name, found in rows.items()}
    return DocumentResult(document_id, sha256, identity, 1, tables, (*parsed.findings, *records.findings))


def _records(plan: dict[str, Any]) -> Records:
    value = plan.get("value", 95.0)
    text = f"郵送化率を{value}%以上とする"
    measure = Measure(
        measure_id="m0001",
        ordinal=0,
        edition="single",
        plan_title=None,
        fiscal_year=plan["year"],
        section="基盤",
        section_number=None,
        marker="■",
        level=0,
        parent_id=None,
        kind="target",
        text=text,
        text_normalized=text,
        underlines=(),
        importance=None,
        difficulty=None,
        page=1,
        box=BOX,
        cell_id=None,
    )
    target = Target(
        target_id="t0001",
        measure_id="m0001",
        heading_id=None,
        edition="single",
        plan_title=None,
        fiscal_year=plan["year"],
        section="基盤",
        kind="kpi",
        number=None,
        statement=text,
        statement_normalized=text,
        indicator="郵送化率",
        indicator_code=None,
        population=None,
        basis="absolute",
        comparator="ge",
        value=value,
        unit="percent",
        baseline_value=None,
        baseline_year=None,
        condition=None,
        deadline=None,
        notes=(),
        value_underlined=False,
        page=1,
        box=BOX,
        confidence=1.0,
    )
    return Records((measure,), (target,), (), ())
