"""The one page of the queue, its scripts and styles, and the words and choices that they show."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from normalizers.model.wording import Vocabularies
from parsers.model.data_file import read_data
from pipeline.report.field_choices import fields_script
from pipeline.report.scripts import as_script
from pipeline.report.texts import texts

_OF_THE_REPORT = ("report.css", "editor.css", "language.js", "aims.js", "decisions.js", "editor.js", "deciding.js")
"""Scripts and styles that the screen shares with the report's pages."""


def screen(by: str) -> str:
    """The page of the queue."""
    return _environment().get_template("review.html.j2").render(by=by)


def asset(name: str, output: Path) -> bytes | None:
    """A script or style of the screen by its name; None where there is none."""
    if name == "texts.js":
        return _texts_script().encode("utf-8")
    if name == "fields.js":
        return fields_script(output).encode("utf-8")
    package = "pipeline.report" if name in _OF_THE_REPORT else "pipeline.review"
    known = {entry.name: entry for entry in (files(package) / "static").iterdir()}
    return known[name].read_bytes() if name in known and known[name].is_file() else None


@cache
def _texts_script() -> str:
    sections = read_data("pipeline.review", "texts.toml", Vocabularies).root
    own = {f"{section}.{key}": both.model_dump() for section, keys in sections.items() for key, both in keys.items()}
    said = {language: {key: both[language] for key, both in (texts() | own).items()} for language in ("ja", "en")}
    return as_script("BRANCH_PLANS_TEXTS", said)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("pipeline.review", "static"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
