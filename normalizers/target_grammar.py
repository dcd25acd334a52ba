"""The goals that a sentence states: what is to be reached, and how the page says so.

Reads the sentence's skeleton (no brackets). A number is a goal only where nothing but words of reaching follows it up to
the end of its clause: 95.0%以上とする is one, 80%以上の支部 and 3か月以内に医療機関を受診した者 are parts of a name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from normalizers.fiscal_years import YearMention, read_years
from normalizers.numbers import Quantity, read_quantities
from normalizers.records import Basis, Comparator
from normalizers.target_patterns import COMPARATORS, reference_phrases, tail_phrases
from normalizers.tokens import read_words

_LONGEST_TAIL = 60
_NUMBER_OF_SOMETHING_ELSE = re.compile(r" ?(?:月|年度|年|期|号|条|章|節|次|代|版|四半期|歳|当たり|あたり|につき|ごと|毎)")
_REFERENCE_START = re.compile(
    r"対?前年|対?昨年|前々年|過去[0-9]|過去最高|現状|直近|いずれか|前回|前期|従前|従来|基準年度|全国平均|(?:全|47)?支部平均|本部の?目標|全国値"
)
_FROM = re.compile(r" ?(?:から|より)、? ?")
_BEFORE_A_NUMBER = re.compile(r"(?:約|概ね|おおむね|年間|毎年度?|毎月|[年月週]|計|合計|延べ|最低|少なくとも| )+$")
_COMPARED = re.compile(r"(?:比|より|から|対比|比べ|比べて|比較して|比較し)[、 ]?$")
_DIFFERENCE_UNITS = ("percentage_point",)


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal at ``start:end`` of a skeleton; ``number`` is where its value stands, ``end`` is past its tail.

    ``complete`` tells that a verb or the sentence's end closes it; where only a comma does, it may share its comparator
    with the next (男性38.6%、女性23.2%まで減らす). ``attributive`` marks 年2回以上の研修を開催: what is counted follows.
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
    reasons: tuple[str, ...] = ()


@dataclass(slots=True)
class _Tail:
    """What follows a number or reference: the roles of its words, in order, and how it ends."""

    end: int
    closed_by: str
    roles: list[str] = field(default_factory=list)
    surface: str = ""

    def has(self, *names: str) -> bool:
        return any(role == f"tail.{name}" for role in self.roles for name in names)

    @property
    def comparator(self) -> Comparator | None:
        for role in self.roles:
            if role.startswith("comparator."):
                return COMPARATORS[role.partition(".")[2]]
        return None

    @property
    def complete(self) -> bool:
        return self.closed_by == "end" or self.has("make", "reach", "keep", "up", "down", "better", "act")


def read_goals(text: str, fiscal_year: int | None = None) -> tuple[Goal, ...]:
    """The goals of one sentence's skeleton, from left to right. ``fiscal_year`` is the year that the plan speaks for."""
    years = read_years(text)
    quantities = [quantity for quantity in read_quantities(text) if _is_countable(text, quantity, years)]
    starts: dict[int, YearMention | Quantity | None] = {found.start(): None for found in _REFERENCE_START.finditer(text)}
    starts |= {year.start: year for year in years}
    starts = {quantity.start: quantity for quantity in quantities} | starts
    goals: list[Goal] = []
    # From right to left: a goal closed by a comma needs the goal that follows it.
    for start in sorted(starts, reverse=True):
        candidate = starts[start]
        following = goals[-1] if goals else None
        goal = (
            _quantity_goal(text, candidate, quantities)
            if isinstance(candidate, Quantity)
            else _reference_goal(text, start, candidate, quantities, fiscal_year)
        )
        if goal is None:
            continue
        while following is not None and goal.end > following.start:
            goals.pop()
            following = goals[-1] if goals else None
        if goal.complete or _stands_alone(text, goal, following):
            goals.append(goal)
    return tuple(_with_shared_comparators(goals[::-1]))


def _is_countable(text: str, quantity: Quantity, years: tuple[YearMention, ...]) -> bool:
    if any(year.start < quantity.end and quantity.start < year.end for year in years):
        return False
    if text[max(0, quantity.start - 1) : quantity.start] == "第" or _NUMBER_OF_SOMETHING_ELSE.match(text, quantity.end):
        return False
    return quantity.unit is None or quantity.unit.code != "years_of_age"


def _quantity_goal(text: str, quantity: Quantity, quantities: list[Quantity]) -> Goal | None:
    step = _FROM.match(text, quantity.end)
    if step is not None:
        target = next((other for other in quantities if other.start == step.end()), None)
        if target is not None and target.unit_code == quantity.unit_code:
            goal = _quantity_goal(text, target, [])
            if goal is None:
                return None
            return _from_to(replace(goal, start=quantity.start, baseline_value=quantity.value, pattern="from_to"), text, target)
    tail = _walk(text, quantity.end)
    if tail is None:
        return None
    attributive = tail.closed_by == "attributive"
    comparator, reasons = _comparator_of(tail)
    direct_change = re.match(r" ?(?:以上|以下)? ?(?:の)?(?:増|減|向上|引き?上げ|引き?下げ|改善|アップ|ダウン|上昇|低下|削減|縮減|短縮)", text[quantity.end :])
    if (direct_change and not attributive) or quantity.signed or quantity.unit_code in _DIFFERENCE_UNITS:
        return _difference(quantity, tail, "difference", None)
    notes = _quantity_reasons(quantity)
    if quantity.upper is not None and comparator is None:
        comparator = "ge"
    return Goal(
        quantity.start,
        tail.end,
        "absolute",
        comparator,
        quantity.value,
        quantity.unit_code,
        (quantity.start, quantity.number_end),
        "quantity",
        tail.complete and not attributive,
        attributive=attributive,
        reasons=(*notes, *reasons),
    )


def _from_to(goal: Goal, text: str, target: Quantity) -> Goal:
    """0.06%から0.05%に改善: where only the verb compares, the way it goes decides."""
    if goal.baseline_value is None or goal.value is None or goal.value == goal.baseline_value:
        return goal
    if _walk_comparator(text, target.end) is not None:
        return goal
    return replace(goal, comparator="ge" if goal.value > goal.baseline_value else "le")


def _walk_comparator(text: str, offset: int) -> Comparator | None:
    tail = _walk(text, offset)
    return tail.comparator if tail else None


def _reference_goal(
    text: str, start: int, year: YearMention | None, quantities: list[Quantity], fiscal_year: int | None
) -> Goal | None:
    """対前年度以上, 前年度比+1.0ポイント以上, 過去3年度の平均値以上, 令和4年度より減少させる."""
    reference = _walk_reference(text, start, year)
    if reference is None:
        return None
    end, compared, basis = reference
    baseline_year = year.year if year is not None else None
    quantity = next((q for q in quantities if end <= q.start <= end + 1 and not text[end : q.start].strip(" を:")), None)
    if quantity is not None:
        tail = _walk(text, quantity.end)
        if tail is None:
            return None
        if compared or quantity.signed or quantity.unit_code in _DIFFERENCE_UNITS:
            return replace(_difference(quantity, tail, "difference", start), baseline_year=baseline_year)
        if year is not None and not re.search("実績|結果|平均|値|末", text[year.end : end]):
            return None
        comparator, reasons = _comparator_of(tail)
        return Goal(
            start, tail.end, basis, comparator, None, None, None, "reference", tail.complete, quantity.value, baseline_year,
            reasons=reasons,
        )
    tail = _walk(text, end)
    if tail is None or tail.closed_by == "attributive":
        return None
    comparator, reasons = _comparator_of(tail, change=True)
    if not (tail.comparator or tail.has("keep", "up", "down", "better")):
        return None
    if basis == "qualitative":
        comparator, reasons = None, ("compared with a figure that the page does not give",)
    return Goal(
        start, tail.end, basis, comparator, None, None, None, "reference", tail.complete, None, baseline_year, reasons=reasons
    )


def _difference(quantity: Quantity, tail: _Tail, pattern: str, start: int | None) -> Goal:
    """A wanted difference from the year before: 1.0ポイント増, 2%以上削減 (negative, so that at most that is wanted)."""
    comparator = tail.comparator
    value = quantity.value
    reasons = _quantity_reasons(quantity)
    if quantity.unit_code == "percent" and not quantity.signed and not tail.has("up", "down", "better"):
        reasons = (*reasons, "a ratio to the year before, not a difference")
    elif tail.has("down") and value > 0:
        value = -value
        comparator = {"ge": "le", "le": "ge", "gt": "lt", "lt": "gt"}.get(comparator or "", None)  # type: ignore[assignment]
        reasons = (*reasons, "a wanted decrease, given as a negative difference")
    if comparator is None and tail.has("make", "reach", "keep", "act"):
        comparator = "eq"
    if start is None:
        reasons = (*reasons, "a difference without a named reference")
    return Goal(
        quantity.start if start is None else start,
        tail.end,
        "previous_year",
        comparator,
        value,
        quantity.unit_code,
        (quantity.start, quantity.number_end),
        pattern,
        tail.complete,
        reasons=reasons,
    )


def _comparator_of(tail: _Tail, change: bool = False) -> tuple[Comparator | None, tuple[str, ...]]:
    """A printed comparator; else what the verb says: reaching a value from below is ge, from above le, setting it eq."""
    if tail.comparator is not None:
        return tail.comparator, ()
    if tail.has("keep"):
        return "eq", ()
    if tail.has("up"):
        return ("gt", ()) if change else ("ge", ("comparator from the verb",))
    if tail.has("down"):
        return ("lt", ()) if change else ("le", ("comparator from the verb",))
    if tail.has("better"):
        return None, ("better than before, the indicator decides which way",)
    if tail.has("make", "reach", "act"):
        return "eq", ()
    return None, ()


def _quantity_reasons(quantity: Quantity) -> tuple[str, ...]:
    reasons = tuple({"approximate": "an approximate number", "plus_minus": "±"}[note] for note in quantity.notes)
    if quantity.upper is not None:
        reasons = (*reasons, f"a range up to {quantity.upper:g}: the lower end is given")
    if quantity.unit is None:
        reasons = (*reasons, "no unit")
    return reasons


def _walk(text: str, offset: int) -> _Tail | None:
    """Words of reaching from ``offset`` to the end of the clause; None where anything else comes between."""
    carrier = "10%"
    words = read_words(carrier + text[offset : offset + _LONGEST_TAIL])
    matches = tail_phrases().find(words)
    tail = _Tail(offset, "end")
    index = next((word.i for word in words if word.idx >= len(carrier)), len(words))
    while index < len(words):
        word = words[index]
        if word.text in "。;；":
            break
        if word.text in ("、", ",", "・", "/") or word.norm_ in ("且つ", "及び", "並びに"):
            tail.closed_by = "comma"
            break
        if matches.get(index):
            match = matches[index][0]
            tail.roles.append(match.name)
            index = match.last
        elif word.tag_.startswith(("助詞", "助動詞")) or word.is_space:
            index += 1
        elif tail.comparator is not None and words[index - 1].text == "の" and len(tail.roles) == 1:
            tail.closed_by = "attributive"
            break
        else:
            return None
        tail.end = offset + words[index - 1].idx + len(words[index - 1]) - len(carrier)
    tail.surface = text[offset : tail.end]
    return tail


def _walk_reference(text: str, start: int, year: YearMention | None) -> tuple[int, bool, Basis] | None:
    """Where a reference that begins at ``start`` ends, whether words of comparing close it, and the basis it gives."""
    carrier = "率を" if year is None else "前年度"
    begin = year.end if year is not None else start
    words = read_words(carrier + text[begin : begin + _LONGEST_TAIL])
    matches = reference_phrases().find(words)
    index = next((word.i for word in words if word.idx >= len(carrier)), len(words))
    basis: Basis = "previous_year"
    reached, compared, opened = begin, False, year is not None
    while index < len(words):
        names = {match.name: match for match in reversed(matches.get(index, []))}
        if "comparison" in names and opened:
            compared, index = True, names["comparison"].last
        elif "previous_year" in names:
            opened, index = True, names["previous_year"].last
        elif "other" in names:
            basis = "qualitative" if not opened else basis
            opened, index = True, names["other"].last
        elif "carry" in names and opened and not compared:
            index = names["carry"].last
        elif opened and not compared and words[index].text == "と" and index + 1 in matches:
            index += 1
        else:
            break
        reached = begin + words[index - 1].idx + len(words[index - 1]) - len(carrier)
    if reached == begin:
        return None
    compared = compared or _COMPARED.search(text[start:reached]) is not None
    return reached, compared, basis


def _stands_alone(text: str, goal: Goal, following: Goal | None) -> bool:
    """Whether a goal closed by a comma, or followed by what it counts, is one after all."""
    before = _BEFORE_A_NUMBER.sub("", text[: goal.start])
    after_particle = not before or before[-1] in "をはがもに:、"
    if goal.attributive:
        return after_particle and following is None
    if after_particle or text[: goal.start] != before:
        return True
    if following is None or following.unit != goal.unit:
        return False
    between = text[goal.end : following.start]
    return len(between) <= 20 and not re.search("を|について|に占める|の", between)


def _with_shared_comparators(goals: list[Goal]) -> list[Goal]:
    shared = list(goals)
    for index in range(len(shared) - 2, -1, -1):
        goal, following = shared[index], shared[index + 1]
        if not goal.complete and goal.comparator is None and goal.unit == following.unit:
            shared[index] = replace(goal, comparator=following.comparator)
    return shared
