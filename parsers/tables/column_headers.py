"""What a column's header says of the column, read word by word with the table ``header_words.toml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from normalizers.text.characters import normalize
from normalizers.text.fiscal_years import YearMention, read_newest_year, read_years, western_year
from parsers.model.document import BoundWord, PopulationWord
from parsers.tables.header_units import HeaderUnit, read_unit
from parsers.tables.header_words import HeaderEdition, HeaderRole, HeaderScope, HeaderWord, text_beside_aims, word_at
from parsers.tables.patterns import pattern


@dataclass(frozen=True, slots=True)
class ColumnHeaderSettings:
    """Which texts are read as headers. Characters."""

    longest_header: int = 44
    """A longer text is a sentence. Chosen."""
    longest_unknown: int = 16
    """What stands beside header words may be a name up to so long. Chosen."""


SETTINGS = ColumnHeaderSettings()


_MONTH_WORD = HeaderWord(role="schedule", weak=True)
_YEAR_WORD = HeaderWord()
_BRACKETS = {"(": ")", "【": "】", "[": "]", "<": ">", "〔": "〕", "《": "》", "「": "」", "{": "}"}
_MARKS = pattern("headers.marks")
_ARROWS = re.compile("[⇒➡➔➞⟶]")
_ERA_YEAR = pattern("headers.era_year")
_BARE_YEAR = pattern("headers.bare_year")
_WESTERN = re.compile(r"(?<![0-9,.])20[0-4][0-9](?![0-9,.%])")
_MONTH = pattern("headers.month")


@dataclass(frozen=True, slots=True)
class HeaderWords:
    """A header's reading; a field is None where the words say nothing of it.

    ``year`` is the fiscal year that it names, ``year_number`` a number of an era not named (28年度), ``offset`` the
    years from the document's own. ``period`` is the part of the year, verbatim, ``grade`` which
    of several aims it is. ``name`` holds the words, unknown ones and those of a quantity, that name what is measured.
    ``understood`` tells that words make up the header; where they do not, ``unknown`` is a short header of other words
    without figures.
    """

    role: HeaderRole | None = None
    weak: bool = False
    edition: HeaderEdition | None = None
    scope: HeaderScope | None = None
    year: int | None = None
    year_number: int | None = None
    offset: int | None = None
    last_year: bool = False
    population: PopulationWord | None = None
    comparator: BoundWord | None = None
    unit: HeaderUnit | None = None
    period: str | None = None
    whole_year: bool = False
    grade: str | None = None
    month: bool = False
    name: str | None = None
    planned: bool = False
    understood: bool = False
    unknown: str | None = None

    @property
    def dated(self) -> bool:
        """Whether it names a year in any way."""
        return self.year is not None or self.year_number is not None or self.offset is not None or self.last_year


NO_WORDS = HeaderWords()


@lru_cache(maxsize=4096)
def read_header_words(text: str) -> HeaderWords:
    """What the verbatim header ``text`` says; nothing for a text too long to be a header."""
    plain = _ARROWS.sub("→", _MARKS.sub("", "".join(normalize(text).text.split())))
    if not plain or len(plain) > SETTINGS.longest_header or plain.endswith("。"):
        return NO_WORDS
    past, arrow, goal = plain.rpartition("→")
    if arrow and read_header_words(past).understood and read_header_words(goal).understood:
        # 令和4年度実績→令和6年度目標: the figures behind the arrow are the column's, those before it their baseline.
        return read_header_words(goal)
    body, inner = _body_and_brackets(plain)
    read = _read(body) if body else NO_WORDS
    for content in inner:
        if read.role in ("indicator", "target") and _tells_of_brackets(_read(content)):
            plain = plain.replace(content, "")
        else:
            read = _with_bracket(read, content, alone=not body)
    years = read_years(plain)
    if years and read.year is None:
        read = replace(read, year=_of_plan(plain, years), understood=read.understood or not body)
    return read


def combined(path: Iterable[HeaderWords]) -> HeaderWords:
    """The reading of header cells that stand one above the other, upper first: the lower ones say it more closely."""
    whole = NO_WORDS
    for words in path:
        role, weak = words.role, words.weak
        yields = role is None or weak or role == "quantity"
        if yields and whole.role is not None and not whole.weak:
            role, weak = _closer_role(whole.role, role), False
        names = [name for name in (whole.name, words.name) if name]
        if role == "quantity" and whole.unknown and not whole.understood:
            # What no word explains above 者数 or 率 (初回面談 | 見込者数) says of what it is one.
            names = [whole.unknown, *names]
        whole = HeaderWords(
            role,
            weak,
            words.edition or whole.edition,
            words.scope or whole.scope,
            words.year if words.year is not None else whole.year,
            words.year_number if words.year_number is not None else whole.year_number,
            words.offset if words.offset is not None else whole.offset,
            words.last_year or whole.last_year,
            words.population or whole.population,
            words.comparator or whole.comparator,
            words.unit or whole.unit,
            words.period or whole.period,
            words.whole_year if words.period or words.whole_year else whole.whole_year,
            words.grade or whole.grade,
            words.month or whole.month,
            "".join(names) or None,
            words.planned or whole.planned,
            words.understood or whole.understood,
            (whole.unknown or "") + words.unknown if words.unknown and not words.understood else None,
        )
    return whole


def _closer_role(upper: HeaderRole | None, lower: HeaderRole | None) -> HeaderRole | None:
    """The role of a column under ``upper`` whose own word says little: 内容 under KPI names what is measured."""
    if upper in ("indicator", "target") and lower in ("content", "indicator", "measure"):
        return "indicator"
    if upper == "indicator" and lower is not None:
        return lower
    if upper in ("note", "schedule") and lower == "quantity":
        # Figures under 評価 or 実施時期 are figures.
        return lower
    return upper


def _body_and_brackets(plain: str) -> tuple[str, list[str]]:
    """The text outside brackets, and what the outermost brackets hold; a bracket left open holds the rest."""
    body: list[str] = []
    inner: list[str] = []
    at = 0
    while at < len(plain):
        closing = _BRACKETS.get(plain[at])
        if closing is None:
            body.append(plain[at])
            at += 1
            continue
        end = at + 1
        depth = 1
        while end < len(plain) and depth:
            depth += (plain[end] == plain[at]) - (plain[end] == closing)
            end += 1
        inner.append(plain[at + 1 : end - (not depth)])
        at = end
    return "".join(body), inner


def _with_bracket(read: HeaderWords, content: str, *, alone: bool) -> HeaderWords:
    unit = read_unit(content)
    if unit is not None:
        return replace(read, unit=read.unit or unit)
    said = _read(content)
    if alone:
        return combined((read, said))
    if not said.understood and not said.dated:
        return read
    keeps_name = replace(said, name=None, role=said.role if said.role != "indicator" else None)
    return replace(combined((keeps_name, read)), name=read.name, understood=read.understood)


def _tells_of_brackets(said: HeaderWords) -> bool:
    """Whether a bracket in a header of aims says what the brackets in its cells give: 前年度の計画, R5実績."""
    past = said.offset is not None and said.offset < 0
    return said.role is not None and (past or (said.role == "actual" and said.dated))


def _read(body: str) -> HeaderWords:
    """A text without brackets, read from left to right."""
    parts = _sure_parts(list(_parts(body)))
    unknown = "".join(text for text, word in parts if word is None)
    read = NO_WORDS
    for text, word in parts:
        if word is not None and word is not _YEAR_WORD:
            read = _with_word(read, text, word)
    years = read_years(body)
    read = replace(read, year=_of_plan(body, years) if years else None)
    if read.year is None and (western := _WESTERN.search(body)) is not None:
        read = replace(read, year=int(western[0]))
    if read.year is None and (spoken_era := _ERA_YEAR.search(body)) is not None:
        # 令和4 without 年 is a year beside 実績 or 目標.
        read = replace(read, year=western_year(spoken_era[1], _number(spoken_era, 2)))
    if read.year is None:
        number = _BARE_YEAR.search(body)
        read = replace(read, year_number=_number(number)) if number else read
    role = _head(parts)
    read = replace(read, role=role.role if role else None, weak=bool(role and role.weak))
    spoken = (
        read.role
        or read.edition
        or read.scope
        or read.dated
        or read.population
        or read.period
        or read.comparator
        or read.whole_year
        or read.grade
    )
    named = len(unknown) <= SETTINGS.longest_unknown and not any(character.isdecimal() for character in unknown)
    opened = role is not None and ((role.open and named) or role.prefix)
    understood = bool(spoken or read.month) and (not unknown or opened)
    name = _name(parts) if read.role in ("target", "actual", "quantity") else None
    other = body if unknown and named and not spoken and not understood else None
    return replace(read, understood=understood, name=name, role=read.role if understood else None, unknown=other)


def _with_word(read: HeaderWords, text: str, word: HeaderWord) -> HeaderWords:
    return replace(
        read,
        edition=word.edition or read.edition,
        scope=word.scope or read.scope,
        offset=word.year if word.year is not None else read.offset,
        last_year=read.last_year or word.last,
        population=word.population or read.population,
        comparator=word.comparator or read.comparator,
        period=text if word.period and not word.whole_year else read.period,
        whole_year=read.whole_year or word.whole_year,
        grade=text if word.grade else read.grade,
        planned=read.planned or word.planned,
        month=read.month or word is _MONTH_WORD,
    )


def _parts(body: str) -> Iterator[tuple[str, HeaderWord | None]]:
    """The words of a text in order; what no word explains comes as text without one."""
    years = {mention.start: mention for mention in read_years(body)}
    at = 0
    unknown = ""
    while at < len(body):
        found = _part_at(body, at, years)
        if found is None or found[1].name:
            text = found[0] if found else body[at]
            unknown += text
            at += len(text)
            continue
        if unknown:
            yield unknown, None
            unknown = ""
        yield found
        at += len(found[0])
    if unknown:
        yield unknown, None


def _part_at(body: str, at: int, years: dict[int, YearMention]) -> tuple[str, HeaderWord] | None:
    if at in years:
        return body[at : years[at].end], _YEAR_WORD
    month = _MONTH.match(body, at)
    word = word_at(body, at)
    if month is not None and (word is None or len(month[0]) > len(word[0])):
        return month[0], _MONTH_WORD
    for year in (_WESTERN, _ERA_YEAR):
        named = year.match(body, at)
        if named is not None:
            return named[0], _YEAR_WORD
    number = _BARE_YEAR.match(body, at)
    if number is not None and (word is None or len(number[0]) > len(word[0])):
        return number[0], _YEAR_WORD
    return word


def _head(parts: list[tuple[str, HeaderWord | None]]) -> HeaderWord | None:
    """The word that tells the role: the last one, with nothing unknown behind it; a weak one only for want of others.

    A word that may begin a longer header (担当グループ) tells it from the front. Text and aims in one column
    (実施内容・KPI) are text, in which marks tell the aims.
    """
    if (both := text_beside_aims([word for _, word in parts])) is not None:
        return both
    for _, word in parts:
        if word is None:
            break
        if word.prefix:
            return word
    weak: HeaderWord | None = None
    for _, word in reversed(parts):
        if word is None:
            break
        if word.role == "quantity":
            goals = [other for _, other in parts if other is not None and other.role in ("target", "actual")]
            # 目標実施率 is the goal for a rate, whatever stands last.
            return goals[0] if goals else word
        if word.role is not None and not word.weak:
            return word
        weak = weak or (word if word.role is not None else None)
    return weak


def _sure_parts(parts: list[tuple[str, HeaderWord | None]]) -> list[tuple[str, HeaderWord | None]]:
    """The parts; a word of one letter beside unknown text (現 before 金給付) is a part of that."""
    sure = list(parts)
    for order in (range(len(sure)), range(len(sure) - 1, -1, -1)):
        for at in order:
            text, word = sure[at]
            beside = [sure[other][1] for other in (at - 1, at + 1) if 0 <= other < len(sure)]
            telling = word is not None and not word.joins
            if not telling or word is None or None not in beside:
                continue
            # So is one of several aims' (標準 before 報酬月額).
            follows = word.begins and beside[-1] is None and at + 1 < len(sure)
            if (len(text) == 1 and word.role != "quantity") or (word.grade and word.role is None) or follows:
                sure[at] = (text, None)
    return sure


def _name(parts: list[tuple[str, HeaderWord | None]]) -> str | None:
    """The words that name what is measured: unknown ones, those of quantities, and what stands between them."""
    counts = [word is None or word.role == "quantity" or (word.role == "actual" and word.planned) for _, word in parts]
    named = [at for at, counted in enumerate(counts) if counted]
    if not named:
        return None
    first, last = named[0], named[-1]
    while first and (word := parts[first - 1][1]) is not None and word.population is not None:
        first -= 1
    return "".join(text for text, _ in parts[first : last + 1])


def _of_plan(text: str, years: tuple[YearMention, ...]) -> int:
    """The year of a header's figures: of years in a row (R5→R6, 令和4~6年度) the newest."""
    return read_newest_year(text) or years[0].year


def _number(found: re.Match[str], group: int = 1) -> int:
    return 1 if found[group] == "元" else int(found[group])
