"""Checks over all documents of a run: structure (Great Expectations), then what the domain itself says."""

from pipeline.checks.before import CheckedBefore
from pipeline.checks.report import CheckReport, DocumentFinding
from pipeline.checks.run import check_batches, run_checks, warm_up
from pipeline.checks.settings import CheckSettings, load_settings

__all__ = [
    "CheckReport",
    "CheckSettings",
    "CheckedBefore",
    "DocumentFinding",
    "check_batches",
    "load_settings",
    "run_checks",
    "warm_up",
]
