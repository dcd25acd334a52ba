"""What may be decided on, for the scripts of all pages: fields with their types and choices, indicators, branches."""

from __future__ import annotations

import hashlib
from pathlib import Path

from normalizers.vocabulary import branches, catalogue
from pipeline.decisions.decision import MEANINGS
from pipeline.decisions.fields import choices, correctable
from pipeline.report.scripts import as_script
from pipeline.store.columns import TABLES


def fields_script(output: Path) -> str:
    """The script ``fields.js``, which also tells one output folder from another."""
    return as_script(
        "BRANCH_PLANS_FIELDS",
        {
            "tables": {table: [_field(table, n) for n in own.values] for table, own in correctable().items()},
            "output": hashlib.sha256(str(output.resolve()).encode()).hexdigest()[:12],
            "meanings": MEANINGS,
            "indicators": {code: {"ja": entry.name_ja, "en": entry.name_en} for code, entry in catalogue().items()},
            "branches": {branch.code: branch.name for branch in branches()},
        },
    )


def _field(table: str, name: str) -> dict[str, object]:
    column = TABLES[table].column(name)
    return {
        "name": name,
        "type": column.type,
        "nullable": column.nullable,
        "choices": choices(table, name),
        "minimum": column.minimum,
        "maximum": column.maximum,
    }
