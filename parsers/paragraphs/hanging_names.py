"""A name that wraps under a hanging indent, with its figure at the right of its last line, is one statement.

・資格喪失後の保険証回収に占める   /    早期回収の割合 ……… 93.0％以上
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from normalizers.text.markers import read_marker
from parsers.layout.joined_lines import far_apart
from parsers.model.layout import Line
from parsers.paragraphs.cards import is_bare_value
from parsers.paragraphs.line_breaks import ends_open, ends_sentence, parts_word


@dataclass(frozen=True, slots=True)
class HangingNameSettings:
    """A wrapped name and its figure. Em of the line unless said otherwise. All chosen."""

    figure_gap_at_least: float = 0.4
    """Between the name and its figure at least."""
    figure_set_apart: float = 3.0
    """Between a name and a figure at the column's edge with which its item ends."""
    hanging_edge: float = 0.6
    """A line that hangs begins no further from where the item's text does."""
    room_before_figure: float = 3.0
    """What a wrapped line leaves free at most before the place where the figure below it begins."""
    hanging_line_gap: float = 1.5
    """Between two lines of one name at most."""
    most_hanging_lines: int = 5
    """Lines of a name at most."""


SETTINGS = HangingNameSettings()


def hangs_to_figure(before: Sequence[Line], line: Line, rest: Sequence[Line]) -> bool:
    """Whether ``line`` carries on the item that ``before`` names so far, which ends in a figure set apart.

    ``rest`` are the lines after it. Several lines with a figure each are a list below the item, not its name.
    """
    edge = _text_edge(before[0])
    if edge is None or len(before) >= SETTINGS.most_hanging_lines or any(map(_figure, before)):
        return False
    hanging = [*before[1:]]
    figure: Line | None = None
    last = before[-1]
    for ahead in (line, *rest):
        if not _follows(last, ahead, edge):
            break
        if figure is not None:
            return _figure(ahead) is None and _wrapped([before[0], *hanging[:-1]], hanging[-1], figure)
        hanging.append(ahead)
        figure, last = _figure(ahead), ahead
    return figure is not None and _wrapped([before[0], *hanging[:-1]], hanging[-1], figure)


def stands_below_figure(before: Sequence[Line], line: Line) -> bool:
    """Whether ``line`` begins where the lines ``before`` it do, the last of which ends in a figure set far apart: what
    that one gives the figure of is said.
    """
    parts = far_apart(before[-1], SETTINGS.figure_set_apart)
    aligned = abs(line.box.x0 - before[0].box.x0) <= SETTINGS.hanging_edge * line.size
    return aligned and len(parts) > 1 and is_bare_value(parts[-1].text.text)


def _text_edge(line: Line) -> float | None:
    """Where the text of an item begins behind its mark; None for a line that is no item."""
    marker = read_marker(line.text.text)
    if marker is None or not marker.kind.splits or marker.kind.label:
        return None
    text = [glyph for glyph in line.glyphs[marker.end :] if not glyph.text.isspace()]
    return text[0].x0 if text else None


def _follows(last: Line, line: Line, edge: float) -> bool:
    near = line.box.top - last.box.bottom < SETTINGS.hanging_line_gap * line.size and line.box.top > last.box.top
    hangs = abs(line.box.x0 - edge) <= SETTINGS.hanging_edge * line.size
    return near and hangs and read_marker(line.text.text) is None and not ends_sentence(last.text.text)


def _figure(line: Line) -> Line | None:
    """The figure that stands apart at the end of a line behind a name."""
    parts = far_apart(line, SETTINGS.figure_gap_at_least)
    return parts[-1] if len(parts) > 1 and is_bare_value(parts[-1].text.text) else None


def _wrapped(above: Sequence[Line], last: Line, figure: Line) -> bool:
    """Whether each line of a name ends where the figure leaves no more room, or where it cannot have ended."""
    return all(
        figure.box.x0 - one.box.x1 <= SETTINGS.room_before_figure * one.size
        or ends_open(one.text.text)
        or parts_word(one.text.text, following.text.text)
        for one, following in zip(above, [*above[1:], last], strict=True)
    )
