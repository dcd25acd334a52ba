"""The TOML tables beside the modules, read against a schema that names file, entry and key when one is wrong."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable
from importlib.resources import files
from typing import TYPE_CHECKING, TypeVar

from parsers.model.errors import BranchPlansError, Quoted

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError

    Schema = TypeVar("Schema", bound=BaseModel)


class DataFileError(BranchPlansError):
    """A table of the program's own knowledge is no TOML, or does not fit its schema."""


def read_data(package: str, name: str, schema: type[Schema]) -> Schema:
    """The file ``name`` beside the modules of ``package``, as ``schema`` describes it.

    Raises DataFileError, in one line that names the file, the entry and the key, where the file is no TOML (a table
    that stands twice included), a key is unknown or missing, or a value is of another type.
    """
    return parse_data(
        (files(package) / name).read_text(encoding="utf-8"), f"{package.replace('.', '/')}/{name}", schema
    )


def parse_data(text: str, where: str, schema: type[Schema]) -> Schema:
    """``text`` as ``schema`` describes it; ``where`` names its file in errors. Raises DataFileError as `read_data`."""
    from pydantic import ValidationError

    try:
        return schema.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise DataFileError("data_file", {"what": Quoted("TOML", f"is no TOML: {error}")}, where=where) from error
    except ValidationError as error:
        raise DataFileError("data_file", {"what": Quoted("pydantic", _first_fault(error))}, where=where) from error


def stand_once(values: Iterable[str], what: str) -> None:
    """For a schema's validator: raises ValueError where one of ``values`` stands twice; ``what`` names their key."""
    twice = [value for value, count in Counter(values).items() if count > 1]
    if twice:
        raise ValueError(f"{what} {twice[0]} stands twice")


def _first_fault(error: ValidationError) -> str:
    fault = error.errors(include_url=False)[0]
    place = ".".join(str(part) for part in fault["loc"]) or "the whole file"
    more = f" ({error.error_count()} faults in all)" if error.error_count() > 1 else ""
    return f"{place}: {fault['msg']}{more}"
