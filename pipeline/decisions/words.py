"""Words that people said mean an indicator of the catalogue: applied to rows, kept in ``OUT/review/wordings.toml``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from normalizers.model.records import Records, Target
from normalizers.vocabulary import catalogue, indicator_terms
from pipeline.decisions.decision import Decision
from pipeline.decisions.standing import FOLDER, standing

FILE = "wordings.toml"


def wordings_of(decisions: Iterable[Decision]) -> dict[str, str]:
    """The standing decisions on words: the words and the code that they mean; of two on one wording the later holds."""
    said = (decision for decision in standing(decisions) if decision.action == "wording")
    return {str(decision.text): str(decision.after) for decision in said}


def with_wordings(records: Records, wordings: Mapping[str, str]) -> Records:
    """``records`` whose indicators are coded also by ``wordings``, which go before the catalogue's own.

    Words mean the same where their terms do, so that spacing and particles do not matter.
    """
    if not wordings:
        return records
    codes = {indicator_terms(words): code for words, code in wordings.items()}
    codes.pop((), None)
    return with_known_indicators(replace(records, targets=tuple(_coded(target, codes) for target in records.targets)))


def with_known_indicators(records: Records) -> Records:
    """``records`` whose unknown indicators are those of rows that are still there, without a code, and so worded."""
    unknown = {target.target_id: target.indicator for target in records.targets if target.indicator_code is None}
    kept = (entry for entry in records.unknown_indicators if unknown.get(entry.target_id) == entry.wording)
    return replace(records, unknown_indicators=tuple(kept))


def _coded(target: Target, codes: Mapping[tuple[str, ...], str]) -> Target:
    code = codes.get(indicator_terms(target.indicator)) if target.indicator else None
    if code is None or code == target.indicator_code:
        return target
    population = target.population or catalogue()[code].population
    return replace(target, indicator_code=code, population=population)


def put_wordings(output: Path, wordings: Mapping[str, str]) -> None:
    """Writes ``OUT/review/wordings.toml``, in the form of the catalogue's own entries, ready to be proposed for it."""
    lines = ["# Words that people said mean an indicator, in the form of the catalogue; derived from decisions.jsonl."]
    for code in sorted(set(wordings.values())):
        own = sorted(words for words, meant in wordings.items() if meant == code)
        texts = ", ".join(f"{{ text = {json.dumps(words, ensure_ascii=False)} }}" for words in own)
        lines += ["", "[[indicator]]", f"code = {json.dumps(code)}", f"wordings = [{texts}]"]
    path = output / FOLDER / FILE
    content = "\n".join(lines) + "\n"
    if not wordings and not path.exists():
        return
    if path.exists() and path.read_text(encoding="utf-8") == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    staged = path.with_name(f".{FILE}")
    staged.write_text(content, encoding="utf-8")
    staged.replace(path)
