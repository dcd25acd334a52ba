"""Marks at a line's head that stand amid a sentence, and open no item: ①から移動, …、/ ②…, 協会・/ ・関係団体."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from normalizers.text.markers import Marker, read_marker
from parsers.paragraphs.line_breaks import ends_sentence, leaves_room, mentions_mark, opens_list_in_bracket, parts_word
from parsers.paragraphs.placed_lines import PlacedLine


@dataclass(frozen=True, slots=True)
class MarkSettings:
    """Which marks open nothing."""

    full: float = 0.6
    """Em that a full line leaves free at its end at most: less than a character. Nearest: 0.599 and 0.672."""
    below: float = 0.5
    """Em by which marks of one list stand out of line at most. Chosen."""


SETTINGS = MarkSettings()


_GOES_ON = frozenset("、，,；;")


def stands_amid(
    marker: Marker, before: Sequence[PlacedLine], text: str, line: PlacedLine, rest: Sequence[PlacedLine]
) -> bool:
    """Whether the mark at the head of ``line`` belongs to the sentence of ``before``, whose last lines say ``text``."""
    amid = _is_mention(marker, line) or _is_middle_dot(marker, before, line, rest) or _counts_on(marker, before)
    return amid or opens_list_in_bracket(text) or _is_word_s_end(marker, before, text, line, rest)


def _is_word_s_end(
    marker: Marker, before: Sequence[PlacedLine], text: str, line: PlacedLine, rest: Sequence[PlacedLine]
) -> bool:
    """Whether a letter at a line's head ends a word that the line before it cuts, and no list counts to or from it:
    健診デー / タ　7.0％.
    """
    if marker.kind.counts != "katakana" or marker.start or marker.number is None or not parts_word(text, line.text):
        return False
    others = [read_marker(placed.text) for placed in (before[0], *rest)]
    beside = (marker.number - 1, marker.number + 1)
    return not any(other and other.kind.counts == "katakana" and other.number in beside for other in others)


def is_next_item(marker: Marker, before: Sequence[PlacedLine], line: PlacedLine) -> bool:
    """Whether the mark at the head of ``line`` stands below that of the paragraph of ``before`` and counts on from it:
    １ 歯科初診料 / ２ 地域歯科….
    """
    first = read_marker(before[0].text)
    if first is None or marker.number is None or first.kind.name != marker.kind.name:
        return False
    below = abs(line.line.box.x0 - before[0].line.box.x0) <= SETTINGS.below * line.line.size
    return below and marker.number - 1 == first.number


def _is_mention(marker: Marker, line: PlacedLine) -> bool:
    return marker.kind.mentionable and mentions_mark(line.text, marker.end)


def _counts_on(marker: Marker, before: Sequence[PlacedLine]) -> bool:
    """Whether a number at a line's head carries on an enumeration within a sentence: ①…とする、②…、/③….

    The number before it stands amid a line of the paragraph, and the sentence runs on.
    """
    if marker.number is None or before[-1].text.rstrip()[-1:] not in _GOES_ON:
        return False
    first = read_marker(before[0].text)
    if marker.text[-1:] in _GOES_ON and (first is None or first.kind.name != marker.kind.name):
        # 65、70、/ 75、…: the comma that may part a mark from its item goes on counting here.
        return True
    amid = [
        read_marker(placed.text[index + 1 :])
        for placed in before
        for index, character in enumerate(placed.text[:-1])
        if index and (character in _GOES_ON or character.isspace())
    ]
    return any(
        other is not None and other.kind.name == marker.kind.name and other.number == marker.number - 1
        for other in amid
    )


def _is_middle_dot(marker: Marker, before: Sequence[PlacedLine], line: PlacedLine, rest: Sequence[PlacedLine]) -> bool:
    """Whether a ・ at a line's head joins two words of a sentence that runs on: no list of such items is at hand."""
    if marker.kind.name != "dot" or line.text[marker.end : marker.end + 1].isspace():
        return False
    last = before[-1]
    full = last.right - last.line.box.x1 <= SETTINGS.full * last.line.size
    first = read_marker(before[0].text)
    listed = first is not None and first.kind.name == "dot"
    listed = listed or any(
        other is not None and other.kind.name == "dot" for other in (read_marker(placed.text) for placed in rest)
    )
    sentence = any("、" in placed.text for placed in before) and ends_as_sentence(line, rest)
    return full and sentence and not listed


def ends_as_sentence(line: PlacedLine, rest: Sequence[PlacedLine]) -> bool:
    """Whether the text from ``line`` on ends a sentence before another item begins or a line visibly ends."""
    for ahead, following in zip((line, *rest), (*rest, None), strict=True):
        if ends_sentence(ahead.text):
            return True
        if following is None or read_marker(following.text) or leaves_room(ahead.line, ahead.right, following.line):
            return False
    return False
