"""The Excel workbook."""

from __future__ import annotations

import subprocess
from pathlib import Path
from shutil import which
from urllib.parse import unquote

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.answers.export import ExportError, export, export_workbook
from pipeline.report.build import build_report
from tests.pipeline.invented_output import InventedDocument


@pytest.fixture
def catalogued(tmp_path: Path) -> Path:
    """Two plans whose indicators stand in the catalogue."""
    for code, name, rate in (("33", "岡山", 66.5), ("43", "熊本", 60.25)):
        plan = InventedDocument(2024, code, name)
        plan.target(
            "生活習慣病予防健診実施率", "insured_checkup_rate", rate, "percent", population="insured", kind="kpi"
        )
        plan.target("健康宣言事業所数", "declaration_offices", 1850.0, "offices", kind="kpi")
        plan.target("返納金債権の回収率", "overpayment_recovery_rate", None, None, kind="kpi", basis="previous_year")
        plan.add("findings", values="{}", severity="warning", check="kpi_numbering", message="=HYPERLINK(1)", page=1)
        plan.write(tmp_path)
    return tmp_path


def sheets(output: Path, file: Path, **options: object) -> dict[str, Worksheet]:
    export_workbook(output, file, **options)  # type: ignore[arg-type]
    return {sheet.title: sheet for sheet in openpyxl.load_workbook(file).worksheets}


def column(sheet: Worksheet, heading: str) -> int:
    return next(cell.column for cell in sheet[1] if cell.value == heading)


def test_the_matrix_holds_real_numbers_of_47_branches(catalogued: Path) -> None:
    matrix = sheets(catalogued, catalogued / "kpi.xlsx")["KPI 2024"]
    at = column(matrix, "生活習慣病予防健診実施率")
    rates = {matrix.cell(row, 2).value: matrix.cell(row, at) for row in range(2, matrix.max_row + 1)}
    assert len(rates) == 48
    assert rates["岡山"].value == 66.5
    assert rates["岡山"].number_format == '0.0##"%"'
    assert rates["全国"].value == 61.7
    assert rates["東京"].value is None


def test_a_loaded_headquarters_plan_gives_the_national_row(catalogued: Path) -> None:
    plan = InventedDocument(2024, "00", "本部")
    plan.target("生活習慣病予防健診実施率", "insured_checkup_rate", 62.5, "percent", population="insured", kind="kpi")
    plan.write(catalogued)
    matrix = sheets(catalogued, catalogued / "kpi.xlsx")["KPI 2024"]
    assert matrix.cell(2, column(matrix, "生活習慣病予防健診実施率")).value == 62.5


def test_the_history_of_a_year_goes_back_to_the_first(catalogued: Path) -> None:
    for year in (2023, 2025):
        plan = InventedDocument(year, "33", "岡山")
        plan.target("健康宣言事業所数", "declaration_offices", 1000.0 + year, "offices")
        plan.write(catalogued)
    history = sheets(catalogued, catalogued / "kpi.xlsx", year=2024)["目標の推移"]
    rows = [[cell.value for cell in row] for row in history.iter_rows(min_row=2)]
    found = {row[0] for row in rows if "健康宣言事業所数" in row and "岡山" in row}
    assert found == {2023, 2024}


def test_indicators_are_defined_in_the_language_asked_for(catalogued: Path) -> None:
    for language, sheet, heading, words in (
        ("ja", "指標の定義", "定義", "宣言した"),
        ("en", "Indicators", "How it is counted", "declared"),
    ):
        book = sheets(catalogued, catalogued / "kpi.xlsx", language=language)[sheet]
        told = [book.cell(row, column(book, heading)).value for row in range(2, book.max_row + 1)]
        assert len(told) == 3
        assert any(words in str(text) for text in told)


def test_an_aim_without_a_number_stands_in_words(catalogued: Path) -> None:
    matrix = sheets(catalogued, catalogued / "kpi.xlsx")["KPI 2024"]
    words = [cell.value for row in matrix.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert words.count("前年度以上") == 3  # two branches and the national aim


def test_every_value_is_linked_to_a_record_of_the_report(catalogued: Path, tmp_path: Path) -> None:
    build_report(catalogued)
    file = tmp_path / "elsewhere" / "kpi.xlsx"
    matrix = sheets(catalogued, file)["KPI 2024"]
    linked = [cell for row in matrix.iter_rows(min_row=3, min_col=3) for cell in row if cell.value is not None]
    assert len(linked) == 6
    for cell in linked:
        assert cell.hyperlink is not None
        page = file.parent / unquote(cell.hyperlink.target.replace("\\", "/"))
        assert page.is_file()
        assert f'"{cell.hyperlink.location}"' in page.with_suffix(".js").read_text(encoding="utf-8")


def test_headings_stay_in_sight_and_columns_can_be_filtered(catalogued: Path) -> None:
    for sheet in sheets(catalogued, catalogued / "kpi.xlsx").values():
        assert sheet.freeze_panes is not None
        assert sheet.auto_filter.ref is not None


def test_japanese_text_fits_its_column(catalogued: Path) -> None:
    aims = sheets(catalogued, catalogued / "kpi.xlsx")["目標一覧"]
    at = column(aims, "指標")
    letter = aims.cell(1, at).column_letter
    assert aims.column_dimensions[letter].width >= 2 * len("生活習慣病予防健診実施率")


def test_text_that_begins_like_a_formula_stays_text(catalogued: Path) -> None:
    findings = sheets(catalogued, catalogued / "kpi.xlsx")["確認事項"]
    cell = findings.cell(2, column(findings, "内容"))
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")


def test_an_english_workbook_has_english_headings(catalogued: Path) -> None:
    assert set(sheets(catalogued, catalogued / "kpi.xlsx", language="en")) == {
        "KPI 2024",
        "Targets",
        "Changes",
        "Findings",
        "History",
        "Indicators",
        "Code book",
        "Confirm 岡山",
        "Confirm 熊本",
    }


def test_only_the_year_asked_for_is_written(output: Path) -> None:
    aims = sheets(output, output / "kpi.xlsx", year=2023)["目標一覧"]
    assert {row[0].value for row in aims.iter_rows(min_row=2)} == {2023}


def test_a_year_without_targets_is_an_error_that_leaves_no_file(output: Path) -> None:
    with pytest.raises(ExportError, match="1999"):
        export_workbook(output, output / "kpi.xlsx", year=1999)
    assert not (output / "kpi.xlsx").exists()


def test_a_folder_in_the_file_s_place_is_an_error(output: Path) -> None:
    (output / "kpi.xlsx").mkdir()
    with pytest.raises(ExportError, match=r"kpi\.xlsx"):
        export_workbook(output, output / "kpi.xlsx")
    assert list(output.glob(".*")) == []


@pytest.mark.slow
def test_libreoffice_opens_it_and_follows_its_links(catalogued: Path) -> None:
    office = which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    build_report(catalogued)
    export_workbook(catalogued, catalogued / "kpi.xlsx")
    profile = f"-env:UserInstallation=file://{catalogued}/profile"
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "html",
        "--outdir",
        str(catalogued),
        str(catalogued / "kpi.xlsx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    page = (catalogued / "kpi.html").read_text(encoding="utf-8", errors="replace")
    assert "66.5%" in page
    assert f"{catalogued}/report/documents/2024-33-plan-00000000.html#" in page


def test_a_name_that_excel_would_not_open_is_refused(output: Path, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="xlsx"):
        export(output, tmp_path / "kpi.txt")
    assert not (tmp_path / "kpi.txt").exists()
