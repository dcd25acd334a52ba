"""Findings and reasons in Japanese: the stages write English sentences, a table pairs them with Japanese ones."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_HOLE = re.compile(r"\{(\w+)\}")
_BETWEEN_REASONS = "; "


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with holes: ``pattern`` finds the English one, ``ja`` is the Japanese one, {holes} by name."""

    pattern: re.Pattern[str]
    ja: str


@cache
def sentences() -> tuple[Sentence, ...]:
    """All pairs, in the order of the table."""
    table = tomllib.loads((files("pipeline.report") / "sentences.toml").read_text(encoding="utf-8"))
    return tuple(Sentence(_pattern(pair["en"]), pair["ja"]) for pair in table["sentence"])


@cache
def in_japanese(message: str) -> str | None:
    """``message`` (a finding's or a reason) in Japanese; None where the table does not have it."""
    for sentence in sentences():
        if found := sentence.pattern.fullmatch(message):
            values = {name: _filled(name, value) for name, value in found.groupdict().items()}
            return sentence.ja.format(**values)
    return None


def _filled(name: str, value: str) -> str:
    if name == "reasons":
        return "、".join(in_japanese(reason) or reason for reason in value.split(_BETWEEN_REASONS))
    return in_japanese(value) or value


def _pattern(english: str) -> re.Pattern[str]:
    parts = _HOLE.split(english)
    plain, names = parts[::2], parts[1::2]
    holes = [f"(?P<{name}>.+?)" for name in names] + [""]
    return re.compile("".join(re.escape(text) + hole for text, hole in zip(plain, holes, strict=True)), re.DOTALL)
