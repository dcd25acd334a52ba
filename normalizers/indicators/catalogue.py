"""The catalogue of indicators: which wording means which of them.

Wordings are compared by Sudachi's normalised words, gathered into concepts where several words mean the same
(``indicators.toml``). Wordings that differ in an exclusive concept are never the same indicator, however alike
they look: 被保険者 and 被扶養者, 実施 and 取得, a rate and a head count. Nor are those whose measured word (受診 of
受診率) or numbers differ, or of whose words too many are their own.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from normalizers.indicators.catalogue_table import CatalogueEntry, Direction, catalogue_table
from normalizers.model.records import Population
from normalizers.text.characters import normalize
from normalizers.text.patterns import words
from normalizers.text.skeleton import read_skeleton
from normalizers.text.tokens import Phrases, read_words

MATCH_THRESHOLD = 0.81
DENIED = "ない"
"""The term of words that deny the one before them."""

_GROUPS = ("insured", "dependents")
_NEAREST = 3
_WEAK_WEIGHT = 0.25
_MOST_OF_ITS_OWN = 0.2
"""More of its words than this part a wording may not have beyond an entry's: a word more of four is another who or what
(乳がん検診の受診率, 職員の健診受診率), one of six a way of saying it. Chosen on 150 names of other things."""

_IGNORED_TAGS = words("speech.left_out")
_LONGEST_WORDING = 200


@dataclass(frozen=True, slots=True)
class Indicator:
    """One entry. The definitions say how it is counted; ``plausible`` bounds a branch's yearly value; ``national`` is
    headquarters' target by fiscal year."""

    code: str
    name_ja: str
    name_en: str
    definition_ja: str
    definition_en: str
    unit: str
    population: Population | None
    direction: Direction | None
    plausible: tuple[float, float] | None
    national: Mapping[int, float | str]
    numerator: str | None
    denominator: str | None
    wordings: tuple[str, ...]

    @property
    def units(self) -> tuple[str, ...]:
        """Units that its values are printed in: offices are counted as companies too."""
        return ("offices", "companies") if self.unit in ("offices", "companies") else (self.unit,)


@dataclass(frozen=True, slots=True)
class IndicatorMatch:
    """The entry that a wording means, and how sure the words make it (0..1)."""

    indicator: Indicator
    score: float


@functools.cache
def catalogue() -> Mapping[str, Indicator]:
    """All indicators by code, in the order of the data file."""
    return {entry.code: _indicator(entry) for entry in catalogue_table().indicator}


def population_of(text: str) -> Population | None:
    """Whom a normalised text names; 被保険者証 and 被扶養者資格 name nobody."""
    patterns = _population_patterns()
    if patterns["all"].search(text):
        return "all"
    insured, dependents = (patterns[name].search(text) for name in ("insured", "dependents"))
    if insured and dependents:
        return "all"
    return "insured" if insured else "dependents" if dependents else None


def people_words() -> str:
    """The words by which groups of people are named, as alternatives of a regular expression without its brackets."""
    return _population_patterns()["named"].pattern


def population_by_definition(text: str) -> Population | None:
    """Whom the thing measured concerns though a normalised text names nobody."""
    return "insured" if _population_patterns()["insured_by_definition"].search(text) else None


@functools.cache
def _population_patterns() -> Mapping[str, re.Pattern[str]]:
    return catalogue_table().population


@functools.lru_cache(maxsize=4096)
def match_indicator(wording: str, population: Population | None = None) -> IndicatorMatch | None:
    """The indicator that a wording means, None where no entry is near enough.

    ``population`` is what the surroundings say (the group line above): it joins the wording where that names nobody.
    A wording that says nothing but how something is measured (実施率, 人数) means no entry, nor does one whose bracket
    names a part of it (実施率(当日), 使用割合(金額ベース)).
    """
    if says_only_how(wording) or _is_of_a_part(wording):
        return None
    best = next(iter(_ranked(wording, population)), None)
    return best if best is not None and best.score >= MATCH_THRESHOLD else None


def says_only_how(wording: str) -> bool:
    """Whether a wording says how something is measured and not what (実施率, 人数)."""
    terms = indicator_terms(wording)
    measures = bool(terms) and terms[-1] in catalogue_table().exclusive["head"]
    return set(terms) <= set(catalogue_table().ignored.bare) and (measures or wording.endswith("者"))


def _is_of_a_part(wording: str) -> bool:
    """Whether the bracket at a wording's end names a part, a case or another way of counting, and no known limits."""
    skeleton = read_skeleton(normalize(wording[:_LONGEST_WORDING]).text.strip())
    brackets = [bracket for bracket in skeleton.brackets if not bracket.quotes]
    if not brackets or not skeleton.text.strip() or brackets[-1].at < len(skeleton.text.rstrip()):
        return False
    return catalogue_table().ignored.brackets.search(brackets[-1].content) is None


def is_measurable(wording: str) -> bool:
    """Whether a wording names something that is measured by itself (特定健診), and no mere group or case of it."""
    return not set(catalogue_table().measurable).isdisjoint(indicator_terms(wording))


def nearest_indicators(wording: str, population: Population | None = None) -> tuple[tuple[str, str, float], ...]:
    """The entries nearest to a wording, best first, as (code, Japanese name, score): for unknown indicators."""
    return tuple(
        (match.indicator.code, match.indicator.name_ja, match.score)
        for match in _ranked(wording, population, strict=False)[:_NEAREST]
        if match.score > 0
    )


@functools.lru_cache(maxsize=4096)
def indicator_terms(wording: str) -> tuple[str, ...]:
    """The concepts and normalised words by which a wording is compared, brackets left out."""
    text = normalize(wording[:_LONGEST_WORDING]).text
    text = re.sub("[「」『』]", "", text)
    text = read_skeleton(text).text.strip() or text
    for spelling, usual in catalogue_table().spellings.items():
        text = text.replace(spelling, usual)
    words = read_words(text)
    concepts = concept_phrases().find(words)
    ignored = _ignored()
    terms: list[str] = []
    index = 0
    while index < len(words):
        if index in concepts:
            terms.append(concepts[index][0].name)
            index = concepts[index][0].last
            continue
        word = words[index]
        if word.norm_ in catalogue_table().denying and word.tag_.startswith(("助動詞", "形容詞")):
            terms.append(DENIED)
        elif not word.tag_.startswith(_IGNORED_TAGS) and word.norm_ not in ignored:
            terms.append(word.norm_)
        index += 1
    return tuple(terms)


@functools.lru_cache(maxsize=4096)
def _ranked(wording: str, population: Population | None, strict: bool = True) -> tuple[IndicatorMatch, ...]:
    terms = indicator_terms(wording)
    own = population_of(wording) or population
    entries = _alike_in_exclusives().get(_exclusive(terms), {}) if strict else _catalogue_terms()
    matches = [
        IndicatorMatch(
            catalogue()[code],
            max(_score(terms, other, own, catalogue()[code].population, strict) for other in wordings),
        )
        for code, wordings in entries.items()
    ]
    return tuple(sorted((match for match in matches if match.score > 0), key=lambda match: -match.score))


@functools.cache
def _alike_in_exclusives() -> Mapping[tuple[frozenset[str], ...], Mapping[str, tuple[tuple[str, ...], ...]]]:
    """The wordings of each entry by what they say of the concepts that exclude each other."""
    groups: dict[tuple[frozenset[str], ...], dict[str, tuple[tuple[str, ...], ...]]] = {}
    for code, wordings in _catalogue_terms().items():
        for terms in wordings:
            group = groups.setdefault(_exclusive(terms), {})
            group[code] = (*group.get(code, ()), terms)
    return groups


def _score(
    terms: tuple[str, ...],
    other: tuple[str, ...],
    population: Population | None,
    other_population: Population | None,
    strict: bool,
) -> float:
    """Twice the shared words over all words, weak words counting little; 0 where exclusive concepts differ."""
    if strict and not _compatible(terms, other, population, other_population):
        return 0.0
    if population in ("insured", "dependents") and population in other and population not in terms:
        # Whom the group line names need not be said again on the line.
        terms = (*terms, population)
    (mine, weight), (theirs, other_weight) = _weighed(terms), _weighed(other)
    shared = sum([min(count, theirs[term]) * _weight(term) for term, count in mine.items() if term in theirs])
    if strict and weight - shared > _MOST_OF_ITS_OWN * weight:
        return 0.0
    total = weight + other_weight
    return round(2 * shared / total, 4) if total else 0.0


@functools.lru_cache(maxsize=8192)
def _weighed(terms: tuple[str, ...]) -> tuple[Mapping[str, int], float]:
    """How often each term is said, and what all together weigh."""
    counts = Counter(terms)
    return counts, sum([count * _weight(term) for term, count in counts.items()])


def _compatible(
    terms: tuple[str, ...], other: tuple[str, ...], population: Population | None, other_population: Population | None
) -> bool:
    if population is not None and other_population is not None and population != other_population:
        return False
    if not _measure_alike(terms, other):
        return False
    if other_population in (None, "all") and any(who in terms and who not in other for who in _GROUPS):
        # 被保険者の受診率 is not everybody's.
        return False
    # 被保険者の特定保健指導対象者数 is not meant where nobody is named.
    return all(people not in other or people in terms or population == people for people in _GROUPS)


def _measure_alike(terms: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the same is measured within the same limits: 健診受診者の喫煙率 is no 受診率, 2か月以内 not 1か月以内."""
    measured, theirs = _measured(terms), _measured(other)
    if (measured is not None and measured not in other) or (theirs is not None and theirs not in terms):
        return False
    numbers, limits = ({term for term in of if term.isdecimal()} for of in (terms, other))
    return not numbers or not limits or numbers == limits


@functools.lru_cache(maxsize=8192)
def _measured(terms: tuple[str, ...]) -> str | None:
    """The term right before the word of measuring: 受診 of 健診の受診率; None where there is no such word."""
    if len(terms) < 2 or terms[-1] not in catalogue_table().exclusive["head"]:
        return None
    return next((term for term in reversed(terms[:-1]) if term not in _weak() and term not in _GROUPS), None)


@functools.lru_cache(maxsize=4096)
def _exclusive(terms: tuple[str, ...]) -> tuple[frozenset[str], ...]:
    """What the terms say of each group of concepts that exclude each other; of heads the last one counts."""
    groups = catalogue_table().exclusive
    said = {name: [term for term in terms if term in members] for name, members in groups.items()}
    kept = (frozenset(found[-1:] if name == "head" else found) for name, found in said.items())
    return (*kept, frozenset({DENIED} if _is_denied(terms) else ()))


def _is_denied(terms: tuple[str, ...]) -> bool:
    """Whether the last thing done is what is not done: 未受診率, 使用していない者の割合; not 未受診者への勧奨率."""
    prefixes = frozenset(catalogue_table().denying) - {DENIED}
    acts = [at for at, term in enumerate(terms) if term in catalogue_table().exclusive["act"]]
    if not acts:
        return not prefixes.isdisjoint(terms) or DENIED in terms
    led_by = terms[acts[-1] - 1] if acts[-1] else ""
    return led_by in prefixes or DENIED in terms[acts[-1] :]


def _weight(term: str) -> float:
    return _WEAK_WEIGHT if term in _weak() else 1.0


@functools.cache
def concept_phrases() -> Phrases:
    """The words that mean the same, as phrases named by what they mean."""
    return Phrases(catalogue_table().concepts, "この")


@functools.cache
def _ignored() -> frozenset[str]:
    return frozenset(word.norm_ for text in catalogue_table().ignored.words for word in read_words(text)) | frozenset(
        catalogue_table().ignored.words
    )


@functools.cache
def _weak() -> frozenset[str]:
    return frozenset(catalogue_table().ignored.weak)


@functools.cache
def _catalogue_terms() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    return {
        code: tuple(indicator_terms(wording) for wording in indicator.wordings)
        for code, indicator in catalogue().items()
    }


def _indicator(entry: CatalogueEntry) -> Indicator:
    return Indicator(**{name: getattr(entry, name) for name in CatalogueEntry.model_fields})


def names_with_numbers(text: str) -> tuple[tuple[int, int], ...]:
    """Where a normalised text holds a catalogued wording that has numbers in it (資格喪失後1か月以内の保険証回収率)."""
    found: list[tuple[int, int]] = []
    for wording in _wordings_with_numbers():
        at = text.find(wording)
        if at >= 0:
            found.append((at, at + len(wording)))
    return tuple(found)


@functools.cache
def _wordings_with_numbers() -> tuple[str, ...]:
    return tuple(
        wording for indicator in catalogue().values() for wording in indicator.wordings if re.search("[0-9]", wording)
    )
