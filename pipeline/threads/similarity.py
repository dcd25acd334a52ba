"""How alike the words of texts are: cosine of words and pairs of neighbours, rare ones counting more."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
from scipy import sparse

from normalizers.vocabulary import branch_names
from pipeline.store.plan_words import plan_words

_PAIR_WEIGHT = 0.5  # of two neighbours, against a word of the same rarity: order says less than words
_TINY = 1e-12
_MARKS = re.compile(r"[\W_]+")


@lru_cache(maxsize=65_536)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a normalised text; without numbers, which change every year, and without the names of branches,
    which say who and not what."""
    return tuple(w.term for w in plan_words(text) if not w.is_number and w.term not in _names())


def terms_of(text: str) -> tuple[str, ...]:
    """The words and the pairs of neighbouring words of a normalised text."""
    words = words_of(text)
    return (*words, *(f"{one} {other}" for one, other in pairwise(words)))


def bare(text: str) -> str:
    """``text`` without spaces and marks, by which equal texts are told."""
    return _MARKS.sub("", text)


class Vectors:
    """Texts as rows of a sparse matrix of length 1, so that products of rows are cosines."""

    def __init__(self, texts: Sequence[str]) -> None:
        different = {text: row for row, text in enumerate(dict.fromkeys(texts))}  # branches repeat each other's
        counted = [Counter(terms_of(text)) for text in different]
        repeated = Counter(texts)
        spread: Counter[str] = Counter()
        for text, counts in zip(different, counted, strict=True):
            for term in counts:
                spread[term] += repeated[text]
        place = {term: at for at, term in enumerate(sorted(spread))}
        weights = np.array([self._weight(term, spread[term], len(texts)) for term in sorted(spread)])
        rows, columns, values = [], [], []
        for row, counts in enumerate(counted):
            for term in sorted(counts):
                rows.append(row)
                columns.append(place[term])
                values.append((1 + np.log(counts[term])) * weights[place[term]])
        shape = (len(different), max(len(place), 1))
        matrix = sparse.csr_matrix((values, (rows, columns)), shape=shape, dtype=np.float64)
        lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
        lengths[lengths == 0] = 1.0
        self.single = sparse.csr_matrix([[" " not in term for term in sorted(spread)] or [False]], dtype=np.float64)
        different_rows = sparse.csr_matrix(sparse.diags(1 / lengths) @ matrix)
        self.matrix = different_rows[[different[text] for text in texts]]

    @staticmethod
    def _weight(term: str, texts_with_it: int, texts: int) -> float:
        rarity = float(np.log(1 + texts / texts_with_it))
        return rarity * (_PAIR_WEIGHT if " " in term else 1.0)

    def cosines(self, rows: Sequence[int], columns: Sequence[int]) -> np.ndarray:
        """The cosine of each of ``rows`` with each of ``columns``."""
        product = self.matrix[list(rows)] @ self.matrix[list(columns)].T
        return np.asarray(product.todense())

    def shares_within(self, rows: Sequence[int], others: Sequence[int]) -> np.ndarray:
        """How much of the words of each of the texts ``rows`` also stands in each of ``others``, by weight, 0..1."""
        squares = self.matrix[list(rows)].multiply(self.single).power(2)
        squares = sparse.diags(1 / np.maximum(np.asarray(squares.sum(axis=1)).ravel(), _TINY)) @ squares
        present = (self.matrix[list(others)] > 0).astype(np.float64)
        return np.asarray((squares @ present.T).todense())


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    return frozenset(branch_names().values()) | {"支部", "県", "府", "都", "道"}
