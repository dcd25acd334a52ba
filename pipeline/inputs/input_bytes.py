"""An input's bytes, read when its turn comes."""

from __future__ import annotations

from pathlib import Path

from parsers.model.errors import BranchPlansError, LimitExceededError
from pipeline.inputs.configuration import Limits

_MIB = 1024 * 1024


class InputGoneError(BranchPlansError):
    """A file that was found has vanished, or may not be read any more; it is tried again by every run."""


def read_input(path: Path, limits: Limits) -> bytes:
    """The bytes of ``path``.

    Raises LimitExceededError where it is larger than ``limits`` allow, InputGoneError where it has vanished or may not
    be read.
    """
    try:
        size = path.stat().st_size
        if size > limits.file_mb * _MIB:
            raise LimitExceededError("file_too_large", {"size": size / _MIB, "most": limits.file_mb}, where=str(path))
        return path.read_bytes()
    except OSError as error:
        raise InputGoneError("input_gone", {"error": error}, where=str(path)) from error
