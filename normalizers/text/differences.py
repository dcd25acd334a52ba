"""Where the wording of two versions of a text differs."""

from __future__ import annotations

import difflib

from parsers.model.styled_text import Span, merge_spans

LONGEST_COMPARED = 4000
"""Characters of one text that are compared: it takes time by the square. A page has 2,000."""


def differences(new: str, old: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The stretches of ``new`` and of ``old`` that the other does not have, character by character."""
    start = _common_prefix(new, old)
    end = _common_prefix(new[start:][::-1], old[start:][::-1])
    inner_new, inner_old = new[start : len(new) - end], old[start : len(old) - end]
    if len(inner_new) > LONGEST_COMPARED or len(inner_old) > LONGEST_COMPARED:
        return merge_spans([Span(start, len(new) - end)]), merge_spans([Span(start, len(old) - end)])
    of_new, of_old = [], []
    for _, n0, n1, o0, o1 in difflib.SequenceMatcher(None, inner_new, inner_old, autojunk=False).get_opcodes():
        if inner_new[n0:n1] != inner_old[o0:o1]:
            of_new.append(Span(start + n0, start + n1))
            of_old.append(Span(start + o0, start + o1))
    return merge_spans(of_new), merge_spans(of_old)


def _common_prefix(one: str, other: str) -> int:
    length = min(len(one), len(other))
    return next((at for at in range(length) if one[at] != other[at]), length)
