"""Modules whose import is put off."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.checks.expectations.late_imports import put_off


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    package = tmp_path / "slow_package"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "part.py").write_text("import sys\nsys.slow_part_was_loaded = True\nVALUE = 7\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "slow_part_was_loaded", False, raising=False)
    for name in ("slow_package", "slow_package.part"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return "slow_package.part"


def test_it_is_loaded_when_something_of_it_is_asked_for(module: str) -> None:
    put_off(module)
    from slow_package import part  # type: ignore[import-not-found]

    assert not sys.slow_part_was_loaded  # type: ignore[attr-defined]
    assert part.VALUE == 7
    assert sys.slow_part_was_loaded  # type: ignore[attr-defined]
    from slow_package.part import VALUE  # type: ignore[import-not-found]

    assert VALUE == 7


def test_what_is_not_there_is_an_attribute_error(module: str) -> None:
    put_off(module)
    import slow_package.part

    with pytest.raises(AttributeError):
        _ = slow_package.part.nothing


def test_a_loaded_module_stays(module: str) -> None:
    loaded = importlib.import_module(module)
    put_off(module)
    assert sys.modules[module] is loaded


def test_statistics_still_work_beside_the_checks() -> None:
    code = (
        "from pipeline.checks.expectations.validation import import_great_expectations; import_great_expectations();"
        "from scipy.stats import norm; import scipy.stats, altair;"
        "print(norm.cdf(0), scipy.stats.norm.cdf(0), altair.Chart.__name__)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0.5", "0.5", "Chart"]
