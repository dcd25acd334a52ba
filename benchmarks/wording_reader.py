"""Whether a second reader of wording, spaCy's NER trained on the phrase book, finds what the grammar reads wrongly.

``python -m benchmarks.wording_reader`` (some minutes on one core). The reader sees the grammar's words, with its
stand-ins for numbers and times, and marks the names of indicators, the figures aimed at with their comparator, and the
results. ``MODELS`` models, alike but for their seed, are trained without a quarter of the families of phrases and then
read it: a row is doubted where a model marks other words than those that the row was made of. As the grammar reads
nearly all of the book rightly, its rows are also spoiled on purpose. ``docs/wording.md`` says what came of it.
"""

from __future__ import annotations

import hashlib
import json
import random
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from normalizers.aims.aim import TargetContext
from normalizers.aims.masked_words import MaskedWords
from normalizers.aims.prefix import read_prefix
from normalizers.aims.read_aims import read_statement
from normalizers.rows.confidence import weighed_aims
from normalizers.text.characters import normalize
from normalizers.text.tokens import language, read_words

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

PHRASES = Path(__file__).resolve().parents[1] / "tests" / "normalizers" / "aims" / "phrases.jsonl"
FIELDS = ("indicator", "population", "basis", "comparator", "value", "unit")
SURE = 0.8
"""Confidence from which on nobody is asked to look at a row."""

HELD_OUT = 4
"""Of so many families of phrases one is not trained on."""

MODELS = 3
VARIATIONS = 3
"""Copies of each phrase with other names. Other numbers would be no others to a reader of stand-ins."""

EPOCHS = 12
BATCH = 32
DROPOUT = 0.2
WIDTH = 64
_FEATURES = {"NORM": 2000, "TAG": 200, "SHAPE": 200, "SUFFIX": 1000}
"""What the model sees of a word, and how many rows of its table each has."""

Row = Mapping[str, Any]
Marked = tuple[int, int, str]
"""First word, the word behind the last, and the part that they play."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A verbatim phrase, the rows that it states, and what the grammar is told of its surroundings."""

    family: str
    text: str
    rows: tuple[Row, ...]
    context: TargetContext

    @property
    def held_out(self) -> bool:
        return hashlib.sha256(self.family.encode()).digest()[0] % HELD_OUT == 0


class Words:
    """The grammar's words of a phrase and where the parts of a row stand among them."""

    def __init__(self, text: str) -> None:
        normalized = normalize(text)
        self.body = normalized.text[read_prefix(normalized).normalized_offset :]
        self._masked = MaskedWords(self.body, frozenset())
        self._starts = [self._masked.offset(index) for index in range(len(self._masked) + 1)]

    def doc(self) -> Doc:
        """A document of its own for the model to write on."""
        return language()(self._masked.masked)

    def marks(self, row: Row) -> tuple[Marked, ...] | None:
        """What a right reader marks of a row; None where its words do not stand together in the phrase."""
        name = None if not row["indicator"] else self._name(str(row["indicator"]))
        if row["indicator"] and name is None:
            return None
        found = [] if name is None else [name]
        figure = f"figure {row['comparator'] or 'eq'}"
        behind = name[1] if name is not None else 0
        if row["value"] is not None:
            found.append(self._figure(float(row["value"]), figure, behind) or (-1, -1, ""))
        elif row["basis"] == "previous_year":
            spans = [(span.start, span.end) for span in self._masked.spans.values() if span.kind == "reference"]
            found.append(self._nearest(spans, figure, behind) or (-1, -1, ""))
        if row.get("baseline_value") is not None:
            found.append(self._figure(float(row["baseline_value"]), "result", 0) or (-1, -1, ""))
        return None if (-1, -1, "") in found else tuple(found)

    def figures(self) -> set[float]:
        """All quantities of the phrase."""
        return {span.quantity.value for span in self._masked.spans.values() if span.quantity is not None}

    def longer_name(self, name: str) -> str | None:
        """A name with the word before it in the phrase."""
        at = self.body.find(name) if name else -1
        before = [start for start in self._starts if start < at]
        return self.body[before[-1] : at] + name if before else None

    def _figure(self, value: float, part: str, behind: int) -> Marked | None:
        spans = [
            (span.start, span.end)
            for span in self._masked.spans.values()
            if span.quantity is not None and value in (span.quantity.value, span.quantity.upper, -span.quantity.value)
        ]
        return self._nearest(spans, part, behind)

    def _nearest(self, spans: Iterable[tuple[int, int]], part: str, behind: int) -> Marked | None:
        """The first of the stretches behind a word, else the last before it."""
        marked = sorted(found for start, end in spans if (found := self._marked(start, end, part)) is not None)
        return next((mark for mark in marked if mark[0] >= behind), marked[-1] if marked else None)

    def _name(self, name: str) -> Marked | None:
        places = [at for at, character in enumerate(self.body) if not character.isspace()]
        letters = "".join(self.body[at] for at in places)
        wanted = "".join(name.split())
        at = letters.find(wanted)
        return self._marked(places[at], places[at + len(wanted) - 1] + 1, "name") if at >= 0 else None

    def _marked(self, start: int, end: int, part: str) -> Marked | None:
        """The stretch in words; None where it begins or ends amid one."""
        if start not in self._starts or end not in self._starts:
            return None
        # Several words may stand for one span: it begins with the first of them and ends before the next span's first.
        return self._starts.index(start), self._starts.index(end), part


def book() -> list[Phrase]:
    """The phrase book of the tests."""
    entries = map(json.loads, PHRASES.read_text(encoding="utf-8").splitlines())
    return [
        Phrase(entry["family"], entry["text"], tuple(entry["aims"]), TargetContext(**entry.get("context", {})))
        for entry in entries
        if len(entry["text"]) <= 300
    ]


def with_variations(phrases: Sequence[Phrase], rng: random.Random) -> Iterator[Phrase]:
    """Each phrase, and copies in which other phrases' names stand for its own."""
    names = sorted({str(row["indicator"]) for phrase in phrases for row in phrase.rows if row["indicator"]})
    for phrase in phrases:
        yield phrase
        own = sorted({str(row["indicator"]) for row in phrase.rows if row["indicator"]}, key=lambda n: (-len(n), n))
        body = normalize(phrase.text).text
        if not own or any(name not in body for name in own):
            continue
        for _ in range(VARIATIONS):
            text, new = body, dict(zip(own, rng.sample(names, len(own)), strict=True))
            for name in own:
                text = text.replace(name, new[name])
            rows = tuple({**row, "indicator": new.get(row["indicator"])} for row in phrase.rows)
            yield replace(phrase, text=text, rows=rows)


def labelled(phrases: Iterable[Phrase]) -> Iterator[tuple[Words, list[Marked]]]:
    """The phrases all of whose rows stand in them word for word, with the marks of a right reader."""
    for phrase in phrases:
        words = Words(phrase.text)
        marks = [words.marks(row) for row in phrase.rows]
        every = sorted({mark for of_row in marks if of_row is not None for mark in of_row})
        apart = all(one[1] <= other[0] for one, other in pairwise(every))
        if None not in marks and apart:
            yield words, every


def trained(examples: Sequence[tuple[Words, list[Marked]]], seed: int) -> Language:
    """A model of its own for the examples."""
    import spacy
    from spacy.tokens import Span
    from spacy.training import Example
    from thinc.api import fix_random_seed

    fix_random_seed(seed)
    nlp = spacy.blank("ja")
    embed = {
        "@architectures": "spacy.MultiHashEmbed.v2",
        "width": WIDTH,
        "attrs": list(_FEATURES),
        "rows": list(_FEATURES.values()),
        "include_static_vectors": False,
    }
    encode = {
        "@architectures": "spacy.MaxoutWindowEncoder.v2",
        "width": WIDTH,
        "window_size": 1,
        "maxout_pieces": 3,
        "depth": 4,
    }
    model = {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": True,
        "hidden_width": WIDTH,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": {"@architectures": "spacy.Tok2Vec.v2", "embed": embed, "encode": encode},
    }
    nlp.add_pipe("ner", config={"model": model})
    made = []
    for words, marks in examples:
        told = words.doc()
        told.set_ents([Span(told, first, last, label=part) for first, last, part in marks])
        made.append(Example(words.doc(), told))
    optimizer = nlp.initialize(lambda: made)
    rng = random.Random(seed)
    for _ in range(EPOCHS):
        rng.shuffle(made)
        for start in range(0, len(made), BATCH):
            nlp.update(made[start : start + BATCH], sgd=optimizer, drop=DROPOUT)
    return nlp


def doubted(model: Language, words: Words, rows: Sequence[Row]) -> list[bool]:
    """Which rows of a phrase the model reads otherwise; all where it sees a figure aimed at that no row has.

    Of a row whose words do not stand together the model says nothing.
    """
    seen = {(entity.start, entity.end, entity.label_) for entity in model(words.doc()).ents}
    marks = [words.marks(row) for row in rows]
    known = {mark for of_row in marks for mark in of_row or ()}
    untaken = None not in marks and any(part.startswith("figure") for *_, part in seen - known)
    return [untaken or not set(of_row or ()) <= seen for of_row in marks]


def votes(models: Sequence[Language], words: Words, rows: Sequence[Row]) -> list[int]:
    """How many models doubt each row."""
    return [sum(of_row) for of_row in zip(*(doubted(model, words, rows) for model in models), strict=True)]


def grammar_rows(phrase: Phrase) -> list[dict[str, Any]]:
    """What the grammar reads, with its confidence."""
    aims = weighed_aims(phrase.text, read_statement(phrase.text, phrase.context).aims)
    return [{name: getattr(aim, name) for name in (*FIELDS, "baseline_value", "confidence")} for aim in aims]


def spoiled(row: Row, words: Words, rng: random.Random) -> Row | None:
    """The row as a grammar may read it wrongly: another figure, another comparator, a name too short or too long."""
    name = str(row["indicator"] or "")
    others = sorted(words.figures() - {row["value"]})
    longer = words.longer_name(name)
    wrong: list[Row] = []
    if row["value"] is not None and others:
        wrong.append({**row, "value": rng.choice(others)})
    if row["value"] is not None:
        wrong.append({**row, "comparator": "le" if row["comparator"] != "le" else "ge"})
    if len(name) > 5:
        parts = [word.text for word in read_words(name)]
        wrong.append({**row, "indicator": "".join(parts[1:])})
    if longer is not None:
        wrong.append({**row, "indicator": longer})
    return rng.choice(wrong) if wrong else None


def same(row: Row, wanted: Row) -> bool:
    """Whether two rows agree in what counts."""
    return all(_plain(row[name]) == _plain(wanted[name]) for name in FIELDS)


def _plain(value: object) -> object:
    return "".join(unicodedata.normalize("NFKC", value).split()) if isinstance(value, str) else value


def measured(models: Sequence[Language], phrases: Iterable[Phrase]) -> dict[str, list[int]]:
    """How many models doubt each row that nobody would look at: right, wrong, and spoiled ones."""
    rng = random.Random(0)
    found: dict[str, list[int]] = {"right": [], "wrong": [], "spoiled": []}
    for phrase in phrases:
        words, rows = Words(phrase.text), grammar_rows(phrase)
        for at, (row, doubts) in enumerate(zip(rows, votes(models, words, rows), strict=True)):
            if row["confidence"] < SURE:
                continue
            right = any(same(row, wanted) for wanted in phrase.rows)
            found["right" if right else "wrong"].append(doubts)
            bad = spoiled(row, words, rng) if right else None
            if bad is not None:
                found["spoiled"].append(votes(models, words, [*rows[:at], bad, *rows[at + 1 :]])[at])
    return found


def report(found: Mapping[str, Sequence[int]]) -> Iterator[str]:
    """The share of rows of each sort that at least so many models doubt."""
    for sort, doubts in found.items():
        shares = [sum(d >= least for d in doubts) / max(1, len(doubts)) for least in range(1, MODELS + 1)]
        told = " ".join(f"{share:.1%}" for share in shares)
        yield f"{sort:8} {len(doubts):4} rows, doubted by 1, 2 .. models: {told}"


def main() -> None:
    """Trains, reads what was held out, and prints the shares."""
    phrases = book()
    examples = list(labelled(with_variations([p for p in phrases if not p.held_out], random.Random(0))))
    print(f"{len(phrases)} phrases, {sum(p.held_out for p in phrases)} held out; {len(examples)} to learn from")
    models = [trained(examples, seed) for seed in range(MODELS)]
    print(*report(measured(models, [p for p in phrases if p.held_out])), sep="\n")


if __name__ == "__main__":
    main()
