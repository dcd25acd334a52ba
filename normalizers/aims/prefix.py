"""What stands before a statement: outline marks, ■ KPI：, 【KPI】, 支部目標, and the aim's number (①, 1), ア.)."""

from __future__ import annotations

import functools
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from normalizers.aims.patterns import expression, pattern, words
from normalizers.aims.target_words import PrefixWord, prefix_words
from normalizers.model.records import TargetKind
from normalizers.text.characters import NormalizedText, normalize
from normalizers.text.markers import enclosed_numbers, read_marks
from normalizers.text.numbers import read_quantities

_GLUED_NUMBER = re.compile(
    rf"[- ]?(?P<number>[0-9]{{1,2}}|[{enclosed_numbers()}])[)】\]〕>》.]*"
    r"(?= ?[:】\]〕>》 ]|(?<=[】\]〕>》])|(?<! [0-9]{2})$)"
)
_BLANKS = re.compile(" *")
_SEPARATORS = pattern("prefixes.separators")
_OPENING, _CLOSING = "【[<〔(《「『≪〈〖{", "】]>〕)》」』≫〉〗}"
_CLOSED = re.compile(rf" ?[(]?(?P<own>[0-9]{{1,2}}|[{enclosed_numbers()}])?[)]? ?[{re.escape(_CLOSING)}]")
_WORDS_OF_THEIR_OWN = ("KPI", "KGI")
_PLAIN_WORDS = words("prefixes.plain")
_YEAR_BEFORE = pattern("prefixes.year_before")
_NOTE_SIGN = re.compile(r"[※*] ?")
_HEAD = re.compile(rf"[^、。0-9{re.escape(_OPENING + _CLOSING)}]{{2,30}}?(?<![うくぐすつぬぶむる ]) ?(?=[【<〈《≪])")
_NAMED = re.compile(r"[ :]*[①-⑳]? ?[^ :、。0-9①-⑳]{4}")
_LABEL_MARK = pattern("prefixes.label_mark")
_QUALIFIER = re.compile(r" ?[(][^()0-9]{0,4}[^()]{1,8}[)](?= ?[:】\]>])")
_COMPOUND = pattern("prefixes.compound")
_DATED = pattern("prefixes.dated")
_QUALIFIER_BEFORE = pattern("prefixes.qualifier_before")
_MORE_BESIDE = pattern("prefixes.more_beside")
_TOPIC_BEFORE = re.compile(rf"[^:、。{re.escape(_OPENING + _CLOSING)}]{{2,40}}{expression('prefixes.topic_end')}")
_LABEL_END = re.compile(rf"(?:{_DATED.pattern})? ?[:】\]>)〕》」』≫〉〗}}]*$")
_FIGURE_BEHIND = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+(?:\.[0-9]+)?)[^0-9、。]{1,8}$")
_BARE_VALUE_LINE = pattern("prefixes.bare_value_line")
_HEADING = pattern("prefixes.heading")
_SEPARATED, _NUMBERED = pattern("prefixes.separated"), pattern("prefixes.numbered")
_GOES_ON, _GOES_ON_NAMING = pattern("prefixes.goes_on"), pattern("prefixes.goes_on_naming")


@dataclass(frozen=True, slots=True)
class TargetPrefix:
    """``offset`` is where the statement begins in the verbatim text, ``normalized_offset`` in the normalised."""

    kind: TargetKind | None
    number: int | None
    offset: int
    normalized_offset: int


def target_prefix(text: str) -> TargetPrefix:
    """The prefix of a verbatim paragraph: kind and number None and offset 0 where it has none."""
    return read_prefix(normalize(text))


@functools.lru_cache(maxsize=1024)
def read_prefix(text: NormalizedText) -> TargetPrefix:
    """The prefix of a normalised paragraph."""
    whole = text.text
    number, at = _marks_at(text, 0)
    word = _word_at(text, at) or _label_amid(text, at)
    kind: TargetKind | None = None
    if word is not None:
        prefix, at = word
        kind = prefix.kind
        own, at = _number_after(text, at)
        number = own if own is not None else number
    offset = text.offsets[at] if at < len(whole) else len(text.verbatim)
    return TargetPrefix(kind, number, offset, at)


def behind_heading(text: NormalizedText, at: int) -> int:
    """Where the statement begins behind the name and number of a measure: 重点施策1 目標値/…, 取組2: …, 施策No.3 …."""
    found = _HEADING.match(text.text, at)
    if found is None:
        return at
    figure = next(iter(read_quantities(text.text[found.start("counts") :])), None)
    if figure is not None and figure.start == 0 and figure.has_unit:
        return at
    word = _word_at(text, found.end())
    return found.end() if word is None else _end(_SEPARATORS, text.text, word[1])


def _marks_at(text: NormalizedText, at: int) -> tuple[int | None, int]:
    """What the list marks at the normalised offset ``at`` count, and the offset behind them."""
    if at >= len(text.text):
        return None, at
    marks = read_marks(text.verbatim, text.offsets[at])
    if not marks:
        return None, at
    number = next((mark.number for mark in marks if mark.number is not None), None)
    end = bisect_left(text.offsets, marks[-1].end)
    return number, _end(_BLANKS, text.text, max(at, end))


def _blank_before(text: NormalizedText, at: int) -> bool:
    """Whether the page shows a blank before the normalised character ``at``."""
    if not 0 < at < len(text.text):
        return False
    gap = text.verbatim[text.offsets[at - 1] + 1 : text.offsets[at]]
    return text.text[at - 1] == " " or (gap != "" and gap.isspace())


def _number_after(normalized: NormalizedText, at: int) -> tuple[int | None, int]:
    text = normalized.text
    glued = _GLUED_NUMBER.match(text, at)
    if glued is not None:
        digits = glued.group("number")
        number = int(digits) if digits.isdecimal() else int(unicodedata.numeric(digits))
        return number, _end(_SEPARATORS, text, _end(re.compile(rf" ?[{re.escape(_CLOSING)}]"), text, glued.end()))
    at = _end(_SEPARATORS, text, at)
    own, end = _marks_at(normalized, at)
    return own, _end(_SEPARATORS, text, end) if own is not None else end


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _word_at(text: NormalizedText, at: int) -> tuple[PrefixWord, int] | None:
    """The prefix word at ``at`` and where it ends, its brackets and a number glued to it (KPI①, KPI1:) included."""
    whole = text.text
    at = _end(_NOTE_SIGN, whole, at)
    opened = at < len(whole) and whole[at] in _OPENING
    start = _end(_YEAR_BEFORE, whole, at + opened)
    alone = _whole_label(whole, start, of_a_topic=opened or _LABEL_MARK.match(whole) is not None)
    if alone is not None:
        return alone
    for word in _words_at(whole, start):
        prefix, end = word
        dated = _DATED.match(whole, end)
        if start > at + opened and not opened and _FIGURE_BEHIND.match(whole, end):
            # 令和6年度目標1,300社: a year before the label tells it from a word.
            return prefix, end
        behind = dated.end() if dated is not None and not opened else None
        if behind is not None and (_may_end(text, prefix, behind) or _BARE_VALUE_LINE.match(whole, behind)):
            # 目標値(令和11年度):受診率60%, 目標(令和6年度)1,800社: the year is the statement's.
            return prefix, end
        end = _end(_QUALIFIER, whole, end)
        if opened:
            close = _CLOSED.match(whole, end)
            if close is None:
                if prefix.word in _WORDS_OF_THEIR_OWN and _may_end(text, prefix, end) and whole[-1:] in ")】":
                    return prefix, end
                continue
            # 【KPI①】: the number is read again as if it stood after the bracket.
            return prefix, (close.start("own") if close.group("own") else close.end())
        if _may_end(text, prefix, end):
            return prefix, end
    return None


def _whole_label(whole: str, start: int, *, of_a_topic: bool) -> tuple[PrefixWord, int] | None:
    """The label that is all of the text from ``start`` on: 主なKPI(令和8年度), and ``of_a_topic`` 【保健事業のKPI】."""
    at = _end(_QUALIFIER_BEFORE, whole, start)
    bracketed = start > 0 and whole[start - 1] in _OPENING
    topic = _TOPIC_BEFORE.match(whole, start) if of_a_topic else None
    for begins in (at, topic.end()) if topic is not None else (at,):
        for prefix, end in _words_at(whole, begins):
            wide = bracketed or prefix.word in _WORDS_OF_THEIR_OWN
            ends = _LABEL_END.match(whole, _end(_MORE_BESIDE, whole, end) if wide else end) is not None
            if ends and (begins == at or prefix.word not in _PLAIN_WORDS):
                return prefix, len(whole)
    return None


def _label_amid(text: NormalizedText, at: int) -> tuple[PrefixWord, int] | None:
    """The label of aims behind a heading in one line: ■ 組織・運営体制 【KPI】一者応札案件の割合 15%以下."""
    whole = text.text
    head = _HEAD.match(whole, at)
    label = _word_at(text, head.end()) if head is not None else None
    if label is None or label[0].word in _PLAIN_WORDS or whole[label[1] - 1] not in _CLOSING:
        return None
    return label if _NAMED.match(whole, label[1]) else None


def _words_at(text: str, start: int) -> Iterator[tuple[PrefixWord, int]]:
    if start >= len(text) or text[start] not in _first_characters():
        return
    for prefix, spelled in _spelled_words():
        found = spelled.match(text, start)
        if found is not None:
            yield prefix, found.end()


@functools.cache
def _first_characters() -> frozenset[str]:
    return frozenset(letter for prefix in prefix_words() for letter in (prefix.word[0], prefix.word[0].lower()))


@functools.cache
def _spelled_words() -> tuple[tuple[PrefixWord, re.Pattern[str]], ...]:
    """Each word with a pattern that also finds it letter-spaced (K P I), the longest first."""
    return tuple(
        (prefix, re.compile(" ?".join(re.escape(character) for character in prefix.word), re.IGNORECASE))
        for prefix in prefix_words()
    )


def _may_end(text: NormalizedText, prefix: PrefixWord, end: int) -> bool:
    """Whether the word that ends at ``end`` stands as a label and does not begin a sentence (KPIを達成することは…)."""
    whole = text.text
    # ◎目標 stands as a label where 目標 alone may begin a sentence.
    marked = _LABEL_MARK.match(whole) is not None
    if end >= len(whole):
        return True
    following = whole[end:]
    if marked and (_blank_before(text, end) or following[0] == " ") and _NUMBERED.match(following):
        return True
    if prefix.word in _PLAIN_WORDS and following.startswith((" ", "・", "/", "、")):
        return _BARE_VALUE_LINE.search(following) is not None
    if _SEPARATED.match(following):
        return True
    if prefix.word in _PLAIN_WORDS:
        return _blank_before(text, end) and _BARE_VALUE_LINE.search(following) is not None
    if prefix.word not in _WORDS_OF_THEIR_OWN and _GOES_ON_NAMING.match(following):
        return False
    if _blank_before(text, end):
        return True
    if _GOES_ON.match(following) or _COMPOUND.match(following):
        return False
    return _BARE_VALUE_LINE.search(following) is not None
