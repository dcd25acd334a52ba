"""The goals that a sentence states: what is to be reached, and how the page says so.

Reads the sentence's skeleton (no brackets). A number is a goal only where nothing but words of reaching follows it up
to the end of its clause: 95.0%以上とする is one, 80%以上の支部 and 3か月以内に医療機関を受診した者 are parts of a name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from normalizers.aims.patterns import alternation
from normalizers.aims.tails import Tail, walk_reference, walk_tail
from normalizers.model.reasons import Reason
from normalizers.model.records import Basis, Comparator
from normalizers.text.fiscal_years import YearMention, read_years
from normalizers.text.numbers import Quantity, read_quantities

_NUMBER_OF_SOMETHING_ELSE = re.compile(
    r" ?(?:月|年度|年|期|号|条|章|節|次|代|版|四半期|歳|分の|当たり|あたり|につき|ごと|毎|台)"
)
_REFERENCE_START = re.compile(alternation("reference", "previous_year", "other"))
_STEP = re.compile(r" ?(?:以上|以下|未満|超)?(?:から|より|→|⇒|➡|➔)、? ?")
_DIRECT_CHANGE = re.compile(rf" ?(?:以上|以下)?の?{alternation('change', 'direct')}")
_BEFORE_A_NUMBER = re.compile(r"(?:約|概ね|おおむね|年間|毎年度?|毎月|[年月週]|計|合計|延べ|最低|少なくとも| )+$")
_NOTE_REASONS = {
    "approximate": Reason("approximate"),
    "plus_minus": Reason("plus_minus"),
    "digit_before": Reason("digit_before"),
}
_A_RESULT = re.compile(rf"{alternation('result', 'labels')}率?(?:は|が|:|=| )* ?$")
_SIGNS: dict[str, Comparator] = {"≧": "ge", "≥": "ge", "≦": "le", "≤": "le", ">": "gt", "<": "lt"}
_FLIPPED: dict[Comparator, Comparator] = {"ge": "le", "le": "ge", "gt": "lt", "lt": "gt", "eq": "eq"}
_RATIO_UNITS = ("percent", "multiple")
_ANOTHER_NAME = re.compile(rf"[、,・ ]+[^はが、]{{1,60}}{alternation('label', 'measures')}[ :]*")
_LONGEST_BETWEEN = 20
_OF_A_RATE = re.compile(r"(?:率|割合)(?:を|は|が|に?ついて、?|:| )*$")
_ATTRIBUTIVE_REFERENCE = re.compile(
    rf"(?:以上の|以下の|未満の|を上回る|を超える|を下回る) ?(?P<name>[^、。をはがに]{{2,60}}?)"
    rf"(?:とする|とし|となるよう|にする|(?:を|の){alternation('tail', 'reach')})"
)


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal at ``start:end`` of a skeleton; ``number`` is where its value stands, ``end`` is past its tail.

    ``complete`` tells that a verb or the sentence's end closes it; where only a comma does, it may share its
    comparator with the next (男性38.6%、女性23.2%まで減らす). ``attributive`` marks 年2回以上の研修を開催: what is
    counted follows. ``before_noun`` marks a goal that a noun follows at once (被保険者25.0%以上 被扶養者8.0%以上).
    ``improves`` marks 改善: the indicator decides which way.
    """

    start: int
    end: int
    basis: Basis
    comparator: Comparator | None
    value: float | None
    unit: str | None
    number: tuple[int, int] | None
    pattern: str
    complete: bool
    baseline_value: float | None = None
    baseline_year: int | None = None
    attributive: bool = False
    before_noun: bool = False
    improves: bool = False
    reasons: tuple[Reason, ...] = ()


def read_goals(text: str) -> tuple[Goal, ...]:
    """The goals of one sentence's skeleton, from left to right."""
    years = read_years(text)
    quantities = [quantity for quantity in read_quantities(text) if _is_countable(text, quantity, years)]
    starts: dict[int, YearMention | Quantity | None] = {quantity.start: quantity for quantity in quantities}
    starts |= {found.start(): None for found in _REFERENCE_START.finditer(text)}
    starts |= {year.start: year for year in years}
    goals: list[Goal] = []
    # From right to left: a goal closed by a comma needs the goal that follows it.
    for start in sorted(starts, reverse=True):
        candidate = starts[start]
        if isinstance(candidate, Quantity):
            goal = _quantity_goal(text, candidate, quantities)
        else:
            goal = _reference_goal(text, start, candidate, quantities)
        if goal is None:
            continue
        following = next((later for later in reversed(goals) if later.start >= goal.end), None)
        if goal.complete or _stands_alone(text, goal, following):
            while goals and goal.end > goals[-1].start:
                goals.pop()
            goals.append(goal)
    return _with_shared_comparators(goals[::-1])


def _is_countable(text: str, quantity: Quantity, years: tuple[YearMention, ...]) -> bool:
    if any(year.start < quantity.end and quantity.start < year.end for year in years):
        return False
    if text[: quantity.start].endswith(("第", "分の")) or _NUMBER_OF_SOMETHING_ELSE.match(text, quantity.end):
        return False
    return quantity.unit is None or quantity.unit.code != "years_of_age"


def _quantity_goal(text: str, quantity: Quantity, quantities: list[Quantity]) -> Goal | None:
    """95.0%以上とする, 20%以下に抑える, 0.06%から0.05%に改善, 1,850社."""
    step = _STEP.match(text, quantity.end)
    if step is not None:
        return _from_to(text, quantity, next((other for other in quantities if other.start == step.end()), None))
    if _A_RESULT.search(text, 0, quantity.start):
        return None
    tail = walk_tail(text, quantity.end)
    if tail is None:
        return None
    attributive = tail.closed_by in ("attributive", "noun")
    changes = quantity.signed or _DIRECT_CHANGE.match(text, quantity.end) is not None
    if (
        not attributive
        and (changes or quantity.unit_code == "percentage_point")
        and (changes or tail.has("up", "down", "better"))
    ):
        return _difference(text, quantity, tail, None)
    comparator, reasons = _comparator_of(tail)
    if tail.comparator is None and quantity.upper is not None:
        comparator = "ge"
    if quantity.unit_code == "multiple" and not attributive:
        return _difference(text, quantity, tail, None)
    return Goal(
        quantity.start,
        tail.end,
        "absolute",
        _SIGNS.get(text[: quantity.start].rstrip()[-1:], comparator),
        quantity.value,
        "points" if quantity.unit_code == "percentage_point" else quantity.unit_code,
        (quantity.start, quantity.number_end),
        "quantity",
        tail.complete and not attributive,
        attributive=tail.closed_by == "attributive",
        before_noun=tail.closed_by == "noun",
        improves=tail.has("better") and comparator is None,
        reasons=(*_quantity_reasons(quantity), *reasons),
    )


def _from_to(text: str, quantity: Quantity, target: Quantity | None) -> Goal | None:
    """0.06%から0.05%に改善: the first is the baseline; where no comparator is printed, the way it goes decides."""
    if target is None or (quantity.unit is not None and target.unit_code != quantity.unit_code):
        return None
    tail = walk_tail(text, target.end)
    if tail is None or tail.closed_by in ("attributive", "noun"):
        return None
    comparator, reasons = _comparator_of(tail)
    if tail.comparator is None and target.value != quantity.value:
        comparator = "ge" if target.value > quantity.value else "le"
        reasons = (Reason("comparator_from_way"),)
    return Goal(
        quantity.start,
        tail.end,
        "absolute",
        comparator,
        target.value,
        target.unit_code,
        (target.start, target.number_end),
        "from_to",
        tail.complete,
        baseline_value=quantity.value,
        reasons=(*_quantity_reasons(target), *reasons),
    )


def _reference_goal(text: str, start: int, year: YearMention | None, quantities: list[Quantity]) -> Goal | None:
    """対前年度以上, 前年度比+1.0ポイント以上, 過去3年度の平均値以上, 令和4年度より減少させる."""
    reference = walk_reference(text, start, year)
    if reference is None:
        return None
    baseline_year = year.year if year is not None else None
    quantity = next(
        (q for q in quantities if q.start >= reference.end and not text[reference.end : q.start].strip(" を:")), None
    )
    if quantity is not None and (step := _STEP.match(text, quantity.end)) is not None:
        target = next((other for other in quantities if other.start == step.end()), None)
        return _from_result(text, start, quantity, target, baseline_year)
    if quantity is None:
        tail = walk_tail(text, reference.end)
        attributive = _ATTRIBUTIVE_REFERENCE.match(text, reference.end)
        if tail is not None and attributive is not None and tail.closed_by in ("attributive", "noun"):
            tail = replace(tail, end=attributive.end(), closed_by="end")
        return _plain_reference(start, tail, reference.basis, baseline_year)
    tail = walk_tail(text, quantity.end)
    if tail is None or tail.closed_by in ("attributive", "noun"):
        return None
    if reference.basis == "qualitative":
        return _plain_reference(start, tail, reference.basis, baseline_year)
    told = re.search("実績|結果|水準|値", text[start : reference.end])
    # 回収率を前年度の95.2%以上 tells the result itself, 受診者数を前年度の103%以上 a ratio to it.
    ratio = reference.of_a_number and quantity.unit_code in _RATIO_UNITS and not _OF_A_RATE.search(text, 0, start)
    if (
        reference.compared
        or ratio
        or quantity.signed
        or quantity.unit_code in ("percentage_point", "multiple")
        or (tail.has("up", "down") and not told)
    ):
        return replace(_difference(text, quantity, tail, start), baseline_year=baseline_year)
    if year is not None and not re.search("実績|結果|平均|値|末", text[year.end : reference.end]):
        return None
    goal = _plain_reference(start, tail, reference.basis, baseline_year)
    return None if goal is None else replace(goal, baseline_value=quantity.value)


def _from_result(
    text: str, start: int, result: Quantity, target: Quantity | None, baseline_year: int | None
) -> Goal | None:
    """前年度実績59.1%から1.2ポイント向上, 前年度実績59.1%から60.3%に引き上げる: what is printed first is the result."""
    if target is None:
        return None
    if target.unit_code != "percentage_point" and not target.signed and not _DIRECT_CHANGE.match(text, target.end):
        goal = _from_to(text, result, target)
        return None if goal is None else replace(goal, start=start, baseline_year=baseline_year)
    tail = walk_tail(text, target.end)
    if tail is None or tail.closed_by in ("attributive", "noun"):
        return None
    difference = _difference(text, target, tail, start)
    return replace(difference, baseline_value=result.value, baseline_year=baseline_year)


def named_after_reference(text: str, start: int) -> tuple[int, int] | None:
    """前年度実績を上回る受診者数とする: where the indicator stands that follows a reference from ``start``."""
    found = _ATTRIBUTIVE_REFERENCE.search(text, start)
    return None if found is None else found.span("name")


def _plain_reference(start: int, tail: Tail | None, basis: Basis, baseline_year: int | None) -> Goal | None:
    if tail is None or tail.closed_by in ("attributive", "noun"):
        return None
    if tail.comparator is None and not tail.has("keep", "up", "down", "better"):
        return None
    comparator, reasons = _comparator_of(tail, change=True)
    if basis == "qualitative":
        comparator, reasons = None, (Reason("reference_not_given"),)
    return Goal(
        start,
        tail.end,
        basis,
        comparator,
        None,
        None,
        None,
        "reference",
        tail.complete,
        baseline_year=baseline_year,
        improves=comparator is None and tail.has("better"),
        reasons=reasons,
    )


def _difference(text: str, quantity: Quantity, tail: Tail, start: int | None) -> Goal:
    """A wanted difference from the year before: 1.0ポイント増; 2%以上削減 is at most -2."""
    comparator, value = tail.comparator, quantity.value
    reasons = _quantity_reasons(quantity)
    if quantity.unit_code in _RATIO_UNITS and not quantity.signed and not tail.has("up", "down", "better"):
        reasons = (*reasons, Reason("ratio_to_year_before"))
    elif tail.has("down") and value > 0:
        comparator, value = _FLIPPED.get(comparator) if comparator else None, -value
        reasons = (*reasons, Reason("wanted_decrease"))
    if quantity.value < 0 and text.startswith("以内", quantity.end):
        comparator = "ge"
    if comparator is None and tail.has("make", "reach", "keep", "act"):
        comparator = "eq"
    if comparator is None and tail.has("do"):
        comparator = "ge" if value > 0 else "le"
    if start is None:
        reasons = (*reasons, Reason("difference_without_reference"))
    return Goal(
        quantity.start if start is None else start,
        tail.end,
        "previous_year",
        comparator,
        value,
        quantity.unit_code,
        (quantity.start, quantity.number_end),
        "difference",
        tail.complete,
        reasons=reasons,
    )


def _comparator_of(tail: Tail, *, change: bool = False) -> tuple[Comparator | None, tuple[Reason, ...]]:
    """A printed comparator; else what the verb says: reaching a value from below is ge, from above le, setting it eq.

    With ``change`` the verb compares with a result itself: 前年度より増加 is gt.
    """
    if tail.comparator is not None:
        return tail.comparator, ()
    if tail.has("keep"):
        return "eq", ()
    if tail.has("up"):
        return ("gt", ()) if change else ("ge", (Reason("comparator_from_verb"),))
    if tail.has("down"):
        return ("lt", ()) if change else ("le", (Reason("comparator_from_verb"),))
    if tail.has("better"):
        return None, (Reason("comparator_from_indicator"),)
    return ("eq" if tail.has("make", "reach", "act") else None), ()


def _quantity_reasons(quantity: Quantity) -> tuple[Reason, ...]:
    reasons = tuple(_NOTE_REASONS[note] for note in quantity.notes)
    if quantity.upper is not None:
        reasons = (*reasons, Reason("range", {"upper": quantity.upper}))
    return reasons if quantity.unit is not None else (*reasons, Reason("no_unit"))


def _stands_alone(text: str, goal: Goal, following: Goal | None) -> bool:
    """Whether a goal closed by a comma, or followed by what it counts, is one after all."""
    before = _BEFORE_A_NUMBER.sub("", text[: goal.start])
    after_particle = not before or before[-1] in "をはがもに:、"
    if goal.attributive:
        return after_particle and following is None
    if goal.before_noun:
        return following is not None and _is_parallel(text, goal, following)
    if after_particle or text[: goal.start] != before:
        return True
    return following is not None and _is_parallel(text, goal, following)


def _is_parallel(text: str, goal: Goal, following: Goal) -> bool:
    """被保険者39.5%以上、被扶養者26.0%以上: the same unit, and nothing but a short name between."""
    between = text[goal.end : following.start]
    if following.unit != goal.unit or re.search("を|について|に占める", between):
        return False
    return (len(between) <= _LONGEST_BETWEEN and "の" not in between) or _ANOTHER_NAME.fullmatch(between) is not None


def _with_shared_comparators(goals: list[Goal]) -> tuple[Goal, ...]:
    shared = list(goals)
    for index in range(len(shared) - 2, -1, -1):
        goal, following = shared[index], shared[index + 1]
        if not goal.complete and goal.comparator is None and goal.unit == following.unit:
            shared[index] = replace(goal, comparator=following.comparator)
    return tuple(shared)
