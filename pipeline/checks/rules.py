"""The rules that findings speak of: one entry a check, with its severity, meaning, words and settings.

They stand in ``pipeline/checks/rules/*.toml``, by topic. A new check needs an entry there: severity, name and meaning
in both languages, and its sentence, or several by variant.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import BaseModel, ConfigDict, RootModel

from normalizers.model.reasons import reason_text
from normalizers.model.wording import Language, Words, filled
from parsers.model.data_file import DataFileError, read_data
from parsers.model.finding import Severity, Values


class Rule(BaseModel):
    """One check.

    ``name`` is its heading, ``meaning`` says what must hold; ``message`` is the sentence of a finding, or ``messages``
    are its sentences by variant; ``settings`` are its thresholds and word lists, which a user's file may override.
    ``structural`` tells that a finding speaks of how a page or the whole was read, not of a single line.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    severity: Severity
    name: Words
    meaning: Words
    message: Words | None = None
    messages: dict[str, Words] = {}
    settings: dict[str, float | list[str]] = {}
    structural: bool = False

    def words(self, variant: str) -> Words:
        """The sentence of ``variant`` ("" for the only one); raises KeyError where there is none."""
        if not variant and self.message is not None:
            return self.message
        return self.messages[variant]


class _Rules(RootModel[dict[str, Rule]]):
    pass


@cache
def rules() -> Mapping[str, Rule]:
    """Every check by name. Raises DataFileError where a file is wrong or two files name the same check."""
    found: dict[str, Rule] = {}
    folder = files("pipeline.checks") / "rules"
    for name in sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml")):
        own = read_data("pipeline.checks", f"rules/{name}", _Rules).root
        if twice := sorted(own.keys() & found.keys()):
            raise DataFileError(
                "data_file", {"what": f"{twice[0]}: stands in another file too"}, where=f"pipeline/checks/rules/{name}"
            )
        found |= own
    return found


def finding_text(check: str, variant: str, values: Values, language: Language) -> str:
    """The sentence of a finding in ``language``; raises KeyError for an unknown check or variant."""
    return filled(rules()[check].words(variant), values, language, reason_text)


def stored_text(finding: Mapping[str, Any], language: Language) -> str:
    """The sentence of a row of ``findings``; its own English one where no rule has words that its values fill."""
    values = json.loads(finding["values"])
    rule, variant = rules().get(finding["check"]), values.pop("variant", "")
    words = rule and (rule.messages.get(variant) if variant else rule.message)
    if not words or not words.holes <= values.keys():
        return str(finding["message"])
    return filled(words, values, language, reason_text)
