"""Runs that are killed, interrupted, or run out of disk: what they leave, and what the next run makes of it."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks.hostile_pdfs import cut_to
from benchmarks.sessions import heed_interrupts, session
from benchmarks.system_calls import can_meddle
from pipeline.exit_code import ExitCode
from pipeline.sample.corpus import make_document
from pipeline.sample.offices import offices
from pipeline.store.output_lock import WORK_FOLDER
from pipeline.store.state_folders import current_state
from pipeline.store.verify import verify_output
from tests.pipeline.invented_plans import entry_of, run, states, tree, write_plan

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "pipeline", "ingest"]


@pytest.fixture(scope="module")
def plan() -> bytes:
    """A short plan that can be loaded."""
    office = next(office for office in offices() if office.branch_code == "33")
    return cut_to(make_document(office, 2024, seed=1).pdf, 2)


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    write_plan(folder / "okayama.pdf", "33", 2024)
    write_plan(folder / "menu.pdf", "35", 2024, error="no_measures")
    return folder


@pytest.mark.slow
@pytest.mark.skipif(not can_meddle(), reason="strace is not there, or may not follow processes")
def test_kills_and_errors_at_system_calls_leave_whole_tables_and_the_next_run_converges(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from benchmarks.faults import campaign\n"
        "tally = campaign(Path(sys.argv[1]), kills=8, errors=4, seed=3, workers=1, swift=True, say=print)\n"
        "print(tally.seen, *tally.faults, sep='\\n'); sys.exit(bool(tally.faults))"
    )
    done = subprocess.run([sys.executable, "-c", code, tmp_path], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]


class Killed(BaseException):
    """Stands for the end of the process: nothing in the program handles it."""


MOMENTS = ("before the state", "before it is shown", "between the tables and the quarantine", "before its account")


@pytest.mark.parametrize("moment", MOMENTS)
def test_what_a_run_stopped_while_publishing_left_is_told_and_put_right(
    moment: str, raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "out"
    run(raw, output)
    write_plan(raw / "okayama.pdf", "33", 2024, value=96.0)
    write_plan(raw / "menu.pdf", "35", 2024)
    run(raw, tmp_path / "undisturbed")
    before = tree(output / "tables")
    with monkeypatch.context() as patch:
        _stop_at(moment, patch)
        with pytest.raises(Killed):
            run(raw, output)
    assert tree(output / "tables") in (before, tree(tmp_path / "undisturbed" / "tables"))
    if moment != "before the state":
        told = {fault.code for fault in verify_output(output).faults}
        assert told & {"not_shown", "report", "file"}, told
    run(raw, output)
    assert tree(output / "tables") == tree(tmp_path / "undisturbed" / "tables")
    assert verify_output(output).faults == ()
    assert not list((output / "quarantine").iterdir())


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_run_on_another_folder_after_a_kill_loses_nothing(
    moment: str, raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "out"
    manifest, _ = run(raw, output)
    menu = str(entry_of(manifest, "menu.pdf").document_id)
    write_plan(tmp_path / "second" / "hiroshima.pdf", "34", 2024)
    write_plan(tmp_path / "third" / "tottori.pdf", "31", 2024)
    with monkeypatch.context() as patch:
        _stop_at(moment, patch)
        with pytest.raises(Killed):
            run(tmp_path / "second", output, accept=(menu,), reason="seen")
    manifest, _ = run(tmp_path / "third", output)
    held = {entry.source_file: entry for entry in manifest.entries if entry.held}
    if moment == "before the state":
        assert held.keys() == {"okayama.pdf", "menu.pdf", "tottori.pdf"}
        assert held["menu.pdf"].held == "quarantined"
    else:
        assert held.keys() == {"okayama.pdf", "menu.pdf", "tottori.pdf", "hiroshima.pdf"}
        assert held["menu.pdf"].accepted is not None
    assert verify_output(output).faults == ()


def _stop_at(moment: str, patch: pytest.MonkeyPatch) -> None:
    import pipeline.store.publish
    import pipeline.store.visible

    module, name, allowed = {
        "before the state": (pipeline.store.publish, "flush", 0),
        "before it is shown": (pipeline.store.publish, "show", 1),  # a run begins by showing what is there
        "between the tables and the quarantine": (pipeline.store.visible, "take_place", 1),
        "before its account": (pipeline.store.publish, "write_manifest", 0),
    }[moment]
    original = getattr(module, name)
    seen = []

    def stop(*arguments: object) -> None:
        if len(seen) == allowed:
            raise Killed
        seen.append(arguments)
        original(*arguments)

    patch.setattr(module, name, stop)


def test_a_first_run_stopped_before_its_state_is_told(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        _stop_at("before the state", patch)
        with pytest.raises(Killed):
            run(raw, tmp_path / "out")
    with pytest.raises(Exception, match="stopped before it had"):
        verify_output(tmp_path / "out")
    manifest, _ = run(raw, tmp_path / "out")
    assert states(manifest)["okayama.pdf"] == "loaded"


def test_what_a_stopped_run_had_read_is_not_read_again(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        _stop_at("before the state", patch)
        with pytest.raises(Killed):
            run(raw, tmp_path / "out")
    write_plan(raw / "tottori.pdf", "31", 2024)
    _, parsed = run(raw, tmp_path / "out")
    assert parsed == ["tottori.pdf"]
    run(raw, tmp_path / "undisturbed")
    assert tree(tmp_path / "out" / "tables") == tree(tmp_path / "undisturbed" / "tables")
    _, parsed = run(raw, tmp_path / "out", fingerprint="another")
    assert parsed == ["menu.pdf", "okayama.pdf", "tottori.pdf"]


def test_what_a_stopped_run_had_read_is_read_again_where_it_was_damaged(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        _stop_at("before the state", patch)
        with pytest.raises(Killed):
            run(raw, tmp_path / "out")
    staged = next((tmp_path / "out" / WORK_FOLDER).rglob("2024-33-*/targets.parquet"))
    staged.write_bytes(staged.read_bytes()[:-1])
    _, parsed = run(raw, tmp_path / "out")
    assert parsed == ["okayama.pdf"]


def test_a_change_of_configuration_that_was_stopped_can_be_taken_back(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "out"
    run(raw, output)
    with monkeypatch.context() as patch:
        _stop_at("before its account", patch)
        with pytest.raises(Killed):
            run(raw, output, fingerprint="another")
    run(raw, output)
    assert verify_output(output).faults == ()


def test_a_report_that_was_stopped_is_finished_by_the_next_run(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pipeline.report.build

    def killed(*_: object, **__: object) -> None:
        raise Killed

    output = tmp_path / "out"
    with monkeypatch.context() as patch:
        patch.setattr(pipeline.report.build, "build_report", killed)
        with pytest.raises(Killed):
            run(raw, output)
    assert any(fault.code == "report" for fault in verify_output(output).faults)
    _, parsed = run(raw, output)
    assert parsed == []
    assert (output / "report" / "index.html").is_file()
    assert verify_output(output).faults == ()


def test_a_clock_that_was_set_back_changes_nothing(raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import UTC, datetime

    import pipeline.run.ingest

    class Earlier(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:
            return datetime(2001, 1, 1, tzinfo=UTC)

    output = tmp_path / "out"
    run(raw, output)
    write_plan(tmp_path / "second" / "hiroshima.pdf", "34", 2024)
    with monkeypatch.context() as patch:
        patch.setattr(pipeline.run.ingest, "datetime", Earlier)
        run(tmp_path / "second", output)
    manifest, parsed = run(raw, output)
    assert parsed == []
    assert {entry.source_file for entry in manifest.entries} == {"okayama.pdf", "menu.pdf", "hiroshima.pdf"}
    assert verify_output(output).faults == ()


@pytest.mark.parametrize("wait", [0.5, 4.0])
def test_ctrl_c_ends_soon_with_130_and_leaves_the_output_and_no_process(
    wait: float, plan: bytes, tmp_path: Path
) -> None:
    folder = tmp_path / "raw"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number}.pdf").write_bytes(plan + f"\n% {number}\n".encode())
    command = [*COMMAND, str(folder), "--output", str(tmp_path / "out"), "--workers", "2"]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=heed_interrupts,  # noqa: PLW1509 - no other thread runs here
    ) as ingest:
        lock = tmp_path / "out" / WORK_FOLDER / "process"
        while not lock.exists():
            time.sleep(0.05)
        time.sleep(wait)
        os.killpg(ingest.pid, signal.SIGINT)
        assert ingest.stderr is not None
        said = ingest.stderr.read()
    assert ingest.returncode == ExitCode.INTERRUPTED, said
    assert "Interrupted" in said
    assert "Traceback" not in said
    assert current_state(tmp_path / "out") is None
    until = time.monotonic() + 10
    while session(ingest.pid) and time.monotonic() < until:
        time.sleep(0.05)
    assert session(ingest.pid) == []


def test_a_full_disk_is_named_and_leaves_the_output_as_it_was(plan: bytes, tmp_path: Path) -> None:
    folder, output = tmp_path / "raw", tmp_path / "out"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(plan)

    def ingest(largest_file: int) -> subprocess.CompletedProcess[str]:
        command = [*COMMAND, str(folder), "--output", str(output), "--workers", "1", "--no-page-pictures"]
        limit = (largest_file, resource.RLIM_INFINITY)
        return subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},  # Python would keep what it could only write in part
            capture_output=True,
            text=True,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit),
        )

    assert ingest(1 << 30).returncode == ExitCode.DONE
    before = tree(output / "tables")
    (folder / "b.pdf").write_bytes(plan + b"\n% another copy\n")
    refused = ingest(2000)
    assert refused.returncode == ExitCode.COULD_NOT_RUN, refused.stderr
    assert str(output) in refused.stderr
    assert "Traceback" not in refused.stderr
    assert tree(output / "tables") == before
    assert ingest(1 << 30).returncode == ExitCode.DONE
    assert verify_output(output).faults == ()


def test_a_file_that_vanishes_or_changes_while_it_waits_costs_itself_only(plan: bytes, tmp_path: Path) -> None:
    from pipeline.inputs.configuration import load_configuration
    from pipeline.inputs.discovery import discover
    from pipeline.workers.worker_pool import WorkerPool

    folder = tmp_path / "raw"
    folder.mkdir()
    for name in ("good", "vanishes", "changes"):
        (folder / f"{name}.pdf").write_bytes(plan + f"\n% {name}\n".encode())
    found = discover([folder], tmp_path / "out")
    (folder / "vanishes.pdf").unlink()
    (folder / "changes.pdf").write_bytes(plan + b"\n% now another\n")
    limits = load_configuration().limits
    outcomes = {o.file.source_file: o for o in WorkerPool(2)(found.files, limits, lambda _: None, lambda *_: None)}
    assert outcomes["good.pdf"].result is not None
    assert "cannot be read any more" in str(outcomes["vanishes.pdf"].error)
    assert "changed" in str(outcomes["changes.pdf"].error)
