"""What libraries log of a PDF does not reach the terminal: it would tear the progress bar and name no file."""

from __future__ import annotations

import logging

LIBRARIES = ("pdfminer", "pikepdf", "fontTools", "PIL")
"""Loggers of libraries that read PDFs. What matters of what they say is a finding or an error of our own."""


def keep_from_terminal() -> None:
    """Gives each library's logger a handler that writes nothing, so that Python's last resort does not write to stderr.

    Records still reach handlers that an application sets on the root logger.
    """
    for name in LIBRARIES:
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
