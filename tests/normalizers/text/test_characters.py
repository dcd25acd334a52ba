"""Normalised characters: one form each, numbers untouched, every character traceable."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from normalizers.text.characters import equivalent_unified_ideographs, normalize

JAPANESE_MIX = st.text(
    alphabet=st.sampled_from("ｶﾞﾟハﾊが 　\t９5．.％①Ⅱ½⼈⻑髙﨑－〜･(（）事業所\u200b\u3099神\x07"), max_size=40
)


@pytest.mark.parametrize(
    ("verbatim", "normalized"),
    [
        ("９５．０％", "95.0%"),
        ("ｶﾅとｶﾞｷﾞﾊﾟ", "カナとガギパ"),
        ("⼈と⻑と⺠と⻤", "人と長と民と鬼"),
        ("髙﨑支部", "髙﨑支部"),
        ("①８８．８％", "①88.8%"),
        ("Ⅱ ½ 100,000事業所³²", "Ⅱ ½ 100,000事業所³²"),
        ("平 成 29 年 度", "平成 29 年度"),
        ("基 盤 的　保 険 者", "基盤的保険者"),
        ("実施率 60.3% （見込", "実施率 60.3% (見込"),
        ("健康　宣言 ABC", "健康宣言 ABC"),
        ("10～15回", "10~15回"),
        ("10〜15回", "10~15回"),
        ("― – − －", "- - - -"),
        ("ｺﾗﾎﾞ･ヘルス•計画", "コラボ・ヘルス・計画"),
        ("95·0％", "95.0%"),
        ("２，９３０事業所", "2,930事業所"),
        ("︵内訳︶", "(内訳)"),
        ("神奈川", "神奈川"),
        ("か゛", "か゛"),
        ("ダッシュー", "ダッシュー"),
        ("健康\u200b宣言\x07", "健康宣言"),
        ("  両端 ", "両端"),
        ("\ud800", "\ufffd"),
        ("", ""),
    ],
)
def test_normalized_form(verbatim: str, normalized: str) -> None:
    assert normalize(verbatim).text == normalized


def test_every_radical_has_its_unicode_ideograph() -> None:
    table = equivalent_unified_ideographs()
    for code_point in range(0x2F00, 0x2FD6):
        assert normalize(chr(code_point)).text == unicodedata.normalize("NFKC", chr(code_point))
    assert len(table) > 330
    assert table["⻩"] == "黄"


@given(st.one_of(st.text(max_size=60), JAPANESE_MIX))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalize(text).text
    assert normalize(once).text == once
    assert unicodedata.is_normalized("NFC", once)


@example("か\u3099 \u3099")  # a second voicing mark behind a blank
@given(st.one_of(st.text(max_size=60), JAPANESE_MIX))
def test_offsets_are_monotone_and_lead_back(text: str) -> None:
    result = normalize(text)
    assert len(result.offsets) == len(result.text)
    assert list(result.offsets) == sorted(result.offsets)
    assert all(0 <= offset < len(text) for offset in result.offsets)
    for index, character in enumerate(result.text):
        if unicodedata.is_normalized("NFD", character) and character != " ":
            span = result.verbatim_span(index, index + 1)
            own = normalize(text[span.start : span.end]).text
            assert character in own or own == "・"


def test_a_stretch_leads_back_to_its_verbatim_characters() -> None:
    result = normalize("郵送化率を ９５．０ ％以上ﾄﾞｳ")
    start = result.text.index("95.0")
    span = result.verbatim_span(start, start + 4)
    assert result.verbatim[span.start : span.end] == "９５．０"
    last = result.verbatim_span(result.text.index("ド"), result.text.index("ド") + 1)
    assert result.verbatim[last.start : last.end] == "ﾄﾞ"
