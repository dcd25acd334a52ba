"""Single bits that flip in what is made of the tables: each is found, and the next run heals it."""

from __future__ import annotations

from pathlib import Path

from pipeline.store.verify import verify_output
from tests.pipeline.invented_plans import run, write_plan


def _flip(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


def test_a_page_script_and_every_value_of_a_stamp(tmp_path: Path) -> None:
    output = tmp_path / "out"
    write_plan(tmp_path / "raw" / "okayama.pdf", "33", 2024)
    run(tmp_path / "raw", output, page_pictures=False)
    script = next(output.glob("report/pages/*/pages.js"))
    stamp = next(output.glob(".states/*/derived/threads.parquet.json"))
    seen = stamp.read_text(encoding="utf-8").index('"seen": "') + len('"seen": "')
    _flip(script, script.stat().st_size // 2)
    _flip(stamp, seen)
    damaged = {fault.values["path"] for fault in verify_output(output).faults}
    assert {str(script), str(stamp)} <= damaged
    write_plan(tmp_path / "further" / "hiroshima.pdf", "34", 2024)
    run(tmp_path / "further", output, page_pictures=False)
    assert verify_output(output).faults == ()
