"""For which plan and which year a column of a document speaks."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from normalizers.text.characters import normalize
from normalizers.text.fiscal_years import read_fiscal_year, read_newest_year
from parsers.model.data_file import read_data
from parsers.model.document import Edition, Paragraph


class EditionTitle(NamedTuple):
    """A column's own title, normalised (None where there is one edition only), and the fiscal year it speaks for."""

    plan_title: str | None
    fiscal_year: int | None


def edition_title(paragraph: Paragraph, document_year: int | None) -> EditionTitle:
    """The title and year of the column in which a paragraph stands.

    A title that names a year decides. Else the old edition is that of the year before the document's, unless its title
    says that the plan was changed within the year (変更前); a plan shown for comparison has no year of its own.
    """
    title = normalize(paragraph.column_title).text if paragraph.column_title else None
    # What leads from one plan to the next (令和5年度計画 → 令和6年度計画) names the new one last.
    read = read_newest_year if paragraph.edition == "new" else read_fiscal_year
    named = read(title) if title else None
    if paragraph.edition == "single":
        return EditionTitle(None, document_year)
    year = named if named is not None else _unnamed_year(paragraph.edition, title or "", document_year)
    return EditionTitle(title or None, year)


def _unnamed_year(edition: Edition, title: str, document_year: int | None) -> int | None:
    if edition == "reference" or document_year is None:
        return None
    revised = any(pattern.fullmatch("".join(title.split())) for pattern in _same_year())
    return document_year - 1 if edition == "old" and not revised else document_year


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    same_year: tuple[re.Pattern[str], ...]


@cache
def _same_year() -> tuple[re.Pattern[str], ...]:
    return read_data("normalizers.rows", "editions.toml", _Table).same_year
