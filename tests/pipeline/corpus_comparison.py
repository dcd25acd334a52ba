"""What was read from the sample corpus, beside what its plans were made to say: a readable list of differences."""

from __future__ import annotations

import difflib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.sample.style import RADICALS

Row = Mapping[str, Any]

TARGET_FIELDS = (
    "edition", "fiscal_year", "section", "heading", "kind", "number", "statement", "indicator", "population", "basis",
    "comparator", "value", "unit", "baseline_value", "baseline_year", "condition", "deadline", "notes",
    "value_underlined", "page",
)  # fmt: skip
# A cell of a KPI table has no heading and no sentence of its own, so nothing says how they would be worded.
TABLE_FIELDS = tuple(name for name in TARGET_FIELDS if name not in ("heading", "statement", "notes", "number"))
MEASURE_FIELDS = ("edition", "fiscal_year", "section", "kind", "marker", "level", "underlines", "page")
# A level says where an item hangs; for lines that speak of another item that is told by parent_id.
LEVELLED = ("heading", "action")
_WORDED = ("section", "heading", "statement", "indicator", "condition", "deadline", "notes", "marker")
_RADICALS = {radical: ideograph for ideograph, radical in RADICALS.items()}
_LIKENESS = 0.8


@dataclass(frozen=True, slots=True)
class Difference:
    """One row or field that is not as it was made. ``read`` or ``made`` is None where the row is missing there."""

    source_file: str
    layout: str
    table: str
    field: str
    made: object
    read: object
    row: str

    def __str__(self) -> str:
        place = f"{self.layout} {self.source_file} {self.table}.{self.field}"
        return f"{place}: made {self.made!r}, read {self.read!r} in {self.row}"


@dataclass(slots=True)
class Comparison:
    """All differences, and how many rows were made and read per table."""

    differences: list[Difference] = field(default_factory=list)
    made: Counter[str] = field(default_factory=Counter)
    read: Counter[str] = field(default_factory=Counter)

    def by_layout(self) -> str:
        """Counts of differences per layout, table and field, most frequent first."""
        counts = Counter((d.layout, d.table, d.field) for d in self.differences)
        return "\n".join(
            f"{count:6d}  {layout:22s} {table}.{name}" for (layout, table, name), count in counts.most_common()
        )

    def listed(self, most: int = 40) -> str:
        """The first differences, one a line, after the counts."""
        head = (
            f"made {dict(self.made)}, read {dict(self.read)}, {len(self.differences)} differences\n{self.by_layout()}"
        )
        return "\n".join([head, *(str(difference) for difference in self.differences[:most])])


def compare_with_truth(truth: Path, rows_of: Mapping[str, Mapping[str, Sequence[Row]]]) -> Comparison:
    """Compare what was read with the corpus' ``truth`` folder.

    ``rows_of`` gives by source file (relative to the plans' folder) the rows of ``targets`` and ``measures`` in order,
    targets with the text of their heading as ``heading``. A document that is not there counts as read without rows.
    """
    comparison = Comparison()
    for identity in _json_lines(truth / "documents.jsonl"):
        source_file = identity["source_file"]
        read = rows_of.get(source_file, {"targets": (), "measures": ()})
        beside = (truth / source_file).with_suffix("")
        for table in ("targets", "measures"):
            made = _json_lines(beside.with_name(f"{beside.name}.{table}.jsonl"))
            comparison.made[table] += len(made)
            comparison.read[table] += len(read[table])
            for name, wanted, got, row in _differences(table, made, read[table]):
                found = Difference(source_file, identity["layout"], table, name, wanted, got, row)
                comparison.differences.append(found)
    return comparison


def folded(text: object) -> str:
    """A text for comparing: compatibility forms and radicals folded, white space left out, one kind of dash."""
    plain = "".join(_RADICALS.get(c, c) for c in str(text or ""))
    return re.sub(r"[‐‑–—―−－]", "-", re.sub(r"\s", "", unicodedata.normalize("NFKC", plain)))


def _differences(table: str, made: Sequence[Row], read: Sequence[Row]) -> Iterable[tuple[str, object, object, str]]:
    made_keys, read_keys = [_key(table, row) for row in made], [_key(table, row) for row in read]
    for wanted, got in _pairs(made_keys, read_keys):
        if got is None:
            yield "missing", made_keys[wanted or 0], None, made_keys[wanted or 0]
        elif wanted is None:
            if table == "measures" and _is_section_line(read[got], made):
                continue
            yield "extra", None, read_keys[got], read_keys[got]
        else:
            yield from _field_differences(table, made[wanted], read[got], made_keys[wanted])


def _key(table: str, row: Row) -> str:
    if table == "measures":
        return f"{row['edition']}|{folded(row['text'])}"
    value = "" if row["value"] is None or row["value"] != row["value"] else f"{float(row['value']):g}"
    return f"{row['edition']}|{row['kind']}|{folded(row['indicator'])}|{row['population']}|{row['basis']}|{value}"


def _pairs(made: Sequence[str], read: Sequence[str]) -> Iterable[tuple[int | None, int | None]]:
    """Positions of rows that belong together: the same key in order first, then the most alike of what is left."""
    waiting: dict[str, list[int]] = {}
    for position, key in enumerate(read):
        waiting.setdefault(key, []).append(position)
    left: list[int] = []
    for position, key in enumerate(made):
        if waiting.get(key):
            yield position, waiting[key].pop(0)
        else:
            left.append(position)
    over = sorted(position for positions in waiting.values() for position in positions)
    for position in left:
        likeness = [(difflib.SequenceMatcher(None, made[position], read[other]).ratio(), -other) for other in over]
        best = max(likeness, default=(0.0, 0))
        if best[0] >= _LIKENESS:
            over.remove(-best[1])
            yield position, -best[1]
        else:
            yield position, None
    for other in over:
        yield None, other


def _is_section_line(read: Row, made: Sequence[Row]) -> bool:
    """Whether the row is the line that names a section, which may or may not count as an item of the outline."""
    names = {folded(row["section"]) for row in made if row["section"]}
    return read["kind"] == "heading" and folded(read["text"]).endswith(tuple(names))


def _field_differences(table: str, made: Row, read: Row, key: str) -> Iterable[tuple[str, object, object, str]]:
    if table == "measures":
        if folded(made["text"]) != folded(read["text"]):
            yield "text", made["text"], read["text"], key
        levelled = made["kind"] in LEVELLED and not made["in_table"]
        names = MEASURE_FIELDS if levelled else tuple(n for n in MEASURE_FIELDS if n != "level")
    else:
        names = TABLE_FIELDS if made["in_table"] else TARGET_FIELDS
    for name in names:
        wanted, got = made[name], read.get(name)
        if name == "section" and wanted is None:
            # Stands outside of any section, as the title above a table does.
            continue
        if not _same(name, wanted, got, made, read):
            yield name, wanted, got, key


def _same(name: str, wanted: object, got: object, made: Row, read: Row) -> bool:
    if name == "underlines":
        return _marked_text(made) == _marked_text(read)
    if name == "notes":
        return [folded(note) for note in wanted or ()] == [folded(note) for note in (got if got is not None else ())]  # type: ignore[attr-defined]
    if name in _WORDED:
        return folded(wanted) == folded(got)
    if isinstance(wanted, float) or isinstance(got, float):
        return _number(wanted) == _number(got)
    return bool(wanted == got)


def _number(value: object) -> float | None:
    number = None if value is None else float(str(value))
    return None if number is None or number != number else round(number, 6)


def _marked_text(row: Row) -> list[str]:
    spans = row["underlines"] if row["underlines"] is not None else ()
    pieces = [folded(row["text"][span["start"] : span["end"]]) for span in spans]
    return [piece for piece in pieces if piece]


def _json_lines(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def read_output(output: Path) -> dict[str, dict[str, list[Row]]]:
    """The rows of ``targets`` and ``measures`` of an ingest's output folder, by source file, for compare_with_truth."""
    documents, measures, targets = (
        pd.read_parquet(output / "tables" / table).astype(object) for table in ("documents", "measures", "targets")
    )
    measures, targets = (frame.where(frame.notna(), None) for frame in (measures, targets))
    source_of = dict(zip(documents["document_id"], documents["source_file"], strict=True))
    rows: dict[str, dict[str, list[Row]]] = {name: {"targets": [], "measures": []} for name in source_of.values()}
    headings: dict[str, str] = {}
    for row in measures.sort_values(["document_id", "ordinal"]).to_dict("records"):
        headings[row["measure_id"]] = row["text"].removeprefix(row["marker"] or "")
        rows[source_of[row["document_id"]]]["measures"].append(row)
    for row in targets.sort_values(["document_id", "target_id"]).to_dict("records"):
        rows[source_of[row["document_id"]]]["targets"].append({**row, "heading": headings.get(row["heading_id"])})
    return rows
