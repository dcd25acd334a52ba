"""One document, from its bytes to the rows of all tables: a pure function that runs in a worker process."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from normalizers.normalize import normalize_document
from parsers.parse import ParseOptions, collection_paused, parse_read, read_layouts
from pipeline.decisions.apply import apply_decisions, identified, told_columns
from pipeline.decisions.standing import NOTHING_DECIDED, Decided
from pipeline.store.columns import TABLES
from pipeline.store.document_result import DocumentResult
from pipeline.store.parquet_file import encode
from pipeline.store.storable import storable_rows
from pipeline.store.table_rows import document_id_of, rows_of
from pipeline.workers.line_marks import as_json, line_marks
from pipeline.workers.second_reading import read_values_again


@collection_paused()
def process(data: bytes, source_file: str, options: ParseOptions, decided: Decided = NOTHING_DECIDED) -> DocumentResult:
    """Reads one PDF; the result depends on ``data``, ``source_file``, ``options`` and ``decided`` alone.

    Raises UnreadablePdfError where the bytes are no PDF that can be opened, LimitExceededError where the document is
    larger than ``options`` allow.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    options = replace(options, columns=told_columns(decided))
    read = read_layouts(data, source_file, options)
    marks = as_json(line_marks(read.layouts))
    parsed = identified(parse_read(read, source_file, options.columns), decided)
    del read  # its glyphs are most of what a document takes
    records = apply_decisions(read_values_again(data, parsed, normalize_document(parsed)), decided)
    document_id = document_id_of(parsed.identity, sha256)
    rows, too_large = storable_rows(rows_of(document_id, source_file, sha256, parsed, records))
    return DocumentResult(
        document_id=document_id,
        sha256=sha256,
        identity=parsed.identity,
        page_count=len(parsed.pages),
        tables={name: encode(TABLES[name], found) for name, found in rows.items()},
        findings=(*parsed.findings, *records.findings, *too_large),
        text_layer=rows["documents"][0]["text_layer"],
        line_marks=marks,
    )
