"""Which printed lines make one paragraph."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.paragraphs.column_style import read_column_style
from parsers.paragraphs.paragraphs import split_paragraphs
from parsers.paragraphs.placed_lines import PlacedLine
from tests.parsers.set_lines import PITCH, set_line

LEFT, RIGHT = 100.0, 300.0


def paragraphs(*printed: str | tuple[str, float], right: float = RIGHT, pages: tuple[int, ...] = ()) -> list[str]:
    """The paragraphs of lines one below the other; a tuple gives a line's indent."""
    placed = []
    for number, item in enumerate(printed):
        text, indent = item if isinstance(item, tuple) else (item, 0.0)
        page = pages[number] if pages else 1
        placed.append(PlacedLine(set_line(text, LEFT + indent, 100 + PITCH * number), page, LEFT, right))
    return [draft.text()[0].text for draft in split_paragraphs(placed)]


def test_a_full_line_is_carried_on() -> None:
    wrapped = ("・健診の案内を送付し、受診していない方に対", ("する電話での勧奨を行う", 10))
    assert paragraphs(*wrapped) == ["・健診の案内を送付し、受診していない方に対する電話での勧奨を行う"]


def test_a_line_that_leaves_room_ends_its_paragraph() -> None:
    assert paragraphs("支部評議会の開催", "年度内に三回開く") == ["支部評議会の開催", "年度内に三回開く"]


def test_a_line_may_be_short_because_the_next_number_does_not_fit() -> None:
    lines = ("・対象となる方の見込みは令和六年度に", "１２３，４５６人と見ている")
    assert paragraphs(*lines, right=LEFT + 200) == ["".join(lines)]


def test_a_mark_begins_a_paragraph_after_a_full_line() -> None:
    full = "・あいうえおかきくけこさしすせそたちつて"
    assert paragraphs(full, "・次の項目") == [full, "・次の項目"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("１　あいうえおかきくけこさしすせそたち", "２　次の項目"),
        ("９ あいうえおかきくけこさしすせそたち12点", "10 次の項目"),
        ("イ　あいうえおかきくけこさしすせそたち", "ロ　次の項目"),
        ("二、あいうえおかきくけこさしすせそたち", "三、次の項目"),
    ],
)
def test_a_mark_that_counts_on_begins_a_paragraph_after_a_full_line(first: str, second: str) -> None:
    assert paragraphs(first, second) == [first, second]


@pytest.mark.parametrize("indent", [0.0, 20.0])
def test_a_number_that_does_not_count_on_is_carried_on(indent: float) -> None:
    lines = ("１　あいうえおかきくけこさしすせそたち", ("３ 団体とともに行う", indent))
    assert paragraphs(*lines) == ["".join(lines[:1]) + "３ 団体とともに行う"]


def test_a_mark_that_is_only_mentioned_begins_nothing() -> None:
    lines = ("返納金については保険者間調整という仕組み", "※2による回収が減る見込みである。")
    assert paragraphs(*lines) == ["".join(lines)]


def test_an_open_bracket_is_closed_by_the_next_line() -> None:
    assert paragraphs("■ KPI:使用割合(医", ("科、調剤、歯科)を79.4%以上とする", 40)) == [
        "■ KPI:使用割合(医科、調剤、歯科)を79.4%以上とする"
    ]


@pytest.mark.parametrize("rest", ["目標：83％以上）", "KPI：対前年度以上）を目指す", "支部目標 70％）"])
def test_a_line_within_an_open_bracket_opens_nothing_whatever_it_begins_with(rest: str) -> None:
    lines = ("・限度額認定証の使用を86％以上とする（全国", rest)
    assert paragraphs(*lines) == ["".join(lines)]


@pytest.mark.parametrize("bold", [(True, False), (False, True)])
def test_an_open_bracket_is_closed_whatever_the_weight(bold: tuple[bool, bool]) -> None:
    texts = ("特定保健指導実施率（被保", "険者） 21.0%以上とする")
    lines = [
        PlacedLine(set_line(text, LEFT, 100 + PITCH * at, bold=weight), 1, LEFT, RIGHT)
        for at, (text, weight) in enumerate(zip(texts, bold, strict=True))
    ]
    assert [draft.text()[0].text for draft in split_paragraphs(lines)] == ["".join(texts)]


@pytest.mark.parametrize(
    ("first", "rest"),
    [("・バイオシミラーの使用割合の増（数量ベー", "ス）"), ("・窓口の評価の向上をはかる（お客様アンケー", "ト）")],
)
def test_the_end_of_a_word_and_its_bracket_is_no_mark(first: str, rest: str) -> None:
    assert paragraphs(first, rest) == [first + rest]


def test_first_line_indent_begins_a_paragraph_after_a_full_line() -> None:
    first = ("協会の財政は厳しい状況が続いているところ", 10)
    second = ("また、医療費の伸びが賃金の伸びを上回って", 10)
    lines = [first, "であり今後も楽観を許さない状況にあります。", second, "いる。"]
    assert len(paragraphs(*lines, right=LEFT + 210)) == 2


def test_a_label_stands_alone() -> None:
    assert paragraphs("【重要度：高】", "事業の根幹をなすものであり、重要である。")[0] == "【重要度：高】"


def test_kpi_items_on_their_own_lines() -> None:
    assert paragraphs("■ KPI：① 達成状況を100%とする", ("② 郵送化率を95.0%以上とする", 40)) == [
        "■ KPI：① 達成状況を100%とする",
        "② 郵送化率を95.0%以上とする",
    ]


def test_a_sentence_cut_by_a_page_break_is_one() -> None:
    lines = ("世帯の状況を踏まえ、今後の高齢者人口の増加", "を見据え、協会の加入", "者の健康を守らなければならない。")
    assert paragraphs(*lines, right=LEFT + 210, pages=(1, 1, 2)) == ["".join(lines)]


def test_short_items_in_columns_of_one_line_are_parted() -> None:
    assert paragraphs("・健診    ・保健指導    ・広報") == ["・健診", "・保健指導", "・広報"]


def test_latin_words_keep_a_space_where_a_line_was_wrapped() -> None:
    assert paragraphs("the plan of the branch for this fiscal", "year", right=LEFT + 190) == [
        "the plan of the branch for this fiscal year"
    ]


def test_a_middle_dot_at_a_line_head_joins_words_of_a_sentence() -> None:
    lines = ("①本部と支部で連携し、協会がもつ医療費", "・健診データを活用して分析を行う。", "②次の取組")
    assert paragraphs(*lines, right=LEFT + 190) == ["".join(lines[:2]), "②次の取組"]


def test_a_middle_dot_begins_an_item_where_others_follow() -> None:
    lines = ("①次のとおり、本部と支部で行う取組の名", "・健診データを活用して分析を行う。", "・広報を行う。")
    assert paragraphs(*lines, right=LEFT + 190) == list(lines)


def test_a_paragraph_set_at_an_edge_of_its_own() -> None:
    first = ("受診の仕方を広く知らせるための取組を進め", "加入者に向けて様々な手段で情報発信を行う。")
    second = (("（1）～（3）は地域と共に進めるものとす", 1.6), ("る。", 1.6))
    assert paragraphs(*first, *second, right=LEFT + 212) == ["".join(first), second[0][0] + "る。"]


def test_a_heading_as_wide_as_its_column_is_no_part_of_the_text_below() -> None:
    column = []
    printed = ["1．広報", "紙面で知らせる。", "2．分析", "データを見る。", "3．会議", "年に三回開く。"]
    printed += ["4．重複投薬及び多剤投与の対策", "通知を送り、相談の機会を設ける。"]
    for number, text in enumerate(printed):
        indent = 0 if text[0].isdigit() else 8
        line = set_line(text, LEFT + indent, 100 + PITCH * number)
        column.append(PlacedLine(line, 1, LEFT, LEFT + 160))
    texts = [draft.text()[0].text for draft in split_paragraphs(column, read_column_style([column]))]
    assert texts == printed


@pytest.mark.parametrize("opener", ["支部目標 回収率 90%", "KPI：回収率を90%以上とする", "目標：年2回"])
def test_words_that_open_a_paragraph(opener: str) -> None:
    assert paragraphs("・電話による回収の催告を全ての対象者に行う", opener) == [
        "・電話による回収の催告を全ての対象者に行う",
        opener,
    ]


@given(st.lists(st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=40), max_size=12))
def test_no_character_is_lost_or_moved(texts: list[str]) -> None:
    placed = [PlacedLine(set_line(text, 100, 100 + PITCH * n), 1, LEFT, RIGHT) for n, text in enumerate(texts)]
    joined = "".join(draft.text()[0].text for draft in split_paragraphs(placed))
    assert joined.replace(" ", "") == "".join(texts).replace(" ", "")


@given(st.lists(st.text("あいう。・①(（", min_size=1, max_size=30), min_size=1, max_size=8))
def test_pieces_place_every_character(texts: list[str]) -> None:
    placed = [PlacedLine(set_line(text, 100, 100 + PITCH * n), 1, LEFT, RIGHT) for n, text in enumerate(texts)]
    for draft in split_paragraphs(placed):
        text, pieces = draft.text()
        assert "".join(text.text[piece.start : piece.end] for piece in pieces) == text.text.replace(" ", "")


@pytest.mark.parametrize(("second", "third"), [("②", "③"), ("(2)", "(3)")])
def test_an_enumeration_within_a_sentence_runs_on_over_a_line_that_begins_with_its_number(
    second: str, third: str
) -> None:
    lines = (f"◎目標①達成率を維持する、{second}件数を減らす、", f"{third}返戻を前年度より減らす")
    assert paragraphs(*lines, right=LEFT + 10 * len(lines[0])) == ["".join(lines)]


def test_an_enumeration_whose_items_each_begin_a_line_stays_apart() -> None:
    lines = ("①窓口の待ち時間の目標を九割以上にする、", "②郵送の割合を九割三分に引き上げる、", "③満足度を保つ")
    assert paragraphs(*lines) == list(lines)


def test_lines_of_two_cells_on_one_page_are_no_paragraph_but_over_a_page_they_may_be() -> None:
    first = PlacedLine(set_line("・対象となる方に案内を送り、受診していない", LEFT, 100), 1, LEFT, RIGHT, "c1")
    for page, count in ((1, 2), (2, 1)):
        second = PlacedLine(set_line("方に電話する", LEFT + 10, 115), page, LEFT, RIGHT, "c2")
        assert len(split_paragraphs([first, second])) == count


@pytest.mark.parametrize("label", ["（数値目標）", "(評価指標)", "〔目標〕"])
def test_a_label_alone_on_its_line_begins_a_paragraph_after_a_full_line(label: str) -> None:
    sentence = "○市町村のがん検診と同時の実施を広げていく。"
    assert paragraphs(sentence, label, "・実施率を六割にする", right=LEFT + 10 * len(sentence))[:2] == [sentence, label]


def test_a_word_cut_at_a_lines_end_is_carried_on_under_a_hanging_indent() -> None:
    # The column's edge was taken further out than the text reaches.
    share = ("勧奨した後に医療機関を受診した者の割", ("合を三割以上とする", 10))
    bound = ("① 点検の査定率について対前年度以", ("上とする", 10))
    assert paragraphs(*share) == ["".join(text if isinstance(text, str) else text[0] for text in share)]
    assert paragraphs(*bound, right=LEFT + 180) == ["① 点検の査定率について対前年度以上とする"]


def test_whole_words_under_an_indent_are_no_rest_of_a_word() -> None:
    assert len(paragraphs("支部独自の健康づくり講座の開催", ("年間の予定を立てる", 10), right=LEFT + 180)) == 2


@pytest.mark.parametrize(
    ("group", "figure"),
    [
        ("○被保険者の対象者数　１５８，９００人", "予防健診の見込者数　９６，１３５人"),
        ("対象となる事業所数 1,240社", "参加する事業所数 860社"),
    ],
)
def test_names_with_their_figures_one_below_the_other_are_apart(group: str, figure: str) -> None:
    width = sum(5.0 if character.isascii() else 10.0 for character in group)
    assert paragraphs(group, (figure, 10), right=LEFT + width + 10) == [group, figure]


def test_what_carries_a_figure_on_is_no_name_of_another() -> None:
    lines = ("健康宣言をした事業所の数　1,240社", "以上、うち新規は120社とする")
    assert len(paragraphs(*lines, right=LEFT + 150)) == 1


@pytest.mark.parametrize(
    ("before", "item"),
    [("〔目標：", "①照会件数二百件以上、②回収率一割以上〕"), ("（KPI:", "1)延べ三回開く 2)参加百名）")],
)
def test_a_list_in_a_bracket_may_begin_a_line(before: str, item: str) -> None:
    first = "・文書で照会し、結果を審査に活かす。" + before
    width = sum(5.0 if character.isascii() else 10.0 for character in first)
    assert paragraphs(first, (item, 10), right=LEFT + width + 3) == [first + item]


@pytest.mark.parametrize(("name", "figure"), [("特定健診実施率", "31.0％以上"), ("① 宣言事業所数", "1,350社")])
def test_a_name_and_the_figure_in_the_line_below_are_one_statement(name: str, figure: str) -> None:
    assert paragraphs("【KPI】", name, figure, "広報の充実") == ["【KPI】", name + figure, "広報の充実"]


def test_figures_below_each_other_are_not_given_to_the_last_of_several_names() -> None:
    lines = ["特定健診実施率", "データ取得率", "31.0％", "9.1％"]
    assert paragraphs(*lines) == lines


@pytest.mark.parametrize("above", ["受診を勧める", "令和6年度", "概要、計画"])
def test_a_figure_below_a_sentence_or_a_year_stands_alone(above: str) -> None:
    assert paragraphs(above, "62.4％") == [above, "62.4％"]


@pytest.mark.parametrize("text_edge", [60.0, 100.0])
def test_a_sentence_runs_over_a_page_whose_text_edge_is_taken_elsewhere(text_edge: float) -> None:
    first = ("届出については、その後の体制に変更がない事", "業所も含めて取り扱うこととするので、令和")
    placed = [PlacedLine(set_line(text, LEFT, 600 + PITCH * at), 1, LEFT, RIGHT) for at, text in enumerate(first)]
    placed.append(PlacedLine(set_line("七年五月までに届け出る。", LEFT, 100), 2, text_edge, RIGHT))
    (whole,) = split_paragraphs(placed)
    assert whole.text()[0].text == "".join(first) + "七年五月までに届け出る。"


@pytest.mark.parametrize("mark", ["２－２", "（Ⅰ）", "（ア）", "（三）"])
def test_a_mark_that_a_line_only_mentions_begins_nothing(mark: str) -> None:
    lines = ("計画書については別紙様式の写しを添付のうえ", f"{mark}の計画書に併せて支部あてに提出する。")
    assert paragraphs(*lines) == ["".join(lines)]


@pytest.mark.parametrize("below", ["注　（略）", "付記は別に定める", "2 次の項目"])
def test_a_line_that_ends_in_a_figure_at_the_edge_ends_its_paragraph(below: str) -> None:
    line = "流動食のみを提供する" + 8 * " " + "665円"
    assert paragraphs(line, below, right=LEFT + 165) == [line, below]


def test_a_numbered_line_below_a_short_heading_is_no_figure_of_it() -> None:
    lines = ["第一　食事療養", ("１　入院時食事（１食につき）", 10)]
    assert paragraphs(*lines) == ["第一　食事療養", "１　入院時食事（１食につき）"]
