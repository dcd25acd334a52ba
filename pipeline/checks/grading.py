"""From findings as the stages make them to rows of ``findings``: severity and English sentence from the rules."""

from __future__ import annotations

from typing import Literal

from parsers.model.finding import Finding
from pipeline.checks.rules import finding_text
from pipeline.checks.settings import CheckSettings
from pipeline.store.table_rows import FindingRow


def graded(finding: Finding, settings: CheckSettings, scope: Literal["document", "run"]) -> FindingRow | None:
    """The row of a finding; None where the user's settings switch its check off. Raises KeyError for unknown checks."""
    severity = settings.severity(finding.check)
    if severity is None:
        return None
    return FindingRow(finding, severity, finding_text(finding.check, finding.variant, finding.values, "en"), scope)
