"""The file of decisions: nothing acknowledged is lost, nothing unknown is dropped."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pydantic import ValidationError

from pipeline.decisions.decision import Decision, UnreadLineError, new_decision, read_line
from pipeline.decisions.journal import DecisionsError, append, bring_in, read_journal
from pipeline.decisions.standing import decisions_file
from tests.pipeline.decisions.plan import SHA, decide, plan


def some(count: int, by: str = "Aoki") -> list[Decision]:
    return [decide("confirm", plan().targets[0], minute=at, by=by) for at in range(count)]


def test_what_was_decided_is_read_again(tmp_path: Path) -> None:
    row = plan().targets[0]
    decisions = [
        decide("correct", row, field="condition", before="全", after=None, comment='<b>"引用"</b>\n二行目'),
        decide("confirm", row, minute=1, before={"value": 67.2, "notes": []}),
    ]
    append(tmp_path, decisions)
    assert read_journal(decisions_file(tmp_path)).decisions == tuple(decisions)


def test_sending_twice_does_no_harm(tmp_path: Path) -> None:
    assert len(append(tmp_path, some(2))) == 2
    assert len(append(tmp_path, some(3))) == 1
    assert len(decisions_file(tmp_path).read_text().splitlines()) == 3


def test_lines_that_say_nothing_known_are_kept_and_named(tmp_path: Path) -> None:
    file = decisions_file(tmp_path)
    append(tmp_path, some(1))
    known = json.loads(file.read_text())
    later = json.dumps({**known, "id": "x", "version": 2, "action": "confirm"})
    unknown = json.dumps({**known, "id": "y", "action": "annotate"})
    cut = some(2)[1].line()[:-20]
    file.write_text(file.read_text() + f"{later}\n{unknown}\n[]\n{cut}")
    append(tmp_path, some(3)[2:])
    journal = read_journal(file)
    assert [d.id for d in journal.decisions] == ["d000-Aoki", "d002-Aoki"]
    assert [line.number for line in journal.unread] == [2, 3, 4, 5]
    assert "later version 2" in str(journal.unread[0].reason)
    assert "unknown kind (annotate)" in str(journal.unread[1].reason)
    assert file.read_text().splitlines()[1:5] == [later, unknown, "[]", cut]


def test_an_id_in_a_cut_line_is_not_taken_for_kept(tmp_path: Path) -> None:
    file = decisions_file(tmp_path)
    file.parent.mkdir()
    file.write_text(some(1)[0].line()[:60])
    assert len(append(tmp_path, some(1))) == 1
    assert len(read_journal(file).decisions) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"field": "value", "after": "61.2"}, {"field": "value", "after": True}, {"field": "unit", "after": "furlongs"},
        {"field": "confidence", "after": 1.0}, {"field": "basis", "after": None}, {"field": "number", "after": -1},
        {"field": "value", "after": 1, "text": None}, {"field": "heading_id", "after": "m0001"},
        {"field": "condition", "after": "長" * 5000}, {"field": None, "after": 1},
    ],
)  # fmt: skip
def test_a_value_that_no_table_could_hold_is_no_decision(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        decide("correct", plan().targets[0], **wrong)


@pytest.mark.parametrize(
    "line", ['{"at": "x"}', '{"id": "a", "action": "confirm"}', "NaN", '{"version": "1", "action": "confirm"}', "\x00"]
)
def test_a_broken_line_says_why(line: str) -> None:
    with pytest.raises(UnreadLineError):
        read_line(line)


def test_a_time_without_a_zone_is_none() -> None:
    said = json.loads(new_decision("Aoki", "undo", SHA, undoes="x").line())
    with pytest.raises(UnreadLineError):
        read_line(json.dumps({**said, "at": "2026-04-01T09:00:00"}))


def _append_some(output: Path, by: str) -> None:
    for decision in some(20, by):
        append(output, [decision])


def test_several_people_at_once_lose_nothing(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    people = [context.Process(target=_append_some, args=(tmp_path, name)) for name in ("Aoki", "Baba", "Chiba")]
    for person in people:
        person.start()
    for person in people:
        person.join()
    journal = read_journal(decisions_file(tmp_path))
    assert len(journal.decisions) == 60
    assert journal.unread == ()


_WRITER = """
import sys
from pathlib import Path
from pipeline.decisions.decision import new_decision
from pipeline.decisions.journal import append
while True:
    decision = new_decision("Aoki", "undo", "a" * 64, undoes="x" * 40)
    append(Path(sys.argv[1]), [decision])
    print(decision.id, flush=True)
"""


@pytest.mark.slow
def test_whatever_was_acknowledged_is_there_after_a_kill_at_any_moment(tmp_path: Path) -> None:
    chance = random.Random(15)
    acknowledged: set[str] = set()
    for _ in range(100):
        process = subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True, env={**os.environ}
        )
        assert process.stdout is not None
        acknowledged.add(process.stdout.readline().strip())
        time.sleep(chance.random() * 0.05)
        process.send_signal(signal.SIGKILL)
        rest = process.stdout.read().split("\n")
        acknowledged.update(line for line in rest[:-1] if line)
        process.wait()
        journal = read_journal(decisions_file(tmp_path))
        assert acknowledged <= {decision.id for decision in journal.decisions}
    assert acknowledged


@pytest.mark.parametrize("data", [b"hello\n", b"\x00\xff\n" * 9, b"%PDF-1.7\n1 0 obj\n", b"[]\n12\n"])
def test_a_file_that_is_none_of_decisions_is_refused_and_nothing_of_it_kept(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "other.txt"
    file.write_bytes(data)
    with pytest.raises(DecisionsError, match="no decisions"):
        bring_in(tmp_path, file)
    assert not decisions_file(tmp_path).exists()


def test_decisions_of_a_later_version_are_brought_in_though_not_understood(tmp_path: Path) -> None:
    file = tmp_path / "later.jsonl"
    file.write_text('{"version": 9, "action": "ponder"}\n', encoding="utf-8")
    assert len(bring_in(tmp_path, file).unread) == 1
    assert b"ponder" in decisions_file(tmp_path).read_bytes()
