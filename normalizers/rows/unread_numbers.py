"""Numbers that may be an aim and were read as none: one finding a line, so that no aim can vanish."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from normalizers.indicators.catalogue import match_indicator, population_of
from normalizers.model.records import Measure
from normalizers.rows.number_words import aims, aims_at, ends_in_a_bound, is_counted, tells
from normalizers.rows.numbers import FoundNumber
from normalizers.rows.unread_lines import under_label
from normalizers.text.markers import read_marker
from normalizers.text.skeleton import read_skeleton
from parsers.model.finding import Finding
from parsers.model.geometry import enclosing


@dataclass(frozen=True, slots=True)
class UnreadNumberSettings:
    """Numbers that no row holds."""

    most_named_lines: int = 20
    """Lines of a page that are named one by one; a page of more is one finding more, with their number. Chosen."""
    longest_lone_figure: int = 12
    """Characters of a line that is a figure and nothing else. Chosen."""
    longest_behind: int = 8
    """Characters of a unit and a bound behind a figure. Chosen."""
    longest_name: int = 40
    """Characters before a number in which an indicator's name is looked for. Chosen."""


_SAYS_MORE = re.compile("[、。:：をはがにでも,0-9]")
_SAYS_MORE_BEHIND = re.compile("[、。をはがのに]")
_FURTHER_FIGURE = re.compile(r" +[0-9][0-9,.]*[^0-9 、。をはがのに]{1,4}(?= |$)")
_FIGURE = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}\.[0-9]+")

SETTINGS = UnreadNumberSettings()


def unread_numbers(numbers: Iterable[FoundNumber], measures: Mapping[str, Measure]) -> Iterator[Finding]:
    """A finding for each line with numbers that would be an aim and are explained by none; ``measures`` are by id.

    Such a number stands under a KPI or target heading, in a target column, in a sentence with words of aiming, or in a
    unit of rate or count behind an indicator that the catalogue knows, or alone or with a name alone in its line.
    """
    lines: dict[str, list[FoundNumber]] = defaultdict(list)
    for number in numbers:
        if number.paragraph is None:
            if _is_aim_set_aside(number):
                lines[f"{number.row.page} {number.number.sentence}"].append(number)
        elif number.row.record_table in ("measures", "targets") and _why(number, measures) is not None:
            lines[str(number.row.record_id)].append(number)
    named: Counter[int] = Counter()
    for found in lines.values():
        first = found[0].row
        page = [number.row for number in found if number.row.page == first.page]
        named[first.page] += 1
        if named[first.page] > SETTINGS.most_named_lines:
            continue
        said = {"numbers": [number.row.text for number in found], "text": found[0].number.sentence}
        box = enclosing(row.box for row in page)
        yield Finding("unread_number", said, first.page, box, first.record_table, first.record_id, variant="line")
    for page_number, count in sorted(named.items()):
        if count > SETTINGS.most_named_lines:
            yield Finding("unread_number", {"count": count - SETTINGS.most_named_lines}, page_number, variant="more")


def _why(number: FoundNumber, measures: Mapping[str, Measure]) -> str | None:
    """What makes a number look like an aim; None where nothing does."""
    row, paragraph = number.row, number.paragraph
    if row.role not in ("unread", "statistic") or paragraph is None:
        return None
    if paragraph.place is not None and paragraph.place.column_role == "aside":
        return None
    if paragraph.place is not None and paragraph.place.column_role == "target":
        return "column"
    sentence = number.number.sentence
    if under_label(measures.get(str(row.record_id)), measures) and (row.role == "unread" or aims(sentence)):
        return "heading"
    if row.role == "statistic":
        return None
    if aims_at(row.unit, sentence):
        return "words"
    beside = paragraph.place is not None and paragraph.place.column_role in ("note", "aside", "schedule", "number")
    alone = not number.number.before.strip() and len(sentence) <= SETTINGS.longest_lone_figure
    if alone and not beside and (is_counted(row.unit) or (_is_bare_figure(number) and paragraph.place is None)):
        return "alone"
    if is_counted(row.unit) and _names_indicator(number.number.before):
        return "indicator"
    return "named" if row.unit != "yen" and is_counted(row.unit) and _is_named_figure(number) else None


def _is_aim_set_aside(number: FoundNumber) -> bool:
    """Whether what was taken for a title, a stamp or a header states an aim: nobody reads aims there."""
    unit, sentence = number.row.unit, number.number.sentence
    if number.row.role not in ("unread", "furniture") or not is_counted(unit) or tells(sentence):
        return False
    return ends_in_a_bound(sentence) or (unit != "yen" and _is_named_figure(number))


def _is_named_figure(number: FoundNumber) -> bool:
    """Whether a line is a name with its figure or figures and says nothing more, as on a card or in a row of a table
    that was not understood: 宣言事業所 1,350社, 集団健診 2,400人 53.5% 1,284人.
    """
    sentence, before = number.number.sentence.strip(), number.number.before.strip()
    marker = read_marker(before)
    name = before[marker.end if marker is not None else 0 :].strip()
    behind = sentence[len(before) :].replace(number.row.text, "", 1) if sentence.startswith(before) else sentence
    behind = _FURTHER_FIGURE.sub("", behind)
    return (
        1 < len(name) <= SETTINGS.longest_name
        and _SAYS_MORE.search(name) is None
        and len(behind.strip()) <= SETTINGS.longest_behind
        and _SAYS_MORE_BEHIND.search(behind) is None
    )


def _is_bare_figure(number: FoundNumber) -> bool:
    """Whether a cell is a figure with a comma or a point and nothing else: of a table that was not understood."""
    return number.row.unit is None and _FIGURE.fullmatch(number.number.sentence.strip()) is not None


def _names_indicator(before: str) -> bool:
    words = read_skeleton(before[-SETTINGS.longest_name :]).text.strip(" はがをのに、:(")
    return bool(words) and match_indicator(words, population_of(words)) is not None
