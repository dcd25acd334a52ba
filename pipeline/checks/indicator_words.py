"""When two targets speak of the same indicator."""

from __future__ import annotations

import re

from pipeline.checks.rows import TargetRow

# Words by which a plan tells whom an indicator concerns (the population column holds that already), and particles that
# one line has and another leaves out: 被扶養者の特定保健指導の実施率, 特定保健指導実施率.
_LEFT_OUT = re.compile(r"^(?:全体の|被保険者の|被扶養者の|加入者の|協会けんぽの|協会の)+|の|\(※\d*\)|※\d*|\s")


def stem(indicator: str | None) -> str:
    """The indicator without its population and without particles, for comparing wordings of one document."""
    return _LEFT_OUT.sub("", indicator or "")


def same_indicator(one: TargetRow, other: TargetRow) -> bool:
    """Whether two targets of one branch measure the same thing, whatever their population.

    The catalogue's code decides where both have one of their own; the wording where it does not.
    """
    if one.indicator is None or other.indicator is None:
        return False
    if one.indicator_code is not None and one.indicator_code == other.indicator_code:
        return True
    return stem(one.indicator) == stem(other.indicator)
