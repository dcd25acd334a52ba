"""The declaration of the tables, and what is made from it."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pyarrow as pa
import pytest

from normalizers.model.records import Change, Measure, Target
from pipeline.store.columns import TABLES
from pipeline.store.data_dictionary import data_dictionary
from pipeline.store.table import Table, arrow_schema

DICTIONARY = Path(__file__).resolve().parents[3] / "docs" / "data-dictionary.md"


def test_the_data_dictionary_in_the_repository_is_the_declaration() -> None:
    remedy = "run `python -m pipeline.store.data_dictionary > docs/data-dictionary.md`"
    assert DICTIONARY.read_text(encoding="utf-8") == data_dictionary(), remedy


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_every_column_says_what_it_means(table: Table) -> None:
    for column in table.columns:
        assert column.meaning.endswith("."), column.name
        assert f"`{column.name}`" in data_dictionary()


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_schema_has_the_columns_in_order_and_names_are_unique(table: Table) -> None:
    names = [column.name for column in table.columns]
    assert arrow_schema(table).names == names
    assert len(set(names)) == len(names)


def test_references_name_tables_and_columns_that_exist() -> None:
    for table in TABLES.values():
        table.column(table.key)
        for column, target in table.references.items():
            table.column(column)
            assert target in TABLES


@pytest.mark.parametrize(("name", "record"), [("measures", Measure), ("targets", Target), ("changes", Change)])
def test_every_field_of_a_record_has_its_column(name: str, record: type) -> None:
    columns = {column.name for column in TABLES[name].columns}
    assert {field.name for field in fields(record)} - {"box"} <= columns


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        (
            "documents",
            "document_id source_file sha256 branch_code branch_name fiscal_year title kind is_draft page_count",
        ),
        ("cells", "cell_id document_id page table_index row column row_span column_span x0 top x1 bottom role text"),
        (
            "measures",
            "measure_id document_id ordinal edition plan_title fiscal_year section section_number marker level",
        ),
        ("targets", "target_id measure_id heading_id indicator_code population basis comparator value unit condition"),
        ("changes", "change_id document_id kind new_measure_id old_measure_id new_text old_text marking move_label"),
        ("findings", "finding_id document_id severity check message page record_table record_id"),
    ],
)
def test_the_columns_that_readers_rely_on_are_there(table: str, columns: str) -> None:
    assert set(columns.split()) <= set(arrow_schema(TABLES[table]).names)


def test_spans_are_half_open_offsets() -> None:
    field = arrow_schema(TABLES["cells"]).field("underlines")
    assert [f.name for f in field.type.value_type] == ["start", "end"]
    assert pa.types.is_list(field.type)
