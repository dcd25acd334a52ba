"""Whether a text speaks in sentences."""

from __future__ import annotations

import re

from normalizers.text.patterns import pattern

_SENTENCE_END = pattern("lines.sentence_end")
_BRACKETS_AT_END = re.compile(r"(?:[(【\[<][^()【】\[\]<>]*[)】\]>])+$")


def is_sentence(text: str) -> bool:
    """Whether a normalised text ends like a sentence (…する。, …を図る), brackets at its end left aside."""
    return _SENTENCE_END.search(_BRACKETS_AT_END.sub("", text)) is not None
