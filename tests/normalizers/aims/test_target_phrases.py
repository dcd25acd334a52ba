"""The phrase book: what plans write, and the rows that a careful reader makes of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from normalizers.aims.aim import Aim, TargetContext
from normalizers.aims.read_aims import read_aims

BOOK = [json.loads(line) for line in Path(__file__).with_name("phrases.jsonl").read_text(encoding="utf-8").splitlines()]


def field(aim: Aim, name: str, text: str) -> Any:
    if name == "statement":
        return text[aim.statement.start : aim.statement.end]
    if name == "code":
        return aim.indicator_code
    value = getattr(aim, name)
    return list(value) if isinstance(value, tuple) else value


@pytest.mark.parametrize("phrase", BOOK, ids=[f"{n}-{phrase['family']}" for n, phrase in enumerate(BOOK)])
def test_phrase(phrase: dict[str, Any]) -> None:
    text = phrase["text"]
    aims = read_aims(text, TargetContext(**phrase.get("context", {})))
    got = [{name: field(aim, name, text) for name in wanted} for aim, wanted in zip(aims, phrase["aims"], strict=False)]
    assert (len(aims), got) == (len(phrase["aims"]), phrase["aims"]), text
