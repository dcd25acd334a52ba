"""Fixtures shared by all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real plans and their truth beside the checkout; tests that need it skip where it is absent."""
    if not (SHARED / "plans").is_dir():
        pytest.skip("the real plans are not beside this checkout")
    return SHARED
