"""Fixtures for tests of whole runs."""

from __future__ import annotations

import pytest

from benchmarks.forked_runs import NoStructure


@pytest.fixture
def unvalidated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs that validate no structures: most of a small run's time, and nothing of what becomes of its documents."""
    monkeypatch.setattr("pipeline.checks.run.StructureChecks", NoStructure)


@pytest.fixture
def swift(unvalidated: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs that also draw no report."""
    monkeypatch.setattr("pipeline.report.build.build_report", lambda *_, **__: None)
