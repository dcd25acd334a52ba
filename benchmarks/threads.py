"""How well measures are followed over the years: precision and recall of the links, for ``docs/threads.md``.

``python -m benchmarks.threads corpus OUTPUT TRUTH`` compares the threads of an ingested sample corpus with what was
written (``TRUTH`` is the folder that ``sample`` writes beside the plans). ``python -m benchmarks.threads comparisons
OUTPUT TRUTH`` compares them with the rows of printed comparisons: TRUTH holds a folder a document with ``cells.json``,
the blocks of text that a reader sees in each row. Old and new blocks of a row belong together in their order, by the
likeness of their characters; this knows nothing of how threads are made.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from pipeline.store.dataset import dataset
from pipeline.store.views import connect
from pipeline.threads.build import FOLLOWED
from pipeline.threads.items import FollowedRow
from pipeline.threads.table import READ, thread_table

ALIKE = 50
"""How alike, of 100, the characters (without digits) of an old and a new block of a row are that belong together."""

SHOWN = 20  # faults of either kind that are printed
AIMS = ("target", "figure")

Pair = tuple[str, str]
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Followed:
    """The tables of an output folder, and the threads made of them."""

    documents: Mapping[str, Row]
    measures: Mapping[str, Row]
    rows: Sequence[FollowedRow]

    def year(self, measure_id: str) -> int | None:
        """The fiscal year that a measure speaks for."""
        measure = self.measures[measure_id]
        own: int | None = self.documents[measure["document_id"]]["fiscal_year"]
        year: int | None = measure["fiscal_year"]
        return year or (own - (measure["edition"] == "old") if own is not None else None)


def read_followed(output: Path) -> Followed:
    """The threads of the tables under ``output``, made by the program as it is now."""
    more = {"documents": ["source_file"], "measures": ["marker"], "targets": []}
    tables = {
        name: dataset(output, name).to_table(columns=[*columns, *more[name]]).to_pylist()
        for name, columns in READ.items()
    }
    with connect(output) as connection:
        rows = thread_table(connection).select(list(FollowedRow._fields))
    return Followed(
        {row["document_id"]: row for row in tables["documents"]},
        {row["measure_id"]: row for row in tables["measures"]},
        [FollowedRow(**row) for row in rows.to_pylist()],
    )


# ---------------------------------------------------------------------------------------------------- sample corpus


def corpus_pairs(followed: Followed, truth: Path) -> tuple[set[Pair], set[str]]:
    """The pairs (new, old) that were written as one measure, and all measures whose truth is known.

    A part of a measure cut in two is a pair with the whole of the year before.
    """
    threads = _written_threads(followed, truth)
    of_year: dict[tuple[str, int], dict[str, str]] = defaultdict(dict)
    for row in followed.rows:
        thread, year = threads.get(row.measure_id), followed.year(row.measure_id)
        if row.linked != "repeated" and thread and year:
            document = followed.documents[followed.measures[row.measure_id]["document_id"]]
            reference = followed.measures[row.measure_id]["edition"] == "reference"
            of_year["00" if reference else document["branch_code"], year].setdefault(thread, row.measure_id)
    pairs = set()
    for (branch, year), items in of_year.items():
        before = of_year.get((branch, year - 1), {})
        for thread, measure_id in items.items():
            old = before.get(thread) or before.get(thread.partition("/")[0])
            if old is not None:
                pairs.add((measure_id, old))
    return pairs, set(threads)


def _written_threads(followed: Followed, truth: Path) -> dict[str, str]:
    """By measure: the thread that it was written for."""
    written: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for document in followed.documents.values():
        source = Path(document["source_file"])
        file = truth / source.with_name(source.stem + ".measures.jsonl")
        if not file.is_file():
            continue
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row["kind"] in FOLLOWED:
                written[document["document_id"], row["edition"], _bare(row["text_normalized"])].append(row["thread"])
    found: dict[str, str] = {}
    for measure in sorted(followed.measures.values(), key=lambda m: (m["document_id"], m["ordinal"])):
        for text in (measure["text_normalized"], (measure["marker"] or "") + measure["text_normalized"]):
            waiting = written.get((measure["document_id"], measure["edition"], _bare(text)))
            if waiting:
                found[measure["measure_id"]] = waiting.pop(0)
                break
    return found


# ------------------------------------------------------------------------------------------------------ comparisons


def comparison_pairs(followed: Followed, truth: Path) -> tuple[set[Pair], set[str]]:
    """The pairs (new, old) that the rows of the comparisons show, and all measures that stand in those rows."""
    pairs: set[Pair] = set()
    known: set[str] = set()
    by_file = {Path(row["source_file"]).name: row["document_id"] for row in followed.documents.values()}
    for file in sorted(truth.glob("*/cells.json")):
        told = json.loads(file.read_text(encoding="utf-8"))
        document_id = by_file.get(unicodedata.normalize("NFC", told["document"].get("file") or ""))
        if document_id is None or told["document"]["kind"] != "comparison":
            continue
        rows = _rows_of(told["blocks"], _measures_by_text(followed, document_id))
        for sides in rows.values():
            known.update(measure_id for side in sides.values() for measure_id, _ in side)
            for before, after in pairwise(sorted(sides)):
                pairs.update(_aligned(sides[before], sides[after], followed))
    return pairs | _moved(followed, known, pairs), known


def _measures_by_text(followed: Followed, document_id: str) -> dict[tuple[int | None, str], list[str]]:
    found: dict[tuple[int | None, str], list[str]] = defaultdict(list)
    placed = {row.measure_id for row in followed.rows}
    for measure in sorted(followed.measures.values(), key=lambda m: m["ordinal"]):
        own = measure["document_id"] == document_id and measure["edition"] in ("new", "old")
        if own and measure["measure_id"] in placed:
            found[followed.year(measure["measure_id"]), _bare(measure["text_normalized"])].append(measure["measure_id"])
    return found


def _rows_of(
    blocks: Iterable[Row], measures: dict[tuple[int | None, str], list[str]]
) -> dict[str, dict[int, list[tuple[str, str]]]]:
    """By row of the page and year: the measures (with their text) in their order."""
    rows: dict[str, dict[int, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for block in blocks:
        waiting = measures.get((block["fiscal_year"], _bare(block["text"])))
        if block["edition"] in ("new", "old") and waiting:
            rows[block["row"]][block["fiscal_year"]].append((waiting.pop(0), block["text"]))
    return rows


def _aligned(old: Sequence[Pair], new: Sequence[Pair], followed: Followed) -> Iterator[Pair]:
    """The pairs of one row, in their order, as the alignment with the greatest likeness: headings, aims, the rest."""
    for kind in ("heading", "aim", "text"):
        one = [(m, text) for m, text in old if _kind(followed.measures[m]) == kind]
        other = [(m, text) for m, text in new if _kind(followed.measures[m]) == kind]
        if kind == "heading" and len(one) == len(other) == 1:
            yield other[0][0], one[0][0]
        else:
            yield from _best(one, other)


def _best(old: Sequence[Pair], new: Sequence[Pair]) -> list[Pair]:
    """Needleman and Wunsch's alignment; a pair is worth its likeness above ALIKE."""
    best: list[list[tuple[float, list[Pair]]]] = [[(0.0, []) for _ in range(len(new) + 1)] for _ in range(len(old) + 1)]
    for i, (old_id, old_text) in enumerate(old, 1):
        for j, (new_id, new_text) in enumerate(new, 1):
            alike = fuzz.ratio(_letters(old_text), _letters(new_text))
            worth, pairs = best[i - 1][j - 1]
            joined = (worth + alike - ALIKE, [*pairs, (new_id, old_id)]) if alike > ALIKE else (worth, pairs)
            best[i][j] = max(joined, best[i - 1][j], best[i][j - 1], key=lambda entry: entry[0])
    return best[-1][-1][1]


def _moved(followed: Followed, known: set[str], pairs: set[Pair]) -> set[Pair]:
    """Equal texts that stand in no pair yet, each once a year, in whatever rows."""
    news, olds = {new for new, _ in pairs}, {old for _, old in pairs}
    by_text: dict[tuple[str, str], dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for measure_id in known:
        measure, year = followed.measures[measure_id], followed.year(measure_id)
        if year is not None:
            by_text[measure["document_id"], _bare(measure["text_normalized"])][year].append(measure_id)
    found = set()
    for by_year in by_text.values():
        for before, after in pairwise(sorted(by_year)):
            if len(by_year[before]) == len(by_year[after]) == 1 and after == before + 1:
                new, old = by_year[after][0], by_year[before][0]
                if new not in news and old not in olds:
                    found.add((new, old))
    return found


def _kind(measure: Row) -> str:
    return "heading" if measure["kind"] == "heading" else "aim" if measure["kind"] in AIMS else "text"


def _bare(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum())


def _letters(text: str) -> str:
    return "".join(c for c in _bare(text) if not c.isdigit())


# ------------------------------------------------------------------------------------------------------------ score


def score(followed: Followed, pairs: set[Pair], known: set[str]) -> list[str]:
    """Lines that tell precision and recall of the links between measures that the truth knows, and the faults."""
    links = {
        (row.measure_id, row.previous_measure_id): row
        for row in followed.rows
        if row.previous_measure_id and row.linked != "repeated"
        if row.measure_id in known and row.previous_measure_id in known
        if followed.year(row.measure_id) == (followed.year(row.previous_measure_id) or 0) + 1
    }
    right = [pair for pair in links if pair in pairs]
    wrong = [pair for pair in links if pair not in pairs]
    missed = sorted(pairs - set(links))
    precision, recall = len(right) / max(len(links), 1), 1 - len(missed) / max(len(pairs), 1)
    lines = [f"pairs {len(pairs)}, links {len(links)}, precision {precision:.4f}, recall {recall:.4f}"]
    for title, faults in (("wrong", wrong), ("missed", missed)):
        for new, old in faults[:SHOWN]:
            how = f" ({links[new, old].linked})" if (new, old) in links else ""
            texts = [followed.measures[measure_id]["text_normalized"] for measure_id in (old, new)]
            lines.append(f"  {title}{how}: {texts[0]} → {texts[1]}")
    return lines


def main(kind: str, output: Path, truth: Path) -> None:
    """Prints the score of the threads of ``output`` against ``truth``."""
    followed = read_followed(output)
    pairs, known = (corpus_pairs if kind == "corpus" else comparison_pairs)(followed, truth)
    print("\n".join(score(followed, pairs, known)))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
