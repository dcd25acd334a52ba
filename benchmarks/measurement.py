"""Runs one measurement as a process of its own and says what it took."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Measurement:
    """``seconds`` of wall time, ``pages`` read, ``peak_mb`` the most memory resident at once in any one process."""

    seconds: float
    pages: int
    peak_mb: float


def measure_contestant(name: str, files: Sequence[Path]) -> Measurement:
    """A contestant of benchmarks.contestants on ``files``."""
    return _child([sys.executable, "-m", "benchmarks.child", name, *map(str, files)])


def measure_camelot(python: Path, files: Sequence[Path]) -> Measurement:
    """camelot's lattice reader on ``files``, run by the Python of its own environment."""
    return _child([str(python), str(Path(__file__).with_name("camelot_child.py")), *map(str, files)])


def measure_command(command: Sequence[str], pages: int, *, allowed: tuple[int, ...] = (0, 1)) -> Measurement:
    """A whole command, start-up included; ``peak_mb`` is its largest process's.

    Raises RuntimeError when it exits with a code that is not ``allowed``.
    """
    started = time.perf_counter()
    # The child's own waiting gives the usage of this command alone, not of all that ran before it.
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in allowed:
        raise RuntimeError(f"{' '.join(command)} exited with {process.returncode}:\n{said.decode()[-2000:]}")
    return Measurement(seconds, pages, usage.ru_maxrss / 1024)


def _child(command: Sequence[str]) -> Measurement:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{command[2]} failed:\n{done.stderr[-2000:]}")
    return Measurement(**json.loads(done.stdout.splitlines()[-1]))
