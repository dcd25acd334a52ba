"""What the KPI and branch pages show: the ``kpi`` view's rows, by indicator and by branch."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from normalizers.vocabulary import catalogue, fiscal_year_name
from pipeline.report.front import branch_tiles, document_href
from pipeline.report.inventory import Inventory, Row
from pipeline.report.matrix_page import put_matrix_page
from pipeline.report.opened_year import opened_year
from pipeline.report.page_marks import changed_pages, keep_marks, row_marks
from pipeline.report.scripts import as_script
from pipeline.report.site import put, render
from pipeline.report.texts import Prefecture, prefectures
from pipeline.store.catalogue_tables import SHARED_UNITS
from pipeline.store.views import connect

FIELDS = (
    "branch_code", "fiscal_year", "kind", "basis", "comparator", "value", "unit", "previous_value", "change",
    "baseline_value", "baseline_year", "condition", "statement", "confidence", "edition", "page", "document_id",
    "target_id",
)  # fmt: skip
AIMS_OF_BRANCHES = """
    FROM aims
    WHERE list_contains($codes, branch_code)
    ORDER BY branch_code, fiscal_year DESC, edition = 'old', document_id, page, target_id
"""


def put_kpi_pages(output: Path, report: Path, inventory: Inventory) -> None:
    """Writes the KPI page with its data, a page for each of the 47 branches and the list of them.

    A branch's page is made anew where its aims or documents have changed.
    """
    shown = {place.code: _documents(place, inventory) for place in prefectures()}
    with connect(output) as connection:
        kpi: list[Row] = connection.sql("SELECT * FROM kpi ORDER BY ALL").to_arrow_table().to_pylist()
        counts = dict(connection.execute("SELECT branch_code, count(*) FROM aims GROUP BY branch_code").fetchall())
        aims_marks = row_marks(connection, "FROM aims", "branch_code")
        marks = {code: f"{aims_marks.get(code, '')} {json.dumps(own)}" for code, own in shown.items()}
        changed = changed_pages(report / "branches", marks)
        asked = connection.sql(AIMS_OF_BRANCHES, params={"codes": sorted(changed)})
        aims: list[Row] = asked.to_arrow_table().to_pylist()
    data = kpi_data(kpi)
    for number, indicator in enumerate(data["indicators"]):
        # A page loads the rows of the indicator that is chosen; all together would be megabytes.
        indicator["part"] = f"{number:03d}"
        rows = {"key": indicator["key"], "rows": indicator.pop("rows")}
        put(report / "kpi-rows" / f"{indicator['part']}.js", as_script(f"BRANCH_PLANS_ROWS_{indicator['part']}", rows))
    for path in (report / "kpi-rows").glob("*.js"):
        if path.stem not in {indicator["part"] for indicator in data["indicators"]}:
            path.unlink()
    put(report / "kpi-data.js", as_script("BRANCH_PLANS_KPI", data))
    put_matrix_page(report, kpi)
    put(report / "kpi.html", render("kpi.html.j2", root="", here="kpi", tiles=branch_tiles({}, {})))
    by_branch: dict[str, list[Row]] = defaultdict(list)
    for aim in aims:
        by_branch[aim["branch_code"]].append(aim)
    for place in prefectures():
        if place.code in changed:
            page = _branch_page(place, by_branch[place.code], shown[place.code])
            put(report / "branches" / f"{place.code}.html", page)
    held = {place.code: counts.get(place.code, 0) for place in prefectures()}
    tiles = branch_tiles({code: "loaded" for code, count in held.items() if count}, {})
    for tile in tiles:
        tile["href"] = f"{tile['code']}.html"
    put(
        report / "branches" / "index.html",
        render("branches.html.j2", root="../", here="branches", tiles=tiles, held=held),
    )
    keep_marks(report / "branches", marks)


def kpi_data(rows: Iterable[Row]) -> Row:
    """The value for the KPI page's script: indicators with their rows, in the catalogue's order."""
    groups: dict[tuple[str, str | None], list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["indicator_code"] or row["indicator"], row["population"]].append(row)
    entries = catalogue()
    populations = defaultdict(set)
    for key, population in groups:
        populations[key].add(population)
    indicators = []
    for (key, population), own in groups.items():
        entry = entries.get(key) if own[0]["indicator_code"] else None
        several = len(populations[key]) > 1
        opened = opened_year((row["fiscal_year"], row["branch_code"]) for row in own)
        indicators.append(
            {
                "key": f"{key}/{population}" if several and population else key,
                "code": own[0]["indicator_code"],
                "ja": entry.name_ja if entry else key,
                "en": entry.name_en if entry else key,
                "population": population if several else None,
                "direction": entry.direction if entry else None,
                "definition": {"ja": entry.definition_ja, "en": entry.definition_en} if entry else None,
                "national": _national(own),
                "comparable": bool(entry and entry.unit in SHARED_UNITS),
                "branches": len({row["branch_code"] for row in own}),
                "years": sorted({row["fiscal_year"] for row in own}, reverse=True),
                "opened": opened,
                "variety": _variety(own, opened),
                "rows": [{name: row[name] for name in FIELDS if row[name] not in (None, "")} for row in own],
            }
        )
    order = {code: at for at, code in enumerate(entries)}
    indicators.sort(key=lambda i: (order.get(i["code"], len(order)), i["code"] is None, -i["branches"], i["key"]))
    return {
        "indicators": indicators,
        "branches": {p.code: {"ja": p.ja, "en": p.en, "column": p.column, "row": p.row} for p in prefectures()},
    }


def _national(rows: Iterable[Row]) -> Row:
    """By fiscal year: the nation's aim (a number, or the basis where it is none) and where it was read."""
    told = {row["fiscal_year"]: row for row in rows if row["national_basis"] is not None}
    return {
        str(year): {
            "aim": row["national_value"] if row["national_basis"] == "absolute" else row["national_basis"],
            "source": row["national_source"],
        }
        for year, row in sorted(told.items())
    }


def _variety(rows: list[Row], year: int | None) -> int:
    """How many values the branches have in ``year``: what differs most is shown first."""
    return len({row["value"] for row in rows if row["fiscal_year"] == year and row["basis"] == "absolute"})


def _documents(place: Prefecture, inventory: Inventory) -> list[Row]:
    """What a branch's page tells of its documents."""
    return [
        {
            "href": f"../{document_href(d.document_id)}",
            "title": d.document["title"] or d.document_id,
            "state": d.map_state,
            "year": d.document["fiscal_year"],
            "kind": d.document["kind"],
        }
        for d in inventory.documents
        if d.document["branch_code"] == place.code
    ]


def _branch_page(place: Prefecture, aims: list[Row], documents: list[Row]) -> str:
    years = sorted({aim["fiscal_year"] for aim in aims if aim["fiscal_year"]}, reverse=True)
    return render(
        "branch.html.j2",
        root="../",
        here="branch",
        place=place,
        years=[{"year": year, "era": fiscal_year_name(year)} for year in years],
        sections=branch_sections(aims),
        documents=documents,
    )


def branch_sections(aims: Iterable[Row]) -> list[Row]:
    """One branch's aims by section and indicator, each with its statements by year, in the newest plan's order."""
    sections: dict[str, dict[tuple[str, str | None], Row]] = {}
    place: dict[tuple[str, str | None], str] = {}
    for aim in aims:
        key = (aim["indicator_key"], aim["population"])
        section = place.setdefault(key, aim["section"] or "")
        line = sections.setdefault(section, {}).setdefault(
            key,
            {
                "indicator": aim["indicator"],
                "population": aim["population"],
                "code": aim["indicator_code"],
                "years": {},
            },
        )
        cell = line["years"].setdefault(aim["fiscal_year"], [])
        # The old column of a comparison repeats what the plan of its year says; it counts only where that is missing.
        if aim["edition"] == "old" and any(other["edition"] != "old" for other in cell):
            continue
        cell.append({**aim, "href": f"../{document_href(aim['document_id'], aim['target_id'])}"})
    return [{"name": name, "lines": list(lines.values())} for name, lines in sections.items()]
