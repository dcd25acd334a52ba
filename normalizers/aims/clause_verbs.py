"""Verbs that the lexicon does not know, told by their form and place: 8棟改修する, 3編を公表し、."""

from __future__ import annotations

from normalizers.aims.element import GAP, Element
from normalizers.aims.lexicon import lexicon
from normalizers.aims.patterns import pattern, words
from normalizers.aims.surroundings import Around, separator_classes

_FORMAL_NOUNS = words("words_around.formal_nouns")
_BEFORE_A_VERB = (*words("particles.before_verb"), "")
_TOLD_OF = pattern("words_around.limited")
_VERBS_OR_ACTS = words("speech.verbs_or_acts")
_VERBS = words("speech.verbs")
_CASE_PARTICLES = words("speech.case_particles")
_ACTS = words("speech.acts")
_GOES_ON = "しせえけてねめれべきちりいみびぎげ"
"""What a verb ends in that another clause follows."""


def ends_as_verb(element: Element) -> bool:
    """Whether a stretch of words is a verb with no more before it than what it does: 乗せる, 届くこと, 死守する."""
    words = [word for word in element.words if word[0] not in _FORMAL_NOUNS]
    if not words or len(element.text) < 2:
        return False
    particles = element.before.replace(GAP, "")
    phrase = any(word[1].startswith(_CASE_PARTICLES) for word in words)
    if phrase and particles in ("を", "が"):
        # 400人以上を保健指導につなげる, 12%以上が電子申請へ移行
        return words[-1][1].startswith(_VERBS_OR_ACTS)
    return words[-1][1].startswith(_VERBS) and particles in _BEFORE_A_VERB and not phrase


def denies(element: Element) -> bool:
    """Whether a verb says that something is not to be: 待たせない, 鳴らさず."""
    if not element.words or any(word[0] == "ば" for word in element.words):
        # 0件でなければならない
        return False
    return element.words[-1][2] in lexicon()["names"]["denying"]


def begins_with_na(element: Element) -> bool:
    """必要な申請: whether a stretch begins with an adjective that ends in な."""
    return len(element.words) > 1 and "形状詞" in element.words[0][1] and element.words[1][0] == "な"


def closes_clause(here: Around, index: int) -> bool:
    """Whether the stretch at ``index`` is the verb of a clause that its figure is the aim of: 3編を公表し、…."""
    return _follows_figure(here, index) is not None and not describes_people(here, index)


def describes_people(here: Around, index: int) -> bool:
    """Whether the stretch at ``index`` only says who is counted: 週2回以上運動し、1年以上続けている者の割合."""
    figure = _follows_figure(here, index)
    return figure is not None and figure.comparator is not None and told_of_people(here.text, here.elements[index].end)


def told_of_people(text: str, offset: int) -> bool:
    """Whether people or offices stand behind ``offset`` of whom a verb tells: …している者."""
    return _TOLD_OF.search(text, offset) is not None


def _follows_figure(here: Around, index: int) -> Element | None:
    """The figure whose clause a verb at ``index`` ends, another clause behind it."""
    element, after = here.elements[index], here.after(index)
    figure = next((e for e in reversed(here.elements[max(0, index - 3) : index]) if e.kind != "bracket"), None)
    if element.kind != "name" or figure is None or figure.kind != "quantity" or index + 1 == len(here.elements):
        return None
    if "、" not in separator_classes(after):
        return None
    noun = len(element.words) == 1 and element.words[0][1].startswith(_ACTS) and not element.before
    counted = figure.quantity is not None and figure.quantity.counted and figure.comparator is None
    ends = element.text[-1:] in _GOES_ON and ends_as_verb(element)
    # 4か所開設、…
    return figure if ends or (noun and counted) else None
