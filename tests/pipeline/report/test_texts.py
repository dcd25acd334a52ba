"""The report's own words: there for everything the pages ask for, in both languages."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from typing import get_args

import pytest

from normalizers.model.records import Basis, ChangeKind, Comparator, Marking, MeasureKind, Population, TargetKind
from parsers.model.document import CellRole, DocumentKind, Edition
from parsers.model.finding import Severity
from pipeline.report.texts import prefectures, text, texts

REPORT = files("pipeline.report")
VOCABULARIES = {
    "target_kind": TargetKind,
    "measure_kind": MeasureKind,
    "edition": Edition,
    "role": CellRole,
    "kind": DocumentKind,
    "population": Population,
    "basis": Basis,
    "comparator": Comparator,
    "change": ChangeKind,
    "marking": Marking,
    "severity": Severity,
}


def test_every_text_is_there_in_both_languages() -> None:
    assert [key for key, both in texts().items() if set(both) != {"ja", "en"}] == []


@pytest.mark.parametrize("section", VOCABULARIES)
def test_every_word_of_a_vocabulary_has_a_text(section: str) -> None:
    words = get_args(VOCABULARIES[section])
    assert words
    assert [word for word in words if f"{section}.{word}" not in texts()] == []


def test_every_unit_has_a_text() -> None:
    table = tomllib.loads((files("normalizers.text") / "units.toml").read_text(encoding="utf-8"))
    assert {unit["code"] for unit in table["unit"] if f"unit.{unit['code']}" not in texts()} == set()


def test_every_key_that_pages_and_scripts_name_outright_has_a_text() -> None:
    sources = [entry for folder in ("templates", "static") for entry in (REPORT / folder).iterdir() if entry.is_file()]
    asked = re.compile(r"""(?:\bt\(|text\(|text_attribute\("[\w-]+", ?|empty\()["']([a-z_]+\.[a-z_]+)["']""")
    keys = {key for source in sources for key in asked.findall(source.read_text(encoding="utf-8"))}
    assert len(keys) > 50
    assert keys - texts().keys() == set()


def test_a_key_without_a_text_shows_its_own_name() -> None:
    assert text("check.made_up_tomorrow", "ja") == "made_up_tomorrow"


def test_the_tile_map_has_47_squares_none_upon_another() -> None:
    assert [place.code for place in prefectures()] == [f"{code:02}" for code in range(1, 48)]
    assert len({(place.column, place.row) for place in prefectures()}) == 47
