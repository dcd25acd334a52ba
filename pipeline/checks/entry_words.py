"""Why a document is not loaded, in the language asked for: from the codes that its entry keeps, not from a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from normalizers.model.wording import Language, Words, filled
from parsers.model.errors import told
from pipeline.checks.rules import finding_text, rules
from pipeline.store.manifest import Entry
from pipeline.store.states import State
from pipeline.store.table_rows import FindingRow

_SUPERSEDED = Words(
    en="a better version of the same plan is loaded: {other}", ja="同じ計画のより良い版が登録されています: {other}"
)


_DUPLICATE = Words(en="the same bytes as {other}", ja="{other} と同じ内容です")


def error_of(row: FindingRow) -> dict[str, Any]:
    """What an entry keeps of an error: the codes and values of its finding."""
    return {"check": row.finding.check, "variant": row.finding.variant, "values": dict(row.finding.values)}


def reason_of(entry: Entry, language: Language) -> str:
    """Why the entry's document is not loaded; the entry's own English words where it keeps no codes."""
    if entry.errors:
        return " ".join(_error_text(error, language) for error in entry.errors)
    if entry.state is State.DUPLICATE and entry.other:
        return filled(_DUPLICATE, {"other": entry.other}, language)
    if entry.state is State.SUPERSEDED and entry.other:
        return filled(_SUPERSEDED, {"other": entry.other}, language)
    return entry.reason


def _error_text(error: Mapping[str, Any], language: Language) -> str:
    if "error" in error:  # of a file that could not be read, where all others are findings of checks
        return told(error, language)
    said = finding_text(error["check"], error["variant"], error["values"], language)
    return f"{error['check']}: {said}" if language == "en" else f"{rules()[error['check']].name.ja}: {said}"
