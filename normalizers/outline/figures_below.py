"""A name in a line of its own, and the figures and results that stand in the lines below it.

KPI② 回収率 / 対前年度以上, 《指標１》 郵送化率 / 目標：96.0%以上, ・ 実施率 / 現状値 29.4% / → 31.6%以上.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from normalizers.aims.aim import Aim, TargetContext
from normalizers.aims.head_counts import RECKONED
from normalizers.aims.patterns import ends_with
from normalizers.aims.prefix import target_prefix
from normalizers.aims.read_aims import group_line, read_aims
from normalizers.outline.line_words import is_aside
from normalizers.outline.patterns import pattern
from normalizers.outline.plan_line import Line
from normalizers.text.characters import normalize
from normalizers.text.fiscal_years import read_fiscal_year, year_of_number
from normalizers.text.markers import read_marker
from normalizers.text.numbers import read_quantities
from normalizers.text.sentences import is_sentence

BLANK = "\u3000"
"""What stands between a name and its figures where the two are read as one statement."""

ALL_OF_A_GROUP = pattern("figures_below.all_of_group")
"""Of whom a figure alone may say that they all are to reach it: 全職員の100％."""

_LONGEST_NAME = 80
"""Characters of a name in a line of its own. Chosen, two lines of a page."""
_LONGEST_FIGURES = 60
"""Characters of a line that only states figures. Chosen."""
_MOST_NAME_LINES = 3
"""Lines of a name at most. Chosen."""
_MOST_RESULTS = 2
"""Lines of results between a name and its figures at most. Chosen."""

_TELLS_FIGURES = "目標値"
_AS_TARGET = TargetContext(kind="kpi")
_ROLES = ("target", "item", "prose", "figure")
_MAY_STATE_A_LEVEL = pattern("figures_below.may_state_level")
_YEAR = pattern("figures_below.year")
_BY_WHEN = pattern("figures_below.by_when")
_POINTED_MONTH = pattern("figures_below.pointed_month")
_PARTS_OF_ASIDE = pattern("figures_below.parts_of_aside")
_LAST_YEAR = pattern("figures_below.last_year")
_YEAR_WITHOUT_ERA = pattern("figures_below.year_without_era")
_ANY_YEAR = 10_000
"""No plan's year: aims of every year are earlier ones."""
_DATED_LABEL = pattern("figures_below.dated_label")
_NONE_SET = pattern("figures_below.none_set")
_LEFT_OPEN = pattern("figures_below.left_open")
_TOLD_WORD = pattern("figures_below.told_word")
_OTHER_WORD = pattern("labels.other")
_AIM_WORD = pattern("figures_below.aim_word")
_NAMING_LABEL = pattern("figures_below.naming_label")


def with_names_above(lines: Sequence[Line]) -> list[Line]:
    """The lines with their parts in statements that run over several of them: names, results and named figures."""
    made = list(lines)
    known = 0
    for position, line in enumerate(lines):
        if line.role not in _ROLES or position < known:
            continue
        following = _together(lines, position)
        found = find_name([one.paragraph.text.text for one in (line, *following)])
        if found is None:
            continue
        known = position + found.figures + 1
        for at in range(position, position + found.names):
            made[at] = replace(lines[at], names_next=True)
        if line.role != "target" and is_labelled_name(line.paragraph.text.text):
            made[position] = replace(line, names_next=True, role="target", target_kind="kpi", opens_block=True)
        for at in range(position + found.names, known - 1):
            made[at] = replace(lines[at], role="note")
        made[known - 1] = replace(lines[known - 1], named_by=found.name, label_number=_number_of(line))
    return made


def _number_of(line: Line) -> int | None:
    """The number that a line gives to what it names: KPI② 回収率, ① 回収率."""
    prefix = target_prefix(line.paragraph.text.text)
    return prefix.number if prefix.number is not None or line.marker is None else line.marker.number


class ToldBelow(NamedTuple):
    """What the line below a target tells of it: ``result`` is the past result (text), None for last year's aim alone.

    ``sure`` tells that brackets and years say that the line tells nothing else.
    """

    result: str | None
    sure: bool


def told_below(lines: Sequence[Line], position: int, fiscal_year: int | None) -> ToldBelow | None:
    """What the line right below a target tells of it and of nothing else; None where it may say more.

    That is a result (令和5年度実績 66.1％), or the aim and the result of years before the plan's ``fiscal_year``, in
    brackets or with a label each (（R4目標96.0％以上、R3実績95.7％）, R4目標 96.0％以上 ／ R3実績 95.7％).
    """
    following = _together(lines, position)[:1]
    text = following[0].paragraph.text.text if following else ""
    if tells_only_a_result(text):
        return ToldBelow(text, sure=False)
    results = _results_told(text, fiscal_year) if fiscal_year is not None else None
    if results is None:
        return None
    own = [result for result in results if result and _OTHER_WORD.search(result) is None]
    years = [read_fiscal_year(result) or 0 for result in own]
    if len(set(years)) < len(own):
        return None
    return ToldBelow(f"({own[years.index(max(years))]})" if own else None, sure=True)


def is_told_beside_the_line_above(lines: Sequence[Line], position: int) -> bool:
    """Whether a line only gives the aim and the result of earlier years of what the line above it in its cell aims at:
    R6目標 57% / R5実績 55%.
    """
    line, above = lines[position], lines[position - 1] if position else None
    if above is None or above.index != line.index - 1 or line.paragraph.cell_id != above.paragraph.cell_id:
        return False
    return _tells_years_apart(line.paragraph.text.text)


def _tells_years_apart(text: str) -> bool:
    return bool(_results_told(text, _ANY_YEAR))


def _results_told(text: str, year: int) -> list[str] | None:
    """The results that a line tells beside aims of years before ``year``, "" for one that it says there is none of
    (R5実績 -); None where it says anything else.
    """
    plain = normalize(text).text
    aside = is_aside(plain)
    if len(plain) > _LONGEST_FIGURES or not (aside or _DATED_LABEL.match(plain)):
        return None
    said = _PARTS_OF_ASIDE.split(_POINTED_MONTH.sub(r"年\1月", plain[1:-1] if aside else plain))
    parts = [part.strip() for part in said if part.strip()]
    results = [part for part in parts if tells_only_a_result(f"({part})" if aside else part)]
    none = [part for part in parts if _tells_of_no_result(part)]
    others = [part for part in parts if part not in results and part not in none]
    told = all(_is_aim_of_earlier_year(part, year, labelled=not aside) for part in others)
    return [*results, *("" for _ in none)] if told else None


def _tells_of_no_result(told: str) -> bool:
    """Whether normalised words say that there is no result of a year: R5実績 -."""
    dated = _YEAR.sub("", told, count=1).strip()
    label = _TOLD_WORD.match(dated)
    return label is not None and _NONE_SET.fullmatch(dated[label.end() :].strip(" :")) is not None


def _is_aim_of_earlier_year(told: str, fiscal_year: int, *, labelled: bool) -> bool:
    """Whether normalised words give nothing but the aim of a year before the plan's: R4目標 96.0%以上.

    In brackets it needs no label: (5年度 96.4%以上).
    """
    last = _LAST_YEAR.match(told)
    number = _YEAR_WITHOUT_ERA.match(told)
    year = read_fiscal_year(told) if number is None else year_of_number(int(number["number"]), fiscal_year)
    if last is None and (year is None or year >= fiscal_year):
        return False
    dated = told[last.end() :] if last is not None else _YEAR.sub("", told, count=1)
    label = _AIM_WORD.match(dated)
    if label is None:
        return not labelled and states_only_figures(dated.strip())
    return _NONE_SET.fullmatch(dated, label.end()) is not None or states_only_figures(dated[label.end() :])


def time_below(lines: Sequence[Line], position: int) -> str | None:
    """The verbatim line below a target, and below its past result, that only says by when: 令和７年11月末時点."""
    for line in _together(lines, position)[:2]:
        text = line.paragraph.text.text
        if not tells_only_a_result(text):
            time = text.strip("（）() 　")
            return time if _BY_WHEN.fullmatch(normalize(time).text) else None
    return None


def _together(lines: Sequence[Line], position: int) -> list[Line]:
    """The lines that may stand in one statement with that at ``position``: those next below it in its place.

    Of another cell only its figures and results: its words are another name.
    """
    found: list[Line] = []
    own = lines[position].paragraph
    for at in range(position + 1, min(len(lines), position + _MOST_NAME_LINES + _MOST_RESULTS + 1)):
        line = lines[at]
        apart = line.index != lines[at - 1].index + 1 or (line.paragraph.row, line.paragraph.part) != (
            own.row,
            own.part,
        )
        if apart or line.role not in (*_ROLES, "note") or len(line.text) > _LONGEST_FIGURES:
            break
        text = line.paragraph.text.text
        if line.paragraph.cell_id != own.cell_id and not (states_only_figures(text) or tells_only_a_result(text)):
            break
        found.append(line)
    return found


def states_only_figures(text: str) -> bool:
    """Whether a verbatim line states aims and names of none what is measured: → 35.0％以上, 目標：対前年度以上.

    Of how many people beside one (58.1％以上（対象者 118,000人）) is none of another name.
    """
    if not _MAY_STATE_A_LEVEL.search(text) or len(text) > _LONGEST_FIGURES or target_prefix(text).number is not None:
        return False
    aims = read_aims(text, _AS_TARGET)
    return bool(aims) and names_nothing(aims) and all(aim.basis != "qualitative" for aim in aims)


def names_nothing(aims: Sequence[Aim]) -> bool:
    """Whether the aims of a line name nothing that is measured, save that people are counted behind a figure."""
    heads = [aim for aim in aims[1:] if aim.unit == "people" and RECKONED.search(aim.indicator or "")]
    return all(names_no_indicator(aim) for aim in aims if aim not in heads)


def names_no_indicator(aim: Aim) -> bool:
    """Whether an aim says of itself at most of whom all are to reach it: 全職員の100％."""
    if aim.indicator is None:
        return aim.population is None
    return ALL_OF_A_GROUP.fullmatch(aim.indicator) is not None


def tells_only_a_result(text: str) -> bool:
    """Whether a verbatim line gives a figure of the past or of others and nothing else: 現状値 9.1％（令和５年度）."""
    plain = _POINTED_MONTH.sub(r"年\1月", normalize(text).text)
    if len(plain) > _LONGEST_FIGURES:
        return False
    if _tells_of_no_result(plain):
        return True
    figures = read_quantities(_YEAR.sub(lambda year: " " * len(year[0]), plain))
    if len(figures) != 1:
        return False
    left = plain[: figures[0].start] + plain[figures[0].end :]
    rest, labelled = _TOLD_WORD.subn("", _YEAR.sub("", left))
    dated = is_aside(plain) and _YEAR.search(left) is not None
    return (labelled > 0 or dated) and not _LEFT_OPEN.sub("", rest)


def name_above(lines: Sequence[str]) -> str | None:
    """What the first of some verbatim lines names, with the results told below it, where the last gives its figures.

    None where the first line says more than a name, or where one statement of all lines would say something else than
    its figures alone.
    """
    first, *results, figures = lines
    name = named_by(first)
    plain = normalize(name).text
    if not plain or len(plain) > _LONGEST_NAME or is_sentence(plain) or group_line(first) is not None:
        return None
    if not all(map(tells_only_a_result, results)) or not states_only_figures(figures):
        return None
    alone = read_aims(name, _AS_TARGET)
    figureless = all(aim.basis == "qualitative" and aim.baseline_value is None for aim in alone)
    if not figureless and ends_with("names.heads").search(plain) is None:
        return None
    told = BLANK.join((name, *results))
    whole = read_aims(joined(told, figures), _AS_TARGET)
    own = read_aims(figures, _AS_TARGET)
    return told if [(aim.basis, aim.value) for aim in whole] == [(aim.basis, aim.value) for aim in own] else None


class FoundName(NamedTuple):
    """What some lines name, with the results told: how many lines the name takes, and how far below its figures are."""

    name: str
    names: int
    figures: int


def find_name(texts: Sequence[str]) -> FoundName | None:
    """The name that the first of the verbatim lines gives to figures below it, alone or with lines that carry it on."""
    if tells_only_a_result(texts[0]) or _tells_years_apart(texts[0]):
        return None
    for at in range(1, len(texts)):
        if not states_only_figures(texts[at]):
            continue
        names = next((own for own in range(1, at) if tells_only_a_result(texts[own])), at)
        if names > _MOST_NAME_LINES or at - names > _MOST_RESULTS or not _is_one_name(texts[:names]):
            return None
        name = name_above(["".join(text.strip() for text in texts[:names]), *texts[names : at + 1]])
        return FoundName(name, names, at) if name is not None else None
    return None


def _is_one_name(texts: Sequence[str]) -> bool:
    """Whether lines are one name that a narrow box cuts: only their end says what is measured."""
    heads = ends_with("names.heads")
    *cut, _ = parts = [normalize(text.strip()).text for text in texts]
    if not cut:
        return True
    marked = any(read_marker(text) is not None or target_prefix(text).kind is not None for text in texts[1:])
    named = any(heads.search(text) is not None or is_sentence(text) for text in cut)
    return not marked and not named and heads.search("".join(parts)) is not None


def joined(name: str, figures: str) -> str:
    """A name, with the results told below it, and a line of its figures as one statement that ends with that line's."""
    prefix = target_prefix(figures)
    # The figures' own label (令和６年度目標) stays out, but results need one that tells the figures from them.
    label = f"{_TELLS_FIGURES}{BLANK}" if prefix.kind is not None and BLANK in name else ""
    return f"{name}{BLANK}{label}{figures[prefix.offset :]}"


def named_by(text: str) -> str:
    """What a verbatim line that names figures says, without its mark, its label and its number."""
    prefix = target_prefix(text)
    marker = read_marker(text)
    offset = prefix.offset
    if marker is not None and not marker.kind.label:
        offset = max(offset, marker.end)
    rest = text[offset:].strip()
    label = _NAMING_LABEL.match(rest)
    return rest[label.end() :].strip() if label is not None else rest


def is_labelled_name(text: str) -> bool:
    """Whether a verbatim line says of itself that it names what is measured: ◆指標　データ取得率."""
    marker = read_marker(text)
    return _NAMING_LABEL.match(text[marker.end if marker is not None else 0 :].strip()) is not None
