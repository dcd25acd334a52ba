"""Leaflets and slides: a numbered title, boxes for what is and what is wanted, cards of one large figure each."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from normalizers.model.records import Target
from normalizers.normalize import normalize_document
from parsers.model.document import ParsedDocument
from parsers.parse import parse_document
from tests.parsers.sheets import Sheet, loose


def _leaflet(*, badge: float, large: float, small: float, size: float, labels: tuple[str, str]) -> Sheet:
    """Per topic a number in a circle, a title, a sentence, a name, and two shaded boxes side by side."""
    sheet = Sheet().text(60, 50, "令和6年度　秋田支部事業計画", size=18)
    topics = [
        (
            "働く人に健診を",
            "職場とともに受診を働きかけます。",
            "生活習慣病予防健診の実施率",
            "62.4",
            "65.0",
            "％",
            "以上",
        ),
        ("会社から健康に", "出前講座でお手伝いします。", "健康宣言事業所数", "1,560", "1,800", "社", ""),
    ]
    for number, (title, sentence, name, now, then, unit, bound) in enumerate(topics):
        top = 100.0 + 200 * number
        sheet.page.draw_circle((70, top + 20), 20, color=None, fill=(0.9, 0.6, 0.1))
        sheet.text(63, top + 28, str(number + 1), size=badge, color=(1, 1, 1))
        sheet.text(110, top + 14, title, size=16).text(110, top + 36, sentence, size=size)
        sheet.text(110, top + 58, name, size=size + 0.5)
        for x, label, figure, of, behind in (
            (110, labels[0], now, large * 0.8, ""),
            (300, labels[1], then, large, bound),
        ):
            sheet.bar(x, top + 70, x + 150, top + 130, (0.85, 0.95, 0.95))
            sheet.text(x + 10, top + 84, label, size=9)
            at = x + 20
            for character in figure:
                sheet.page.insert_text((at, top + 120), character, fontname="japan", fontsize=of)
                at += of * 0.5
            sheet.text(at + 2, top + 120, unit + behind, size=small)
    return sheet


def _read(sheet: Sheet) -> tuple[ParsedDocument, Sequence[Target]]:
    parsed = parse_document(sheet.data(), "plan.pdf")
    return parsed, normalize_document(parsed).targets


@pytest.mark.parametrize(
    ("badge", "large", "small", "size", "labels"),
    [
        (24.0, 30.0, 13.0, 10.5, ("現状（令和４年度）", "目標（令和６年度）")),
        (22.0, 26.0, 10.0, 9.0, ("実績（R4年度）", "目標値（R6年度）")),
    ],
)
def test_boxes_for_now_and_then_are_an_aim_with_its_result(
    badge: float, large: float, small: float, size: float, labels: tuple[str, str]
) -> None:
    _, targets = _read(_leaflet(badge=badge, large=large, small=small, size=size, labels=labels))
    assert [(t.indicator, t.value, t.unit, t.comparator, t.baseline_value, t.baseline_year) for t in targets] == [
        ("生活習慣病予防健診の実施率", 65.0, "percent", "ge", 62.4, 2022),
        ("健康宣言事業所数", 1800.0, "companies", None, 1560.0, 2022),
    ]


def test_a_large_number_heads_the_title_beside_it_and_not_the_text_below() -> None:
    sheet = _leaflet(badge=24.0, large=30.0, small=13.0, size=10.5, labels=("現状", "目標"))
    assert "1 働く人に健診を" in loose(sheet.layout())
    parsed, _ = _read(sheet)
    texts = [paragraph.text.text for paragraph in parsed.paragraphs]
    assert {"1 働く人に健診を", "職場とともに受診を働きかけます。", "生活習慣病予防健診の実施率"} <= set(texts)


def test_a_sentence_and_a_name_in_another_size_are_two_paragraphs() -> None:
    sheet = Sheet().text(60, 60, "令和6年度 京都支部事業計画", size=14)
    for line, text in enumerate(("加入者が健診を受けやすくなるよう会場を", "増やして日程を早く知らせていきます。")):
        sheet.text(60, 100 + 14 * line, text, size=10)
    sheet.text(60, 128.5, "被扶養者の特定健診実施率　30.0％以上", size=10.5)
    parsed, _ = _read(sheet)
    assert "被扶養者の特定健診実施率　30.0％以上" in [paragraph.text.text for paragraph in parsed.paragraphs]


def _cards(title: str, band: float, large: float, gap: float) -> Sheet:
    """A slide: a title in a band, and below it frames with a name, a large figure, and a small line below that."""
    sheet = Sheet(width=842, height=595)
    sheet.bar(0, 0, 842, 60, (0.1, 0.2, 0.4)).text(30, 40, title, size=20, color=(1, 1, 1))
    cards = [
        ("生活習慣病予防健診実施率", "64.8", "％", "令和５年度実績 62.9％"),
        ("健康アクション宣言事業所", "1,350", "社", "令和５年度実績 1,148社"),
        ("マイナ保険証の利用率", "60", "％超", "令和７年11月末時点"),
    ]
    for number, (name, figure, unit, below) in enumerate(cards):
        x = 30 + number * (240 + gap)
        sheet.grid([x, x + 240], [90, 250])
        sheet.text(x + 20, 110, name, size=12)
        at = x + 40
        for character in figure:
            sheet.page.insert_text((at, 180), character, fontname="japan", fontsize=large)
            at += large * 0.5
        sheet.text(at + 2, 180, unit, size=large / 2).text(x + 40, 225, below, size=10)
    return sheet


@pytest.mark.parametrize(
    ("title", "band", "large", "gap"), [("令和７年度の重点目標", 60, 36, 20), ("主要目標（令和７年度）", 50, 30, 12)]
)
def test_a_title_of_targets_makes_each_card_below_one(title: str, band: float, large: float, gap: float) -> None:
    sheet = _cards(title, band, large, gap)
    sheet.page.insert_text((30, 560), "滋賀支部", fontname="japan", fontsize=9)
    _, targets = _read(sheet)
    assert [(t.kind, t.indicator, t.value, t.comparator, t.baseline_value, t.deadline) for t in targets] == [
        ("kpi", "生活習慣病予防健診実施率", 64.8, None, 62.9, None),
        ("kpi", "健康アクション宣言事業所", 1350.0, None, 1148.0, None),
        ("kpi", "マイナ保険証の利用率", 60.0, "gt", None, "令和７年11月末時点"),
    ]
