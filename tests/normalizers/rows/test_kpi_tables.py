"""Tables of indicators by year, and columns of targets beside a plan's text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from normalizers.normalize import normalize_document
from parsers.model.document import Cell, ColumnRole, Paragraph, TablePlace
from parsers.model.geometry import Box
from tests.normalizers.plan_text import document, paragraph

_COLUMNS: Sequence[tuple[str, ColumnRole, int | None]] = (
    ("区分", "group", None),
    ("指標", "indicator", None),
    ("令和5年度 目標", "target", 2023),
    ("令和5年度 実績", "actual", 2023),
    ("令和6年度 目標", "target", 2024),
    ("備考", "note", None),
)


def table(*rows: Sequence[str]) -> list[Paragraph]:
    """Cells of a KPI table, ``/`` parting the paragraphs of a cell; empty cells have none."""
    made: list[Paragraph] = []
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            header, role, year = _COLUMNS[column]
            place = TablePlace(0, row, column, header, role, year)
            made += [replace(paragraph(part, len(made), row=row), place=place) for part in text.split("/") if part]
    return made


def test_each_year_has_rows_of_its_own_and_results_are_baselines() -> None:
    records = normalize_document(
        document(table(("被保険者", "① 生活習慣病予防健診実施率", "59.0%以上", "58.2%", "60.3%以上", "重点")))
    )
    assert [
        (t.edition, t.fiscal_year, t.number, t.comparator, t.value, t.baseline_value, t.baseline_year)
        for t in records.targets
    ] == [
        ("old", 2023, 1, "ge", 59.0, None, None),
        ("new", 2024, 1, "ge", 60.3, 58.2, 2023),
    ]
    new = records.targets[1]
    assert (new.indicator, new.population, new.plan_title, new.notes) == (
        "生活習慣病予防健診実施率",
        "insured",
        "令和6年度目標",
        ("重点",),
    )
    assert new.statement == "生活習慣病予防健診実施率 60.3%以上"


def test_several_indicators_in_one_cell_are_paired_in_order() -> None:
    records = normalize_document(document(table(("", "① 査定率/② 郵送化率", "", "0.2%/90%", "対前年度以上/95%以上"))))
    assert [(t.number, t.indicator, t.basis, t.value, t.baseline_value) for t in records.targets] == [
        (1, "査定率", "previous_year", None, 0.2),
        (2, "郵送化率", "absolute", 95.0, 90.0),
    ]


def test_a_bare_number_takes_the_unit_of_its_row() -> None:
    records = normalize_document(document(table(("", "事業者健診データ取得率（％）", "", "8.5", "9.1"))))
    assert [(t.value, t.unit, t.statement) for t in records.targets] == [
        (9.1, "percent", "事業者健診データ取得率（％） 9.1")
    ]


def test_a_result_in_another_unit_is_no_baseline() -> None:
    records = normalize_document(document(table(("", "健康宣言事業所数", "", "58.2%", "1,500社以上"))))
    assert records.targets[0].baseline_value is None


def test_a_group_speaks_only_for_the_rows_its_cell_reaches() -> None:
    lines = table(("被扶養者", "健診の案内数", "", "", "10件以上", ""), ("", "広報の回数", "", "", "5回以上", ""))
    records = normalize_document(document(lines))
    assert [target.population for target in records.targets] == ["dependents", "dependents"]
    top = lines[0].box
    cell = Cell(lines[0].cell_id or "", 1, 0, 0, 0, 1, 1, top, "content", lines[0].text)
    lines[3:] = [replace(line, pieces=(line.pieces[0]._replace(box=Box(60, 300, 360, 312)),)) for line in lines[3:]]
    records = normalize_document(replace(document(lines), cells=(cell,)))
    assert [target.population for target in records.targets] == ["dependents", None]


def test_no_target_set_keeps_its_indicator() -> None:
    records = normalize_document(document(table(("", "限度額適用認定証の使用割合", "85.0%以上", "", "－"))))
    assert [(t.basis, t.indicator, t.value) for t in records.targets] == [
        ("absolute", "限度額適用認定証の使用割合", 85.0),
        ("not_set", "限度額適用認定証の使用割合", None),
    ]


def test_a_column_of_targets_belongs_to_the_measures_beside_it() -> None:
    place = TablePlace(0, 0, 2, "KPI", "target", None)
    lines = [
        paragraph("1. 窓口", 0),
        paragraph("・応対する。", 1),
        paragraph("2. 点検", 4),
        paragraph("・研修する。", 5),
    ]
    cells = [
        replace(paragraph("① 達成状況を100%とする", 0), place=place),
        replace(paragraph("② 郵送化率（※）を95%以上とする", 1), place=place),
        replace(paragraph("（※） 現金給付の申請", 2), place=place),
        replace(paragraph("査定率を対前年度以上とする", 4), place=place),
    ]
    records = normalize_document(document([*lines, *cells]))
    headings = {measure.measure_id: measure.text for measure in records.measures}
    assert [(t.number, t.value, headings[t.heading_id or ""], t.notes) for t in records.targets] == [
        (1, 100.0, "1. 窓口", ()),
        (2, 95.0, "1. 窓口", ("（※） 現金給付の申請",)),
        (None, None, "2. 点検", ()),
    ]
    assert all(target.edition == "single" for target in records.targets)
