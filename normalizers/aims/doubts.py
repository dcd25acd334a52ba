"""What makes a reading doubtful: words that it leaves unexplained, and a second reading that costs nearly the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from normalizers.aims.aim_reading import AimReading
from normalizers.aims.automaton import Reading
from normalizers.aims.features import Featured
from normalizers.aims.patterns import pattern
from normalizers.model.reasons import Reason
from normalizers.text.fiscal_years import read_fiscal_year
from normalizers.text.numbers import read_quantities

_MAY_HOLD_AIMS = ("figures", "name", "goal")
_IN_ALL = pattern("doubts.in_all")
_BY_THEN = pattern("doubts.by_then")
_NAME_BEFORE = pattern("doubts.name_before")
_OF_ITS_OWN = ("people", "cases", "percent", "offices", "companies", "yen", "times", "places")
"""In what an aim is mostly counted; a length of time or an age rather tells of which cases it is one."""

_BOUND = pattern("bounds.with_within")


def doubts_of_reading(elements: Sequence[Featured], reading: Reading, *, other_aims: bool) -> Iterator[Reason]:
    """The doubts that all aims of a sentence share: what the cheapest reading does not explain.

    ``other_aims`` tells that the second-best reading costs nearly the same and gives other rows.
    """
    if other_aims and reading.margin is not None:
        yield Reason("close_second", {"margin": round(reading.margin, 2)})
    unread = [word for word in _unexplained(elements, reading) if word]
    if unread:
        yield Reason("unread_words", {"words": "、".join(unread)})


def left_in_brackets(elements: Sequence[Featured], aims: Sequence[AimReading]) -> list[AimReading]:
    """The aims, doubted where a bracket behind their figure holds another in their unit that no field has.

    年間2億円(6年間で12億円), 受診率60%(45歳未満の者は50%以上): it may be an aim of its own.
    """
    taken = {aim.number[0] for aim in aims if aim.number is not None}
    found = list(aims)
    for item in elements:
        bracket, sense = item.element.bracket, item.sense
        if bracket is None or sense is None or sense.kind not in _MAY_HOLD_AIMS:
            continue
        own = [at for at, aim in enumerate(found) if aim.number is not None and aim.number[0] < bracket.start]
        main = found[own[-1]] if own else None
        if main is None or main.basis != "absolute":
            continue
        years = read_fiscal_year(bracket.content) is not None
        for quantity in read_quantities(bracket.content):
            place = bracket.start + 1 + quantity.start
            bounded = _BOUND.match(bracket.content, quantity.end) is not None
            led = bracket.content[: quantity.start]
            later = _IN_ALL.search(led) is not None or _BY_THEN.search(led) is not None
            left = place not in taken and quantity.value not in (main.value, main.baseline_value)
            alike = (bounded or later or sense.kind == "figures") and quantity.unit_code in (main.unit, "rank")
            named = sense.kind == "name" and _NAME_BEFORE.fullmatch(led) is not None
            # (R5年度末 57.2%、R6年12月末 41.3%): results, or one of them an aim.
            dated = sense.kind == "name" and quantity.unit_code == main.unit and years
            ends = quantity.unit_code in _OF_ITS_OWN and not bracket.content[quantity.end :].strip()
            if left and quantity.unit is not None and (alike or dated or (named and ends)):
                found[own[-1]] = replace(main, reasons=(*main.reasons, Reason("number_left")))
    return found


def _unexplained(elements: Sequence[Featured], reading: Reading) -> Iterator[str]:
    aims = [at for at, role in enumerate(reading.roles) if role in ("value", "reference")]
    last_value = max((at for at in aims if "measure_later" not in elements[at].features), default=-1)
    for at, (item, role) in enumerate(zip(elements, reading.roles, strict=True)):
        if (
            (role == "topic" and "same_as" not in item.features)
            or (role == "statistic" and "hint:other" not in item.features)
            or (role in ("name", "in_name") and at > last_value >= 0 and elements[at - 1].element.kind != "label")
        ):
            yield item.element.text
