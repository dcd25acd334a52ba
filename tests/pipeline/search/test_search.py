"""What people find by which words, and that whatever they type is plain text."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

import pytest

from pipeline.search.index import refresh_index
from pipeline.search.search import Answer, Filters, SearchError, search
from pipeline.threads.table import refresh_threads
from tests.pipeline.invented_output import InventedDocument

GENERIC = "後発医薬品の使用割合が低い地域で、薬剤師会と協力して広報を行う。"
LETTER = "文書により受診を勧奨し、治療を受けていない人を医療機関につなぐ。"


@pytest.fixture
def found(tmp_path: Path) -> Path:
    """An output folder of two branches in two years, with its index."""
    for year, code, name in ((2023, "33", "岡山"), (2024, "33", "岡山"), (2024, "43", "熊本")):
        document = InventedDocument(year, code, name, sha256=f"{code}{year}" + "0" * 58)
        heading = document.add(
            "measures", kind="heading", text_normalized="ジェネリック医薬品の使用促進", edition="single", section="戦略"
        )
        document.add(
            "measures", kind="action", text_normalized=GENERIC, edition="single", parent_id=heading, ordinal=1, page=3
        )
        document.add(
            "measures", kind="action", text_normalized=f"{name}県内の{LETTER}", edition="single", ordinal=2, page=4
        )
        document.target(
            "特定健診受診率",
            "dependents_checkup_rate",
            30.3,
            "percent",
            statement="被扶養者 30.3%以上",
            edition="single",
        )
        document.write(tmp_path)
    refresh_threads(tmp_path)
    refresh_index(tmp_path)
    return tmp_path


def texts(answer: Answer) -> set[str]:
    return {hit.text for hit in answer.hits}


@pytest.mark.parametrize("words", ["後発医薬品", "ジェネリック", "後発品 広報", "使用割合の広報", "ｼﾞｪﾈﾘｯｸ"])
def test_synonyms_and_other_spellings_find_the_measure(found: Path, words: str) -> None:
    assert GENERIC in texts(search(found, words))


def test_a_measure_is_found_by_its_heading_after_those_that_say_it(found: Path) -> None:
    hits = search(found, "ジェネリック医薬品 使用", limit=100).hits
    assert {hit.kind for hit in hits} == {"heading", "action"}
    assert all("ジェネリック" in (hit.heading_path or "") for hit in hits if hit.kind == "action")


def test_other_forms_of_a_word_are_the_same_word(found: Path) -> None:
    assert any(LETTER in text for text in texts(search(found, "勧奨する")))
    assert any(LETTER in text for text in texts(search(found, "受けた")))


def test_an_aim_is_found_by_any_wording_of_its_indicator(found: Path) -> None:
    assert "被扶養者 30.3%以上" in texts(search(found, "特定健康診査実施率"))


def test_what_was_asked_for_is_marked_where_it_stands(found: Path) -> None:
    hit = next(hit for hit in search(found, "ジェネリック 広報").hits if hit.text == GENERIC)
    assert [hit.text[start:end] for start, end in hit.marked] == ["後発医薬品", "広報"]
    assert (hit.page, hit.fiscal_year) == (3, 2024)
    assert hit.link == f"report/documents/{hit.document_id}.html#{hit.measure_id}"


def test_filters_leave_only_what_they_name(found: Path) -> None:
    answer = search(
        found, "広報", Filters(branch_codes=("33",), years=(2024,), kinds=("action",), heading="ジェネリック")
    )
    assert [(hit.branch_name, hit.fiscal_year) for hit in answer.hits] == [("岡山", 2024)]
    assert search(found, "広報", Filters(heading="レセプト")).total == 0


def test_where_nothing_holds_all_words_some_are_enough_and_it_says_so(found: Path) -> None:
    answer = search(found, "薬剤師会 医療機関")
    assert answer.partly
    assert answer.total == 6
    assert not search(found, "薬剤師会").partly


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>", "'; DROP TABLE entries; --", '" OR "" NEAR/2 *', "text:広報 AND NOT 広報", "広報*",
        "\ue000", "\ud800", "広" * 10_000, "a " * 10_000, "%_\\", "{}[]()^~:", "😀 髙﨑",
    ],
)  # fmt: skip
def test_whatever_is_typed_is_plain_text(found: Path, words: str) -> None:
    with contextlib.suppress(SearchError):
        search(found, words)
    assert search(found, "広報").total == 3


@pytest.mark.parametrize("words", ["", "   ", "、。・", "の"])
def test_no_word_is_said_in_one_line(found: Path, words: str) -> None:
    with pytest.raises(SearchError, match="at least one word"):
        search(found, words)


def test_an_index_of_other_tables_answers_nothing(found: Path) -> None:
    document = InventedDocument(2025, "33", "岡山")
    document.add("measures", kind="action", text_normalized=GENERIC)
    document.write(found)
    with pytest.raises(SearchError, match="branch-plans ingest"):
        search(found, "広報")


def test_the_same_tables_give_the_same_answers_in_the_same_order(found: Path) -> None:
    first = search(found, "広報 受診", limit=50)
    (found / "derived" / "search.sqlite").unlink()
    assert refresh_index(found)
    assert search(found, "広報 受診", limit=50) == first


def test_an_index_made_from_the_one_before_answers_as_one_made_anew(found: Path, tmp_path: Path) -> None:
    after, anew = tmp_path / "after", tmp_path / "anew"
    shutil.copytree(found / "tables", after / "tables", copy_function=os.link)
    for gone in (after / "tables").glob("*/plan_year=2024/2024-43-*.parquet"):
        gone.unlink()
    document = InventedDocument(2025, "33", "岡山")
    document.add("measures", kind="action", text_normalized=GENERIC, edition="single", ordinal=1, page=1)
    document.write(after)
    shutil.copytree(after / "tables", anew / "tables")
    for root, earlier in ((after, found), (anew, None)):
        refresh_threads(root)
        assert refresh_index(root, earlier)
    for words in ("広報 受診", "ジェネリック", "熊本", "後発品 広報"):
        one, two = search(after, words, limit=50), search(anew, words, limit=50)
        assert [hit.measure_id for hit in one.hits] == [hit.measure_id for hit in two.hits]
        assert one == two
