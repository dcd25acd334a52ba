"""Whether an indicator's name that is set in several lines of a narrow cell goes on from one line to the next."""

from __future__ import annotations

from normalizers.indicators.catalogue import match_indicator
from normalizers.text.patterns import pattern
from normalizers.text.tokens import read_words

_OPEN_END = pattern("lines.open_name")
_AMID_HEAD = pattern("lines.amid_head")
_AROUND = 8
"""Characters on both sides of a line's end that are read for a word that it parts."""


def name_goes_on(text: str, line: str) -> bool:
    """Whether the verbatim ``line`` is the rest of the name ``text``: 申請に係る / 郵送化率, 特定健診実施 / 率.

    So it is where the break falls within a phrase or word, or where the catalogue knows the whole better.
    """
    if not text or not line:
        return False
    if _OPEN_END.search(text) or _AMID_HEAD.match(line) or len(line) == 1:
        return True
    tail, head = text[-_AROUND:], line[:_AROUND]
    if any(word.idx < len(tail) < word.idx + len(word.text) for word in read_words(tail + head)):
        return True
    whole, part = match_indicator(text + line), match_indicator(text)
    return whole is not None and match_indicator(line) is None and (part is None or part.score < whole.score)
