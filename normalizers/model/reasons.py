"""What lowers the confidence in a target: codes with values; their weights and words stand in ``reasons.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from pydantic import ConfigDict, Field, RootModel

from normalizers.model.wording import Language, Words, filled
from parsers.model.data_file import read_data


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that tells how sure a row is: ``code`` has an entry in ``reasons.toml``, ``values`` fill its words.

    ``doubts`` names the column in doubt where the code's own entry does not say it.
    """

    code: str
    values: Mapping[str, Any] = field(default_factory=dict, hash=False)
    doubts: str | None = None


class ReasonRule(Words):
    """One entry of ``reasons.toml``.

    ``field`` is the column of ``targets`` that the reason doubts (null: the row as a whole); ``weight`` is what it
    leaves of the odds, 1 where it only tells how the row was read,
    more where it is evidence for it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    weight: float = Field(gt=0, le=10)
    field: str | None = None


class _ReasonRules(RootModel[dict[str, ReasonRule]]):
    pass


@cache
def reason_rules() -> Mapping[str, ReasonRule]:
    """All reasons by code."""
    return read_data("normalizers.model", "reasons.toml", _ReasonRules).root


def doubted_field(reason: Reason) -> str | None:
    """The column of ``targets`` that a reason doubts, None for the row as a whole."""
    return reason.doubts or reason_rules()[reason.code].field


def reason_text(reason: Reason | Mapping[str, Any], language: Language) -> str:
    """A reason in words; also one as it is stored, a mapping of ``code`` and ``values``."""
    code, values = (reason.code, reason.values) if isinstance(reason, Reason) else (reason["code"], reason["values"])
    rule = reason_rules().get(code)
    return filled(rule, values, language) if rule else str(code)


def as_stored(reason: Reason) -> dict[str, Any]:
    """A reason as a value of JSON: what a finding's values hold."""
    return {"code": reason.code, "field": doubted_field(reason), "values": dict(reason.values)}
