"""Writing the report's files: pages from templates (always escaped), data as scripts, each put in place whole."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from pipeline.report.field_choices import fields_script
from pipeline.report.scripts import as_script
from pipeline.report.texts import text, texts


def put(path: Path, content: str | bytes) -> None:
    """Writes ``path`` whole or not at all, and not again when it holds just that already."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    staged = path.with_name(f".{path.name}.{os.getpid()}")
    staged.write_bytes(data)
    staged.replace(path)


def render(template: str, **values: object) -> str:
    """The page made from ``template``; every value is escaped."""
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("pipeline.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["t"] = _switchable
    environment.globals["text_attribute"] = _switchable_attribute
    environment.filters["number"] = shown_number
    return environment


@cache
def _switchable(key: str) -> Markup:
    """A text in Japanese that the language switch can replace."""
    return Markup('<span data-text="{}">{}</span>').format(key, text(key, "ja"))


def _switchable_attribute(attribute: str, key: str) -> Markup:
    """An attribute in Japanese that the language switch can replace."""
    return Markup('{}="{}" data-text-{}="{}"').format(attribute, text(key, "ja"), attribute, key)


def shown_number(value: float | None) -> str:
    """A number as people write it: thousands marked, no decimals that say nothing (``95.0`` → ``95``, ``60.3``)."""
    if value is None:
        return ""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.6f}".rstrip("0")


def put_assets(report: Path) -> None:
    """Copies style, scripts and the charting library, and writes the texts as a script."""
    _copy(files("pipeline.report") / "static", report / "assets")
    both: Mapping[str, Any] = {
        language: {key: pair[language] for key, pair in texts().items()} for language in ("ja", "en")
    }
    put(report / "assets" / "fields.js", fields_script(report.parent))
    put(report / "assets" / "texts.js", as_script("BRANCH_PLANS_TEXTS", both))


def _copy(source: Traversable, target: Path) -> None:
    for entry in source.iterdir():
        if entry.is_dir():
            _copy(entry, target / entry.name)
        else:
            put(target / entry.name, entry.read_bytes())
