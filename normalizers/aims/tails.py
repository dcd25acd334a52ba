"""Walks the words around a goal: what follows a number up to its clause's end, and what makes a reference.

Each walk tokenises the text from its start behind a short carrier, because words are cut as their surroundings ask for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from normalizers.aims.patterns import COMPARATORS, reference_phrases, tail_phrases
from normalizers.model.records import Basis, Comparator
from normalizers.text.fiscal_years import YearMention
from normalizers.text.tokens import read_words

if TYPE_CHECKING:
    from spacy.tokens import Token

_LONGEST_TAIL = 60
_COMPARED = re.compile(r"(?:比|より|から|対比|比べ|比べて|比較して|比較し)[、 ]?$")
_CLAUSE_ENDS = "。;；"
_CLAUSE_LINKS = ("、", ",", "・", "/")
_LINKING_WORDS = ("且つ", "及び", "並びに")

Role = Literal["make", "reach", "keep", "up", "down", "better", "act", "do", "link"]


@dataclass(frozen=True, slots=True)
class Tail:
    """What follows a number or reference: the roles of its words in order, where it ends and what closes it."""

    end: int
    closed_by: Literal["end", "link", "attributive", "noun"]
    roles: tuple[str, ...]

    def has(self, *names: Role) -> bool:
        return any(role == f"tail.{name}" for role in self.roles for name in names)

    @property
    def comparator(self) -> Comparator | None:
        """The first comparator that is printed."""
        printed = (role.removeprefix("comparator.") for role in self.roles if role.startswith("comparator."))
        return next((COMPARATORS[name] for name in printed), None)

    @property
    def complete(self) -> bool:
        """Whether a verb or the sentence's end closes the clause, not only a comma."""
        return self.closed_by == "end" or self.has("make", "reach", "keep", "up", "down", "better", "act")


@dataclass(frozen=True, slots=True)
class Reference:
    """A named earlier (or foreign) result: where its words end, and whether a word of comparing closes them."""

    end: int
    compared: bool
    of_a_number: bool
    basis: Basis


def walk_tail(text: str, offset: int) -> Tail | None:
    """Words of reaching from ``offset`` to the end of the clause; None where anything else comes between.

    A comparator followed by の and a noun (年2回以上の研修) closes the tail as ``attributive``, a noun right behind the
    number or its comparator as ``noun``.
    """
    carrier = "10%"
    words = read_words(carrier + text[offset : offset + _LONGEST_TAIL])
    matches = tail_phrases().find(words)
    roles: list[str] = []
    end = offset
    index = next((word.i for word in words if word.idx >= len(carrier)), len(words))
    while index < len(words):
        word = words[index]
        if word.text in _CLAUSE_ENDS:
            break
        if word.text in _CLAUSE_LINKS or word.norm_ in _LINKING_WORDS:
            return Tail(end, "link", tuple(roles))
        if matches.get(index):
            last = matches[index][0].last
            roles += [match.name for match in matches[index] if match.last == last]
            index = last
            if roles[-1] == "tail.link":
                return Tail(_end_of(words[index - 1], offset, carrier), "link", tuple(roles))
        elif word.tag_.startswith(("助詞", "助動詞")) or word.is_space:
            index += 1
        elif len(roles) == 1 and roles[0].startswith("comparator.") and words[index - 1].text == "の":
            return Tail(end, "attributive", tuple(roles))
        elif all(role.startswith("comparator.") for role in roles) and word.tag_.startswith(("名詞", "接頭")):
            return Tail(end, "noun", tuple(roles))
        else:
            return None
        end = _end_of(words[index - 1], offset, carrier)
    return Tail(end, "end", tuple(roles))


def walk_reference(text: str, start: int, year: YearMention | None) -> Reference | None:
    """The reference that begins at ``start`` (with the year ``year``, if one is printed); None where there is none."""
    carrier = "率を" if year is None else "前年度"
    begin = start if year is None else year.end
    words = read_words(carrier + text[begin : begin + _LONGEST_TAIL])
    matches = reference_phrases().find(words)
    index = next((word.i for word in words if word.idx >= len(carrier)), len(words))
    basis: Basis = "previous_year"
    reached, compared, opened = begin, False, year is not None
    while index < len(words) and not compared:
        last = {match.name: match.last for match in reversed(matches.get(index, []))}
        if "comparison" in last and opened:
            compared, index = True, last["comparison"]
        elif "previous_year" in last:
            opened, index = True, last["previous_year"]
        elif "other" in last:
            basis = basis if opened else "qualitative"
            opened, index = True, last["other"]
        elif "carry" in last and opened:
            index = last["carry"]
        elif opened and words[index].text == "と" and index + 1 in matches:
            index += 1
        else:
            break
        reached = _end_of(words[index - 1], begin, carrier)
    if reached == begin:
        of_a_year = year is not None and year.fiscal and text.startswith(("以上", "以下"), begin)
        return Reference(begin, compared=False, of_a_number=False, basis=basis) if of_a_year else None
    surface = text[start:reached]
    return Reference(reached, compared or _COMPARED.search(surface) is not None, surface.endswith("の"), basis)


def _end_of(word: Token, offset: int, carrier: str) -> int:
    return offset + word.idx + len(word.text) - len(carrier)
