"""The page of all branches by all indicators: each value coloured by its place among the branches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from normalizers.vocabulary import catalogue, fiscal_year_name
from pipeline.report.front import document_href
from pipeline.report.inventory import Row
from pipeline.report.opened_year import opened_year
from pipeline.report.site import put, render
from pipeline.report.texts import prefectures
from pipeline.report.wording import aim_words
from pipeline.store.catalogue_tables import SHARED_UNITS

STEPS = 5
"""Colours from the best fifth of the places to the last."""

_FEWEST = 3  # branches with a value, from which an indicator has a column


def put_matrix_page(report: Path, kpi: Iterable[Row]) -> None:
    """Writes ``kpi-matrix.html``: a table a fiscal year, the newest first; one of them is shown at first."""
    by_year: dict[int, list[Row]] = defaultdict(list)
    for row in kpi:
        if row["fiscal_year"]:
            by_year[row["fiscal_year"]].append(row)
    years = [
        {"year": year, "era": fiscal_year_name(year), **matrix(rows)}
        for year, rows in sorted(by_year.items(), reverse=True)
    ]
    opened = opened_year((year, row["branch_code"]) for year, rows in by_year.items() for row in rows)
    put(report / "kpi-matrix.html", render("kpi_matrix.html.j2", root="", here="matrix", years=years, opened=opened))


def matrix(kpi: Iterable[Row]) -> Row:
    """Columns (the catalogue's rates, days and amounts that several branches put in numbers) and 47 rows.

    Heads and offices are left out: they rank the branches by their size.
    """
    cells: dict[tuple[str, str | None], dict[str, Row]] = defaultdict(dict)
    for row in kpi:
        if row["indicator_code"] and row["unit_fits"] and (row["unit"] is None or row["unit"] in SHARED_UNITS):
            cells[row["indicator_code"], row["population"]][row["branch_code"]] = row
    order = {code: at for at, code in enumerate(catalogue())}
    keys = [
        key
        for key in sorted(cells, key=lambda key: (order.get(key[0], len(order)), key[1] or ""))
        if sum(row["rank"] is not None for row in cells[key].values()) >= _FEWEST
    ]
    columns = [{"code": code, "population": population, "name": _name(code)} for code, population in keys]
    rows = [
        {
            "code": place.code,
            "ja": place.ja,
            "en": place.en,
            "cells": [_cell(cells[key].get(place.code)) for key in keys],
        }
        for place in prefectures()
    ]
    return {"columns": columns, "rows": rows}


def _name(code: str) -> Row:
    entry = catalogue().get(code)
    return {"ja": entry.name_ja, "en": entry.name_en} if entry else {"ja": code, "en": code}


def _cell(row: Row | None) -> Row | None:
    if row is None:
        return None
    step = None
    if row["rank"] is not None and row["ranked_branches"] > 1:
        step = min(STEPS - 1, (row["rank"] - 1) * STEPS // row["ranked_branches"])
    return {
        "value": row["value"] if row["basis"] == "absolute" else None,
        "words": aim_words(row, "ja"),
        "rank": row["rank"],
        "of": row["ranked_branches"],
        "step": step,
        "href": document_href(row["document_id"], row["target_id"]),
        "statement": row["statement"],
    }
