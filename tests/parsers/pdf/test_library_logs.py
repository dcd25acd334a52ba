"""Libraries' own words about damaged files stay off the terminal."""

from __future__ import annotations

import subprocess
import sys

SAID = """
import logging
import parsers.parse
logging.getLogger("pdfminer.pdffont").warning("Could not get FontBBox from font descriptor")
logging.getLogger("pikepdf._core").error("object 5 0: unknown token while reading object")
"""


def test_what_libraries_log_is_not_printed() -> None:
    done = subprocess.run([sys.executable, "-c", SAID], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")
