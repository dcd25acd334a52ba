"""A page of which the furniture has been set aside."""

from __future__ import annotations

from dataclasses import dataclass

from parsers.model.document import Furniture
from parsers.model.layout import Line, PageLayout, Table


@dataclass(frozen=True, slots=True)
class BarePage:
    """A page without its furniture: ``lines`` and ``tables`` hold the plan's text; ``furniture`` what was set aside.

    ``titles`` are the lines that name the document, verbatim; ``reference`` whether a stamp says that the page shows
    another's plan.
    """

    layout: PageLayout
    lines: tuple[Line, ...]
    tables: tuple[Table, ...]
    furniture: tuple[Furniture, ...]
    titles: tuple[str, ...]
    reference: bool
