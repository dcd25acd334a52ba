"""An output over the years: damage that is healed or named, documents that are forgotten, what a run says of it all."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline import open_output
from pipeline.exit_code import ExitCode
from pipeline.messages import Messages
from pipeline.run.forgetting import NotHeldError
from pipeline.run.planning import NoVersionError
from pipeline.run.run_summary import exit_code, print_summary
from pipeline.store.derived import DATABASE, is_current
from pipeline.store.manifest import Manifest, run_files
from pipeline.store.state_folders import current_state, state_folders
from pipeline.store.status import status_of
from pipeline.store.verify import verify_output
from tests.pipeline.invented_plans import entry_of, run, states, tree, write_plan

pytestmark = pytest.mark.usefixtures("unvalidated")


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    write_plan(folder / "okayama.pdf", "33", 2024)
    write_plan(folder / "hiroshima.pdf", "34", 2024, value=90.0)
    return folder


def damage(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 8
    with path.open("r+b") as file:
        file.write(data)


def further(tmp_path: Path) -> Path:
    return write_plan(tmp_path / "further" / "tottori.pdf", "31", 2024).parent


def targets_of(output: Path, code: str) -> Path:
    return next((output / "tables" / "targets").rglob(f"2024-{code}-*.parquet"))


def test_a_damaged_document_is_read_again_from_its_pdf_though_that_is_no_input(raw: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    run(raw, output)
    before = tree(output / "tables")
    damage(targets_of(output, "33"))
    _, parsed = run(further(tmp_path), output)
    assert parsed == ["okayama.pdf", "tottori.pdf"]
    assert before.items() <= tree(output / "tables").items()
    assert verify_output(output).faults == ()


def test_a_damaged_document_without_its_pdf_is_named_until_it_is_back_or_forgotten(raw: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    run(raw, output)
    before = tree(output / "tables")
    damage(targets_of(output, "33"))
    raw.rename(tmp_path / "aside")
    for _ in range(2):
        manifest, _ = run(further(tmp_path), output)
        assert [entry.source_file for entry in manifest.lost] == ["okayama.pdf"]
        assert exit_code(manifest) == ExitCode.SOME_NOT_LOADED
        assert [fault.code for fault in verify_output(output).faults] == ["lost"]
    shutil.copytree(output, tmp_path / "copy")
    manifest, _ = run(None, tmp_path / "copy", forget=(str(manifest.lost[0].document_id),))
    assert verify_output(tmp_path / "copy").faults == ()
    (tmp_path / "aside").rename(raw)
    run(further(tmp_path), output)
    assert before.items() <= tree(output / "tables").items()
    assert verify_output(output).faults == ()


def test_a_whole_copy_heals_what_is_damaged_without_reading(raw: Path, tmp_path: Path) -> None:
    run(raw, tmp_path / "first")
    output = tmp_path / "out"
    shutil.copytree(tmp_path / "first", output)  # in which no two names are one file
    before = tree(output / "tables")
    state = current_state(output)
    assert state is not None
    for path in (next((state.path / "tables" / "targets").rglob("*.parquet")), state.account):
        damage(path)
    damage(targets_of(output, "33"))
    _, parsed = run(further(tmp_path), output)
    assert parsed in (["tottori.pdf"], ["okayama.pdf", "tottori.pdf"])
    assert before.items() <= tree(output / "tables").items()
    assert verify_output(output).faults == ()


def test_an_edited_account_of_an_earlier_run_is_found_and_set_aside(raw: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    for name in ("okayama.pdf", "hiroshima.pdf"):
        run(raw / name, output)
    run(raw, output)
    path = run_files(output)[1]
    path.write_text(path.read_text(encoding="utf-8").replace("hiroshima", "hirosaki"), encoding="utf-8")
    assert [fault.code for fault in verify_output(output).faults] == ["run"]
    manifest, _ = run(further(tmp_path), output)
    assert [notice["code"] for notice in manifest.notices] == ["run"]
    assert verify_output(output).faults == ()
    run_files(output)[1].unlink()
    assert [fault.code for fault in verify_output(output).faults] == ["chain"]


def test_what_is_forgotten_is_gone_from_the_tables_and_kept_in_the_account(raw: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    manifest, _ = run(raw, output)
    okayama = str(entry_of(manifest, "okayama.pdf").document_id)
    manifest, parsed = run(None, output, forget=(okayama,))
    assert parsed == []
    assert list(open_output(output).documents["branch_code"]) == ["34"]
    assert [gone["document_id"] for gone in manifest.forgotten] == [okayama]
    assert verify_output(output).faults == ()
    with pytest.raises(NotHeldError, match=okayama):
        run(None, output, forget=(okayama,))
    manifest, parsed = run(raw, output)
    assert parsed == ["okayama.pdf"]
    assert [gone["document_id"] for gone in manifest.forgotten] == [okayama]


def test_forgetting_the_final_plan_lets_the_draft_be_loaded_again(raw: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    write_plan(raw / "draft.pdf", "33", 2024, is_draft=True)
    run(raw, output)
    (raw / "okayama.pdf").unlink()
    run(None, output, forget=("okayama.pdf",))
    manifest, _ = run(raw, output)
    assert states(manifest) == {"draft.pdf": "loaded", "hiroshima.pdf": "unchanged"}


def test_a_frame_keeps_its_state_whatever_is_ingested_meanwhile(raw: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    run(raw, output)
    held = open_output(output)
    write_plan(raw / "okayama.pdf", "33", 2024, value=96.0)
    run(raw, output)
    assert sorted(held.targets["value"]) == [90.0, 95.0]
    assert set(held.documents["document_id"]) == set(held.targets["document_id"])
    assert sorted(open_output(output).targets["value"]) == [90.0, 96.0]


@pytest.mark.parametrize(("language", "words"), [("en", "is a draft"), ("ja", "確定版")])
def test_a_run_says_what_replaced_what_and_what_to_do_next(
    language: str, words: str, raw: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "out"
    write_plan(raw / "draft.pdf", "33", 2024, is_draft=True)
    write_plan(raw / "menu.pdf", "35", 2024, error="no_measures")
    manifest, _ = run(raw, output)
    messages = Messages("ja" if language == "ja" else "en")
    print_summary(manifest, output, messages, quiet=False, verbose=False)
    said = capsys.readouterr().err
    assert words in said
    assert f"--prefer {entry_of(manifest, 'draft.pdf').document_id}" in said
    assert "identify" in said


def test_an_internal_error_costs_its_document_and_keeps_its_trace(raw: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    write_plan(raw / "odd.pdf", "31", 2024, faulty=True)
    manifest, _ = run(raw, output)
    assert states(manifest) == {"hiroshima.pdf": "loaded", "odd.pdf": "unreadable", "okayama.pdf": "loaded"}
    reason = entry_of(manifest, "odd.pdf").reason
    assert "internal error (ZeroDivisionError" in reason
    [trace] = (output / "runs").glob("trace-*.txt")
    assert str(trace) in reason
    assert "ZeroDivisionError" in trace.read_text(encoding="utf-8")
    assert verify_output(output).faults == ()


def test_two_files_of_one_name_in_two_folders_are_two(tmp_path: Path) -> None:
    output = tmp_path / "out"
    for folder, code in (("north", "35"), ("south", "36")):
        write_plan(tmp_path / folder / "plan.pdf", code, 2024, error="no_measures")
    manifest, _ = run(tmp_path / "north", output)
    manifest, _ = run(tmp_path / "south", output)
    assert [entry.branch_code for entry in manifest.entries if entry.held] == ["36", "35"]
    assert len(list((output / "quarantine").iterdir())) == 2


def test_a_file_that_comes_back_with_the_same_bytes_is_read(raw: Path, tmp_path: Path) -> None:
    from pipeline.inputs.discovery import InputFile
    from pipeline.inputs.input_bytes import InputGoneError
    from pipeline.run.outcome_entries import unread_entry
    from pipeline.workers.worker_pool import Outcome

    file = InputFile(raw / "okayama.pdf", "okayama.pdf", "0" * 64, 1)
    assert unread_entry(Outcome(file, None, InputGoneError("input_gone", {"error": "gone"})), "").retry


def said_of(manifest: Manifest, output: Path, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    print_summary(manifest, output, Messages("en"), quiet=False, verbose=False)
    return capsys.readouterr().err


@pytest.mark.usefixtures("swift")
def test_a_withdrawn_plan_a_half_copied_one_and_one_overwritten_are_told(
    raw: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "out"
    run(raw, output)
    # Half copied: nothing tells its year any more. The other plan is withdrawn.
    whole = (raw / "okayama.pdf").read_bytes()
    write_plan(raw / "okayama.pdf", "33", None, error="no_measures")
    (raw / "hiroshima.pdf").rename(tmp_path / "aside.pdf")
    manifest, _ = run(raw, output)
    said = said_of(manifest, output, capsys)
    assert "quarantined: okayama.pdf" in said
    assert "withdrawn?: hiroshima.pdf" in said
    assert f"forget {output} {entry_of(manifest, 'hiroshima.pdf').document_id}" in said
    assert [entry.source_file for entry in status_of(output).gone] == ["hiroshima.pdf"]
    # Both are back: the half copy leaves the quarantine, though nothing is to be read.
    (raw / "okayama.pdf").write_bytes(whole)
    (tmp_path / "aside.pdf").rename(raw / "hiroshima.pdf")
    manifest, parsed = run(raw, output)
    said = said_of(manifest, output, capsys)
    assert parsed == []
    assert not list((output / "quarantine").iterdir())
    assert "replaced: what okayama.pdf held before" in said
    assert "withdrawn?" not in said
    assert "New since" not in said
    assert status_of(output).gone == ()
    # Another version in the same file, and a new name for the other: only the first is new.
    write_plan(raw / "okayama.pdf", "33", 2024, value=96.0)
    (raw / "hiroshima.pdf").rename(raw / "renamed.pdf")
    manifest, _ = run(raw, output)
    said = said_of(manifest, output, capsys)
    assert "replaced: what okayama.pdf held before" in said
    assert "New since the last run: 33 2024\n" in said
    assert states(manifest) == {"okayama.pdf": "loaded", "renamed.pdf": "loaded"}
    assert {fault.code for fault in verify_output(output).faults} == {"report"}  # none was drawn


def test_what_another_edition_of_the_program_derived_is_made_anew_and_no_damage(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "out"
    run(raw, output)
    run(further(tmp_path), output)
    monkeypatch.setattr("pipeline.store.derived.EDITION", "another")
    assert verify_output(output).faults == ()
    state = current_state(output)
    assert state is not None
    assert not is_current(state.path, DATABASE)
    manifest, parsed = run(raw, output)
    assert (manifest.notices, parsed) == ((), [])
    assert is_current(state.path, DATABASE)
    assert len(state_folders(output)) == 2


@pytest.mark.usefixtures("swift")
def test_the_version_asked_for_last_is_loaded_and_an_unknown_one_is_refused(raw: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    write_plan(raw / "draft.pdf", "33", 2024, is_draft=True)
    with pytest.raises(NoVersionError, match=r"nothing\.pdf"):
        run(raw, output, prefer=("nothing.pdf",))
    for asked, loaded in ((str(raw / "draft.pdf"), "draft.pdf"), ("okayama.pdf", "okayama.pdf"), ("draft.pdf",) * 2):
        manifest, _ = run(raw, output, prefer=(asked,))
        assert entry_of(manifest, loaded).held == "loaded"
    manifest, _ = run(raw, output)
    assert entry_of(manifest, "draft.pdf").held == "loaded"


@pytest.mark.usefixtures("swift")
def test_what_is_accepted_in_spite_of_errors_is_not_clean(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "out"
    write_plan(tmp_path / "raw" / "menu.pdf", "35", 2024, error="no_measures")
    manifest, _ = run(tmp_path / "raw", output)
    manifest, _ = run(None, output, accept=(str(manifest.documents[0].document_id),), reason="seen")
    assert manifest.documents[0].grade == "doubtful"
    assert list(open_output(output).documents["grade"]) == ["doubtful"]
    assert "0 are clean, 1 need review" in said_of(manifest, output, capsys)


@pytest.mark.usefixtures("swift")
def test_where_nothing_is_loaded_no_export_is_proposed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_plan(tmp_path / "raw" / "torn.pdf", "35", 2024, broken=True)
    manifest, _ = run(tmp_path / "raw", tmp_path / "out")
    said = said_of(manifest, tmp_path / "out", capsys)
    assert "put right the files named above" in said
    assert "export" not in said
