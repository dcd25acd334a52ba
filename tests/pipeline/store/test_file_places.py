"""Files are told from each other, and known to be one, by where they lie."""

from __future__ import annotations

import os
from pathlib import Path

from pipeline.store.file_places import places_of


def test_two_names_of_one_file_have_one_place_and_a_copy_has_another(tmp_path: Path) -> None:
    (tmp_path / "one" / "tables" / "year").mkdir(parents=True)
    (tmp_path / "other" / "tables" / "year").mkdir(parents=True)
    for name in ("shared", "copied"):
        (tmp_path / "one" / "tables" / "year" / name).write_text("rows", encoding="utf-8")
    os.link(tmp_path / "one/tables/year/shared", tmp_path / "other/tables/year/shared")
    (tmp_path / "other" / "tables" / "year" / "copied").write_text("rows", encoding="utf-8")
    one, other = (places_of(tmp_path / name, ("tables", "not there")) for name in ("one", "other"))
    assert one.keys() == other.keys() == {"tables/year/shared", "tables/year/copied"}
    assert one["tables/year/shared"] == other["tables/year/shared"]
    assert one["tables/year/copied"] != other["tables/year/copied"]


def test_a_symbolic_link_is_no_other_name_of_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "file").write_text("rows", encoding="utf-8")
    (tmp_path / "tables" / "link").symlink_to("file")
    (tmp_path / "tables" / "folder").symlink_to(tmp_path / "tables")
    places = places_of(tmp_path, ("tables",))
    assert places.keys() == {"tables/file", "tables/link", "tables/folder"}
    assert len(set(places.values())) == 3
