"""Checks over all documents of a run: structure (Great Expectations), then what the domain itself says."""

from pipeline.checks.report import CheckReport
from pipeline.checks.run import run_checks, warm_up
from pipeline.checks.settings import CheckSettings, load_settings

__all__ = ["CheckReport", "CheckSettings", "load_settings", "run_checks", "warm_up"]
