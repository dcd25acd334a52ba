"""What one run has to do and what it works with."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.inputs.configuration import Configuration
from pipeline.inputs.decided_files import AllDecided
from pipeline.run.check_stage import ChecksHere, CheckStage
from pipeline.run.planning import Plan
from pipeline.store.stock import Stock
from pipeline.workers.worker_pool import ParseStage

if TYPE_CHECKING:
    from pipeline.checks.settings import CheckSettings
    from pipeline.run.staging import Stage


@dataclass(frozen=True, slots=True)
class IngestOptions:
    """What to do: ``retry`` reads again what failed, ``rebuild`` reads everything again and forgets what is no input,
    ``accept`` are ids of quarantined documents to load all the same for ``reason``, ``prefer`` ids or source files of
    versions to load instead of those that the rule would choose, ``forget`` ids of documents to hold no longer.
    ``workers`` processes of this machine make the report (None: one a core); those that read documents are
    ``parse_stage``'s own, and the one that checks them ``check_stage``'s.
    """

    raw: tuple[Path, ...]
    output: Path
    configuration: Configuration
    parse_stage: ParseStage
    retry: bool = False
    rebuild: bool = False
    accept: tuple[str, ...] = ()
    reason: str = ""
    prefer: tuple[str, ...] = ()
    forget: tuple[str, ...] = ()
    page_pictures: bool = True
    workers: int | None = None
    check_stage: CheckStage = field(default_factory=ChecksHere)


@dataclass(frozen=True, slots=True)
class RunContext:
    """One run that has something to do: the plan, what the output holds, what people decided, the place for results,
    the settings of the checks, and the folder for what can be made before their outcome is known.
    """

    options: IngestOptions
    plan: Plan
    stock: Stock
    decided: AllDecided
    stage: Stage
    settings: CheckSettings
    prepared: Path
