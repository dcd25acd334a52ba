"""The report as files: what is shown, what is left alone, and that nothing from a document gets out of its text."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest

from pipeline.report.build import build_report
from pipeline.report.scripts import as_script
from pipeline.report.texts import prefectures
from pipeline.store.manifest import Entry
from pipeline.store.states import State
from tests.pipeline.invented_output import InventedDocument, write_run

EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(2)>../../../evil\u2028"


def pages_of(output: Path) -> dict[str, str]:
    report = output / "report"
    return {
        path.relative_to(report).as_posix(): path.read_text(encoding="utf-8")
        for path in report.rglob("*")
        if path.suffix in (".html", ".js", ".css") and "vendor" not in path.parts
    }


def tile(page: str, code: str) -> str:
    [found] = re.findall(rf'<a [^>]*class="tile state-(\w+)"[^>]*data-branch="{code}"', page)[:1]
    return str(found)


def data_of(output: Path, document_id: str) -> dict[str, list[dict[str, object]]]:
    script = (output / "report" / "documents" / f"{document_id}.js").read_text(encoding="utf-8")
    return json.loads(script.removeprefix("window.BRANCH_PLANS_DOCUMENT=").rstrip(";\n"))


def test_the_map_tells_loaded_doubtful_quarantined_and_missing_branches_apart(output: Path) -> None:
    InventedDocument(2024, "01", "北海道", quarantined=True).write(output)
    front = build_report(output).index.read_text(encoding="utf-8")
    assert (tile(front, "43"), tile(front, "33"), tile(front, "01"), tile(front, "47")) == (
        "loaded",
        "warnings",
        "quarantined",
        "missing",
    )


def test_the_front_page_opens_on_the_newest_complete_year(tmp_path: Path) -> None:
    for place in prefectures():
        for year in (2023, 2024):
            InventedDocument(year, place.code, place.ja, sha256=f"{place.code}{year}" + "0" * 58).write(tmp_path)
    InventedDocument(2025, "20", "長野").write(tmp_path)
    write_run(tmp_path)
    front = build_report(tmp_path, workers=1).index.read_text(encoding="utf-8")
    assert re.findall(r'<option value="(\d+)" selected', front) == ["2024"]
    assert re.findall(r'class="map-of-year" data-year="(\d+)"', front) == ["2024"]


def test_unknown_wordings_near_one_indicator_stand_together_the_most_frequent_first(tmp_path: Path) -> None:
    plan = InventedDocument(2024, "33", "岡山")
    for wording, code in (("実施者", "a"), ("開催数", "b"), ("開催回数", "b"), ("実施者数", "a"), ("実施者数", "a")):
        target = plan.target(wording, None, 3.0, "persons")
        nearest = [{"code": code, "name": code, "score": 0.5}]
        plan.add("unknown_indicators", target_id=target, wording=wording, nearest=nearest)
    plan.write(tmp_path)
    write_run(tmp_path)
    front = build_report(tmp_path, workers=1).index.read_text(encoding="utf-8")
    table = front[front.index('id="unknown-table"') :]
    assert re.findall(r"<tr><td>(\w+)</td>", table) == ["実施者数", "実施者", "開催回数", "開催数"]


def test_inputs_that_left_no_records_are_listed_with_their_reason(output: Path) -> None:
    write_run(output, (Entry("b/壊れた.pdf", State.UNREADABLE, reason="is no PDF"),))
    front = build_report(output).index.read_text(encoding="utf-8")
    assert "b/壊れた.pdf" in front
    assert "is no PDF" in front


def test_every_link_between_pages_leads_somewhere(output: Path) -> None:
    report = build_report(output).index.parent
    for name, page in pages_of(output).items():
        if not name.endswith(".html"):
            continue
        for link in re.findall(r'(?:href|src)="([^"]+)"', page):
            target, _, anchor = html.unescape(link).partition("#")
            if link.startswith("data:"):
                continue
            place = (report / name).parent / target if target else report / name
            assert place.resolve().is_file(), f"{name} links to {link}"
            owner = re.fullmatch(r"documents/(.+)\.html", place.resolve().relative_to(report.resolve()).as_posix())
            if anchor and owner:
                assert f'"{anchor}"' in (report / "documents" / f"{owner[1]}.js").read_text(encoding="utf-8")


def test_every_value_can_be_traced_to_a_page_and_a_box(output: Path) -> None:
    build_report(output)
    for path in (output / "report" / "documents").glob("*.html"):
        for target in data_of(output, path.stem)["targets"]:
            assert target["page"]
            assert len(target["box"]) == 4  # type: ignore[arg-type]


def test_nothing_leads_out_of_the_report(output: Path) -> None:
    build_report(output)
    for name, page in pages_of(output).items():
        assert not re.search(r"(?:src|href|url)\s*[=(]\s*[\"']?(?:https?:)?//", page), name
        if name.endswith(".html"):
            assert "default-src 'none'" in page


def test_text_of_documents_stays_text(tmp_path: Path) -> None:
    evil = InventedDocument(2024, "33", EVIL, title=EVIL, source_file=f"../../{EVIL}.pdf")
    target = evil.target(EVIL, None, 50.0, "percent", statement=EVIL, condition=EVIL, section=EVIL)
    evil.add("cells", text=EVIL, text_normalized=EVIL, page=1, x1=9.0, bottom=9.0)
    evil.add(
        "findings",
        values="{}",
        severity="warning",
        check=EVIL,
        message=EVIL,
        page=1,
        record_table="targets",
        record_id=target,
    )
    evil.add("unknown_indicators", target_id=target, wording=EVIL, nearest=[{"code": EVIL, "name": EVIL, "score": 0.5}])
    evil.write(tmp_path)
    write_run(tmp_path, (Entry(EVIL, State.UNREADABLE, reason=EVIL, title=EVIL),))
    build_report(tmp_path)
    for name, page in pages_of(tmp_path).items():
        assert "<script>alert" not in page, name
        assert "<img src=x" not in page, name
    inside = {path.resolve() for path in tmp_path.rglob("*")}
    assert all(tmp_path.resolve() in path.parents for path in inside)
    assert {path.name for path in tmp_path.iterdir()} == {"tables", "runs", "report", "derived"}
    assert data_of(tmp_path, evil.document_id)["targets"][0]["statement"] == EVIL


def test_data_scripts_hold_no_markup_and_read_back_as_they_were() -> None:
    script = as_script("X", {"text": EVIL})
    assert "<" not in script
    assert "\u2028" not in script
    assert json.loads(script.removeprefix("window.X=").rstrip(";\n")) == {"text": EVIL}


def test_the_validation_s_own_account_is_linked_where_there_is_one(output: Path) -> None:
    assert 'href="checks/index.html"' not in build_report(output).index.read_text(encoding="utf-8")
    (output / "report" / "checks").mkdir()
    (output / "report" / "checks" / "index.html").write_text("", encoding="utf-8")
    assert 'href="checks/index.html"' in build_report(output).index.read_text(encoding="utf-8")


def test_building_again_writes_nothing_anew(output: Path) -> None:
    build_report(output)
    before = {path: path.stat().st_mtime_ns for path in (output / "report").rglob("*") if path.is_file()}
    build_report(output)
    assert {path: path.stat().st_mtime_ns for path in (output / "report").rglob("*") if path.is_file()} == before


def test_a_document_that_is_gone_leaves_no_page_behind(output: Path) -> None:
    build_report(output)
    for path in (output / "tables").glob("*/plan_year=2024/*-43-*.parquet"):
        path.unlink()
    build_report(output)
    assert sorted((output / "report" / "documents").glob("2024-43-*")) == []
    assert sorted((output / "report" / "pages").glob("2024-43-*")) == []


def test_a_changed_document_gets_a_new_page(output: Path) -> None:
    build_report(output)
    plan = InventedDocument(2024, "43", "熊本", sha256="b43" + "0" * 61)
    plan.target("生活習慣病予防健診実施率", "checkup_rate", 70.1, "percent")
    plan.write(output)
    build_report(output)
    assert data_of(output, plan.document_id)["targets"][0]["value"] == 70.1


def test_a_topic_that_gets_another_name_leaves_the_pages_of_its_branches_as_they_are(tmp_path: Path) -> None:
    def written(output: Path, sha256: str) -> Path:
        for code, name in (("00", "本部"), ("33", "岡山"), ("43", "熊本")):
            plan = InventedDocument(2024, code, name, sha256=sha256 * 64 if code == "00" else code * 32)
            plan.target("生活習慣病予防健診実施率", "checkup_rate", 60.3, "percent", kind="kpi", population="insured")
            plan.write(output)
        build_report(output)
        return output

    output = written(tmp_path / "out", "a")
    shown = [output / "report" / "threads" / name for name in ("33.html", "data/branch-33.js")]
    before = [path.stat().st_mtime_ns for path in shown]
    for path in (output / "tables").glob("*/plan_year=2024/*-00-*.parquet"):
        path.unlink()
    written(output, "b")
    assert [path.stat().st_mtime_ns for path in shown] == before
    fresh = written(tmp_path / "fresh", "b")
    own = "assets/fields.js"  # names the output
    assert pages_of(output) | {own: ""} == pages_of(fresh) | {own: ""}
    assert "b" * 8 in pages_of(output)["threads/data/of-33.js"]


def test_an_output_without_documents_still_has_a_report(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    front = build_report(tmp_path).index.read_text(encoding="utf-8")
    assert "読み込まれた文書はまだありません" in front


@pytest.mark.parametrize("kind", ["plan", "comparison"])
def test_changes_show_both_sides(tmp_path: Path, kind: str) -> None:
    document = InventedDocument(2024, "33", "岡山", kind=kind)
    new = document.add("measures", text="実施率を95.0%とする", edition="new", underlines=[{"start": 4, "end": 9}])
    old = document.add("measures", text="実施率を92.0%とする", edition="old")
    document.add(
        "changes",
        kind="modified",
        new_measure_id=new,
        old_measure_id=old,
        new_text="実施率を95.0%とする",
        old_text="実施率を92.0%とする",
        marking="agrees",
    )
    document.write(tmp_path)
    build_report(tmp_path)
    [change] = data_of(tmp_path, document.document_id)["changes"]
    assert change["new"] == [
        ["実施率を", False, False],
        ["95.0", True, True],
        ["%", False, True],
        ["とする", False, False],
    ]
    assert change["old"] == [["実施率を", False, False], ["92.0", True, False], ["%とする", False, False]]
