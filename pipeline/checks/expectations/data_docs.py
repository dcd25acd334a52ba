"""Data Docs of a validation: Great Expectations' own pages, readable without a network and safe to open.

The library's page frame loads styles, scripts and pictures from the web. Its content is kept, but set into a frame of
this project's (``data_docs_templates``) with styles inside the page. Values come from documents that nobody vouches
for, and the library's templates write some of them unescaped: they are escaped before rendering, and the frame forbids
every script and every load.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.store.columns import TABLES

if TYPE_CHECKING:
    from great_expectations.core.expectation_validation_result import ExpectationSuiteValidationResult

# Rows shown of each expectation that does not hold; the findings table has the rest.
_ROWS_SHOWN = 20
# The same values once more, without their rows.
_UNSHOWN = ("unexpected_list",)


def write_data_docs(results: Mapping[str, ExpectationSuiteValidationResult], folder: Path) -> Path:
    """Writes an index and one page a table into ``folder`` (made where missing); returns the index."""
    from great_expectations.render.renderer import ValidationResultsPageRenderer
    from great_expectations.render.view import DefaultJinjaPageView
    from jinja2 import ChoiceLoader, Environment, PackageLoader, select_autoescape

    own_frame = PackageLoader("pipeline.checks.expectations", "data_docs_templates")
    view = DefaultJinjaPageView()
    library_frame = PackageLoader("great_expectations", "render/view/templates")
    view.env.loader = ChoiceLoader([own_frame, library_frame])
    renderer = ValidationResultsPageRenderer()
    folder.mkdir(parents=True, exist_ok=True)
    for name, result in results.items():
        document = renderer.render(_shown(result))
        page = view.render(document, **_summary(name, result))  # type: ignore[no-untyped-call]
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    index = folder / "index.html"
    summaries = [_summary(name, result) for name, result in results.items()]
    frame = Environment(loader=own_frame, autoescape=select_autoescape(default=True, default_for_string=True))
    index.write_text(frame.get_template("index.html.j2").render(tables=summaries), encoding="utf-8")
    return index


def _summary(name: str, result: ExpectationSuiteValidationResult) -> dict[str, Any]:
    return {
        "table": name,
        "row": TABLES[name].row,
        "evaluated": result.statistics["evaluated_expectations"],
        "held": result.statistics["successful_expectations"],
    }


def _shown(result: ExpectationSuiteValidationResult) -> ExpectationSuiteValidationResult:
    """A copy of ``result`` as a page shows it: lists of rows cut, every string of the data escaped."""
    shown = copy(result)
    shown.results = []
    for outcome in result.results:
        brief = copy(outcome)
        brief.result = {key: _escaped(_cut(key, value)) for key, value in outcome.result.items() if key not in _UNSHOWN}
        shown.results.append(brief)
    return shown


def _cut(key: str, value: Any) -> Any:
    return value[:_ROWS_SHOWN] if isinstance(value, list) and "unexpected" in key else value


def _escaped(value: Any) -> Any:
    if isinstance(value, str):
        return html.escape(value)
    if isinstance(value, dict):
        return {key: _escaped(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_escaped(part) for part in value]
    return value
