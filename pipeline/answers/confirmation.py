"""The sheet that a branch gets for confirmation: what was read from its plan, yes or no, the correct value."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.decisions.confirmation_sheet import BY_CELL, COLUMNS, HEADING_ROW, MARK
from pipeline.decisions.fields import correctable
from pipeline.decisions.row_places import target_places
from pipeline.report.texts import Language, text
from pipeline.report.wording import aim_words

Row = dict[str, Any]
WIDTHS = (6, 40, 18, 12, 10, 60, 6, 12, 14, 30, 3)
_INPUT = {"locked": False, "num_format": "@", "bg_color": "#FFF9E5", "border": 1, "border_color": "#C8D2DA"}
_HEADING = {"bold": True, "bg_color": "#12344D", "font_color": "#FFFFFF", "text_wrap": True, "valign": "vcenter"}
_EDITIONS = ("new", "single")


@dataclass(frozen=True, slots=True)
class ConfirmationSheet:
    """One branch and year with the targets of its plan, in their order."""

    branch_name: str
    fiscal_year: int
    targets: tuple[Row, ...]
    keys: tuple[str, ...]


def confirmation_sheets(targets: Sequence[Row]) -> list[ConfirmationSheet]:
    """A sheet for each branch of its newest year among ``targets`` (rows with their document's name and hash).

    Only what the branch's plan says of that year is asked: no old column, nothing of the nation.
    """
    of_document: dict[str, list[Row]] = defaultdict(list)
    for target in targets:
        of_document[target["document_id"]].append(target)
    places = {key: place for rows in of_document.values() for key, place in target_places(rows).items()}
    newest: dict[str, int] = {}
    own = [t for t in targets if t["edition"] in _EDITIONS and t["fiscal_year"] and t["target_id"] in places]
    for target in own:
        newest[target["branch_code"]] = max(newest.get(target["branch_code"], 0), target["fiscal_year"])
    sheets = []
    for code, year in sorted(newest.items()):
        of_year = [t for t in own if t["branch_code"] == code and t["fiscal_year"] == year]
        # A draft is asked about only where it is all there is.
        rows = tuple([t for t in of_year if not t["is_draft"]] or of_year)
        keys = tuple(_key(row, places[row["target_id"]].said()) for row in rows)
        sheets.append(ConfirmationSheet(rows[0]["branch_name"], year, rows, keys))
    return sheets


def _key(target: Row, place: Row) -> str:
    read = {name: target[name] for name in correctable()["targets"].values if name in target}
    return json.dumps({"sha256": target["sha256"], "place": place, "read": read}, ensure_ascii=False)


def write_confirmation(book: Any, content: ConfirmationSheet, language: Language, font: object) -> None:
    """Adds the sheet to ``book`` (of XlsxWriter); only what is to be filled in can be changed."""
    name = f"{text('sheet.confirmation', language)} {content.branch_name}"
    sheet = book.add_worksheet(name)
    plain = book.add_format({"font_name": font, "text_wrap": True, "valign": "top"})
    entry = book.add_format(
        {"font_name": font, "locked": False, "num_format": "@", "text_wrap": True, "valign": "top", **_INPUT}
    )
    heading = book.add_format({"font_name": font, **_HEADING})
    title = book.add_format({"font_name": font, "bold": True, "font_size": 14})
    sheet.write_string(0, 0, f"{content.branch_name} {content.fiscal_year} {text('confirm.title', language)}", title)
    sheet.write_string(1, 0, text("confirm.instruction", language))
    row, column = (at - 1 for at in BY_CELL)
    sheet.write_string(row, column - 1, text("confirm.by", language))
    sheet.write_blank(row, column, None, entry)
    for at, key in enumerate(COLUMNS[:-1]):
        sheet.write_string(HEADING_ROW - 1, at, text(f"confirm.{key}", language), heading)
    last = len(COLUMNS) - 1
    sheet.write_string(HEADING_ROW - 1, last, MARK)
    for down, (target, own_key) in enumerate(zip(content.targets, content.keys, strict=True), HEADING_ROW):
        unit = text(f"unit.{target['unit']}", language) if target["unit"] else None
        shown = (
            target["number"], target["indicator"], aim_words(target, language), target["value"], unit,
            target["statement_normalized"], target["page"],
        )  # fmt: skip
        for at, value in enumerate(shown):
            if value is not None:
                sheet.write(down, at, value, plain)
        for at in range(len(shown), last):
            sheet.write_blank(down, at, None, entry)
        sheet.write_string(down, last, own_key)
    answers = [text("confirm.yes", language), text("confirm.no", language)]
    answer = COLUMNS.index("answer")
    end = HEADING_ROW + len(content.targets)
    sheet.data_validation(HEADING_ROW, answer, end, answer, {"validate": "list", "source": answers})
    for at, width in enumerate(WIDTHS):
        sheet.set_column(at, at, width, None, {"hidden": at == last})
    sheet.autofilter(HEADING_ROW - 1, 0, max(end - 1, HEADING_ROW), last - 1)
    sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})
    sheet.freeze_panes(HEADING_ROW, 2)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADING_ROW - 1)
