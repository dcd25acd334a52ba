"""What targets of tables are of: the names that their rows, columns and headings give."""

from __future__ import annotations

from dataclasses import replace

from normalizers.aims.name_words import names_branches
from normalizers.aims.prefix import target_prefix
from normalizers.aims.read_aims import group_line
from normalizers.indicators.catalogue import match_indicator, population_of
from normalizers.model.records import Measure, Target
from normalizers.rows.table_doubts import with_doubts
from normalizers.rows.table_figures import without_unit
from normalizers.rows.table_row import TableCell, name_of
from normalizers.text.characters import normalize


def after_heading(target: Target, heading: Measure | None) -> Target:
    """A target that is a figure only, with the measure beside it for its indicator."""
    if target.indicator is not None or heading is None or target.value is None:
        return target
    return with_doubts(replace(target, indicator=_bare_name(heading)), ("name_guessed",))


def _bare_name(heading: Measure) -> str:
    marker = normalize(heading.marker).text if heading.marker else ""
    return heading.text_normalized.removeprefix(marker).strip()


def _tells_only_that(target: Target) -> bool:
    """Whether a cell's words tell that something is done, and nothing to reach."""
    worded = not any(letter.isdecimal() for letter in target.statement_normalized)
    return target.basis == "qualitative" and worded


def named_target(target: Target, cell: TableCell, named: TableCell | None, name: str) -> Target:
    """The target with its indicator, and in its statement what names the row (``named``) and what the column counts."""
    # A cell that parts its figures by group (被保険者 21.5%) names whom they are of, not what.
    of_group = target.indicator is not None and group_line(target.indicator) is not None
    if target.indicator is not None and names_branches(target.indicator):
        # 全支部80%以上 says for whom the aim holds.
        target = replace(target, condition=target.condition or target.indicator, indicator=None)
    if named is not None and named.place.column_role == "indicator" and _tells_only_that(target):
        # 実施 under an indicator's name is no indicator of its own.
        target = replace(target, indicator=None, population=population_of(name))
    if of_group or target.indicator is None:
        match = match_indicator(name, target.population)
        code = match.indicator.code if match else None
        target = replace(target, indicator=without_unit(name), indicator_code=code)
    spoken = cell.place.quantity or name
    if named is not None:
        prefix = target_prefix(named.paragraph.text.text)
        spoken = named.paragraph.text.text[prefix.offset :].strip()
        target = replace(target, number=target.number if target.number is not None else prefix.number)
        if name != name_of(named) and cell.place.quantity:
            spoken = f"{spoken} {cell.place.quantity}"
    if not spoken or normalize(spoken).text in target.statement_normalized:
        return target
    statement = f"{spoken} {target.statement}"
    return replace(target, statement=statement, statement_normalized=normalize(statement).text)
