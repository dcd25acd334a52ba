"""The rules of findings and reasons: every code in the sources has words in both languages that its values fill."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from normalizers.model.reasons import Reason, as_stored, reason_rules, reason_text
from normalizers.model.wording import Words, holes, vocabularies
from parsers.model.data_file import DataFileError, parse_data
from pipeline.checks.rules import _Rules, finding_text, rules, stored_text

ROOT = Path(__file__).resolve().parents[3]


def calls(name: str) -> Iterator[ast.Call]:
    """Every call of ``name`` in the sources whose first argument is written out."""
    for package in ("parsers", "normalizers", "pipeline"):
        for path in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name):
                    continue
                if node.args and isinstance(node.args[0], ast.Constant):
                    yield node


def named(call: ast.Call) -> str:
    assert isinstance(call.args[0], ast.Constant)
    return str(call.args[0].value)


def variant_of(call: ast.Call) -> str | None:
    """The variant that a call writes out: "" for none, None where it is computed."""
    given = [keyword.value for keyword in call.keywords if keyword.arg == "variant"]
    if not given:
        return ""
    return str(given[0].value) if isinstance(given[0], ast.Constant) else None


def test_every_finding_that_a_stage_makes_has_a_sentence() -> None:
    found = list(calls("Finding"))
    assert len(found) > 10
    for call in found:
        rule, variant = rules()[named(call)], variant_of(call)
        if variant is None:
            assert rule.messages, ast.unparse(call)
        else:
            words = rule.words(variant)
            if len(call.args) > 1 and isinstance(call.args[1], ast.Dict) and None not in call.args[1].keys:
                given = {key.value for key in call.args[1].keys if isinstance(key, ast.Constant)}
                assert words.holes <= given, ast.unparse(call)


def test_every_reason_has_words() -> None:
    found = list(calls("Reason"))
    assert len(found) > 20
    for call in found:
        given = set()
        if len(call.args) > 1 and isinstance(call.args[1], ast.Dict):
            given = {key.value for key in call.args[1].keys if isinstance(key, ast.Constant)}
        assert reason_rules()[named(call)].holes <= given, ast.unparse(call)


def test_both_languages_speak_of_the_same_things() -> None:
    sentences: list[Words] = [*reason_rules().values()]
    for rule in rules().values():
        sentences += [*rule.messages.values(), *([rule.message] if rule.message else [])]
        assert rule.message or rule.messages
    told = {"table", "rule"}  # what the tables' own declaration words, left out where the sentence says it itself
    assert [words.en for words in sentences if holes(words.en) - told != holes(words.ja) - told] == []


def test_no_japanese_sentence_is_english() -> None:
    for rule in rules().values():
        for words in (rule.name, rule.meaning, *rule.messages.values(), *([rule.message] if rule.message else [])):
            assert any("ぁ" <= character <= "鿿" for character in words.ja), words.ja
    assert set(vocabularies()) >= {"unit", "comparator", "direction"}


@pytest.mark.parametrize(
    ("check", "variant", "values", "english", "japanese"),
    [
        (
            "indicator_unit",
            "",
            {"indicator": "健診受診率", "unit": "percent", "value": 1850.0, "other": "companies"},
            "健診受診率 is measured in %, but the value 1,850 stands in companies.",
            "健診受診率の単位は%ですが、値1,850の単位は社です。",
        ),
        (
            "kpi_numbering",
            "gap",
            {"number": 5, "last": 2, "missing": [3, 4]},
            "KPI number 5 follows 2: missing are 3, 4.",
            "KPIの番号5が2の次にあります。3、4がありません。",
        ),
        (
            "lost_text",
            "",
            {"astray": 34, "all": 1000, "share": 0.034},
            "34 of 1000 characters (3.4%) are lost or held twice.",
            "1000文字のうち34文字（3.4%）が失われたか、二重になっています。",
        ),
        (
            "low_confidence",
            "",
            {
                "confidence": 0.412,
                "reasons": [as_stored(Reason("other_unit", {"unit": "people"})), as_stored(Reason("no_goal"))],
                "text": "率を5とする",
            },
            "Read with confidence 0.41 (the catalogue counts it in people, no goal that can be read): 率を5とする",
            "確度0.41で読み取りました（指標一覧での単位は人、読み取れる目標がない）: 率を5とする",
        ),
    ],
)
def test_a_finding_is_worded_in_either_language(
    check: str, variant: str, values: dict[str, object], english: str, japanese: str
) -> None:
    assert finding_text(check, variant, values, "en") == english
    assert finding_text(check, variant, values, "ja") == japanese


def test_a_stored_finding_whose_values_do_not_fill_its_sentence_keeps_its_own() -> None:
    stored = {"check": "lost_text", "message": "Much is lost.", "values": '{"astray": 3}'}
    assert stored_text(stored, "ja") == "Much is lost."


def test_a_reason_keeps_its_weight_and_field_whatever_its_words() -> None:
    reason = Reason("no_unit")
    assert as_stored(reason) == {"code": "no_unit", "field": "unit", "values": {}}
    assert reason_text(reason, "ja") == "単位なし"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[marking]\nseverty = "info"\n', r"rules\.toml: marking\.(severity|severty|name)"),
        ('[marking]\nseverity = "grave"\nname = 3\n', r"rules\.toml: marking\.severity"),
        ("[marking]\n[marking]\n", r"rules\.toml: is no TOML"),
    ],
)
def test_a_wrong_table_is_named_with_file_entry_and_key(text: str, said: str) -> None:
    with pytest.raises(DataFileError, match=said) as caught:
        parse_data(text, "rules.toml", _Rules)
    assert "\n" not in str(caught.value)
