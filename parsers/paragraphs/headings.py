"""Headings on pages without a table: lines that the page itself sets apart by size or weight."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.paragraphs.line_breaks import ends_sentence
from parsers.paragraphs.placed_lines import DraftParagraph


@dataclass(frozen=True, slots=True)
class HeadingSettings:
    """Which paragraphs are set as headings."""

    heading_size_step: float = 1.08
    """Times the body's size from which on a paragraph is set larger. Nearest: 1 and 1.18."""
    longest_set_larger: int = 80
    """Characters. Chosen, two lines of a page."""


SETTINGS = HeadingSettings()


class HeadingLevels:
    """The styles that set headings apart in a document's prose, ranked: larger before smaller, bold before plain."""

    def __init__(self, drafts: Sequence[DraftParagraph]) -> None:
        weights: Counter[tuple[float, bool]] = Counter()
        for draft in drafts:
            for placed in draft.lines:
                weights[_style(placed.line.size, placed.line.bold)] += len(placed.text)
        self.body = weights.most_common(1)[0][0] if weights else (0.0, False)
        styles = {_draft_style(draft) for draft in drafts if self._is_heading(draft)}
        self._levels = {style: level for level, style in enumerate(sorted(styles, reverse=True), start=1)}

    @property
    def below(self) -> int:
        """The level of headings that stand below all those of the prose."""
        return len(self._levels) + 1

    def level(self, draft: DraftParagraph) -> int | None:
        """1 for the most prominent style; None for ordinary text."""
        return self._levels.get(_draft_style(draft)) if self._is_heading(draft) else None

    def _is_heading(self, draft: DraftParagraph) -> bool:
        text = "".join(placed.text for placed in draft.lines)
        size, bold = _draft_style(draft)
        if len(text) > SETTINGS.longest_set_larger or ends_sentence(text):
            return False
        return size > SETTINGS.heading_size_step * self.body[0] or (bold and not self.body[1] and size >= self.body[0])


def _draft_style(draft: DraftParagraph) -> tuple[float, bool]:
    return _style(max(placed.line.size for placed in draft.lines), all(placed.line.bold for placed in draft.lines))


def _style(size: float, bold: bool) -> tuple[float, bool]:
    return round(size * 2) / 2, bold
