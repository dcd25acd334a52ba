"""What a paragraph is by its own words alone: a section, an item, prose, a target, a figure, a note …"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from normalizers.aims.aim import TargetContext
from normalizers.aims.prefix import target_prefix
from normalizers.aims.read_aims import group_line, is_figure_line, read_aims
from normalizers.aims.target_words import announces_figures, points_elsewhere
from normalizers.model.records import TargetKind
from normalizers.outline.line_words import gives_unit_only, is_change_word, is_choice, is_unit_caption
from normalizers.outline.patterns import pattern
from normalizers.outline.ratings import Rating, read_rating
from normalizers.text.characters import normalize
from normalizers.text.markers import Marker, read_marker
from normalizers.text.move_labels import read_move_label
from normalizers.text.sections import Section, opens_section
from normalizers.text.sentences import is_sentence
from parsers.model.document import Paragraph

Role = Literal["section", "item", "prose", "target", "figure", "rating", "reason", "note", "annotation"]

_EXCERPT = pattern("plan_lines.aside")
_STATE, _GOAL = pattern("plan_lines.now"), pattern("plan_lines.goal")
_APART = frozenset(" \u3000:：/／|｜、，")
_LONGEST_PAIR = 80
"""Characters of a line that gives a name, its state and its goal. Chosen, two lines of a page."""


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph with its role.

    ``index`` is its place among the document's paragraphs, ``text`` its normalised text. ``target_kind`` is set for
    targets and figures, ``opens_block`` where the line begins a block of targets, ``section`` where it opens a section;
    ``label_number`` is the number of the label (KPI②) or name under which a target without a number stands. A line that
    ``names_next`` only names what the lines below it give the figures of; ``named_by`` is what names a line of figures
    (verbatim, with the results told between the two). ``labelled`` is the first line beside a label (【KPI】) that
    stands in the column of names of its row, ``unmarked`` a target by its own words under no label.
    """

    index: int
    paragraph: Paragraph
    text: str
    marker: Marker | None
    role: Role
    target_kind: TargetKind | None = None
    opens_block: bool = False
    label_number: int | None = None
    names_next: bool = False
    named_by: str | None = None
    labelled: bool = False
    unmarked: bool = False
    rating: Rating | None = None
    section: Section | None = None

    @property
    def is_sentence(self) -> bool:
        """Whether the text speaks in a sentence, as actions do and headings do not."""
        return is_sentence(self.text)

    @property
    def is_label(self) -> bool:
        """Whether it is a label of targets (■ KPI：) that states nothing itself."""
        verbatim = self.paragraph.text.text
        return self.role == "target" and self.opens_block and not verbatim[target_prefix(verbatim).offset :].strip()

    @property
    def is_numbered(self) -> bool:
        """Whether it begins with a mark that counts."""
        return self.marker is not None and self.marker.number is not None


def read_line(index: int, paragraph: Paragraph) -> Line:
    """What a paragraph is by its own words alone."""
    verbatim = paragraph.text.text
    text = normalize(verbatim).text
    marker = read_marker(verbatim)
    line = Line(index, paragraph, text, marker, "prose")
    if paragraph.annotation or read_move_label(text) is not None:
        return replace(line, role="annotation")
    section = opens_section(verbatim, paragraph.section)
    if section is not None:
        return replace(line, role="section", section=section)
    rating = read_rating(text)
    if rating is not None:
        return replace(line, role="rating", rating=rating)
    if is_choice(text) or (_names_row(paragraph) and is_change_word(text)):
        return replace(line, role="note")
    prefix = target_prefix(verbatim)
    kind = prefix.kind
    counted = not gives_unit_only(text[prefix.normalized_offset :])
    if kind is not None and (not counted or points_elsewhere(text[prefix.normalized_offset :])):
        return replace(line, role="note")
    if kind is not None:
        return replace(line, role="target", target_kind=kind, opens_block=True)
    if paragraph.column_level is not None and announces_figures(text):
        return line
    if marker is not None and _figures_behind(marker, verbatim):
        return replace(line, role="figure", target_kind="plan_figure")
    if (marker is not None and marker.kind.note) or _EXCERPT.match(text) or is_unit_caption(text):
        return replace(line, role="note")
    stated = _stated(line, verbatim) if counted else None
    if stated is not None:
        return stated
    if marker is not None or paragraph.heading_level is not None or paragraph.column_level is not None:
        return replace(line, role="item")
    return line


def _stated(line: Line, verbatim: str) -> Line | None:
    """The line as what it states without a label of targets: a goal beside a result, or how many are planned."""
    if _tells_state_and_goal(verbatim):
        return replace(line, role="target", target_kind="kpi", unmarked=True)
    if group_line(verbatim) is not None or is_figure_line(verbatim):
        return replace(line, role="figure", target_kind="plan_figure")
    return None


def _tells_state_and_goal(verbatim: str) -> bool:
    """Whether a line gives a name, how it stands and what is aimed at: 郵送化率　現状 92.3%　目標 94.0%以上.

    The name ends where the label of its state stands apart from it.
    """
    normalized = normalize(verbatim)
    state, goal = _STATE.search(normalized.text), _GOAL.search(normalized.text)
    if len(verbatim) > _LONGEST_PAIR or state is None or goal is None:
        return False
    first = min(state.start(), goal.start())
    at = normalized.verbatim_span(first, first + 1).start
    if not at or verbatim[at - 1] not in _APART:
        return False
    aims = read_aims(verbatim, TargetContext(kind="kpi"))
    return len(aims) == 1 and aims[0].indicator is not None and aims[0].baseline_value is not None


def _names_row(paragraph: Paragraph) -> bool:
    """Whether a paragraph stands in a column that names or groups a table's rows."""
    placed = paragraph.place is not None and paragraph.place.column_role in ("group", "measure")
    return placed or paragraph.column_level is not None


def _figures_behind(marker: Marker, verbatim: str) -> bool:
    """Whether a bare note mark (＊) only sets off a line of figures: ＊ 被保険者（実施対象者数：512,451人）."""
    return marker.kind.note and marker.kind.bullet and group_line(verbatim[marker.end :]) is not None
