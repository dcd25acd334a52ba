"""The fiscal year that a table's column speaks for, from whatever its header says of it and the document's own year."""

from __future__ import annotations

from normalizers.text.fiscal_years import year_of_number
from parsers.model.document import TablePlace

# Plans of the association are made in periods of three years, since 2018.
_FIRST_PERIOD, _PERIOD = 2018, 3


def column_year(place: TablePlace, document_year: int | None) -> int | None:
    """The year of a column's figures; None where its header names none or the document's year is needed and unknown."""
    if place.fiscal_year is not None:
        return place.fiscal_year
    if document_year is None:
        return None
    if place.year_number is not None:
        return year_of_number(place.year_number, document_year)
    if place.year_offset is not None:
        return document_year + place.year_offset
    if place.last_year and document_year >= _FIRST_PERIOD:
        return document_year + _PERIOD - 1 - (document_year - _FIRST_PERIOD) % _PERIOD
    return None


def is_dated(place: TablePlace) -> bool:
    """Whether a column's header says of which year its figures are."""
    spoken = (place.fiscal_year, place.year_number, place.year_offset)
    return place.last_year or any(year is not None for year in spoken)
