"""One plan ready to be set: its paragraphs, titles and style. Layouts turn it into a PDF and an account of pages."""

from __future__ import annotations

from dataclasses import dataclass

from normalizers.vocabulary import HEADQUARTERS, fiscal_year_name
from pipeline.sample.comparison import Row
from pipeline.sample.content import Plan
from pipeline.sample.flow import Account
from pipeline.sample.style import Style
from pipeline.sample.wording import Group


@dataclass(frozen=True, slots=True)
class PlanToSet:
    """``rows`` are the rows of a comparison, ``groups`` the measures of a plan of one edition; one of them is empty.
    ``national`` is headquarters' plan, where it is printed behind the branch's own for reference."""

    plan: Plan
    style: Style
    groups: tuple[Group, ...] = ()
    rows: tuple[Row, ...] = ()
    old_plan: Plan | None = None
    national: tuple[Group, ...] = ()

    @property
    def title(self) -> str:
        """令和6年度 岡山支部事業計画(案), as typed by this office."""
        kind = "(新旧対照表)" if self.rows else ""
        draft = "(案)" if self.style.draft else ""
        year = fiscal_year_name(self.plan.year)
        return self.style.printed(f"{year} {self._whose}事業計画{kind}{draft}")

    @property
    def _whose(self) -> str:
        """Headquarters call their plan the association's; some plans do not say whose they are."""
        if self.plan.branch_code == HEADQUARTERS:
            return "全国健康保険協会 "
        return f"{self.plan.branch_name}支部" if self.plan.branch_name else ""

    def section_title(self, section: int) -> str:
        """A section's title with its number, ``section`` from 0."""
        return self.style.printed(self.style.section_title(section + 1, self.plan.sections[section]))


@dataclass(frozen=True, slots=True)
class SetPlan:
    """A plan as PDF, with where each paragraph stands."""

    pdf: bytes
    account: Account
    page_count: int
