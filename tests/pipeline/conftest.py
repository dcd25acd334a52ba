"""Fixtures for tests of what reads and writes output folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pipeline.invented_output import invented_documents, write_run


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """An output folder of invented documents."""
    for document in invented_documents():
        document.write(tmp_path)
    write_run(tmp_path)
    return tmp_path
