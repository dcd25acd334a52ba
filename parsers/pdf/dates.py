"""When a PDF says that it was made or last changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC

from pikepdf.models.metadata import decode_pdf_date

_KEYS = ("modDate", "creationDate")
"""MuPDF's names of the dates of a document's information dictionary, the later one first."""


def last_dated(metadata: Mapping[str, str | None]) -> str | None:
    """The date of the last change, else of the making: ``YYYY-MM-DDTHH:MM:SS`` in UTC; None where there is neither.

    ``metadata`` is what MuPDF reads. A date without a zone is taken for UTC (ISO 32000-1, 7.9.4, leaves it
    unknown); one that is no date is passed over.
    """
    for key in _KEYS:
        try:
            moment = decode_pdf_date(metadata.get(key) or "")
            if moment.tzinfo is None:
                moment = moment.replace(tzinfo=UTC)
            return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
        except (ValueError, OverflowError):
            continue
    return None
