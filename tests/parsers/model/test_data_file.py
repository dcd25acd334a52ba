"""What is wrong in a data file is said in one line with file, entry and key."""

from __future__ import annotations

import pytest
from pydantic import BaseModel, ConfigDict

from parsers.model.data_file import DataFileError, parse_data


class Row(BaseModel):
    model_config = ConfigDict(extra="forbid")

    code: str
    words: tuple[str, ...]
    scale: float = 1.0


class Table(BaseModel):
    unit: tuple[Row, ...]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[[unit]]\ncode = "people"\nword = ["人"]', "unit.0.wor"),
        ('[[unit]]\ncode = "people"\nwords = "人"', "unit.0.words"),
        ('[[unit]]\ncode = "people"\nwords = ["人"]\nscale = "ten"', "unit.0.scale"),
        ('code = "a"\ncode = "b"', "is no TOML"),
        ("unit = [", "is no TOML"),
    ],
)
def test_a_fault_names_file_entry_and_key(text: str, told: str) -> None:
    with pytest.raises(DataFileError) as fault:
        parse_data(text, "normalizers/text/units.toml", Table)
    said = str(fault.value)
    assert "normalizers/text/units.toml" in said
    assert told in said
    assert "\n" not in said


def test_a_sound_file_is_read() -> None:
    table = parse_data('[[unit]]\ncode = "percent"\nwords = ["割"]\nscale = 10', "units.toml", Table)
    assert [(row.code, row.scale) for row in table.unit] == [("percent", 10.0)]
