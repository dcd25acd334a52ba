"""The configuration of the checks: defaults, overrides, and refusals that say what to write instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.checks.settings import CheckSettingsError, load_settings


def test_an_override_changes_only_what_it_names(tmp_path: Path) -> None:
    path = tmp_path / "configuration.toml"
    path.write_text('[limits]\npages = 3\n[checks.low_confidence]\nseverity = "off"\n', encoding="utf-8")
    settings = load_settings(path)
    assert settings.severity("low_confidence") is None
    assert settings.number("low_confidence", "confidence") == load_settings().number("low_confidence", "confidence")
    assert settings.severity("schema") == "error"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[checks.kpi_numbers]\n", "kpi_numbers"),
        ("[checks.low_confidence]\nconfidense = 0.1\n", "confidense"),
        ("[checks.low_confidence]\nconfidence = 'low'\n", "low"),
        ("[checks.schema]\nseverity = 'fatal'\n", "fatal"),
        ("[checks", "TOML"),
        ("checks = 3", "tables"),
        ("[checks]\nschema = 3", "table"),
    ],
)
def test_a_mistake_is_refused_with_its_name_and_the_file(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "configuration.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CheckSettingsError, match=said) as caught:
        load_settings(path)
    assert str(path) in str(caught.value)
