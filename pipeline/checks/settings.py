"""Severities and thresholds of the checks: the package's defaults, overlaid by the user's configuration file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast, get_args

from parsers.model.errors import BranchPlansError
from parsers.model.finding import Severity
from pipeline.checks.rules import rules

_SEVERITIES = (*get_args(Severity), "off")


class CheckSettingsError(BranchPlansError):
    """The configuration of the checks names an unknown check or setting, or a value of the wrong kind."""


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """One section a check: ``severity`` and the check's own thresholds and word lists."""

    sections: Mapping[str, Mapping[str, Any]]

    def severity(self, check: str) -> Severity | None:
        """How grave findings of ``check`` are; None where it is switched off. Raises KeyError for an unknown check."""
        value = self.sections[check]["severity"]
        return None if value == "off" else cast(Severity, value)

    def number(self, check: str, name: str) -> float:
        """The threshold ``name`` of ``check``; raises KeyError when the package's defaults lack it."""
        return float(self.sections[check][name])

    def words(self, check: str, name: str) -> tuple[str, ...]:
        """The word list ``name`` of ``check``; raises KeyError when the package's defaults lack it."""
        return tuple(self.sections[check][name])


def load_settings(path: Path | None = None) -> CheckSettings:
    """What ``pipeline/checks/rules`` set, overlaid with the tables ``[checks.<name>]`` of the file at ``path``.

    Raises CheckSettingsError for a file that cannot be read, an unknown check or setting, or a value of another kind
    than the default's: a misspelt threshold would otherwise silently do nothing.
    """
    sections = {name: {"severity": rule.severity, **rule.settings} for name, rule in rules().items()}
    if path is not None:
        for check, values in _read_overlay(path).items():
            if check not in sections:
                raise CheckSettingsError(
                    "no_such_check", {"name": repr(check), "known": sorted(sections)}, where=str(path)
                )
            sections[check] = {**sections[check], **_checked(check, values, sections[check], path)}
    return CheckSettings(sections)


def _read_overlay(path: Path) -> dict[str, Any]:
    try:
        overlay = tomllib.loads(path.read_text(encoding="utf-8")).get("checks", {})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CheckSettingsError("no_toml", {"error": error}, where=str(path)) from error
    if not isinstance(overlay, dict):
        raise CheckSettingsError("checks_no_tables", where=str(path))
    return overlay


def _checked(check: str, values: object, defaults: Mapping[str, Any], path: Path) -> dict[str, Any]:
    if not isinstance(values, dict):
        raise CheckSettingsError("check_no_table", {"name": check}, where=str(path))
    for name, value in values.items():
        if name == "severity":
            if value not in _SEVERITIES:
                raise CheckSettingsError(
                    "no_such_severity", {"name": check, "value": repr(value), "known": _SEVERITIES}, where=str(path)
                )
            continue
        if name not in defaults:
            raise CheckSettingsError(
                "no_such_setting", {"check": check, "name": repr(name), "known": sorted(defaults)}, where=str(path)
            )
        wanted = (int, float) if isinstance(defaults[name], (int, float)) else type(defaults[name])
        if not isinstance(value, wanted) or isinstance(value, bool):
            raise CheckSettingsError(
                "setting_of_other_type",
                {"check": check, "name": name, "value": repr(value), "default": repr(defaults[name])},
                where=str(path),
            )
    return values
