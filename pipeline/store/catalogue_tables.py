"""The catalogue of indicators as Arrow tables, for the views."""

from __future__ import annotations

import pyarrow as pa

from normalizers.vocabulary import catalogue

# Units in which a branch and the nation can be set side by side; of heads and offices the nation has the sum.
SHARED_UNITS = ("percent", "days", "yen")


def catalogue_table() -> pa.Table:
    """One row an indicator, in the catalogue's order."""
    entries = list(catalogue().values())
    return pa.table(
        {
            "place": pa.array(range(len(entries)), pa.int32()),
            "indicator_code": pa.array([entry.code for entry in entries], pa.string()),
            "name_ja": pa.array([entry.name_ja for entry in entries], pa.string()),
            "name_en": pa.array([entry.name_en for entry in entries], pa.string()),
            "unit": pa.array([entry.unit for entry in entries], pa.string()),
            "direction": pa.array([entry.direction for entry in entries], pa.string()),
            "population": pa.array([entry.population for entry in entries], pa.string()),
            "definition": pa.array([entry.definition_ja for entry in entries], pa.string()),
            "definition_en": pa.array([entry.definition_en for entry in entries], pa.string()),
            "numerator": pa.array([entry.numerator for entry in entries], pa.string()),
            "denominator": pa.array([entry.denominator for entry in entries], pa.string()),
            "comparable": pa.array([entry.unit in SHARED_UNITS for entry in entries], pa.bool_()),
        }
    )


def national_table() -> pa.Table:
    """One row an indicator and year for which the catalogue gives headquarters' target."""
    rows = [(code, year, value) for code, entry in catalogue().items() for year, value in entry.national.items()]
    return pa.table(
        {
            "indicator_code": pa.array([code for code, _, _ in rows], pa.string()),
            "fiscal_year": pa.array([year for _, year, _ in rows], pa.int32()),
            "basis": pa.array([v if isinstance(v, str) else "absolute" for _, _, v in rows], pa.string()),
            "value": pa.array([None if isinstance(v, str) else float(v) for _, _, v in rows], pa.float64()),
        }
    )
