"""Editor's marks that say where a text went or came from: 移動①, ③から移動, 移動⑦(…へ移動)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from normalizers.text.markers import enclosed_numbers

_NUMBER = rf"(?:[{enclosed_numbers()}]|[0-9]{{1,2}}|[ア-コA-Za-z])"
_WORDING = re.compile(
    rf"移動(?:先|元)? ?[(]?(?P<departing>{_NUMBER})?[)]?(?P<from>から)?(?:へ|に)?"
    rf"|[(]?(?P<moved>{_NUMBER})[)]?(?:(?P<arriving>から|より)|へ|に|に?)の?移動"
)
_REMARK = re.compile(r"[(]([^()]{2,60})[)]$")
_FRAME = "【】[]<>「」{}|← →↑↓⇒⇐※*:、。"


@dataclass(frozen=True, slots=True)
class MoveLabel:
    """``label`` pairs the two ends (①), None for a mark without one; ``arrives`` where the text came from there."""

    label: str | None
    arrives: bool


def read_move_label(text: str) -> MoveLabel | None:
    """The mark that a normalised paragraph is as a whole; None for any other text."""
    if "移動" not in text or len(text) > 90:
        return None
    words = text.strip(_FRAME)
    if words.startswith("(") and words.endswith(")") and words.count("(") == 1:
        words = words[1:-1].strip(_FRAME)
    remark = _REMARK.search(words)
    if remark is not None and remark.start() > 0:
        words = words[: remark.start()].strip(_FRAME)
    found = _WORDING.fullmatch(words)
    if found is None:
        return None
    return MoveLabel(found["departing"] or found["moved"], bool(found["arriving"] or found["from"]))
