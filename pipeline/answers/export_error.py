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
        if year is None:
            return cls("nothing_to_write", where=str(output))
        return cls("nothing_of_year_to_write", {"year": year}, where=str(output))

    @classmethod
    def unwritable(cls, file: Path, error: Exception) -> Self:
        """``file`` cannot be written because of ``error``."""
        return cls("export_unwritable", {"error": error}, where=str(file))
