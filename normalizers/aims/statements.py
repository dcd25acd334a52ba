"""From a statement to its aims, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import replace
from itertools import pairwise

from normalizers.aims.aim_reading import AimReading, SentenceReading, Word, moved, moved_aim
from normalizers.aims.bracketed_aims import IN_WORDS
from normalizers.aims.brackets import bracket_sense
from normalizers.aims.drafts import Stretch
from normalizers.aims.indicator_names import cleaned
from normalizers.aims.mood import only_tells, told_last
from normalizers.aims.patterns import ends_with, pattern, words
from normalizers.aims.sentence import Setting, read_sentence
from normalizers.aims.target_words import none_set, not_set_words
from normalizers.aims.told_clauses import set_aside
from normalizers.model.reasons import Reason
from normalizers.text.fiscal_years import read_fiscal_year
from normalizers.text.numbers import read_quantities
from normalizers.text.skeleton import Bracket, Skeleton, read_skeleton
from normalizers.text.tokens import read_words

_FULL_STOP = re.compile(r"(?<![0-9])。|。(?![0-9])")
_TOWARDS = pattern("statements.towards")
_ACTS = pattern("statements.acts")
_COMPARES = pattern("statements.compares")
_BY = pattern("statements.by")
_EACH = pattern("statements.each")
_DIRECTED = pattern("statements.directed")
_PRINTS = pattern("statements.prints")
_FROM_THE_LAST = pattern("statements.from_the_last")
_AIM_WORD = pattern("aims.word")
_OBJECTS, _ADVERBIAL = words("statements.objects"), words("statements.adverbial")
_NONE, _NONE_FIRST = pattern("statements.none"), pattern("statements.none_first")
_LAST_YEAR = pattern("brackets.last_year")
_LONGEST_TOLD = 400
"""Characters of sentences that tell how it was, with the aim behind them; chosen, so that long prose is read once."""

_DASH_ONLY = pattern("statements.dash_only")
_FIRST_CLAUSE = pattern("statements.first_clause")
_ACTOR = pattern("statements.actor")
_DONE_BY = pattern("statements.done_by")
_NOT_SET, _NONE_BEHIND = pattern("statements.not_set"), pattern("statements.none_behind")
_NO_WORD = pattern("statements.no_word")
_EXCEPT = pattern("statements.excepts")
_SCOPE = pattern("statements.scope")
_PARTICLES = words("speech.particles")
_ADVERBIAL_SPEECH = words("speech.adverbial")


def read_sentences(
    text: str, gaps: Set[int], *, marked: bool, previous: str | None, fiscal_year: int | None, in_prose: bool = False
) -> SentenceReading:
    """How a normalised statement (without prefix and number) is read, all its sentences together.

    ``marked`` tells that the page calls it a target: then a statement without a goal that can be read is given as
    ``qualitative``. ``previous`` is the indicator for a sentence that names none. ``in_prose`` tells that no sentence
    is behind a mark, though they may set aims as those do that follow one.
    """
    aims: list[AimReading] = []
    silent: list[AimReading] = []
    words: list[Word] = []
    cost, margin, seconds = 0.0, None, []
    indicator = previous
    for position, (start, end) in enumerate(_with_what_was(text, fiscal_year)):
        setting = Setting(marked, indicator, fiscal_year, position == 0 and not in_prose)
        read = _read_behind_none(text, start, end, gaps, setting) if marked else None
        read = read or _read(text, start, end, gaps, setting)
        words += read.words
        cost += read.cost
        if read.margin is not None and (margin is None or read.margin < margin):
            margin = read.margin
        if read.second:
            seconds.append(read.second)
        nothing = none_wanted(text[start:end]) if marked else None
        found = read.aims if nothing is None else (nothing,)
        own = [_placed(moved_aim(aim, start) if nothing else aim, text, start, end) for aim in found]
        goals = [aim for aim in own if aim.basis != "qualitative" or _is_goal(aim)]
        if goals:
            aims += own
            indicator = own[-1].indicator
        elif aims and _EXCEPT.match(text, start, end):
            aims[-1] = replace(aims[-1], condition=aims[-1].condition or (start, end))
        elif marked and not only_tells(read_skeleton(text[start:end])):
            silent.append(_shifted(qualitative(text[start:end]), start, end))
            indicator = indicator or silent[-1].indicator
    aims, words = _with_result_before(aims, words, text, fiscal_year)
    # A sentence that states no goal beside others is an explanation, unless all the others are exceptions to it.
    if silent and all(aim.condition is not None for aim in aims):
        aims = sorted([silent[0], *aims], key=lambda aim: aim.start)
    return SentenceReading(tuple(aims), tuple(words), round(cost, 3), margin, " / ".join(seconds) or None)


def _with_result_before(
    aims: list[AimReading], read: list[Word], text: str, fiscal_year: int | None
) -> tuple[list[AimReading], list[Word]]:
    """訪問は昨年度150社。今年度は200社とする: a past year's figure in its own sentence is the next one's result."""
    for one, other in pairwise(aims):
        told = any(reason.code == "may_be_result" for reason in one.reasons) and one.number is not None
        same = (one.indicator, one.unit, one.condition) == (other.indicator, other.unit, other.condition)
        if not told or not same or one.start == other.start or other.baseline_value is not None:
            continue
        said = text[one.start : one.end]
        last = fiscal_year - 1 if fiscal_year is not None and _LAST_YEAR.search(said) else None
        year = read_fiscal_year(said) or last
        rest = [aim for aim in aims if aim is not one]
        at = rest.index(other)
        rest[at] = replace(other, baseline_value=one.value, baseline_year=year)
        number = one.number
        assert number is not None
        held = [w if not w.start <= number[0] < w.end else replace(w, role="baseline") for w in read]
        return rest, held
    return aims, read


def _read(text: str, start: int, end: int, gaps: Set[int], setting: Setting) -> SentenceReading:
    inner = frozenset(gap - start for gap in gaps if start <= gap < end)
    return moved(read_sentence(text[start:end], inner, setting), start)


def _read_behind_none(text: str, start: int, end: int, gaps: Set[int], setting: Setting) -> SentenceReading | None:
    """A sentence that begins with none of something, and the aim behind that; None where it does not."""
    first = none_first(text[start:end])
    read = _read(text, start + first[1], end, gaps, setting) if first is not None else None
    if first is None or read is None or not read.aims:
        return None
    clause = Word(start, start + first[1], "name")
    return replace(read, aims=(moved_aim(first[0], start), *read.aims), words=(clause, *read.words))


def _placed(aim: AimReading, text: str, start: int, end: int) -> AimReading:
    """The aim with the stretch of the text that states it: its sentence, or its own words in a bracket."""
    if aim.pattern == IN_WORDS:
        said = _shifted(qualitative(text[aim.start : aim.end]), aim.start, aim.end)
        return replace(said, pattern="inline_" + said.pattern, item=aim.item)
    if aim.item is not None:
        return aim
    # What is done and counted may be told in several sentences.
    return replace(aim, start=0 if aim.pattern.startswith("inline") else start, end=end)


def _is_goal(aim: AimReading) -> bool:
    inline = aim.pattern.startswith("inline")
    return aim.baseline_value is not None or aim.pattern == "reference" or inline


def sentences(text: str) -> Iterator[Stretch]:
    """The sentences of a normalised text, as offsets, full stops included; a full stop in brackets ends none."""
    skeleton = read_skeleton(text)
    start = 0
    # Behind the last character that is no full stop nothing but brackets follows: 委嘱を推進する。【目標:150名】.
    words_end = len(skeleton.text.rstrip(" 。"))
    for stop in _FULL_STOP.finditer(skeleton.text):
        end = skeleton.spans[stop.start()][1]
        if not text[start:end].strip(" 。"):
            start = end
        elif stop.end() < words_end:
            yield start, end
            start = end
    if text[start:].strip(" 。"):
        yield start, len(text)


def _with_what_was(text: str, fiscal_year: int | None) -> Iterator[Stretch]:
    """The sentences, with what was before what is wanted of it: 参加者は120人だった。令和6年度は180人以上とする。"""
    told: Stretch | None = None
    for start, end in sentences(text):
        if told is not None and _tells_how_it_was(text, told, end, fiscal_year):
            whole = (told[0], end)
        else:
            if told is not None:
                yield told
            whole = (start, end)
        told = whole if told_last(read_skeleton(text[start:end])) else None
        if told is None:
            yield whole
    if told is not None:
        yield told


def _tells_how_it_was(text: str, told: Stretch, end: int, fiscal_year: int | None) -> bool:
    """Whether a sentence only tells how it stood with what the next one, up to ``end``, sets an aim for."""
    if _AIM_WORD.search(text, *told) or end - told[0] > _LONGEST_TOLD:
        return False
    clause = set_aside(read_skeleton(text[told[0] : end]), fiscal_year)[1]
    return clause is not None and clause.of_topic and clause.place[1] >= told[1] - told[0]


def _shifted(aim: AimReading, start: int, end: int) -> AimReading:
    condition = None if aim.condition is None else (aim.condition[0] + start, aim.condition[1] + start)
    deadline = None if aim.deadline is None else (aim.deadline[0] + start, aim.deadline[1] + start)
    return replace(aim, condition=condition, deadline=deadline, start=start, end=end)


def none_wanted(sentence: str) -> AimReading | None:
    """届出漏れがないようにする, 誤支給を発生させない: none of what the sentence names is wanted."""
    skeleton = read_skeleton(sentence)
    found = _NONE.match(skeleton.text)
    if found is None:
        return None
    indicator = cleaned(skeleton.words_of(*found.span("name")))
    none = (Reason("none_in_words"),)
    return AimReading(
        "absolute", indicator, True, comparator="eq", value=0.0, pattern="none", reasons=none, closes=True
    )


def none_first(sentence: str) -> tuple[AimReading, int] | None:
    """滞納案件をなくし、収納率を96%以上とする: none of what a first clause names, before another aim; where it ends."""
    skeleton = read_skeleton(sentence)
    found = _NONE_FIRST.match(skeleton.text)
    if found is None or not read_quantities(skeleton.text[found.end() :]):
        return None
    name, time = ("name", "time") if found["name"] is not None else ("any", "by")
    units = ("people", "cases")
    unit = next((u for u in units if ends_with(f"names.none_of_{u}").search(found[name])), None)
    indicator = cleaned(skeleton.words_of(*found.span(name)))
    by = None if found[time] is None else skeleton.whole_span(*found.span(time))
    none = (Reason("none_in_words"),)
    aim = AimReading(
        "absolute", indicator, True, comparator="eq", value=0.0, unit=unit, deadline=by, pattern="none", reasons=none
    )
    return aim, skeleton.whole_span(0, found.end())[1]


def qualitative(sentence: str) -> AimReading:
    """A sentence without a goal that can be read: what it is about, and nothing guessed."""
    skeleton = read_skeleton(sentence)
    if (
        sentence.strip(" 。") in not_set_words()
        or _NO_WORD.sub("", skeleton.text).strip(" 。") in not_set_words()
        or _DASH_ONLY.fullmatch(sentence.strip(" 。"))
    ):
        return AimReading("not_set", pattern="not_set", reasons=(none_set(sentence),))
    none = _NOT_SET.fullmatch(sentence.strip(" 。")) or _NONE_BEHIND.fullmatch(sentence.strip(" 。"))
    if none is not None:
        # バイオシミラーの使用促進については、数値目標は設定しません。
        topic = none["topic"]
        return AimReading(
            "not_set",
            indicator=topic,
            indicator_named=topic is not None,
            pattern="not_set",
            reasons=(none_set(sentence),),
        )
    scope = _SCOPE.search(skeleton.text)
    condition: Stretch | None = None
    if scope is not None:
        condition = skeleton.whole_span(*scope.span("scope"))
        skeleton = skeleton.without(*scope.span())
    text = skeleton.text.rstrip(" 。")
    counted = _EACH.sub("", skeleton.text)
    acts = _ACTS.search(text) is not None and not (_COMPARES.search(sentence) or read_quantities(sentence))
    by_nature = acts or (_DIRECTED.search(text) is not None and not _PRINTS.search(counted))
    by = _BY.search(text)
    if by is not None:
        # …の送付を7月末までに完了
        text = text[: by.start()] + text[by.end() :]
    times = [b for b in skeleton.brackets if not b.quotes and bracket_sense(b.content, None).kind == "time"]
    return AimReading(
        "qualitative",
        deadline=skeleton.whole_span(*by.span("time"))
        if by is not None
        else (times[0].start + 1, times[0].end - 1)
        if times
        else None,
        indicator=_subject(skeleton, text if by is None else text[: by.start()], tuple(times)),
        indicator_named=True,
        condition=condition,
        note_marks=skeleton.note_marks,
        pattern="activity" if by_nature else "qualitative",
        reasons=(Reason("no_number_by_nature" if by_nature else "no_goal"),),
    )


def _subject(skeleton: Skeleton, text: str, left_out: tuple[Bracket, ...]) -> str | None:
    """What a sentence speaks of: 医療費分析(を行い、結果を公表する), (全職員が)研修(を受講する)."""
    end = _subject_end(text)
    clause = _FIRST_CLAUSE.match(text, 0, end)
    end = clause.end("object") if clause is not None else end
    actor = _ACTOR.match(text, 0, end)
    named = _DONE_BY.sub("", cleaned(skeleton.words_of(actor.end() if actor else 0, end, left_out)))
    return _FROM_THE_LAST.sub("", named) or named or None


def _subject_end(text: str) -> int:
    """Where what a sentence speaks of ends: before its predicate, or before a figure it only works towards."""
    towards = _TOWARDS.search(text)
    if towards is not None:
        figures = [quantity for quantity in read_quantities(text[: towards.start()]) if quantity.end == towards.start()]
        if figures:
            return figures[0].start
    words = read_words(text)
    for index in range(len(words) - 1, 0, -1):
        word, before = words[index], words[index - 1]
        adverbial = before.tag_.startswith(_ADVERBIAL_SPEECH) or before.text in _ADVERBIAL
        if word.tag_.startswith(_PARTICLES) and (word.text in _OBJECTS or (word.text == "に" and not adverbial)):
            return word.idx
    return len(text)
