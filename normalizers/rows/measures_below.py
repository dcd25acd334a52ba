"""A name in a line of its own over lines that only say how it is measured.

・特定健康診査 / 受診率 30.9％（受診見込者数：21,568人）.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from normalizers.aims.aim import Aim, TargetContext
from normalizers.aims.name_words import measures
from normalizers.aims.read_aims import group_line, read_aims
from normalizers.indicators.catalogue import says_only_how
from normalizers.model.reasons import Reason
from normalizers.outline.figures_below import BLANK, named_by
from normalizers.outline.plan_line import Line
from normalizers.rows.patterns import pattern
from normalizers.text.characters import normalize

_LONGEST_NAME = 30
"""Characters of a name over its measures. Chosen; the longest of an insurer's programmes have about twenty."""

_HEADS = pattern("measures_below.heads")
_OF_WHOM = pattern("figures.of_whom")
_UNIT = pattern("measures_below.unit")
_AS_FIGURES = TargetContext(kind="plan_figure")


class MeasuresBelow(NamedTuple):
    """A line that only gives measures and their figures; ``name`` is what stands over it, None where nothing does."""

    name: str | None


def measures_below(lines: Sequence[Line]) -> Mapping[int, MeasuresBelow]:
    """The lines that only give measures and their figures, by position."""
    found: dict[int, MeasuresBelow] = {}
    name: str | None = None
    for position, line in enumerate(lines):
        if line.role == "figure" and _gives_only_measures(line):
            if position and name is None and _may_name(lines[position - 1], line):
                name = named_by(lines[position - 1].paragraph.text.text)
            found[position] = MeasuresBelow(name)
        else:
            name = None
    return found


def _gives_only_measures(line: Line) -> bool:
    text = line.paragraph.text.text
    if group_line(text) is not None:
        return False
    aims = read_aims(text, _AS_FIGURES)
    return bool(aims) and all(aim.indicator is not None and says_only_how(aim.indicator) for aim in aims)


def _may_name(line: Line, below: Line) -> bool:
    """Whether a line may say of what the line below it gives the measures."""
    own, other = line.paragraph, below.paragraph
    together = line.index + 1 == below.index and (own.row, own.part) == (other.row, other.part)
    if not together or line.role not in ("item", "prose") or line.is_sentence:
        return False
    name = normalize(named_by(own.text.text)).text
    return 0 < len(name) <= _LONGEST_NAME and not any(map(str.isdecimal, name)) and not measures(name)


def under_name(aims: Iterable[Aim], name: str | None, text: str, context: TargetContext) -> tuple[Aim, ...]:
    """The aims of the verbatim line ``text``, which names measures only (受診率), as those of what ``name`` says.

    A name that rather heads what is done (特定健診の推進) is taken without that, and the row is doubted, as are rows
    that nothing names.
    """
    if name is None:
        return tuple(_with_doubt(aim) for aim in aims)
    head = _HEADS.search(name)
    made = tuple(_named(aim, name[: head.start()] if head is not None else name, text, context) for aim in aims)
    return made if head is None else tuple(_with_doubt(aim) for aim in made)


def _named(aim: Aim, name: str, text: str, context: TargetContext) -> Aim:
    if aim.indicator is None or aim.value_span is None or not says_only_how(aim.indicator):
        return aim
    measure = _OF_WHOM.sub("", aim.indicator)
    figure = text[aim.value_span.start : aim.value_span.end]
    unit = _UNIT.match(text, aim.value_span.end)
    whose = replace(context, group_population=aim.population or context.group_population)
    read = read_aims(f"{name}{measure}{BLANK}{figure}{unit[0] if unit else ''}", whose)
    if len(read) != 1 or (read[0].value, read[0].unit) != (aim.value, aim.unit):
        return _with_doubt(aim)
    return replace(
        aim,
        indicator=read[0].indicator,
        indicator_code=read[0].indicator_code,
        population=read[0].population,
        reasons=read[0].reasons,
        confidence=read[0].confidence,
    )


def _with_doubt(aim: Aim) -> Aim:
    return replace(aim, reasons=(*aim.reasons, Reason("measure_without_name")))
