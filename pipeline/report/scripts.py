"""Values handed to the pages' scripts."""

from __future__ import annotations

import json


def as_script(name: str, value: object) -> str:
    """``value`` as a script that assigns it to ``window.name``: pages opened from disk may load scripts but not fetch.

    ``<`` is written as an escape so that no text from a document can end the script or begin a comment.
    """
    encoded = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    encoded = encoded.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"window.{name}={encoded};\n"
