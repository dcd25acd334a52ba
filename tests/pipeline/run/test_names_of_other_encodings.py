"""Files whose names were written on a machine of another encoding, as archives from Japanese Windows unpack them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.cli import branch_plans
from pipeline.exit_code import ExitCode
from pipeline.store.verify import verify_output
from tests.pipeline.invented_plans import run, states, write_plan

ENCODINGS = ("cp932", "euc_jp")


def named(folder: Path, name: str, encoding: str) -> Path:
    return folder / os.fsdecode(name.encode(encoding))


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_name_that_is_no_text_here_costs_nothing(tmp_path: Path, encoding: str) -> None:
    raw, output = tmp_path / "raw", tmp_path / "out"
    write_plan(named(raw, "岡山_事業計画.pdf", encoding), "33", 2024)
    write_plan(named(raw, "壊れた表.pdf", encoding), None, None, broken=True)
    write_plan(named(raw, "献立.pdf", encoding), "35", 2024, error="no_measures")
    write_plan(raw / "青森.pdf", "02", 2024)
    first, _ = run(raw, output)
    assert sorted(states(first).values()) == ["loaded", "loaded", "quarantined", "unreadable"]
    assert not verify_output(output).faults
    again, seen = run(raw, output)
    assert not seen
    assert sorted(states(again).values()) == ["quarantined", "unchanged", "unchanged", "unreadable"]


@pytest.mark.parametrize("command", ["status", "verify"])
def test_such_names_can_be_printed_for_machines(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], command: str
) -> None:
    output = tmp_path / "out"
    write_plan(named(tmp_path / "raw", "岡山.pdf", "cp932"), "33", 2024)
    run(tmp_path / "raw", output)
    assert branch_plans.main([command, str(output), "--json"], standalone_mode=False) in (None, ExitCode.DONE)
    assert capfd.readouterr().out.encode()
