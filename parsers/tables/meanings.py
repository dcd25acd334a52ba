"""What the columns of one table mean, header and body weighed together: names, figures, headings, text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from parsers.model.document import ColumnDoubt, PopulationWord
from parsers.tables.column_bodies import Body
from parsers.tables.columns import FIGURES, plain_text
from parsers.tables.header_rows import Head
from parsers.tables.header_words import HeaderRole
from parsers.tables.patterns import words as listed


@dataclass(frozen=True, slots=True)
class MeaningSettings:
    """What columns of names and of text are."""

    narrow: float = 2.5
    """Times wider than a column of sections the widest column is. Chosen. Nearest: 6.72, nothing below."""
    longest_names: int = 30
    """Characters: median length of the texts of a column of names; running text is longer. Chosen."""


SETTINGS = MeaningSettings()

PARTS = listed("headers.parts")
"""What names of parts of a group begin with (うち…)."""

_BESIDE = frozenset({"note", "aside", "schedule", "number", "unit", "comparator"})


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one column holds; ``level`` counts columns of headings, ``doubts`` say what was guessed.

    ``of_group`` is the population that a column of planned counts is of, where groups alone head such columns.
    """

    role: HeaderRole | None
    level: int | None = None
    doubts: tuple[ColumnDoubt, ...] = ()
    of_group: PopulationWord | None = None


def column_meanings(heads: Sequence[Head], bodies: Sequence[Body]) -> tuple[Meaning, ...]:
    """The meaning of each column of a table, from left to right."""
    reading = _Reading(heads, bodies)
    groups = reading.settle_groups()
    reading.settle_figures()
    reading.settle_names()
    reading.settle_headings()
    levels = reading.levels()
    return tuple(
        Meaning(role, levels.get(index), reading.doubts(index), groups.get(index))
        for index, role in enumerate(reading.roles)
    )


class _Reading:
    """The roles as far as they are settled; each step settles what the one before left open."""

    def __init__(self, heads: Sequence[Head], bodies: Sequence[Body]) -> None:
        self.heads = heads
        self.bodies = bodies
        self.roles: list[HeaderRole | None] = [head.words.role for head in heads]
        self.weak = [head.words.weak for head in heads]
        self.guessed: set[int] = set()

    def settle_groups(self) -> dict[int, PopulationWord]:
        """Counts under groups alone (被保険者 | 被扶養者 | 計) by column, where the rows name what is planned."""
        if not any(body.names_planned for body in self.bodies):
            return {}
        groups: dict[int, PopulationWord] = {}
        for index, (head, body) in enumerate(zip(self.heads, self.bodies, strict=True)):
            words = head.words
            spoken = words.dated or words.scope or words.edition or words.period or words.role
            population = words.population or ("all" if words.whole_year else None)
            if population is not None and not spoken and body.holds_figures:
                groups[index] = population
        if not {"insured", "dependents"} & set(groups.values()):
            return {}
        for index in range(1, len(self.heads)):
            part = plain_text(self.heads[index].title).startswith(PARTS) and self.roles[index] is None
            if part and index - 1 in groups and self.bodies[index].holds_figures:
                groups[index] = groups[index - 1]
        for index in groups:
            self.roles[index] = "quantity"
        return groups

    def settle_figures(self) -> None:
        """Columns of bounds, of results shown for reference, and of figures under a bare year, scope or 計画."""
        over_names = self._over_names()
        if over_names is not None:
            self.roles[over_names] = "indicator"
        named = any(
            role in ("indicator", "measure", "content", "group") and not body.holds_figures
            for role, body in zip(self.roles, self.bodies, strict=True)
        ) or (bool(self.bodies) and self.roles[0] is None and not self.bodies[0].holds_figures)
        has_actual = "actual" in self.roles
        for index, (head, body) in enumerate(zip(self.heads, self.bodies, strict=True)):
            words, role = head.words, self.roles[index]
            if body.bounds and role not in ("note", "aside"):
                self.roles[index] = "comparator"
            elif role == "unit" and self._holds_its_neighbours_figures(index):
                self.roles[index] = self.roles[index - 1]
            elif role is None and body.numbers and self._is_told_of_others(index):
                self.roles[index] = "aside"
            elif (role is None and body.numbers and self._is_told_beside_others(index)) or (
                role is None
                and words.scope in ("reference", "aside")
                and words.dated
                and 2 * body.numbers > len(body.texts)
            ):
                self.roles[index] = "actual"
            elif (
                named and body.holds_figures and self._may_be_target(index) and any(b.names_costs for b in self.bodies)
            ):
                self.roles[index] = "aside"
            elif named and body.numbers and body.holds_figures and self._may_be_target(index):
                self.roles[index] = "quantity" if self._is_plan_of_counts(index) else "target"
                if not (role == "content" and has_actual) and not body.states_aims:
                    self.guessed.add(index)

    def _over_names(self) -> int | None:
        """The column of 目標 that heads the names of what later years give: 目標 | 令和5年度 | 令和6年度."""
        first = next((at for at, role in enumerate(self.roles) if role in ("target", "quantity")), None)
        if first is None or "indicator" in self.roles or self._is_dated(first):
            return None
        names, later = self.bodies[first], range(first + 1, len(self.heads))
        silent = bool(names.texts) and not names.holds_figures and not names.states_aims
        return first if silent and any(self._is_dated(at) and self.bodies[at].holds_figures for at in later) else None

    def _is_plan_of_counts(self, index: int) -> bool:
        """Whether a column headed 令和6年度計画 says how many people are planned: its rows say 人数 and 率."""
        counted = any(body.names_only_counts for body in self.bodies)
        return self.heads[index].words.planned and counted and not self.bodies[index].states_aims

    def _holds_its_neighbours_figures(self, index: int) -> bool:
        """Whether figures set at the right end of their column stand with their units: 目標値 | 97.0％ under 単位."""
        own, left = self.bodies[index], self.bodies[index - 1]
        return index > 0 and self.roles[index - 1] in FIGURES and 2 * own.numbers > len(own.texts) > 2 * left.numbers

    def _is_told_of_others(self, index: int) -> bool:
        """Whether a column of no year under 全国 shows results: right of the branch's own."""
        words = self.heads[index].words
        return words.scope == "reference" and not words.dated and index > 0 and self.roles[index - 1] == "actual"

    def _is_told_beside_others(self, index: int) -> bool:
        """Whether a column of no year under 支部 shows results: beside an average or a rank, with no goal set."""
        words = self.heads[index].words
        compared = any(head.words.role == "aside" and head.words.scope == "reference" for head in self.heads)
        return words.scope == "branch" and not words.dated and compared and "target" not in self.roles

    def _may_be_target(self, index: int) -> bool:
        words, role = self.heads[index].words, self.roles[index]
        if role == "content":
            return self.weak[index]
        return role is None and (
            words.dated
            or words.scope is not None
            or words.edition is not None
            or words.population is not None
            or words.whole_year
            or bool(words.period)
        )

    def settle_names(self) -> None:
        """Which column names what is measured; whole aims under 指標 where no column holds figures."""
        self._settle_whole_aims()
        named = [index for index, role in enumerate(self.roles) if role == "indicator" and not self.weak[index]]
        figures = [index for index, role in enumerate(self.roles) if role in FIGURES]
        goals = [at for at in figures if self.roles[at] == "target" or self.heads[at].words.planned]
        whole = [index for index in named if self.bodies[index].states_aims] if not goals else []
        if whole or (named and not figures):
            # Beside results or costs alone, a column headed KPI may still hold whole aims.
            for index in whole or named:
                self.roles[index] = "target"
        elif figures and not named:
            chosen = self._naming(figures)
            if chosen is not None:
                role = self.roles[chosen]
                # Columns headed alike, in blocks side by side, mean alike.
                alike = [
                    index
                    for index, head in enumerate(self.heads)
                    if index == chosen or (head.title and head.title == self.heads[chosen].title)
                    if index == chosen or any(min(index, chosen) < at < max(index, chosen) for at in figures)
                ]
                for index in alike:
                    self.roles[index] = "indicator"
                    self.weak[index] = False
                    # 被保険者 alone over the names says of whom the figures are.
                    said = self.heads[index].words.population and role is None
                    blank_corner = index == 0 and (not self.heads[index].title or said)
                    sure = role in ("indicator", "group") or self.bodies[index].names_measures
                    if not sure and not blank_corner:
                        self.guessed.add(index)
                for index in range(min(alike)):
                    # 項目 before the column of names only groups them, as does what stands under a blank head.
                    untitled = self.roles[index] is None and not self.heads[index].title and self.bodies[index].texts
                    if untitled or (self.roles[index] == "indicator" and self.weak[index]):
                        self.roles[index] = "group"
        for index, (head, below) in enumerate(pairwise(self.heads)):
            # Under one header over several columns the last names what is measured, the others group it.
            if self.roles[index] == self.roles[index + 1] == "indicator" and head.title and head.title == below.title:
                self.roles[index] = "group"
                self.weak[index] = False

    def _settle_whole_aims(self) -> None:
        """Columns headed 指標 of a year (令和6年度KPI) hold whole aims."""
        goals = [index for index, role in enumerate(self.roles) if role in ("target", "quantity")]
        dated = [index for index, role in enumerate(self.roles) if role == "indicator" and self._is_dated(index)]
        if dated and not goals:
            for index in dated:
                self.roles[index] = "target"

    def _is_dated(self, index: int) -> bool:
        return self.heads[index].words.dated

    def _naming(self, figures: Sequence[int]) -> int | None:
        """The column that names the indicators where none says so; None where the aims name them themselves."""
        bare = [index for index in figures if self.bodies[index].holds_figures or not self.bodies[index].texts]
        if 2 * len(bare) < len(figures):
            return None
        texts = [
            index
            for index, body in enumerate(self.bodies)
            if not body.holds_figures and self.roles[index] not in _BESIDE and index not in figures
        ]
        # 区分 | 対象 with 特定健診 | 被扶養者: of whom a figure is does not tell what is measured.
        texts = [index for index in texts if not self.bodies[index].names_people] or texts
        measured = [index for index in texts if self.bodies[index].names_measures]
        if len(measured) == 1 and measured[0] < figures[0]:
            # 項目 | 内容 | 目標 with rates and counts under 内容: what is measured says so itself.
            return measured[0]
        has_text = any(self.roles[index] == "content" and not self.weak[index] for index in texts)
        for accepted in (
            lambda index: self.roles[index] == "indicator",
            lambda index: self.roles[index] == "measure" and not has_text,
            lambda index: self.roles[index] == "content" and self.weak[index] and not has_text,
            lambda index: self.roles[index] == "content" and self._holds_names(index) and len(texts) == 1,
            lambda index: self.roles[index] == "group",
            lambda index: self.roles[index] is None and index < figures[0],
        ):
            fitting = [index for index in texts if accepted(index)]
            if fitting:
                before = [index for index in fitting if index < figures[0]]
                return before[-1] if before else fitting[0]
        return None

    def settle_headings(self) -> None:
        """Columns that name fields, and those that name the measures of which the others tell."""
        if len(self.roles) > 1 and self.bodies[0].only_fields and self.roles[0] not in FIGURES:
            # Under a blank head, or one that it shares with the names beside it (項目).
            self.roles[0] = "section"
            self.weak[0] = False
        has_text = any(role in ("content", None) for role in self.roles) or self._spoken_editions()
        for index, role in enumerate(self.roles):
            if role in ("indicator", "group") and self.weak[index] and len(self.roles) > 1:
                if self._names_fields(index):
                    self.roles[index] = "section"
                elif role == "indicator" or (not self._has_figures() and "content" in self.roles):
                    self.roles[index] = "measure" if has_text else role
        outer = [index for index, role in enumerate(self.roles) if role == "section" and self.weak[index]]
        inner = [index for index, role in enumerate(self.roles) if role == "measure"]
        for index in outer:
            if "section" in [role for at, role in enumerate(self.roles) if at != index] or (
                not inner and not self.bodies[index].names_fields and "content" not in self.roles
            ):
                self.roles[index] = "measure"
        for columns in self._by_edition().values():
            self._settle_text(columns)

    def _names_fields(self, index: int) -> bool:
        if self.bodies[index].names_fields:
            return True
        widths = [head.x1 - head.x0 for head in self.heads]
        if self.bodies[index].under_fields or self.bodies[index].labels_aims:
            return False
        narrow = index == 0 and widths[0] * SETTINGS.narrow < max(widths)
        two_or_editions = len(self.roles) == 2 or self._spoken_editions()
        return narrow and two_or_editions and "section" not in self.roles and not self._has_figures()

    def _has_figures(self) -> bool:
        return any(role in FIGURES for role in self.roles)

    def _spoken_editions(self) -> bool:
        return len({(head.words.edition, head.words.year, head.words.offset) for head in self.heads}) > 2

    def _by_edition(self) -> dict[object, list[int]]:
        """The columns of each edition; those that belong to none count for all."""
        editions: dict[object, list[int]] = defaultdict(list)
        for index, head in enumerate(self.heads):
            if self.roles[index] in ("content", "measure", "target", "indicator"):
                spoken = self.roles[index] in ("content", "measure") or head.words.edition
                editions[self._edition_of(index) if spoken else None].append(index)
        return editions

    def _edition_of(self, index: int) -> object:
        """What the header says of the column's edition; None where it says nothing."""
        words = self.heads[index].words
        years = (words.year, words.year_number, words.offset)
        return words.edition or (years if any(year is not None for year in years) else None)

    def _settle_text(self, columns: Sequence[int]) -> None:
        """Of a plan's text columns the first may name the measures: it is short, and what it names stands beside."""
        content = [index for index in columns if self.roles[index] == "content"]
        # A column of measures that belongs to no edition names those of all.
        named = any(role == "measure" and not self._edition_of(at) for at, role in enumerate(self.roles))
        measures = [index for index in columns if self.roles[index] == "measure"]
        if measures and not content and not self._has_figures():
            # Of 中項目 | 小項目 the innermost may hold the plan's text.
            last = measures[-1]
            if not self._holds_names(last):
                self.roles[last] = "content"
        if not content or measures or named:
            return
        first = content[0]
        short = self._holds_names(first)
        others = content[1:]
        if not self._edition_of(first):
            # What belongs to no edition stands beside the text of all.
            others = [at for at, role in enumerate(self.roles) if role == "content" and at != first]
        longer = any(self.bodies[other].length > self.bodies[first].length for other in others)
        alone = len(content) == 1 and self._has_figures()
        if short and (longer or alone):
            self.roles[first] = "measure"

    def _holds_names(self, index: int) -> bool:
        body = self.bodies[index]
        sentences = sum(text.endswith("。") for text in body.texts)
        return bool(body.texts) and body.length <= SETTINGS.longest_names and 4 * sentences <= len(body.texts)

    def doubts(self, index: int) -> tuple[ColumnDoubt, ...]:
        """What was guessed: that a column holds targets, or which one names what they are of."""
        role = self.roles[index]
        if role in FIGURES and index not in self.guessed:
            named = next((at for at, other in enumerate(self.roles) if other == "indicator"), None)
            return ("name_guessed",) if named in self.guessed else ()
        return ("role_guessed",) if index in self.guessed else ()

    def levels(self) -> dict[int, int]:
        """The columns of headings, counted from the outermost."""
        return {index: level for level, index in enumerate(i for i, role in enumerate(self.roles) if role == "measure")}
