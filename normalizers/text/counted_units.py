"""In which units something is counted, by what its name ends with: the table ``counted_units.toml``."""

from __future__ import annotations

from functools import cache

from pydantic import BaseModel, ConfigDict

from normalizers.text.characters import normalize
from parsers.model.data_file import read_data


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    endings: tuple[str, ...]
    units: tuple[str, ...]
    bare: str | None = None
    share: bool = False


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    counted: tuple[_Row, ...]


def units_counted_in(name: str) -> tuple[str, ...]:
    """The units, as printed behind a number, in which what a name says may be counted; none where it says nothing."""
    row = _row_of(name)
    return row.units if row is not None else ()


def unit_of_bare_count(name: str) -> str | None:
    """The unit of a number printed without one beside a name that says what it counts: 受診者数 84,388 are people."""
    row = _row_of(name)
    return row.bare if row is not None else None


def is_share_of_all(name: str) -> bool:
    """Whether a name is that of a share in percent: 受診率, but not 応募倍率 nor the rates of a population."""
    row = _row_of(name)
    return row is not None and row.share


def _row_of(name: str) -> _Row | None:
    """The row of the longest ending of a name."""
    plain = "".join(normalize(name).text.split())
    endings = [(len(ending), row) for row in _counted() for ending in row.endings if plain.endswith(ending)]
    return max(endings, key=lambda found: found[0])[1] if endings else None


@cache
def _counted() -> tuple[_Row, ...]:
    return read_data("normalizers.text", "counted_units.toml", _Table).counted
