"""Runs one measurement as a process of its own and says what it took."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_LOOK_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Measurement:
    """``seconds`` of wall time, ``pages`` read, ``peak_mb`` the most memory resident at once in the process itself.

    ``first_word``: seconds until a command said something on stderr.
    """

    seconds: float
    pages: int
    peak_mb: float
    first_word: float = 0.0


def measure_contestant(name: str, files: Sequence[Path]) -> Measurement:
    """A contestant of benchmarks.contestants on ``files``."""
    return _child([sys.executable, "-m", "benchmarks.child", name, *map(str, files)])


def measure_command(command: Sequence[str], pages: int, *, allowed: tuple[int, ...] = (0, 1)) -> Measurement:
    """A whole command, start-up included; ``peak_mb`` is that of its own process, not of those that it begins.

    Raises RuntimeError when it exits with a code that is not ``allowed``.
    """
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    ended = threading.Event()
    peaks = [0.0]
    watch = threading.Thread(target=_watch, args=(process.pid, ended, peaks))
    watch.start()
    said = process.stderr.read(1)
    first_word = time.perf_counter() - started
    said += process.stderr.read()
    process.wait()
    seconds = time.perf_counter() - started
    ended.set()
    watch.join()
    if process.returncode not in allowed:
        raise RuntimeError(f"{' '.join(command)} exited with {process.returncode}:\n{said.decode()[-2000:]}")
    return Measurement(seconds, pages, max(peaks), first_word)


def _watch(pid: int, ended: threading.Event, peaks: list[float]) -> None:
    """Notes the most memory that the process has had (what the system tells at its end is also its children's)."""
    status = Path(f"/proc/{pid}/status")
    while not ended.wait(_LOOK_SECONDS):
        with contextlib.suppress(OSError):
            told = status.read_text(encoding="utf-8").splitlines()
            peaks += [int(line.split()[1]) / 1024 for line in told if line.startswith("VmHWM:")]


def _child(command: Sequence[str]) -> Measurement:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{command[2]} failed:\n{done.stderr[-2000:]}")
    return Measurement(**json.loads(done.stdout.splitlines()[-1]))
