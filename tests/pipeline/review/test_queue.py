"""What the queue asks for, in which order, and what the sample tells."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.decisions.decision import Decision, new_decision
from pipeline.decisions.journal import append
from pipeline.review.desk import Desk
from pipeline.review.lessons import lesson_lines
from pipeline.review.presence import hold, in_hand
from pipeline.review.queue import Item
from pipeline.review.sample import drawn, estimate
from tests.pipeline.invented_output import InventedDocument, write_run

RATE = "生活習慣病予防健診実施率"


def plan(code: str, year: int = 2024) -> InventedDocument:
    return InventedDocument(year, code, f"支部{code}", sha256=code * 32, source_file=f"{code}.pdf")


def desk(output: Path, *documents: InventedDocument, share: float = 0.0) -> Desk:
    for document in documents:
        document.write(output)
    write_run(output)
    return Desk(output, share=share)


def titles(items: tuple[Item, ...]) -> list[str]:
    return [str((item.row or {}).get("indicator") or item.findings[0]["check"]) for item in items]


def decision(item: Item, action: str, **said: object) -> Decision:
    return new_decision("Aoki", action, item.document.sha256, **item.place.said(), **said)  # type: ignore[arg-type]


def test_what_is_at_stake_comes_first(tmp_path: Path) -> None:
    document = plan("33")
    document.target("会議の開催", None, 2.0, "times", kind="plan_figure", confidence=0.4)
    document.target(RATE, "insured_checkup_rate", 60.0, "percent", kind="kpi", confidence=0.6)
    document.target("確かな指標", None, 10.0, "percent", kind="kpi", confidence=0.97)
    assert titles(desk(tmp_path, document).queue().items) == [RATE, "会議の開催"]


def test_a_value_far_from_the_other_branches_goes_before_one_like_theirs(tmp_path: Path) -> None:
    documents = []
    for code, value in (("13", 60.0), ("27", 61.0), ("33", 6.1), ("34", 60.5)):
        document = plan(code)
        document.target(RATE, "insured_checkup_rate", value, "percent", kind="kpi", confidence=0.7)
        documents.append(document)
    first = desk(tmp_path, *documents).queue().items[0]
    assert first.document.document["branch_code"] == "33"


@pytest.mark.parametrize(("severity", "asked"), [("warning", True), ("error", True), ("info", False)])
def test_a_finding_asks_for_a_sure_row_too(tmp_path: Path, severity: str, asked: bool) -> None:
    document = plan("33")
    target = document.target(RATE, "insured_checkup_rate", 60.0, "percent", kind="kpi", confidence=0.97)
    document.add(
        "findings", severity=severity, check="plausible_value", values="{}", record_table="targets", record_id=target
    )
    assert len(desk(tmp_path, document).queue().items) == asked


def test_a_finding_of_no_target_is_an_item_of_its_own_until_it_is_dismissed(tmp_path: Path) -> None:
    document = plan("33")
    document.add("findings", severity="warning", check="lost_text", values="{}", page=2)
    served = desk(tmp_path, document)
    [item] = served.queue().items
    assert (item.table, item.place.page, item.decision) == ("findings", 2, None)
    served.decide([new_decision("Aoki", "dismiss", item.document.sha256, field="lost_text")])
    [item] = served.queue().items
    assert item.decision is not None


def test_decisions_find_their_row_among_several_of_one_line(tmp_path: Path) -> None:
    document = plan("33")
    for indicator, value in ((RATE, 60.3), ("見込者数", 172500.0)):
        document.target(indicator, None, value, "percent", confidence=0.5, statement="実施率60.3%(172,500人)")
    served = desk(tmp_path, document)
    second = next(item for item in served.queue().items if item.row and item.row["indicator"] == "見込者数")
    assert second.place.occurrence == 2
    served.decide([decision(second, "confirm")])
    decided = [item.row["indicator"] for item in served.queue().items if item.decision and item.row]
    assert decided == ["見込者数"]


def test_a_correction_in_another_file_is_offered_and_not_applied(tmp_path: Path) -> None:
    documents = [plan("33"), plan("34")]
    for document in documents:
        document.target(RATE, None, 60.0, "percent", confidence=0.5, statement="実施率を60.0%以上とする")
    served = desk(tmp_path, *documents)
    first, second = served.queue().items
    served.decide([decision(first, "correct", field="value", before=60.0, after=6.0)])
    data = served.item_data(second.key)
    assert data is not None
    assert data["decision"] is None
    assert [(offer["after"], offer["by"]) for offer in data["offers"]] == [(6.0, "Aoki")]


def test_the_sample_is_the_same_for_all_and_of_every_stratum() -> None:
    keys = [(f"t{number}", "kpi" if number % 10 else "plan_figure") for number in range(1000)]
    sample = drawn(keys, 0.02)
    assert sample == drawn(reversed(keys), 0.02)
    assert len(sample) == 20
    assert any(int(key[1:]) % 10 == 0 for key in sample)


def test_the_interval_is_wilsons() -> None:
    none_wrong = estimate(5000, 100, 0)
    assert (none_wrong.share, none_wrong.low) == (0.0, 0.0)
    assert none_wrong.high == pytest.approx(0.037, abs=0.001)
    some_wrong = estimate(5000, 100, 5)
    assert some_wrong.low == pytest.approx(0.0215, abs=0.001)
    assert some_wrong.high == pytest.approx(0.1118, abs=0.001)
    assert estimate(5000, 0, 0).share is None


def test_a_wrong_row_of_the_sample_counts_after_it_was_corrected(tmp_path: Path) -> None:
    document = plan("33")
    for number in range(4):
        document.target(f"指標{number}", None, 10.0 + number, "percent", kind="kpi", confidence=0.97)
    served = desk(tmp_path, document, share=0.5)
    one, other = served.queue().items
    served.decide(
        [
            decision(one, "correct", field="value", before=1, after=2, sampled=True),
            decision(other, "confirm", sampled=True),
        ]
    )
    found = served.queue().estimate
    assert (found.size, found.looked_at, found.wrong) == (4, 2, 1)


def test_an_item_in_hand_is_shown_until_it_is_let_go(tmp_path: Path) -> None:
    hold(tmp_path, "a1", "Aoki", "t1")
    hold(tmp_path, "b2", "Baba", "t2")
    assert in_hand(tmp_path) == {"a1": {"by": "Aoki", "item": "t1"}, "b2": {"by": "Baba", "item": "t2"}}
    hold(tmp_path, "a1", "Aoki", None)
    assert list(in_hand(tmp_path)) == ["b2"]


def test_what_others_decide_is_seen_at_once(tmp_path: Path) -> None:
    document = plan("33")
    document.target(RATE, None, 60.0, "percent", confidence=0.5)
    served = desk(tmp_path, document)
    [item] = served.queue().items
    append(tmp_path, [decision(item, "reject")])  # by another process
    assert served.queue().items[0].decision is not None
    assert served.progress()["by"] == {"Aoki": 1}


def test_lessons_hold_the_reading_that_was_wrong_and_nobodys_name(tmp_path: Path) -> None:
    document = plan("33")
    document.target(
        RATE, None, 61.2, "percent", statement="実施率を61.2%以上とする", confidence=1.0, reviewed="corrected",
        corrected_by="Aoki", read_value='{"value": 612.0}',
    )  # fmt: skip
    document.target("確かな指標", None, 5.0, "percent")
    desk(tmp_path, document)
    [lesson] = lesson_lines(tmp_path)
    assert '"value": 61.2' in lesson
    assert '"value": 612.0' in lesson
    assert "Aoki" not in lesson
