"""Head-count lines: planned rates and numbers of people, stated without a verb.

被保険者(40歳以上)(実施対象者数:286,223人) names a group, and under it stands
生活習慣病予防健診 実施率 60.3%(実施見込者数:172,500人).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from normalizers.aims.brackets import PRICE
from normalizers.aims.patterns import ends_with, pattern, words
from normalizers.indicators.catalogue import people_words, population_of
from normalizers.text.numbers import Quantity, read_quantities
from normalizers.text.skeleton import Skeleton, read_skeleton, without_note_marks
from normalizers.text.tokens import read_words

_NAME_AND_FIGURE = pattern("head_counts.name_and_figure")
_BREAKDOWN = pattern("head_counts.breakdown")
_PLANNED = pattern("head_counts.planned")
RECKONED = pattern("head_counts.reckoned")
_RESULT = pattern("head_counts.result")
_PERIOD = pattern("head_counts.period")
_TOLD = pattern("head_counts.told")
_BUDGET, _STANDING = ends_with("names.budgets"), ends_with("names.standing")
_RATE = pattern("head_counts.rate")
_MEASURE = pattern("head_counts.measure")
_GROUP_IN_BRACKETS = re.compile(rf"^[【〔\[<](?P<group>(?:{people_words()})分?(?:[(][^()]*[)])?)[】〕\]>]")
_BARE = pattern("goals.bare_measure").pattern
_GROUP_LABEL = re.compile(rf"^(?:{people_words()})分?(?: ?: ?(?=.)|(?:[(][^()]*[)])? ?(?!の)(?={_BARE}))")
"""Whom a count is of, before its name: 被保険者:, 被保険者(40歳以上)対象者数."""

_LED_BY_PEOPLE = re.compile(rf"^(?:{people_words()})(?:分|[(][^()]*[)])* ?[: ]")
_OF_EACH_GROUP = re.compile(rf"(?P<measure>[^:]{{2,}}?)[: ]?(?=(?:{people_words()}))")
"""What is counted of each of the groups behind it: 対象者数:被保険者, 対象者数 被保険者."""

_ONLY_PEOPLE = re.compile(rf"(?:全)?(?:{people_words()})(?:[(].*[)])?(?:分|の状況)?")
_AIM_WORD, _NO_NAME = pattern("aims.word"), pattern("head_counts.no_name")
_CLAUSE_PARTICLES = words("head_counts.clause_particles")
_LONGEST_LINE = 200
_ENDS_IN_FIGURE = pattern("head_counts.ends_in_figure")
_MEASURED_IN = ("percent", "yen")
_BEFORE_A_SHARE = pattern("head_counts.before_share")
_SHARE = pattern("head_counts.share")
_PARTICLES = words("speech.particles")
_ENDS_OF_NAMES = words("speech.ends_of_names")


@dataclass(frozen=True, slots=True)
class HeadCount:
    """One figure of a head-count line: its name, its value and where that stands in the normalised line.

    ``people`` names whom it counts, where the name does not.
    """

    indicator: str
    quantity: Quantity
    start: int
    end: int
    people: str | None = None


@dataclass(frozen=True, slots=True)
class HeadCountLine:
    """A head-count line: the name outside its brackets, its figures, and whether it speaks of a plan.

    ``told`` is a line that says by a particle what the figure is (回収数は1,204件), and not that it is planned.
    """

    name: str
    counts: tuple[HeadCount, ...]
    planned: bool
    told: bool = False


@functools.lru_cache(maxsize=4096)
def read_head_counts(text: str) -> HeadCountLine | None:
    """The figures of a normalised line without marks and prefix; None where it is no head-count line."""
    if PRICE.search(text):
        return None
    if len(text) > _LONGEST_LINE or "。" in text.rstrip("。") or not _ENDS_IN_FIGURE.search(text):
        return None
    parts = list(_parts(text))
    if len(parts) > 1:
        return _joined(text, parts)
    return _one_line(text)


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """40歳以上の被保険者 121,300人/うち特定健診 70,480人: the whole and its shares, as offsets."""
    start = 0
    counted = {quantity.end for quantity in read_quantities(text) if quantity.unit is not None}
    for mark in _BEFORE_A_SHARE.finditer(text):
        within = text.count("(", 0, mark.start()) > text.count(")", 0, mark.start())
        if within or (not mark[0].strip() and mark.start() not in counted):
            continue
        yield start, mark.start()
        start = mark.end()
    yield start, len(text)


def _joined(text: str, parts: Sequence[tuple[int, int]]) -> HeadCountLine | None:
    lines = [(start, _one_line(text[start:end].strip())) for start, end in parts]
    counts: list[HeadCount] = []
    for start, line in lines:
        if line is None:
            return None
        at = start + len(text[start:]) - len(text[start:].lstrip())
        counts += [replace(count, start=count.start + at, end=count.end + at) for count in line.counts]
    first = lines[0][1]
    assert first is not None
    return HeadCountLine(first.name, tuple(counts), population_of(first.name) is not None or first.planned)


def _one_line(text: str) -> HeadCountLine | None:
    text = open_group(text)
    skeleton = read_skeleton(text)
    row = _row_of_figures(skeleton)
    if row is not None:
        return row
    main = _main_figure(skeleton)
    if main is None:
        return None
    name, quantity, start, end = main
    if quantity is not None and (_BUDGET if quantity.unit_code == "yen" else _STANDING).search(name):
        return None
    in_brackets = _bracket_figures(skeleton)
    if quantity is None and not in_brackets:
        return None
    counts: list[HeadCount] = []
    name = _SHARE.sub("", _GROUP_LABEL.sub("", name))
    base = _RATE.sub("", name)
    base = _MEASURE.sub("", name) if base == name and quantity is not None else base
    if quantity is not None:
        counts.append(HeadCount(name, quantity, start, end))
    for label, figure, figure_start, figure_end in in_brackets:
        is_group = quantity is None and _names_people(name)
        if not label and (quantity is None or figure.unit_code == quantity.unit_code):
            continue
        share = _SHARE.match(label)
        if share is not None:
            counts.append(HeadCount(label[share.end() :], figure, figure_start, figure_end))
            continue
        whole = label if is_group or label.startswith(base) or _names_people(base) else base + label
        counts.append(HeadCount(whole.strip(), figure, figure_start, figure_end))
    if not counts:
        return None
    planned = bool(_PLANNED.search(name)) or bool(_LED_BY_PEOPLE.match(text))
    told = not planned and quantity is not None and _TOLD.search(text, 0, start) is not None
    labelled = not told and any(label for label, *_ in in_brackets)
    return HeadCountLine(_SHARE.sub("", main[0]), tuple(counts), labelled or planned, told)


def open_group(text: str) -> str:
    """【被保険者】(対象者数:43,208人) with blanks in the place of the group's own brackets."""
    found = _GROUP_IN_BRACKETS.match(text)
    return text if found is None else f" {found.group('group')} {text[found.end() :]}"


def _row_of_figures(skeleton: Skeleton) -> HeadCountLine | None:
    """対象者数286,223人 実施者数172,500人 実施率60.3%: names and figures in turn, the first naming what all are of."""
    line = skeleton.text.rstrip(" 。")
    quantities = read_quantities(line)
    if not quantities or quantities[-1].end != len(line):
        return None
    groups = _of_each_group(skeleton, line, quantities)
    if groups is not None or len(quantities) == 1:
        return groups
    counts: list[HeadCount] = []
    base, reached = "", 0
    for quantity in quantities:
        name = _NAME_AND_FIGURE.sub("", line[reached : quantity.start]).strip(" :、,/・")
        measure = _MEASURE.search(name)
        if not _may_be_planned(quantity) or quantity.signed or measure is None or not _is_name(name):
            return None
        if _RESULT.search(name):
            return None
        first = line.index(name, reached)
        printed = _without_figures(skeleton, first, first + len(name))
        if not counts:
            base = _MEASURE.sub("", printed)
            base = "" if _names_people(base) else base
            label = printed if base else measure.group()
        else:
            label = printed if printed.startswith(base) else base + printed
        start, end = skeleton.whole_span(quantity.start, quantity.number_end)
        counts.append(HeadCount(label, quantity, start, end))
        reached = quantity.end
    for label, quantity, start, end in _bracket_figures(skeleton):
        if label:
            counts.append(HeadCount(label if label.startswith(base) else base + label, quantity, start, end))
    return HeadCountLine(line[: quantities[0].start].strip(" :"), tuple(counts), True)


def _of_each_group(skeleton: Skeleton, line: str, quantities: Sequence[Quantity]) -> HeadCountLine | None:
    """対象者数:被保険者(40歳以上)812,400人、被扶養者201,300人: one count, of each of several groups."""
    led = _OF_EACH_GROUP.match(line)
    measure = led["measure"].strip() if led is not None else ""
    if led is None or _MEASURE.search(measure) is None or _names_people(measure) or not _is_name(measure):
        return None
    counts: list[HeadCount] = []
    reached = led.end()
    for quantity in quantities:
        people = _NAME_AND_FIGURE.sub("", line[reached : quantity.start]).strip(" :、,/・")
        if not _names_people(people) or not _may_be_planned(quantity) or quantity.signed:
            return None
        start, end = skeleton.whole_span(quantity.start, quantity.number_end)
        counts.append(HeadCount(measure, quantity, start, end, people))
        reached = quantity.end
    return HeadCountLine(measure, tuple(counts), True)


def _main_figure(skeleton: Skeleton) -> tuple[str, Quantity | None, int, int] | None:
    """The line outside brackets: a name, and a figure at its end or none."""
    line = skeleton.text.rstrip(" 。")
    quantities = read_quantities(line)
    last = quantities[-1] if quantities and quantities[-1].end == len(line) else None
    if last is not None and (not _may_be_planned(last) or last.signed):
        return None
    if last is None and any(quantity.unit is not None and quantity.unit.code == "percent" for quantity in quantities):
        # 満足度 95.0%以上(H29 93.1%): a level and its result, and no name.
        return None
    stop = _NAME_AND_FIGURE.sub("", line[: last.start]) if last else line
    name = stop.strip(" :")
    if not name or _RESULT.search(name) or not _is_name(name):
        return None
    first = line.index(name)
    named = _without_figures(skeleton, first, first + len(name))
    if last is None:
        return named, None, 0, 0
    start, end = skeleton.whole_span(last.start, last.number_end)
    return named, last, start, end


def _without_figures(skeleton: Skeleton, start: int, end: int) -> str:
    name = skeleton.words_of(start, end)
    for bracket in skeleton.brackets:
        if _figures_in(bracket.content) or _BREAKDOWN.match(bracket.content):
            name = name.replace(f"({bracket.content})", "")
    group = _GROUP_LABEL.match(name)
    led = group.end() if group is not None else 0
    return name[:led] + re.sub(r"(?<=[)】\]]) ", "", name[led:].replace(":", "").strip())


def _bracket_figures(skeleton: Skeleton) -> list[tuple[str, Quantity, int, int]]:
    return [
        (label, quantity, bracket.start + 1 + quantity.start, bracket.start + 1 + quantity.number_end)
        for bracket in skeleton.brackets
        if skeleton.whole[bracket.start] in "([〔"
        for label, quantity in _figures_in(bracket.content)
    ]


def _figures_in(content: str) -> list[tuple[str, Quantity]]:
    """(実施見込者数:172,500人): name and figure, or several of them; empty where anything else is said."""
    figures: list[tuple[str, Quantity]] = []
    quantities = read_quantities(content)
    reached = 0
    for quantity in quantities:
        name = _NAME_AND_FIGURE.sub("", content[reached : quantity.start]).strip(" :、,/・")
        if not name and _may_be_planned(quantity) and not quantity.signed and len(quantities) == 1:
            return [("", quantity)] if not content[quantity.end :].strip() else []
        if (
            not name
            or _PERIOD.search(name)
            or not _may_be_planned(quantity)
            or _RESULT.search(name)
            or not _is_name(name)
            or _AIM_WORD.search(name)
        ):
            return []
        figures.append((without_note_marks(name), quantity))
        reached = quantity.end
    return figures if not content[reached:].strip() else []


def _may_be_planned(quantity: Quantity) -> bool:
    """Whether a quantity counts something, or is a rate or an amount of money: no length of time, no difference."""
    return quantity.unit is not None and (quantity.unit.counts or quantity.unit.code in _MEASURED_IN)


def _is_name(text: str) -> bool:
    """Whether a text is one noun phrase: no verb, no particle but の and the like, no comma."""
    if len(text) > 80 or _NO_NAME.search(text):
        return False
    words = read_words(text)
    return words[-1].tag_.startswith(_ENDS_OF_NAMES) and not any(
        word.tag_.startswith(_PARTICLES) and word.text in _CLAUSE_PARTICLES for word in words
    )


def _names_people(name: str) -> bool:
    return _ONLY_PEOPLE.fullmatch(name.strip()) is not None
