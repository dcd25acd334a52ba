"""Tables of words and forms: a name in braces stands for its entry, and no entry is dead or broken."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from parsers.model.patterns import Patterns

ROOT = Path(__file__).resolve().parents[3]
TABLES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("*/**/patterns.toml"))


def test_a_list_is_any_of_its_words_and_the_longest_is_tried_first() -> None:
    patterns = Patterns({"bounds": {"behind": ["以", "以上", "(仮)"]}})
    assert patterns.words("bounds.behind") == ("以", "以上", "(仮)")
    found = patterns.pattern("bounds.behind").match("以上とする")
    assert found is not None
    assert found.group() == "以上"
    assert patterns.pattern("bounds.behind").match("(仮)") is not None


def test_a_name_in_braces_stands_for_an_entry_of_any_table_and_counts_stay() -> None:
    text = {"numerals": {"small": "[0-9一二三]"}}
    aims = {"words": {"verb": {"up": ["増", "増加"]}}, "times": {"rise": "{numerals.small}{1,2}年で{words.verb.up}"}}
    pattern = Patterns(text, aims).pattern("times.rise")
    assert pattern.fullmatch("二三年で増加") is not None
    assert pattern.fullmatch("一二三年で増") is None


def test_a_name_that_no_table_has_is_an_error() -> None:
    patterns = Patterns({"times": {"within": "{times.lengths}以内"}})
    with pytest.raises(KeyError, match=r"times\.lengths"):
        patterns.pattern("times.within")


@pytest.mark.parametrize("table", TABLES)
def test_every_entry_is_asked_for(table: str) -> None:
    sources = [*(ROOT / "parsers").rglob("*.py"), *(ROOT / "normalizers").rglob("*.py"), *map(ROOT.joinpath, TABLES)]
    said = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    asked = set(re.findall(r"[\"{']([a-z_]+\.[a-z_]+)[\"}']", said))
    sections = tomllib.loads((ROOT / table).read_text(encoding="utf-8"))
    assert {f"{section}.{name}" for section, entries in sections.items() for name in entries} - asked == set()
