"""How important and how difficult a measure is said to be: 【重要度：高】, (難易度：中), 重要度が高い."""

from __future__ import annotations

from dataclasses import dataclass

from normalizers.outline.patterns import pattern
from normalizers.text.markers import read_marker, read_marks

_TAG = pattern("ratings.tag")
_AROUND = " 】〕])>、・/"
_OPENING = pattern("ratings.opening")
_REASON_LABEL = pattern("ratings.reason_label")
_IMPORTANCE, _DIFFICULTY = pattern("ratings.importance"), pattern("ratings.difficulty")


@dataclass(frozen=True, slots=True)
class RatingSettings:
    """Tags of importance and difficulty."""

    between_tags: int = 6
    """Characters between two tags of one line. Chosen: a blank, a conjunction, a bracket."""


SETTINGS = RatingSettings()


@dataclass(frozen=True, slots=True)
class Rating:
    """What a paragraph says of a measure: ``importance`` and ``difficulty`` as graded (高), None where not graded."""

    importance: str | None
    difficulty: str | None


def read_rating(text: str) -> Rating | None:
    """The rating that a normalised paragraph opens with; None for a paragraph that opens otherwise."""
    start = _words_start(text)
    if not _OPENING.match(text, start):
        return None
    grades: list[tuple[str, str]] = []
    end = start
    for tag in _TAG.finditer(text, start):
        if tag.start() - end > SETTINGS.between_tags:
            break
        grades.append((tag[1], tag[2]))
        end = tag.end()
    if not grades:
        return Rating(None, None) if _REASON_LABEL.match(text, start) else None
    return _rating(grades)


def inline_ratings(text: str) -> Rating | None:
    """The ratings in a heading, in brackets or at its end (… 【重要度：高】, … 困難度：高); None for none."""
    tags = list(_TAG.finditer(text))
    ending = {tag.start() for tag in tags if ":" in tag[0] and not _TAG.sub("", text[tag.start() :]).strip(_AROUND)}
    grades = [
        (tag[1], tag[2])
        for tag in tags
        if tag.start() in ending or text[: tag.start()].rstrip()[-1:] in tuple("【〔[<(】〕])>・")
    ]
    return _rating(grades) if grades else None


def _words_start(text: str) -> int:
    """Where the words begin behind list and note marks."""
    marks = read_marks(text)
    end = marks[-1].end if marks else 0
    note = read_marker(text, end)
    return note.end if note is not None and note.kind.note else end


def _rating(grades: list[tuple[str, str]]) -> Rating:
    importance = [grade for names, grade in grades if _IMPORTANCE.search(names)]
    difficulty = [grade for names, grade in grades if _DIFFICULTY.search(names)]
    return Rating(importance[0] if importance else None, difficulty[0] if difficulty else None)
