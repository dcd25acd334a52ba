"""Whether a confidence is the share of rows that are right: reliability tables, printed as ``docs/confidence.md``.

``python -m benchmarks.confidence [TRUTH PLANS]...`` reads the phrases of the tests and a part of the sample corpus,
each with what it says, and further folders of plans whose truths (``NAME.targets.jsonl``, fields as in ``targets``) lie
in TRUTH. A half of the documents and phrases, chosen by their names' hash, is held out: ``--fit`` prints the weights
that the other half gives, and the tables show this one apart.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz import fuzz

from benchmarks.comparison import table
from normalizers.aims.aim import TargetContext
from normalizers.explain import reading_in_context
from normalizers.model.reasons import doubted_field, reason_rules
from normalizers.model.records import Target
from normalizers.normalize import normalize_document
from parsers.parse import parse_document
from pipeline.sample.corpus import write_corpus
from pipeline.workers.second_reading import read_values_again

ROOT = Path(__file__).resolve().parents[1]
PHRASES = ROOT / "tests" / "normalizers" / "aims" / "phrases.jsonl"
DOCUMENTS = 16
"""Documents of the sample corpus that are read, every third from the first on."""

FEWEST = 4
"""Rows with a reason from which on its weight is fitted."""

PRIOR = 1.0
"""How far, as a standard deviation of its logarithm, a weight is believed to be off before any row is seen."""

STEPS = 30
"""Steps of Newton's method; it settles in fewer than ten."""

ALIKE = 60
"""How alike, of 100, the statements of a row and of its truth are at least."""

FIELDS = ("indicator", "population", "basis", "comparator", "value", "unit")
BANDS = (0.0, 0.2, 0.5, 0.8, 0.9, 0.95, 0.98, 1.01)
THRESHOLDS = (0.5, 0.8, 0.9, 0.95, 0.98)


@dataclass(frozen=True, slots=True)
class Judged:
    """One row that was read, and whether it is right; ``doubts`` are the fields that its reasons name."""

    source: str
    name: str
    layer: str
    kind: str
    confidence: float
    right: bool
    doubts: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()

    @property
    def held_out(self) -> bool:
        return hashlib.sha256(self.name.encode()).digest()[0] % 2 == 0


def phrases() -> Iterator[Judged]:
    """The rows of the phrases that the tests hold."""
    for line in PHRASES.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        made = entry["aims"]
        reading = reading_in_context(entry["text"], TargetContext(**entry.get("context", {})))
        for row in reading["targets"]:
            right = any(_same(row, wanted) for wanted in made)
            doubts = tuple(sorted({reason["field"] for reason in row["reasons"] if reason["field"]}))
            codes = tuple(sorted({reason["code"] for reason in row["reasons"]}))
            yield Judged("phrases", entry["text"], "digital", row["kind"], row["confidence"], right, doubts, codes)


def documents(plans: Path, truths: Path, source: str, every: int = 1, most: int | None = None) -> Iterator[Judged]:
    """The rows of the plans of a folder whose truths are there."""
    found = [path for path in sorted(plans.rglob("*.pdf")) if _truth_of(path, plans, truths).is_file()]
    for path in found[::every][:most]:
        data = path.read_bytes()
        parsed = parse_document(data, path.name)
        records = read_values_again(data, parsed, normalize_document(parsed))
        wanted = [json.loads(line) for line in _truth_of(path, plans, truths).read_text(encoding="utf-8").splitlines()]
        for target in records.targets:
            layer = parsed.pages[target.page - 1].text_layer
            doubts = {field for reason in target.confidence_reasons if (field := doubted_field(reason))}
            kind, right = f"{source}: {parsed.identity.kind}", _is_right(target, wanted)
            codes = tuple(sorted({reason.code for reason in target.confidence_reasons}))
            told = (tuple(sorted(doubts)), codes)
            yield Judged(kind, path.name, layer, target.kind, target.confidence, right, *told)


def _truth_of(path: Path, plans: Path, truths: Path) -> Path:
    return truths / path.relative_to(plans).with_suffix(".targets.jsonl")


def _is_right(target: Target, wanted: Sequence[Mapping[str, Any]]) -> bool:
    row = {name: getattr(target, name) for name in (*FIELDS, "edition", "fiscal_year", "kind", "statement")}
    same = [made for made in wanted if (made["edition"], made["fiscal_year"]) == (row["edition"], row["fiscal_year"])]
    return any(_same(row, made) and _of_one_statement(row, made) for made in same if made["kind"] == row["kind"])


def _of_one_statement(row: Mapping[str, Any], made: Mapping[str, Any]) -> bool:
    if made.get("in_table"):
        return True
    return fuzz.ratio(str(_plain(made["statement"])), str(_plain(row["statement"]))) >= ALIKE


def _same(row: Mapping[str, Any], made: Mapping[str, Any]) -> bool:
    return all(name not in made or _plain(row[name]) == _plain(made[name]) for name in FIELDS)


def _plain(value: object) -> object:
    return "".join(unicodedata.normalize("NFKC", value).split()) if isinstance(value, str) else value


def fitted(rows: Sequence[Judged]) -> dict[str, float]:
    """The weights under which the rows are likeliest, each drawn to its present one where few rows speak of it.

    A logistic regression on the reasons with a normal prior around the present weights (``PRIOR`` of their logarithms).
    """
    rules = reason_rules()
    codes = [code for code in rules if sum(code in row.codes for row in rows) >= FEWEST]
    present = np.array([np.log(rules[code].weight) for code in codes])
    has = np.array([[code in row.codes for code in codes] for row in rows], dtype=float)
    right = np.array([row.right for row in rows], dtype=float)
    sure = np.array([min(0.999, max(0.001, row.confidence)) for row in rows])
    # What the other reasons and the odds of a row without doubts leave stays as it is.
    rest = np.log(sure / (1 - sure)) - has @ present
    weights = present.copy()
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-(rest + has @ weights)))
        curve = has.T @ (has * (likely * (1 - likely))[:, None]) + np.eye(len(codes)) / PRIOR**2
        weights += np.linalg.solve(curve, has.T @ (right - likely) - (weights - present) / PRIOR**2)
    return {code: float(np.exp(weight)) for code, weight in zip(codes, weights, strict=True)}


def report(rows: Sequence[Judged]) -> Iterator[str]:
    """The page, section by section."""
    yield "# Confidence: how far it is the share of rows that are right"
    yield "Printed by `python -m benchmarks.confidence > docs/confidence.md`: the tests' phrases, the sample corpus."
    yield (
        "A row is right when every field is. The odds of a row without doubts (`normalizers/rows/confidence.toml`) are "
        "multiplied by the weight of each of its reasons (`normalizers/model/reasons.toml`); each reason names the "
        "field that it doubts."
    )
    yield (
        "The tests hold the phrases, so that these are right by construction: they tell what is doubted without need, "
        "and the sample corpus what is read wrong on pages. Neither tells how wording is read that nobody has seen."
    )
    held_out = [row for row in rows if row.held_out]
    yield "## All rows\n\n" + _bands(rows)
    yield "## The half that is held out\n\n" + _bands(held_out) + "\n\n" + _kept(held_out)
    yield "## Kept and right at each threshold\n\n" + _kept(rows)
    for title, key in (("document", "source"), ("text layer", "layer"), ("kind of target", "kind")):
        yield f"## By {title}\n\n" + _groups(rows, key)
    yield "## By doubted field\n\n" + _by_field(rows)


def _bands(rows: Sequence[Judged]) -> str:
    lines = []
    for low, high in pairwise(BANDS):
        inside = [row for row in rows if low <= row.confidence < high]
        if inside:
            mean = sum(row.confidence for row in inside) / len(inside)
            lines.append([f"{low:g} to {min(high, 1):g}", str(len(inside)), f"{mean:.3f}", _share(inside)])
    return table(["confidence", "rows", "mean confidence", "right"], lines)


def _kept(rows: Sequence[Judged]) -> str:
    lines = []
    for threshold in THRESHOLDS:
        kept = [row for row in rows if row.confidence >= threshold]
        lines.append([f"{threshold:g}", f"{len(kept) / max(1, len(rows)):.1%}", _share(kept)])
    return table(["confidence at least", "kept", "right of these"], lines)


def _groups(rows: Sequence[Judged], key: str) -> str:
    names = sorted({getattr(row, key) for row in rows})
    lines = [_group_line(name, [row for row in rows if getattr(row, key) == name]) for name in names]
    return table(["group", "rows", "mean confidence", "right", "right at 0.8 and more"], lines)


def _by_field(rows: Sequence[Judged]) -> str:
    names = sorted({field for row in rows for field in row.doubts})
    lines = [_group_line(name, [row for row in rows if name in row.doubts]) for name in names]
    return table(["field", "rows", "mean confidence", "right", "right at 0.8 and more"], lines)


def _group_line(name: str, rows: Sequence[Judged]) -> list[str]:
    mean = sum(row.confidence for row in rows) / len(rows)
    return [name, str(len(rows)), f"{mean:.3f}", _share(rows), _share([r for r in rows if r.confidence >= 0.8])]


def _share(rows: Sequence[Judged]) -> str:
    return f"{sum(row.right for row in rows) / len(rows):.2%}" if rows else "–"


def judged_rows(folders: Iterable[tuple[Path, Path]]) -> list[Judged]:
    """All rows: of the phrases, of the sample corpus, and of further folders of (truths, plans)."""
    rows = list(phrases())
    with tempfile.TemporaryDirectory() as folder:
        write_corpus(Path(folder))
        rows += documents(Path(folder) / "plans", Path(folder) / "truth", "sample", every=3, most=DOCUMENTS)
    for truths, plans in folders:
        rows += documents(plans, truths, plans.name)
    return rows


if __name__ == "__main__":
    given = [Path(argument) for argument in sys.argv[1:] if argument != "--fit"]
    found = judged_rows(zip(given[::2], given[1::2], strict=True))
    if "--fit" in sys.argv:
        for name, weight in fitted([row for row in found if not row.held_out]).items():
            print(f"{name} = {weight:.3g} (now {reason_rules()[name].weight:g})")
    else:
        print("\n\n".join(report(found)))
