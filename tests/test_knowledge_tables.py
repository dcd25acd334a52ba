"""Every TOML table of the program is read against a schema: a wrong key, type or code is one line and exit code 2."""

from __future__ import annotations

import importlib
import inspect
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Annotated, Any

import pytest
from pydantic import BaseModel, ConfigDict, Field, RootModel

from parsers.model import data_file
from parsers.model.data_file import DataFileError, parse_data
from tests.parsers.sheets import Sheet

ROOT = Path(__file__).parents[1]
PACKAGES = ("parsers", "normalizers", "pipeline")
TABLES = sorted(path.relative_to(ROOT).as_posix() for name in PACKAGES for path in (ROOT / name).rglob("*.toml"))
READ_THEMSELVES = {
    "pipeline/inputs/configuration.py",
    "pipeline/checks/settings.py",
    "parsers/model/data_file.py",
    "parsers/model/errors.py",
}
"""Modules that may read TOML: the user's own file, the reader of tables, and the words of errors, its own included."""


class Sentences(BaseModel):
    """What an error says: what happened and, as a second sentence, what to do next."""

    model_config = ConfigDict(extra="forbid")

    en: Annotated[list[str], Field(min_length=1, max_length=2)]
    ja: Annotated[list[str], Field(min_length=1, max_length=2)]


class ForeignWords(BaseModel):
    """What the system says, by its name of the error, and how libraries are called, by their module."""

    model_config = ConfigDict(extra="forbid")

    system: dict[str, str]
    libraries: dict[str, str]


@cache
def schemas() -> Mapping[str, type[BaseModel]]:
    """By file, the schema that the program reads it with: every function that reads a table is called once."""
    seen: dict[str, type[BaseModel]] = {
        "parsers/model/errors.toml": RootModel[dict[str, Sentences]],
        "parsers/model/system_errors.toml": ForeignWords,
    }

    def noted(text: str, where: str, schema: type[BaseModel]) -> BaseModel:
        seen[where] = schema
        return parse_data(text, where, schema)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(data_file, "parse_data", noted)
        for path in sources():
            if "read_data(" in path.read_text(encoding="utf-8"):
                module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
                for reader in vars(module).values():
                    if hasattr(reader, "cache_clear") and "read_data(" in inspect.getsource(reader.__wrapped__):
                        reader.__wrapped__()
    return seen


def sources() -> Iterator[Path]:
    return (path for name in PACKAGES for path in sorted((ROOT / name).rglob("*.py")))


def tables_in(value: Any) -> Iterator[dict[str, Any]]:
    """The tables of a file, of many alike the first."""
    if isinstance(value, dict):
        yield value
        alike = len(value) > 12 and all(isinstance(inner, dict) for inner in value.values())
        for inner in list(value.values())[: 2 if alike else None]:
            yield from tables_in(inner)
    elif isinstance(value, list) and value:
        yield from tables_in(value[0])


def test_no_module_reads_a_table_past_its_schema() -> None:
    own = {path.relative_to(ROOT).as_posix() for path in sources() if "tomllib.load" in path.read_text("utf-8")}
    assert own == READ_THEMSELVES


def test_every_table_has_a_schema() -> None:
    assert len(TABLES) > 30
    assert sorted(set(TABLES) - schemas().keys()) == []


@pytest.mark.parametrize("table", TABLES)
def test_a_misspelt_key_is_named_with_its_file_wherever_it_stands(table: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (ROOT / table).read_text(encoding="utf-8")
    content, schema = tomllib.loads(text), schemas()[table]
    monkeypatch.setattr(
        data_file, "tomllib", SimpleNamespace(loads=lambda _: content, TOMLDecodeError=tomllib.TOMLDecodeError)
    )
    for place in list(tables_in(content)):
        place["misspelt_key"] = [[1.5]]
        with pytest.raises(DataFileError) as fault:
            parse_data(text, table, schema)
        del place["misspelt_key"]
        assert str(fault.value).startswith(f"{table}: ")
        assert "misspelt_key" in str(fault.value)
        assert "\n" not in str(fault.value)


@pytest.mark.parametrize(
    ("table", "line", "told"),
    [
        (
            "normalizers/text/branches.toml",
            '[[branch]]\ncode = "33"\nname = "丘山"\nreading = "a"\nenglish = "a"',
            "33",
        ),
        ("normalizers/text/units.toml", '[[unit]]\ncode = "hands"\nwords = ["人"]', "人"),
        ("normalizers/model/reasons.toml", "[odd_edge]", "is no TOML"),
    ],
)
def test_a_doubled_code_is_named_with_its_file(table: str, line: str, told: str) -> None:
    with pytest.raises(DataFileError) as fault:
        parse_data((ROOT / table).read_text(encoding="utf-8") + "\n" + line, table, schemas()[table])
    assert str(fault.value).startswith(f"{table}: ")
    assert told in str(fault.value)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program's packages in a folder of their own."""
    folder = tmp_path_factory.mktemp("program")
    for name in PACKAGES:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@pytest.mark.parametrize(
    ("table", "arguments"),
    [
        ("normalizers/text/units.toml", ("explain", "特定健診実施率を60%以上とする")),
        ("pipeline/messages.toml", ("ingest", "raw")),
        ("pipeline/inputs/defaults.toml", ("ingest", "raw")),
        ("pipeline/checks/rules/sense.toml", ("ingest", "raw")),
        ("parsers/tables/header_words.toml", ("ingest", "raw")),
        ("pipeline/report/texts.toml", ("ingest", "raw")),
        ("pipeline/sample/offices.toml", ("sample", "corpus")),
    ],
)
def test_the_program_says_it_in_one_line_and_ends_with_2(copy: Path, table: str, arguments: tuple[str, ...]) -> None:
    (copy / "raw").mkdir(exist_ok=True)
    (copy / "raw" / "plan.pdf").write_bytes(Sheet().text(72, 100, "令和6年度岡山支部事業計画").data())
    sound = (copy / table).read_text(encoding="utf-8")
    (copy / table).write_text(sound + "\n[misspelt_key]\nnone = [[1.5]]\n", encoding="utf-8")
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pipeline", *arguments],
            cwd=copy,
            env={**os.environ, "PYTHONPATH": str(copy), "LC_ALL": "C.UTF-8"},
            capture_output=True,
            text=True,
            timeout=120,
        )
    finally:
        (copy / table).write_text(sound, encoding="utf-8")
    assert done.returncode == 2, done.stderr
    *progress, said = done.stderr.splitlines()
    assert said.startswith(f"branch-plans: {table}: ")
    assert "misspelt_key" in said
    assert [line for line in progress if "Traceback" in line or "Error" in line or table in line] == []
    assert list(copy.rglob("*.parquet")) == []
