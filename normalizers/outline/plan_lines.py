"""What each paragraph of one edition is in its place: an item, prose, a target, a figure, a note …

The outline is built from this: only items and sections open levels, everything else hangs on them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from normalizers.aims.aim import TargetContext
from normalizers.aims.prefix import target_prefix
from normalizers.aims.read_aims import group_line, read_aims
from normalizers.aims.target_words import announced_kind
from normalizers.model.records import TargetKind
from normalizers.outline.box_ends import stands_outside
from normalizers.outline.figures_below import (
    is_told_beside_the_line_above,
    named_by,
    tells_only_a_result,
    with_names_above,
)
from normalizers.outline.line_words import is_aside
from normalizers.outline.plan_line import Line, read_line
from normalizers.outline.row_labels import row_of
from normalizers.text.markers import Marker, read_marker
from parsers.model.document import Paragraph


@dataclass(frozen=True, slots=True)
class PlanLineSettings:
    """Which lines carry on a block of targets."""

    longest_continuation: int = 200
    """Characters of a line that carries on a target's statement. Chosen."""
    longest_item: int = 60
    """Characters of an item in a target's list. Chosen."""


SETTINGS = PlanLineSettings()

_BARE_NUMBER = re.compile("[0-9]{1,3}")
_AGES = re.compile(r"[(][^()]*[0-9] ?[歳才][^()]*[)]")


@dataclass(frozen=True, slots=True)
class _Block:
    """The block of targets that is open: how its items are numbered and what its first line looked like.

    ``bare`` tells that its label stands alone, ``empty`` that nothing has followed it yet, ``unvalued`` that its
    last line names one without a value: a list of its own (ア, イ) may follow, and ``outer`` is then the number
    and mark of the list around it. ``announced`` tells that a sentence says that the targets are those that follow,
    ``label_number`` is the number of the label (KPI②), or of the item in the block, whose figures stand below it.
    ``named`` tells that its last line is a name of figures below it, or such figures.
    """

    kind: TargetKind
    number: int
    number_kind: str | None
    bullet: str | None
    bare: bool
    paragraph: Paragraph
    empty: bool = False
    unvalued: bool = False
    outer: tuple[int, str] | None = None
    announced: bool = False
    label_number: int | None = None
    named: bool = False


def read_lines(
    paragraphs: Sequence[tuple[int, Paragraph]],
    named_rows: frozenset[tuple[int, int]] = frozenset(),
    labels: Mapping[tuple[int, int], Line] | None = None,
    told: frozenset[int] = frozenset(),
) -> tuple[Line, ...]:
    """The lines of one edition, in reading order; ``paragraphs`` come with their index in the document.

    ``named_rows`` are the rows (part, row) of tables whose measures are named in a column of their own: no block of
    targets runs on into the next of them. ``labels`` are those (【KPI】) that head such a row from that column;
    ``told`` are the paragraphs (by index) that a legend makes targets.
    """
    lines: list[Line] = []
    block: _Block | None = None
    reasons = False
    series: dict[str, int] = {}
    own = with_names_above([read_line(index, paragraph) for index, paragraph in paragraphs])
    own = [_as_told(line) if line.index in told else line for line in own]
    for position in range(len(own)):
        row = row_of(own[position].paragraph)
        if block is not None and row in named_rows and not _same_place(own[position], block):
            block = None
        if labels and row in labels and (not position or row != row_of(own[position - 1].paragraph)):
            block = _next_block(labels[row], None)
            own[position] = replace(own[position], labelled=True)
        line = _in_context(own, position, block, reasons, series)
        line = replace(line, unmarked=line.unmarked and block is None)
        if block is not None and line.role == "target" and not line.opens_block and not line.is_numbered:
            line = replace(line, label_number=block.label_number)
        lines.append(line)
        announced = _announced(line, own[position + 1 : position + 2])
        if announced is not None:
            block = _Block(announced, 0, None, None, bare=True, paragraph=line.paragraph, announced=True)
        elif line.role == "target" and (block is not None or line.opens_block):
            block = _next_block(line, block)
        elif line.role not in ("note", "annotation", "figure") or (line.role == "figure" and not _is_group(line)):
            block = block if line.role == "prose" and _is_told_beside(line) else None
        if line.role == "section":
            series.clear()
        elif line.role == "item" and line.marker is not None and line.marker.number is not None:
            series[line.marker.kind.name] = line.marker.number
        reasons = line.role == "rating" or (reasons and line.role in ("reason", "note", "annotation"))
    return tuple(lines)


def _as_told(line: Line) -> Line:
    """A line with the figures of an aim that a legend tells by colour or underline; it opens no block of such."""
    return replace(line, role="target", target_kind="kpi") if line.role in ("item", "prose", "figure") else line


def _is_told_beside(line: Line) -> bool:
    """Whether a line only tells a result beside targets: (R5見込 33.9％), 令和5年度実績 66.1％."""
    return is_aside(line.text) or tells_only_a_result(line.paragraph.text.text)


def _announced(line: Line, following: Sequence[Line]) -> TargetKind | None:
    """The kind of the targets that a line says to stand in the next lines, outside tables."""
    if line.role not in ("note", "item", "prose") or not following or following[0].index != line.index + 1:
        return None
    prefix = target_prefix(line.paragraph.text.text)
    if line.role == "note":
        return prefix.kind
    return announced_kind(line.text[prefix.normalized_offset :])


def _in_context(
    own: Sequence[Line], position: int, block: _Block | None, reasons: bool, series: dict[str, int]
) -> Line:
    line = own[position]
    if line.role == "figure" and not _heads_figures(own, position):
        line = replace(line, role="item" if line.marker else "prose", target_kind=None)
    if block is not None and is_told_beside_the_line_above(own, position):
        return replace(line, role="note", target_kind=None, opens_block=False)
    if block is not None and _is_part_of_named(line, block):
        # 《指標》name / 目標：figure: the figure's label opens nothing of its own.
        kind = line.target_kind if line.role == "target" else block.kind
        return replace(line, role="target", target_kind=kind, opens_block=False)
    if block is not None and _names_groups(own, position, block):
        return replace(line, role="target", target_kind=block.kind, names_next=True)
    if line.role in ("item", "prose") and block is not None and _continues(line, block, series):
        return replace(line, role="target", target_kind=block.kind)
    if line.role == "figure" and block is not None and (_counts_on(line, block) or _fills(line, block)):
        return replace(line, role="target", target_kind=block.kind)
    if line.role == "prose" and reasons:
        return replace(line, role="reason")
    return line


def _is_part_of_named(line: Line, block: _Block) -> bool:
    """Whether a line is the figures of the name above it, or the next such name in a list of them."""
    if line.named_by is not None:
        return block.named
    counts = line.is_numbered and line.marker is not None and _step(line.marker, block) is None
    return line.names_next and line.role in ("item", "prose") and (block.bare or block.named) and not counts


def _names_groups(own: Sequence[Line], position: int, block: _Block) -> bool:
    """Whether an item under a label of targets names what the lines below it give for each group of people.

    ・特定保健指導の実施率 / 被保険者 31.4％以上 / 被扶養者 14.2％以上
    """
    line, below = own[position], own[position + 1] if position + 1 < len(own) else None
    if line.role not in ("item", "prose") or not block.bare or not _same_place(line, block) or line.is_sentence:
        return False
    if below is None or below.index != line.index + 1 or not _same_place(below, block) or _is_group(line):
        return False
    aims = read_aims(below.paragraph.text.text, TargetContext(kind=block.kind))
    grouped = all(aim.indicator is None and aim.population and aim.value is not None for aim in aims)
    name = named_by(line.paragraph.text.text)
    return bool(aims) and grouped and bool(name) and not any(map(str.isdecimal, name))


def _counts_on(line: Line, block: _Block) -> bool:
    """KPI ① …, ア 被保険者 66.0%: whether a figure counts on in a block of targets, and so is one."""
    if block.kind == "plan_figure" or line.marker is None or _step(line.marker, block) is None:
        return False
    return _states_aim(line, block.kind)


def _fills(line: Line, block: _Block) -> bool:
    """Whether figures in one line are what a label of targets that stands alone announces: KPI / 実施率 62.4% ….

    Head counts (実施見込者数:1,200人) stay figures of the plan, and so do later lines without a bound (以上).
    """
    if block.kind == "plan_figure" or not block.bare or _is_group(line):
        return False
    aims = read_aims(line.paragraph.text.text, TargetContext(kind=block.kind))
    first = block.empty and _same_place(line, block)
    return all(aim.value is not None and aim.unit != "people" and (first or aim.comparator) for aim in aims)


def _same_place(line: Line, block: _Block) -> bool:
    return line.paragraph.row == block.paragraph.row and line.paragraph.part == block.paragraph.part


def _is_circled(line: Line) -> bool:
    mark = line.marker.text if line.marker is not None else ""
    return mark.isnumeric() and not mark.isdecimal()


def _heads_figures(lines: Sequence[Line], position: int) -> bool:
    """Whether a line that names a group (被扶養者) stands over figures, or states one itself."""
    line = lines[position]
    own = _AGES.sub("", line.text[len(line.marker.text) if line.marker else 0 :])
    if not _is_group(line) or any(character.isdecimal() for character in own):
        return True
    following = next((later for later in lines[position + 1 :] if later.role not in ("note", "annotation")), None)
    return following is not None and following.role in ("figure", "target")


def _is_group(line: Line) -> bool:
    return group_line(line.paragraph.text.text) is not None


def _next_block(line: Line, block: _Block | None) -> _Block:
    verbatim = line.paragraph.text.text
    prefix = target_prefix(verbatim)
    kind = line.target_kind
    if line.opens_block and kind is not None:
        bare = not verbatim[prefix.offset :].strip()
        number_kind = _number_kind(verbatim[: prefix.offset], prefix.number)
        unvalued = line.names_next or (not bare and not _states_aim(line, kind))
        label_number = prefix.number if bare or unvalued else None
        number = prefix.number or 0
        if bare and line.is_numbered and not _is_circled(line):
            # (3) KPI counts on in the outline; its list begins anew.
            number, number_kind, label_number = 0, None, None
        return _Block(
            kind,
            number,
            number_kind,
            None,
            bare,
            line.paragraph,
            empty=bare,
            unvalued=unvalued,
            label_number=label_number,
            named=line.names_next,
        )
    assert block is not None
    step = _step(line.marker, block) if line.marker is not None else None
    unvalued = line.names_next or not _states_aim(line, block.kind)
    block = replace(block, empty=False, unvalued=unvalued, named=line.names_next or line.named_by is not None)
    marker = line.marker
    if line.names_next and not line.is_numbered:
        block = replace(block, label_number=None)
    if marker is None or line.named_by is not None:
        return block
    if marker.number is None:
        return replace(block, bullet=marker.kind.name)
    outer = block.outer
    if step == "inner" and block.number_kind is not None:
        outer = (block.number, block.number_kind)
    elif step == "outer":
        outer = None
    label_number = marker.number if block.unvalued else None
    return replace(block, number=marker.number, number_kind=marker.kind.name, outer=outer, label_number=label_number)


def _step(marker: Marker, block: _Block) -> Literal["same", "inner", "outer"] | None:
    """How a numbered line counts on in a block: in its list, in one that its last line opens, or in the one around."""
    if marker.number is None:
        return None
    if marker.number == block.number + 1 and block.number_kind in (None, marker.kind.name):
        return "same"
    if block.outer is not None and (marker.number - 1, marker.kind.name) == block.outer:
        return "outer"
    opens = marker.number == 1 and block.number > 0 and block.number_kind not in (None, marker.kind.name)
    return "inner" if opens and block.unvalued else None


def _number_kind(prefix: str, number: int | None) -> str | None:
    for start in range(len(prefix)) if number is not None else ():
        marker = read_marker(prefix[start:])
        if marker is not None and marker.number == number and start + marker.end >= len(prefix.rstrip()):
            return marker.kind.name
    return None


def _continues(line: Line, block: _Block, series: dict[str, int]) -> bool:
    marker = line.marker
    if _BARE_NUMBER.fullmatch(line.text.strip()):
        # A page's number, or what a form counts: no aim without a unit or a name.
        return False
    if not block.empty and stands_outside(line.paragraph, block.paragraph):
        return False
    same_place = _same_place(line, block)
    # What follows a label that stands alone (【KPI】) is its aim, if only a qualitative one.
    first = block.empty and same_place and (line.is_sentence or any(map(str.isdecimal, line.text)))
    if marker is None:
        if block.announced and line.is_sentence:
            return False
        return (
            len(line.text) <= SETTINGS.longest_continuation
            and line.paragraph.heading_level is None
            and (first or _states_aim(line, block.kind))
        )
    if marker.number is None:
        allowed = block.bare or block.bullet == marker.kind.name
        # Of a list under a label of its own (○目標指標), each item is an aim, if only a qualitative one.
        listed = (
            block.bare and block.bullet == marker.kind.name and same_place and len(line.text) <= SETTINGS.longest_item
        )
        stated = first or _states_aim(line, block.kind) or (listed and not line.text.endswith("。"))
        return allowed and not marker.kind.label and stated
    step = _step(marker, block)
    if step in ("inner", "outer"):
        return _states_aim(line, block.kind)
    if step is None:
        return False
    if block.number_kind is None and not block.bare and block.bullet is None:
        return False
    if _states_aim(line, block.kind):
        return True
    # The outline may be counting too: KPI ①, ② may be followed by the heading ③ as well as by the aim ③.
    return same_place and series.get(marker.kind.name) != marker.number - 1 and (line.is_sentence or block.bare)


def _states_aim(line: Line, kind: TargetKind) -> bool:
    aims = read_aims(line.paragraph.text.text, TargetContext(kind=kind))
    return any(aim.basis != "qualitative" for aim in aims)
