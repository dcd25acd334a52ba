"""The main job around the parse: states, quarantine, versions, unchanged inputs, the same bytes every time."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from pipeline.inputs.discovery import InputError
from pipeline.run.quarantine import NotQuarantinedError
from pipeline.store.manifest import totals_of
from pipeline.store.stock import take_stock
from pipeline.store.verify import verify_output
from tests.pipeline.invented_plans import entry_of, run, states, tree, write_plan

pytestmark = pytest.mark.usefixtures("unvalidated")


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    write_plan(folder / "okayama.pdf", "33", 2024)
    write_plan(folder / "hiroshima.pdf", "34", 2024, value=90.0)
    return folder


def test_every_input_ends_in_one_state_and_the_totals_add_up(raw: Path, tmp_path: Path) -> None:
    write_plan(raw / "draft.pdf", "33", 2024, is_draft=True)
    write_plan(raw / "torn.pdf", None, None, broken=True)
    write_plan(raw / "menu.pdf", "35", 2024, error="no_measures")
    (raw / "copy.pdf").write_bytes((raw / "okayama.pdf").read_bytes())
    manifest, _ = run(raw, tmp_path / "out")
    assert states(manifest) == {
        "copy.pdf": "loaded",
        "draft.pdf": "superseded",
        "hiroshima.pdf": "loaded",
        "menu.pdf": "quarantined",
        "okayama.pdf": "duplicate",
        "torn.pdf": "unreadable",
    }
    assert manifest.totals == totals_of(manifest.documents)
    assert sum(manifest.totals.values()) == 6
    assert "No measure was found" in entry_of(manifest, "menu.pdf").reason
    assert entry_of(manifest, "menu.pdf").page == 1
    assert "33" not in manifest.missing_branches["2024"]
    assert len(manifest.missing_branches["2024"]) == 45


def test_tables_can_be_read_as_one_dataset_with_the_year_as_a_column(raw: Path, tmp_path: Path) -> None:
    run(raw, tmp_path / "out")
    targets = pd.read_parquet(tmp_path / "out" / "tables" / "targets")
    assert sorted(targets["value"]) == [90.0, 95.0]
    assert set(targets["plan_year"]) == {2024}
    assert pd.read_parquet(tmp_path / "out" / "tables" / "changes").empty


def test_unchanged_inputs_are_not_parsed_again_and_nothing_is_written_anew(raw: Path, tmp_path: Path) -> None:
    write_plan(raw / "menu.pdf", "35", 2024, error="no_measures")
    write_plan(raw / "torn.pdf", None, None, broken=True)
    run(raw, tmp_path / "out")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out" / "tables").rglob("*")}
    manifest, parsed = run(raw, tmp_path / "out")
    assert parsed == []
    assert states(manifest) == {
        "hiroshima.pdf": "unchanged",
        "menu.pdf": "quarantined",
        "okayama.pdf": "unchanged",
        "torn.pdf": "unreadable",
    }
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "out" / "tables").rglob("*")} == before


def test_another_configuration_reads_everything_again(raw: Path, tmp_path: Path) -> None:
    run(raw, tmp_path / "out")
    _, parsed = run(raw, tmp_path / "out", fingerprint="another")
    assert parsed == ["hiroshima.pdf", "okayama.pdf"]


def test_what_failed_is_read_again_when_asked_for(raw: Path, tmp_path: Path) -> None:
    write_plan(raw / "menu.pdf", "35", 2024, error="no_measures")
    run(raw, tmp_path / "out")
    _, parsed = run(raw, tmp_path / "out", retry=True)
    assert parsed == ["menu.pdf"]


def test_a_new_document_leaves_the_others_as_they_are(raw: Path, tmp_path: Path) -> None:
    run(raw, tmp_path / "out")
    write_plan(raw / "yamaguchi.pdf", "35", 2024)
    manifest, parsed = run(raw, tmp_path / "out")
    assert parsed == ["yamaguchi.pdf"]
    assert states(manifest) == {"hiroshima.pdf": "unchanged", "okayama.pdf": "unchanged", "yamaguchi.pdf": "loaded"}
    assert len(pd.read_parquet(tmp_path / "out" / "tables" / "documents")) == 3


def test_documents_that_are_no_input_this_time_stay(raw: Path, tmp_path: Path) -> None:
    run(raw, tmp_path / "out")
    other = tmp_path / "other"
    write_plan(other / "yamaguchi.pdf", "35", 2024)
    manifest, _ = run(other, tmp_path / "out")
    assert states(manifest) == {"yamaguchi.pdf": "loaded"}
    assert [entry.source_file for entry in manifest.kept] == ["hiroshima.pdf", "okayama.pdf"]
    assert len(take_stock(tmp_path / "out").loaded) == 3


def test_a_corrected_file_takes_the_place_of_what_it_held_before(raw: Path, tmp_path: Path) -> None:
    run(raw, tmp_path / "out")
    write_plan(raw / "okayama.pdf", "33", 2024, value=96.0)
    run(raw, tmp_path / "out")
    targets = pd.read_parquet(tmp_path / "out" / "tables" / "targets")
    assert sorted(targets["value"]) == [90.0, 96.0]


def test_a_file_that_gets_its_earlier_bytes_back_is_loaded_as_before(raw: Path, tmp_path: Path) -> None:
    out, plan = tmp_path / "out", raw / "hiroshima.pdf"
    first = plan.read_bytes()
    run(raw, out)
    before = tree(out / "tables")
    write_plan(plan, "34", 2024, value=95.0)
    run(raw, out)
    assert tree(out / "tables") != before
    plan.write_bytes(first)
    manifest, _ = run(raw, out)
    assert states(manifest)["hiroshima.pdf"] == "loaded"
    assert tree(out / "tables") == before


def test_a_corrected_file_leaves_quarantine(raw: Path, tmp_path: Path) -> None:
    write_plan(raw / "okayama.pdf", "33", 2024, error="no_measures")
    run(raw, tmp_path / "out")
    write_plan(raw / "okayama.pdf", "33", 2024)
    manifest, _ = run(raw, tmp_path / "out")
    assert states(manifest)["okayama.pdf"] == "loaded"
    assert not list((tmp_path / "out" / "quarantine").iterdir())


def test_a_correction_that_fails_leaves_the_good_version_loaded(raw: Path, tmp_path: Path) -> None:
    run(raw, tmp_path / "out")
    write_plan(raw / "okayama.pdf", "33", 2024, value=96.0, error="not_a_branch_plan")
    manifest, _ = run(raw, tmp_path / "out")
    assert states(manifest)["okayama.pdf"] == "quarantined"
    assert sorted(pd.read_parquet(tmp_path / "out" / "tables" / "targets")["value"]) == [90.0, 95.0]


def test_output_is_the_same_whatever_came_first(raw: Path, tmp_path: Path) -> None:
    write_plan(raw / "draft.pdf", "33", 2024, is_draft=True)
    write_plan(raw / "menu.pdf", "35", 2024, error="no_measures")
    run(raw, tmp_path / "at_once")
    for name in ("menu.pdf", "draft.pdf", "okayama.pdf", "hiroshima.pdf"):
        run(raw / name, tmp_path / "one_by_one")
    assert tree(tmp_path / "at_once" / "tables") == tree(tmp_path / "one_by_one" / "tables")


def test_a_preferred_version_is_loaded_and_stays(raw: Path, tmp_path: Path) -> None:
    write_plan(raw / "draft.pdf", "33", 2024, is_draft=True)
    run(raw, tmp_path / "out")
    manifest, _ = run(raw, tmp_path / "out", prefer=("draft.pdf",))
    assert states(manifest) == {"draft.pdf": "loaded", "hiroshima.pdf": "unchanged", "okayama.pdf": "superseded"}
    write_plan(raw / "yamaguchi.pdf", "35", 2024)
    manifest, _ = run(raw, tmp_path / "out")
    assert states(manifest)["okayama.pdf"] == "superseded"


def test_quarantine_keeps_what_was_read_and_says_what_to_do(raw: Path, tmp_path: Path) -> None:
    write_plan(raw / "menu.pdf", "35", 2024, error="no_measures")
    manifest, _ = run(raw, tmp_path / "out")
    folder = tmp_path / "out" / "quarantine" / str(entry_of(manifest, "menu.pdf").document_id)
    account = json.loads((folder / "findings.json").read_text(encoding="utf-8"))
    assert account["findings"][0]["message"] == "No measure was found on any page."
    assert "--retry" in account["read_again"]
    assert f"--accept {folder.name}" in account["load_all_the_same"]
    assert len(pd.read_parquet(folder / "targets.parquet")) == 1


def test_an_accepted_document_is_loaded_with_who_and_why(raw: Path, tmp_path: Path) -> None:
    write_plan(raw / "menu.pdf", "35", 2024, error="no_measures")
    manifest, _ = run(raw, tmp_path / "out")
    document_id = str(entry_of(manifest, "menu.pdf").document_id)
    manifest, parsed = run(None, tmp_path / "out", accept=(document_id,), reason="seen by eye")
    assert parsed == []
    assert states(manifest) == {"menu.pdf": "loaded"}
    accepted = entry_of(manifest, "menu.pdf").accepted
    assert accepted is not None
    assert (accepted.reason, accepted.checks) == ("seen by eye", ("no_measures",))
    assert accepted.by
    assert len(pd.read_parquet(tmp_path / "out" / "tables" / "documents")) == 3
    manifest, _ = run(raw, tmp_path / "out")
    assert states(manifest)["menu.pdf"] == "unchanged"


def test_one_acceptance_covers_what_only_the_comparison_with_others_finds(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.checks.settings import CheckSettings, load_settings

    def strict(file: Path | None) -> CheckSettings:
        sections = load_settings(file).sections
        return CheckSettings({**sections, "duplicate_plan": {**sections["duplicate_plan"], "severity": "error"}})

    write_plan(raw / "copy.pdf", "33", 2024, error="no_measures")
    manifest, _ = run(raw, tmp_path / "out")
    document_id = str(entry_of(manifest, "copy.pdf").document_id)
    monkeypatch.setattr("pipeline.checks.settings.load_settings", strict)
    manifest, _ = run(None, tmp_path / "out", accept=(document_id,), reason="seen by eye")
    entry = entry_of(manifest, "copy.pdf")
    assert entry.accepted is not None
    assert entry.held == "loaded"
    assert set(entry.accepted.checks) == {"no_measures", "duplicate_plan"}
    assert {error["check"] for error in entry.errors} == {"no_measures", "duplicate_plan"}
    manifest, _ = run(raw, tmp_path / "out")
    assert states(manifest)["copy.pdf"] == "unchanged"


def test_accepting_what_is_not_in_quarantine_is_refused(raw: Path, tmp_path: Path) -> None:
    run(raw, tmp_path / "out")
    with pytest.raises(NotQuarantinedError, match="2024-99"):
        run(None, tmp_path / "out", accept=("2024-99-plan-00000000",), reason="why not")


def test_a_rebuild_reads_everything_and_forgets_the_rest(raw: Path, tmp_path: Path) -> None:
    run(raw, tmp_path / "out")
    before = tree(tmp_path / "out" / "tables")
    (raw / "hiroshima.pdf").unlink()
    manifest, parsed = run(raw, tmp_path / "out", rebuild=True)
    assert parsed == ["okayama.pdf"]
    assert manifest.kept == ()
    after = tree(tmp_path / "out" / "tables")
    assert after.items() < before.items()


def test_lost_or_stray_files_are_put_right_by_the_next_run(raw: Path, tmp_path: Path) -> None:
    run(raw, tmp_path / "out")
    before = tree(tmp_path / "out" / "tables")
    lost = next((tmp_path / "out" / "tables" / "targets").rglob("*.parquet"))
    lost.unlink()
    assert verify_output(tmp_path / "out").faults
    run(raw, tmp_path / "out")
    assert tree(tmp_path / "out" / "tables") == before
    assert verify_output(tmp_path / "out").faults == ()


def test_verify_finds_a_changed_byte(raw: Path, tmp_path: Path) -> None:
    run(raw, tmp_path / "out")
    file = next((tmp_path / "out" / "tables" / "targets").rglob("*.parquet"))
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.unlink()
    file.write_bytes(data)
    assert any(file.name in fault.values["path"] for fault in verify_output(tmp_path / "out").faults)


def test_inputs_are_never_written_to(raw: Path, tmp_path: Path) -> None:
    before = tree(raw)
    run(raw, tmp_path / "out")
    assert tree(raw) == before
    with pytest.raises(InputError):
        run(raw, raw / "out")
    assert tree(raw) == before


def test_paths_in_names_and_titles_decide_nothing(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    write_plan(raw / "escape ..%2F..%2F <script> $(touch x).pdf", "33", 2024, error="no_measures")
    run(raw, tmp_path / "out")
    outside = {path.name for path in tmp_path.iterdir()}
    assert outside == {"raw", "out"}
