"""The sheets of the workbook: real numbers with their formats, frozen headings, filters, widths that fit Japanese."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import xlsxwriter

from normalizers.vocabulary import catalogue, fiscal_year_name
from pipeline.answers.confirmation import ConfirmationSheet, write_confirmation
from pipeline.answers.workbook_fields import (
    AIMS,
    CHANGES,
    CODEBOOK,
    FINDINGS,
    HISTORY,
    INDICATORS,
    THREADS,
    VOCABULARIES,
    Field,
    Row,
    Value,
    number_format,
)
from pipeline.report.front import document_href
from pipeline.report.texts import Language, prefectures, text
from pipeline.report.wording import aim_words

FONT = {"font_name": "Yu Gothic", "font_size": 10}
WIDEST = 58
NARROWEST = 7
LONGEST_TEXT = 32_767  # characters that a cell can hold
MOST_LINKS = 65_000  # a sheet can hold 65,530
HEADER_HEIGHT = 62
NATIONAL = {"bold": True, "bg_color": "#EEF3F7", "bottom": 1}
HEADING = {"bold": True, "valign": "vcenter", "bg_color": "#12344D", "font_color": "#FFFFFF"}
LINK_COLOR = "#0B5C8F"


class PlanWorkbook:
    """A workbook being written; ``report`` is the way from its folder to the report's."""

    def __init__(self, file: Path, report: str, language: Language) -> None:
        # Text from documents that begins with = or a web address stays text.
        options = {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_format_properties": FONT,
        }
        self._book = xlsxwriter.Workbook(str(file), options)
        self._report = Path(report).as_posix()
        self._language: Language = language
        self._formats: dict[tuple[tuple[str, object], ...], Any] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._book.close()

    def add_matrix(self, year: int, kpi: Sequence[Row]) -> None:
        """One row a branch, one column an indicator of the catalogue; above them the national aim where it is known.

        Adds nothing where the year's aims name no indicator of the catalogue.
        """
        columns = _matrix_columns(kpi)
        if not columns:
            return
        values = {(row["branch_code"], row["indicator_code"], row["population"]): row for row in kpi}
        sheet = self._book.add_worksheet(f"{self._text('sheet.matrix')} {year}")
        heading = self._format(**HEADING, text_wrap=True, align="center", border=1, border_color="#C8D2DA")
        sheet.set_row(0, HEADER_HEIGHT)
        for at, title in enumerate((self._text("column.code"), self._text("column.branch"))):
            sheet.write_string(0, at, title, heading)
        for at, column in enumerate(columns, 2):
            sheet.write_string(0, at, self._indicator_name(*column), heading)
        national = self._format(**NATIONAL)
        sheet.write_string(1, 0, "00", national)
        sheet.write_string(1, 1, self._text("kpi.national"), national)
        for at, (code, population, _) in enumerate(columns, 2):
            own = (row for row in kpi if (row["indicator_code"], row["population"]) == (code, population))
            self._write_national(sheet, at, next((row for row in own if row["national_basis"]), None))
        for down, place in enumerate(prefectures(), 2):
            sheet.write_string(down, 0, place.code)
            sheet.write_string(down, 1, place.ja if self._language == "ja" else place.en)
            for at, (code, population, _) in enumerate(columns, 2):
                row = values.get((place.code, code, population))
                if row is not None:
                    self._write_aim(sheet, down, at, row)
        last = len(prefectures()) + 1
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, last, len(columns) + 1)
        sheet.set_column(0, 0, NARROWEST)
        sheet.set_column(1, 1, 11)
        sheet.set_column(2, len(columns) + 1, 17)
        self._set_print(sheet, f"{year} ({fiscal_year_name(year)})")

    def add_aims(self, aims: Sequence[Row]) -> None:
        """Every aim, one row each."""
        self._add_table("aims", AIMS, aims)

    def add_changes(self, changes: Sequence[Row]) -> None:
        """Every difference between an old and a new edition."""
        self._add_table("changes", CHANGES, changes)

    def add_findings(self, findings: Sequence[Row]) -> None:
        """Everything that quality assurance should look at."""
        self._add_table("findings", FINDINGS, findings)

    def add_history(self, history: Sequence[Row]) -> None:
        """Every year of every indicator of a branch, with where plans contradict each other."""
        self._add_table("history", HISTORY, history)

    def add_threads(self, threads: Sequence[Row]) -> None:
        """Every measure with what it carries on."""
        self._add_table("threads", THREADS, threads)

    def add_indicators(self, indicators: Sequence[Row]) -> None:
        """The catalogue's indicators: how each is counted, which way is better, who has it and in what words."""
        self._add_table("indicators", INDICATORS, indicators)

    def add_codebook(self, columns: Sequence[Row]) -> None:
        """What each column of each table and view means."""
        self._add_table("codebook", CODEBOOK, columns)

    def add_confirmation(self, sheet: ConfirmationSheet) -> None:
        """A sheet that can be sent to a branch: what was read from its plan, to be confirmed or corrected."""
        write_confirmation(self._book, sheet, self._language, FONT["font_name"])

    # ------------------------------------------------------------------------------------------------ sheets

    def _add_table(self, name: str, fields: Sequence[Field], rows: Sequence[Row]) -> None:
        sheet = self._book.add_worksheet(self._text(f"sheet.{name}"))
        heading = self._format(**HEADING)
        widths = []
        links = 0
        for at, field in enumerate(fields):
            title = self._text(field.heading)
            sheet.write_string(0, at, title, heading)
            shown = [self._translated(field, row) for row in rows]
            widths.append(max(_width(title) + 3, *(_width(value) for value in shown), NARROWEST))
            for down, (row, value) in enumerate(zip(rows, shown, strict=True), 1):
                link = field.link(row) if field.link and links < MOST_LINKS else None
                links += link is not None
                self._write(sheet, down, at, value, field.number_format(row, self._language), link)
            sheet.set_column(at, at, min(widths[at] + 1, WIDEST))
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(rows), 1), len(fields) - 1)
        self._set_print(sheet, self._text(f"sheet.{name}"))

    def _translated(self, field: Field, row: Row) -> Value:
        value = field.value(row)
        if field.heading in VOCABULARIES and value is not None:
            return self._text(f"{VOCABULARIES[field.heading]}.{value}")
        return aim_words(row, self._language) if field.heading == "kpi.aim" else value

    def _write_aim(self, sheet: Any, down: int, at: int, row: Row) -> None:
        """A number where the aim is one, else its words (前年度以上)."""
        is_number = row["basis"] == "absolute" and row["value"] is not None
        value = row["value"] if is_number else aim_words(row, self._language)
        link = document_href(row["document_id"], row["target_id"])
        self._write(sheet, down, at, value, number_format(row["unit"], self._language), link, align="right")

    def _write_national(self, sheet: Any, at: int, row: Row | None) -> None:
        """The nation's aim as a branch's ``row`` has it beside its own; None where it has none."""
        unit = catalogue()[row["indicator_code"]].unit if row else None
        shape = self._format(**NATIONAL, num_format=number_format(unit, self._language), align="right")
        if row is None:
            sheet.write_blank(1, at, None, shape)
        elif row["national_value"] is not None and row["national_basis"] == "absolute":
            sheet.write_number(1, at, row["national_value"], shape)
        else:
            better = "le" if row["direction"] == "lower" else "ge"
            aim = {"basis": row["national_basis"], "comparator": better, "value": None}
            sheet.write_string(1, at, aim_words(aim, self._language), shape)

    def _write(
        self, sheet: Any, down: int, at: int, value: Value, number_format: str, link: str | None, **shown: object
    ) -> None:
        if value is None or value == "":
            return
        if link:
            shown["font_color"] = LINK_COLOR
        shape = self._format(num_format=number_format, valign="top", **shown)
        if link:
            # Writing the value after the link keeps the link and makes the cell a real number.
            sheet.write_url(down, at, f"external:{self._report}/{link}", shape, string=" ")
        if isinstance(value, str):
            sheet.write_string(down, at, _printable(value), shape)
        else:
            sheet.write_number(down, at, value, shape)

    # ----------------------------------------------------------------------------------------------- details

    def _indicator_name(self, code: str, population: str | None, several: bool) -> str:
        entry = catalogue().get(code)
        name = code if entry is None else entry.name_ja if self._language == "ja" else entry.name_en
        return f"{name} ({self._text(f'population.{population}')})" if several and population else name

    def _text(self, key: str) -> str:
        return text(key, self._language)

    def _format(self, **properties: object) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(properties)
        return self._formats[key]

    @staticmethod
    def _set_print(sheet: Any, title: str) -> None:
        sheet.set_landscape()
        sheet.set_paper(8)  # A3
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_header(f"&L{title.replace('&', '&&')}&R&P / &N")


def _matrix_columns(kpi: Iterable[Row]) -> list[tuple[str, str | None, bool]]:
    """The catalogue's indicators seen, in its order: code, population, whether the code has several populations."""
    seen = {(row["indicator_code"], row["population"]) for row in kpi if row["indicator_code"]}
    order: Mapping[str, int] = {code: at for at, code in enumerate(catalogue())}
    populations = [code for code, _ in seen]
    ordered = sorted(seen, key=lambda pair: (order.get(pair[0], len(order)), pair[0], pair[1] or ""))
    return [(code, population, populations.count(code) > 1) for code, population in ordered]


def _width(value: Value) -> int:
    """How wide a value is shown, in columns of a half-width digit; Japanese characters take two.

    Not `rich.cells`: it counts ① and ※ as terminals show them, the fonts of Excel draw them wide.
    """
    if not isinstance(value, str):
        return 0 if value is None else len(f"{value:,}") + 3
    if value.isascii():
        return len(value)
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in value)


def _printable(value: str) -> str:
    """``value`` as a cell can hold it."""
    held = value[:LONGEST_TEXT]
    return held if held.isprintable() else "".join(c for c in held if c.isprintable() or c == "\n")
