"""What can keep an export from being written."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from parsers.model.errors import BranchPlansError


class ExportError(BranchPlansError):
    """The file cannot be written, or there is nothing to write."""

    @classmethod
    def nothing_there(cls, output: Path, year: int | None) -> Self:
        """There is nothing under ``output``, or nothing of ``year``."""
        return cls(
            "there is nothing to write" + (f" for the fiscal year {year}." if year is not None else "."),
            where=str(output),
            remedy="`branch-plans status` lists the years that are loaded.",
        )

    @classmethod
    def unwritable(cls, file: Path, error: Exception) -> Self:
        """``file`` cannot be written because of ``error``."""
        reason = " ".join((getattr(error, "strerror", None) or str(error)).split())
        return cls(
            f"cannot be written ({reason}).",
            where=str(file),
            remedy="Name a place that can be written; `branch-plans verify` tells whether the tables are sound.",
        )
