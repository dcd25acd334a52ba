"""Cards of slides: a name with its figure in large type below or above it is one statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from normalizers.text.characters import normalize
from normalizers.text.markers import read_marker
from parsers.model.layout import Line
from parsers.tables.bare_figures import is_figure


@dataclass(frozen=True, slots=True)
class CardSettings:
    """A name and its figure on a card. Both chosen."""

    larger: float = 1.5
    """Times the size of the name in which the figure is set at least: headings are up to 1.4 of their text."""
    gap: float = 1.5
    """Em of the figure between the two at most."""
    most_lines: int = 3
    """Lines of a name at most. Chosen."""


SETTINGS = CardSettings()

_LAST_YEAR = ("対前年", "前年")


def on_one_card(above: Sequence[Line], below: Line) -> bool:
    """Whether of some lines and the one below them the ones name what the other gives the figure of: 実施率 / 62.4%."""
    if len(above) > SETTINGS.most_lines:
        return False
    last = above[-1]
    small, large = sorted((last, below), key=lambda line: line.size)
    near = below.box.top - last.box.bottom < SETTINGS.gap * large.size
    over = small.box.x0 < large.box.x1 and large.box.x0 < small.box.x1
    alike = max(line.size for line in above) < SETTINGS.larger * min(line.size for line in above)
    if not (near and over and alike and large.size >= SETTINGS.larger * small.size):
        return False
    texts = ["".join(line.text.text for line in above), below.text.text]
    figure, name = texts if large is last else texts[::-1]
    named = not any(character.isdecimal() or character in "、。：:" for character in name)
    plain = "".join(normalize(figure).text.split())
    told = any(character.isdecimal() for character in plain) or plain.startswith(_LAST_YEAR)
    return told and is_figure(plain) and named and read_marker(name) is None
