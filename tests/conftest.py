"""Fixtures shared by all tests."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from pipeline.sample import write_corpus

# Found examples are kept as @example; CI draws the same ones each time, a developer's machine new ones.
settings.register_profile("ci", deadline=None, derandomize=True)
settings.register_profile("developer", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "developer")

ROOT = Path(__file__).resolve().parent
SHARED = ROOT.parents[1] / "shared"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests come first, so that parallel runs end together; a file's tests share its fixtures."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: (item.get_closest_marker("xdist_group") is None, item.path not in slow))
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.path.relative_to(ROOT).as_posix()))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real plans and their truth beside the checkout; tests that need it skip where it is absent."""
    if not (SHARED / "plans").is_dir():
        pytest.skip("the real plans are not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The sample corpus' folder and the output of its ingest by the command; takes a minute or two.

    Tests that use it are in the group "corpus", so that parallel runs make it once.
    """
    folder = tmp_path_factory.mktemp("corpus")
    write_corpus(folder)
    output = folder / "output"
    command = [sys.executable, "-m", "pipeline", "ingest", str(folder / "plans"), "--output", str(output)]
    command.append("--no-page-pictures")
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)
    assert done.returncode == 0, done.stderr
    return folder, output
