"""Exceptions that begin with the case they hold for: ただし、年度中に目標値を超えた場合は、対前年度末以上とする."""

from __future__ import annotations

from normalizers.aims.patterns import pattern
from normalizers.text.skeleton import Skeleton

_CASE = pattern("exceptions.case")
_STATES = pattern("told_clauses.states")


def end_of_case(skeleton: Skeleton) -> int:
    """Where the case ends that an exception begins with, 0 where it begins with none.

    A case with a figure is left to the grammar: the figure may be a limit of the case or the aim itself.
    """
    case = _CASE.match(skeleton.text)
    if case is None or any(bracket.at < case.end() for bracket in skeleton.brackets):
        return 0
    return case.end() if _STATES.search(skeleton.text, case.end()) is not None else 0
