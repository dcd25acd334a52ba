"""From a folder of PDFs to checked tables, a report and answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.answers.output import Output


def open_output(folder: str | Path = "output") -> Output:
    """The tables of an ingest's output folder, as pandas frames: ``open_output("output").targets``."""
    from pipeline.answers.output import Output

    return Output(Path(folder))
