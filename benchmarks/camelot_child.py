"""camelot's lattice reader, run by the Python of an environment of its own: needs nothing of this project."""

from __future__ import annotations

import json
import resource
import sys
import time


def main(files: list[str]) -> None:
    """Read every page's tables of the files; prints one line of JSON."""
    import camelot
    import pypdf

    started = time.perf_counter()
    pages = 0
    for file in files:
        camelot.read_pdf(file, pages="all", flavor="lattice", suppress_stdout=True)
        pages += len(pypdf.PdfReader(file).pages)
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "pages": pages, "peak_mb": peak}))


if __name__ == "__main__":
    main(sys.argv[1:])
