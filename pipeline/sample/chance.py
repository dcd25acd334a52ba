"""Chance that gives the same answer for the same question: nothing depends on the order of drawing."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

_FIRST_YEAR = 2018
_Choice = TypeVar("_Choice")


@dataclass(frozen=True, slots=True)
class Chance:
    """Chance of one branch (JIS code) in one corpus (seed)."""

    seed: int
    branch_code: str

    def share(self, *question: object) -> float:
        """A number in [0, 1) that belongs to the question."""
        digest = hashlib.blake2b(repr((self.seed, self.branch_code, *question)).encode(), digest_size=6).digest()
        return int.from_bytes(digest) / 2**48

    def pick(self, choices: Sequence[_Choice], *question: object) -> _Choice:
        """One of the choices."""
        return choices[int(self.share(*question) * len(choices))]

    def settled(self, choices: Sequence[_Choice], year: int, changing: float, *question: object) -> _Choice:
        """One of the choices, kept over the years; with the chance ``changing`` a year brings the next."""
        changes = sum(self.share(*question, "change", past) < changing for past in range(_FIRST_YEAR, year + 1))
        return choices[(int(self.share(*question) * len(choices)) + changes) % len(choices)]
