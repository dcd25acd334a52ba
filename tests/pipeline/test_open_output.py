"""The tables as pandas frames."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from pipeline import open_output
from pipeline.store.columns import TABLES
from pipeline.store.dataset import OutputError


@pytest.mark.parametrize("name", ["documents", "cells", "measures", "targets", "changes", "findings"])
def test_a_frame_has_the_columns_of_the_data_dictionary(output: Path, name: str) -> None:
    frame = getattr(open_output(output), name)
    assert list(frame.columns) == [*(column.name for column in TABLES[name].columns), "plan_year"]


def test_whole_numbers_stay_whole_where_some_are_missing(output: Path) -> None:
    targets = open_output(output).targets
    assert targets["number"].dtype == pd.Int32Dtype()
    assert targets["number"].isna().any()


def test_kpi_is_the_view(output: Path) -> None:
    kpi = open_output(output).kpi
    row = kpi[(kpi.branch_code == "33") & (kpi.fiscal_year == 2024) & (kpi.indicator_code == "checkup_rate")].iloc[0]
    assert (row["value"], row["previous_value"], row["change"]) == (60.3, 57.0, 3.3)


def test_a_folder_that_no_ingest_wrote_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="branch-plans ingest"):
        _ = open_output(tmp_path).targets


def test_importing_the_package_loads_nothing_heavy() -> None:
    heavy = "{'pandas', 'pyarrow', 'duckdb', 'great_expectations', 'spacy', 'pymupdf'}"
    code = f"import sys, pipeline; assert not {heavy} & set(sys.modules), sorted({heavy} & set(sys.modules))"
    subprocess.run([sys.executable, "-c", code], check=True)
