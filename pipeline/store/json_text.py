"""JSON as it is stored and printed: readable, and writable whatever the names in it are."""

from __future__ import annotations

import json
from typing import Any


def json_text(data: Any, *, indent: int | None = None, sort_keys: bool = False) -> str:
    """``data`` as JSON in which characters stand as they are.

    The path of a file whose name is no text on this machine (written by one of another encoding) holds lone surrogates,
    which UTF-8 cannot encode. Python's escape of a lone surrogate is JSON's too, so they are read back as they were.
    """
    text = json.dumps(data, ensure_ascii=False, indent=indent, sort_keys=sort_keys)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
