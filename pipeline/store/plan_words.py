"""The words of the plans' texts, kept from one run to the next: to cut them anew costs more than what asks for them.

Threads, search index and search page ask for the words of the same texts, of which a run changes few. What a text was
read as depends on the text and on the dictionaries alone, so that it is remembered here for the whole process and
stored, as a derived file, with the state whose texts they are.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from normalizers.vocabulary import PlanWord, read_plan_words
from pipeline.store.derived import WORDS, derived_file, is_current, is_whole_derived, put_derived

_WORDS_SCHEMA = pa.schema(
    [
        pa.field("text", pa.string()),
        pa.field("terms", pa.list_(pa.string())),
        pa.field("starts", pa.list_(pa.int32())),
        pa.field("ends", pa.list_(pa.int32())),
        pa.field("numbers", pa.list_(pa.bool_())),
    ]
)


@dataclass(slots=True)
class _Stored:
    """The words of a stored file, one list for all texts: as objects they would take ten times the memory."""

    table: pa.Table | None = None
    places: dict[str, tuple[int, int]] = field(default_factory=dict)
    terms: Sequence[str] = ()
    term_of: Sequence[int] = ()
    starts: Sequence[int] = ()
    ends: Sequence[int] = ()
    numbers: Sequence[bool] = ()

    def of(self, text: str) -> tuple[PlanWord, ...] | None:
        place = self.places.get(text)
        if place is None:
            return None
        return tuple(
            PlanWord(self.terms[self.term_of[at]], self.starts[at], self.ends[at], self.numbers[at])
            for at in range(*place)
        )


@dataclass(slots=True)
class _Memory:
    stored: _Stored = field(default_factory=_Stored)
    read: dict[str, tuple[PlanWord, ...]] = field(default_factory=dict)


_memory = _Memory()


def plan_words(text: str) -> tuple[PlanWord, ...]:
    """What ``read_plan_words`` gives for ``text``, remembered."""
    known = _memory.read[text] if text in _memory.read else _memory.stored.of(text)
    if known is None:
        known = _memory.read[text] = read_plan_words(text)
    return known


def recall_words(*roots: Path | None) -> None:
    """Takes up the words kept with the first of the states ``roots`` that has them whole, if any has."""
    for root in roots:
        if root is not None and is_whole_derived(root, WORDS):
            _memory.stored = _read(derived_file(root, WORDS))
            return


def keep_words(root: Path) -> None:
    """Keeps the words that were recalled and those that were read since with the state ``root``, where it has none.

    Raises OSError where they cannot be written.
    """
    if is_current(root, WORDS):
        return
    known = _memory.stored
    texts = sorted(text for text in _memory.read if text not in known.places)
    words = [plan_words(text) for text in texts]
    columns = [
        texts,
        [[word.term for word in one] for one in words],
        [[word.start for word in one] for one in words],
        [[word.end for word in one] for one in words],
        [[word.is_number for word in one] for one in words],
    ]
    arrays = [pa.array(column, field.type) for column, field in zip(columns, _WORDS_SCHEMA, strict=True)]
    read = pa.table(arrays, schema=_WORDS_SCHEMA)
    buffer = io.BytesIO()
    pq.write_table(read if known.table is None else pa.concat_tables([known.table, read]), buffer, compression="zstd")
    put_derived(root, WORDS, buffer.getvalue())


def _read(file: Path) -> _Stored:
    table = pq.read_table(file, schema=_WORDS_SCHEMA).combine_chunks()
    if not table.num_rows:
        return _Stored()
    lists = {name: table[name].chunk(0) for name in ("terms", "starts", "ends", "numbers")}
    offsets = lists["terms"].offsets.to_pylist()
    terms = lists["terms"].flatten().dictionary_encode()
    return _Stored(
        table=table,
        places=dict(zip(table["text"].to_pylist(), pairwise(offsets), strict=True)),
        terms=terms.dictionary.to_pylist(),
        term_of=terms.indices.to_pylist(),
        starts=lists["starts"].flatten().to_pylist(),
        ends=lists["ends"].flatten().to_pylist(),
        numbers=lists["numbers"].flatten().to_pylist(),
    )
