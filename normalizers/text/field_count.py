"""Headings that open a section (分野): those with a known name, and those that count on from such a heading."""

from __future__ import annotations

from dataclasses import dataclass, replace

from normalizers.text.characters import normalize
from normalizers.text.markers import Marker, read_marker
from normalizers.text.sections import opens_section, read_section
from normalizers.text.sentences import is_sentence


@dataclass(frozen=True, slots=True)
class FieldCountSettings:
    """Names of sections that no list has."""

    longest_name: int = 40
    """Characters of a heading that counts on from a known section's. Chosen."""


SETTINGS = FieldCountSettings()


@dataclass(frozen=True, slots=True)
class FieldCount:
    """How far the sections are counted: the last heading that opened one and its mark, the kinds of lists counted under
    it, and whether any text has followed it.
    """

    heading: str | None = None
    mark: Marker | None = None
    listed: frozenset[str] = frozenset()
    followed: bool = False

    def opens(self, text: str) -> bool:
        """Whether a heading opens a section: it has a known name, or counts on from the last section's heading with no
        list of such marks between the two (2. 健康保険給付等 / 3. 保健事業).
        """
        return opens_section(text) is not None or self._counts_on(text)

    def after(self, text: str) -> FieldCount:
        """The count after a heading or another text."""
        marker = read_marker(text)
        if self.opens(text):
            return FieldCount(text, marker)
        if marker is None or marker.number is None or self._repeats(text):
            return replace(self, followed=True)
        return replace(self, listed=self.listed | {marker.kind.name}, followed=True)

    def past(self) -> FieldCount:
        """The count after what is no text of its own column, as a table."""
        return replace(self, followed=True)

    def _repeats(self, text: str) -> bool:
        return self.heading is not None and read_section(text) == read_section(self.heading)

    def _counts_on(self, text: str) -> bool:
        if self.mark is None or not self.followed or len(text) > SETTINGS.longest_name:
            return False
        marker = read_marker(text)
        if marker is None or None in (marker.number, self.mark.number):
            return False
        follows = marker.kind.name == self.mark.kind.name and marker.number == (self.mark.number or 0) + 1
        name = "、" not in text and not is_sentence(normalize(text).text)
        return follows and name and marker.kind.name not in self.listed
