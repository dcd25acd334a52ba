"""Wordings that drift over the years meet; wordings that differ in what they measure never do."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.indicators.catalogue import (
    catalogue,
    is_measurable,
    match_indicator,
    nearest_indicators,
    population_of,
)
from normalizers.indicators.catalogue_table import CatalogueTable
from normalizers.model.records import Population
from parsers.model.data_file import DataFileError, parse_data


def code(wording: str, population: Population | None = None) -> str | None:
    match = match_indicator(wording, population)
    return match.indicator.code if match else None


@pytest.mark.parametrize(
    "wordings",
    [
        ("健診受診率", "健診実施率", "特定健診の受診率"),
        ("生活習慣病予防健診受診率", "生活習慣病予防健診の実施率"),
        ("被扶養者の特定健診受診率", "被扶養者の特定健康診査実施率"),
        ("ジェネリック医薬品使用割合", "後発医薬品の使用割合"),
        ("資格喪失後1か月以内の保険証回収率", "資格喪失後１ヵ月以内の健康保険証回収率", "被保険者証の回収率"),
        ("再審査レセプト1件当たりの査定額", "再審査レセプト１件あたり査定額"),
        ("マイナ保険証利用率", "マイナンバーカードの健康保険証利用率"),
        ("健康保険委員の委嘱事業所数", "健康保険委員委嘱事業所数"),
    ],
)
def test_wordings_of_one_indicator_meet(wordings: tuple[str, ...]) -> None:
    codes = {code(wording) for wording in wordings}
    assert len(codes) == 1
    assert None not in codes


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("被保険者の特定保健指導実施率", "被扶養者の特定保健指導実施率"),
        ("被保険者の特定保健指導実施率", "特定保健指導の実施率"),
        ("事業者健診データ取得率", "事業者健診データ実施率"),
        ("特定保健指導実施率", "特定保健指導実施者数"),
        ("生活習慣病予防健診実施率", "生活習慣病予防健診実施見込者数"),
        ("マイナ保険証の利用率", "健康保険証の回収率"),
        ("健康保険証回収率", "返納金債権の回収率"),
        ("ジェネリック医薬品使用割合", "バイオシミラー使用割合"),
        ("受診勧奨後3か月以内に医療機関を受診した者の割合", "健診受診月から10か月以内に医療機関を受診した者の割合"),
        ("社会保険診療報酬支払基金と合算したレセプト点検の査定率", "協会のレセプト点検の査定率"),
        ("健康保険委員の委嘱事業所数", "健康保険委員の委嘱者数"),
    ],
)
def test_different_indicators_never_meet(one: str, other: str) -> None:
    assert code(one) is not None
    assert code(one) != code(other)


def test_the_group_line_decides_where_the_line_names_nobody() -> None:
    assert code("特定保健指導実施率", "insured") == "insured_guidance_rate"
    assert code("特定保健指導実施率", "dependents") == "dependents_guidance_rate"
    assert code("特定保健指導実施率") == "guidance_rate"


@pytest.mark.parametrize(
    "wording", ["健活企業の特定保健指導実施率", "ウォーキングイベントの参加者数", "事業所訪問件数", "", "。", "率"]
)
def test_an_unknown_indicator_gets_no_code(wording: str) -> None:
    assert code(wording) is None


def test_the_nearest_entries_of_an_unknown_indicator_are_named() -> None:
    nearest = nearest_indicators("健活企業の特定保健指導実施率")
    assert nearest[0][0] == "guidance_rate"
    assert [score for _, _, score in nearest] == sorted((score for _, _, score in nearest), reverse=True)


@pytest.mark.parametrize(
    ("text", "population"),
    [
        ("被保険者の特定保健指導実施率", "insured"),
        ("被扶養者の特定健診実施率", "dependents"),
        ("被保険者及び被扶養者の実施率", "all"),
        ("加入者のマイナンバー収録率", "all"),
        ("被保険者証の回収率", None),
        ("被扶養者資格の確認書の提出率", None),
        ("健康保険委員の委嘱事業所数", None),
    ],
)
def test_whom_a_text_names(text: str, population: Population | None) -> None:
    assert population_of(text) == population


NAMES = [json.loads(line) for line in Path(__file__).with_name("names.jsonl").read_text(encoding="utf-8").splitlines()]


def test_a_name_gets_the_code_of_what_it_measures_and_near_misses_get_none() -> None:
    """Negated, of other people, of another thing counted, of another stage: each name with its code by hand."""
    wrong = {
        entry["name"]: given
        for entry in NAMES
        if (given := code(entry["name"], population_of(entry["name"]))) != entry["code"]
    }
    assert wrong == {}


def test_every_wording_of_the_catalogue_means_its_own_entry() -> None:
    for indicator in catalogue().values():
        for wording in (indicator.name_ja, *indicator.wordings):
            assert code(wording, indicator.population) == indicator.code, wording


def test_rates_name_head_counts_of_the_same_population() -> None:
    entries = catalogue()
    for indicator in entries.values():
        for part in (indicator.numerator, indicator.denominator):
            if part is not None:
                assert entries[part].unit == "people"
                assert entries[part].population == indicator.population


@given(st.text(max_size=80))
def test_no_wording_raises(wording: str) -> None:
    match = match_indicator(wording)
    assert match is None or 0.8 <= match.score <= 1.0


def test_a_code_that_stands_twice_is_named() -> None:
    source = files("normalizers.indicators").joinpath("indicators.toml").read_text(encoding="utf-8")
    entry = source[source.rindex("[[indicator]]") :]
    code = re.search(r'code = "(\w+)"', entry)
    assert code is not None
    with pytest.raises(DataFileError, match=f"code {code[1]} stands twice"):
        parse_data(source + "\n" + entry, "indicators.toml", CatalogueTable)


@pytest.mark.parametrize(
    "wording",
    [
        "健診未受診率",
        "特定健診を受けていない者の割合",
        "特定保健指導の未実施率",
        "ジェネリック医薬品を使用していない者の割合",
        "返納金債権の未回収率",
        "保険証の未回収率",
        "現金給付の申請のうち郵送化されていないものの割合",
        "健康保険委員の未委嘱事業所数",
    ],
)
def test_what_is_not_done_is_no_measure_of_what_is(wording: str) -> None:
    assert match_indicator(wording) is None


def test_who_is_named_must_agree() -> None:
    assert match_indicator("被保険者の特定健診受診率") is None
    found = match_indicator("被扶養者の特定健診受診率")
    assert found is not None
    assert found.indicator.code == "dependents_checkup_rate"


@pytest.mark.parametrize(("wording", "measurable"), [("胃がん検診", True), ("特定保健指導", True), ("建設業", False)])
def test_what_is_measured_by_itself(wording: str, measurable: bool) -> None:
    assert is_measurable(wording) is measurable
