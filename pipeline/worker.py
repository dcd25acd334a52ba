"""What a worker process does. Imported once by the server process from which workers are forked.

Everything needed to read a document is imported here, so that each worker starts with it in memory.
"""

from __future__ import annotations

from pathlib import Path

from parsers.errors import LimitExceededError, UnreadablePdfError
from parsers.page_reader import ReadLimits
from parsers.parse import ParseOptions
from pipeline.configuration import Limits
from pipeline.document_job import process
from pipeline.document_result import DocumentResult

_MIB = 1024 * 1024


def process_file(path: Path, source_file: str, limits: Limits) -> DocumentResult:
    """Reads ``path`` and processes it under the name ``source_file``.

    Raises what ``process`` raises; UnreadablePdfError where the file has vanished or may not be read.
    """
    try:
        size = path.stat().st_size
        if size > limits.file_mb * _MIB:
            raise LimitExceededError(
                f"is {size / _MIB:.0f} MiB large, more than the {limits.file_mb} allowed.",
                where=str(path),
                remedy="Raise limits.file_mb in the configuration if the file is sound.",
            )
        data = path.read_bytes()
    except OSError as error:
        raise UnreadablePdfError(
            f"cannot be read any more ({error.strerror or error}).",
            where=str(path),
            remedy="Put it back and run again.",
        ) from error
    return process(data, source_file, ParseOptions(limits=ReadLimits(max_pages=limits.pages)))
