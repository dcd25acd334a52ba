"""Columns that several tables share."""

from __future__ import annotations

from typing import get_args

from normalizers.model.records import Reviewed
from parsers.model.document import Edition
from pipeline.store.table import Column


def box_columns(of: str) -> tuple[Column, ...]:
    """The four edges of ``of``, named in their meanings."""
    return (
        Column("x0", "number", f"Left edge of {of}, in PDF points from the page's left."),
        Column("top", "number", f"Upper edge of {of}, in PDF points from the page's top."),
        Column("x1", "number", f"Right edge of {of}, in PDF points from the page's left."),
        Column("bottom", "number", f"Lower edge of {of}, in PDF points from the page's top."),
    )


DOCUMENT_ID = Column("document_id", "string", "The document (see `documents`).")
PAGE = Column("page", "integer", "Page, counted from 1.", minimum=1)
BRANCH = Column("branch_code", "string", "Prefecture code of JIS X 0401, `00` for headquarters.", nullable=True)
EDITION = Column(
    "edition",
    "string",
    "Which edition speaks: `new` or `old` column of a comparison, `single` for a plan of one edition, "
    "`reference` for a headquarters' plan shown beside it.",
    allowed=get_args(Edition),
)
PLAN_TITLE = Column("plan_title", "string", "Header of the edition's own column, normalised.", nullable=True)
FISCAL_YEAR = Column(
    "fiscal_year",
    "integer",
    "Western year in which the Japanese fiscal year begins that this edition speaks for.",
    nullable=True,
    minimum=1990,
    maximum=2100,
)
SECTION = Column("section", "string", "分野, normalised.", nullable=True)
REVIEW = (
    Column("corrected_by", "string", "Who confirmed or corrected it in review.", nullable=True),
    Column(
        "reviewed",
        "string",
        "Whether a person looked at it: `no`, `confirmed`, `corrected`, or `sampled` (confirmed, drawn by chance).",
        allowed=get_args(Reviewed),
    ),
    Column("read_value", "string", "JSON: the fields that review changed, as they were read.", nullable=True),
)
