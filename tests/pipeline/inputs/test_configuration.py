"""Settings: defaults, overlays, mistakes, and what they change."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pytest

from pipeline.inputs.configuration import ConfigurationError, load_configuration

PAGE = Path(__file__).resolve().parents[3] / "docs" / "configuration.md"


def write(folder: Path, text: str) -> Path:
    path = folder / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_setting_is_documented_with_its_default() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for name, value in asdict(load_configuration().limits).items():
        assert f"| `limits.{name}` | {value:g} |" in text


def test_a_file_changes_what_it_names_and_nothing_else(tmp_path: Path) -> None:
    changed = load_configuration(write(tmp_path, "[limits]\npages = 7\n"))
    expected = {**asdict(load_configuration().limits), "pages": 7}
    assert asdict(changed.limits) == expected


def test_the_fingerprint_tells_settings_apart(tmp_path: Path) -> None:
    plain = load_configuration().fingerprint
    limits = load_configuration(write(tmp_path, "[limits]\npages = 7\n")).fingerprint
    checks = load_configuration(write(tmp_path, '[checks.duplicate_plan]\nseverity = "error"\n')).fingerprint
    assert len({plain, limits, checks}) == 3


@pytest.mark.parametrize(
    "text",
    [
        "limits = [",
        "limits = 5",
        "[limit]\npages = 7\n",
        "[limits]\nsecond = 1\n",
        "[limits]\npages = 0\n",
        '[limits]\npages = "7"\n',
        "[limits]\npages = true\n",
        "[limits]\npages = 1.5\n",
        "[limits]\nmemory_mb = nan\n",
        "[limits]\nseconds_per_document = nan\n",
        "[limits]\nseconds_per_document = inf\n",
        "[limits]\nseconds_per_document = 1e300\n",
        "[limits]\nfile_mb = 10000000000000000000000\n",
    ],
)
def test_mistakes_are_named_with_the_file_and_a_remedy(text: str, tmp_path: Path) -> None:
    file = write(tmp_path, text)
    with pytest.raises(ConfigurationError) as caught:
        load_configuration(file)
    assert caught.value.where == str(file)
    assert caught.value.remedy
