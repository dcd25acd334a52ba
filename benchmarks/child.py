"""One measurement in a process of its own: ``python -m benchmarks.child NAME FILE...`` prints one line of JSON."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from benchmarks.contestants import CONTESTANTS


def main(arguments: list[str]) -> None:
    """Measure the contestant named first on the files that follow."""
    contestant = next(c for c in CONTESTANTS if c.name == arguments[0])
    files = [Path(name) for name in arguments[1:]]
    read = contestant.prepare()
    started = time.perf_counter()
    pages = read(files)
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "pages": pages, "peak_mb": peak}))


if __name__ == "__main__":
    main(sys.argv[1:])
