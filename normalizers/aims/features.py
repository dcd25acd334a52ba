"""What can be said of each element of a sentence before its part is known: the words that costs.toml speaks of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from normalizers.aims.brackets import BracketSense
from normalizers.aims.clause_verbs import told_of_people
from normalizers.aims.dated_brackets import sense_of
from normalizers.aims.element import GAP, Element
from normalizers.aims.fixed_span import FixedSpan
from normalizers.aims.labels_beside import hint_of, times_lead
from normalizers.aims.name_features import begins_with_verb, case_follows, leads_to_means, name_features
from normalizers.aims.name_words import measures, tells_whom
from normalizers.aims.past_deeds import of_whose_past
from normalizers.aims.patterns import pattern
from normalizers.aims.quantity_features import MOVING, followed, leads_away, quantity_features
from normalizers.aims.spans import fixed_spans
from normalizers.aims.surroundings import Around, separator_classes
from normalizers.text.fiscal_years import read_fiscal_year

_ENDS_BOUND = pattern("features.ends_bound")
_CLOSED = pattern("features.closed")
_LASTS = pattern("features.lasts")
_LENGTH_ONLY = pattern("features.length_only")
_WITHIN = pattern("features.within")
_LIKENED = pattern("features.likened")
_ONE_CLAUSE = pattern("features.one_clause")
_DESCRIBES = pattern("features.describes")
_DEED_WITHIN = pattern("features.deed_within")
_MONTH_ALONE = pattern("features.month_alone")
_OF_MONTH = pattern("features.of_month")
_DEED = pattern("features.deed")
_SAME = pattern("features.same")
_LENGTH = pattern("features.length")
_DIFFERENCE = pattern("naming.difference_of")
_ASIDE = pattern("features.aside")


@dataclass(frozen=True, slots=True)
class Featured:
    """An element, what holds of it, the year beside it, and a bracket's sense."""

    element: Element
    features: frozenset[str]
    year: int | None = None
    sense: BracketSense | None = None


def with_features(
    elements: Sequence[Element], tail: str, fiscal_year: int | None, known: Sequence[tuple[int, int]], text: str
) -> tuple[Featured, ...]:
    """The elements with their features; ``tail`` is what stands behind the last one.

    ``text`` is the skeleton's; ``known`` are stretches of it that hold a catalogued name with numbers in it.
    """
    senses = [sense_of(e.text, fiscal_year) if e.kind == "bracket" else None for e in elements]
    if all(e.quantity.unit is not None for e in elements if e.quantity is not None):
        senses = [BracketSense("name") if sense is not None and sense.kind == "unit" else sense for sense in senses]
    senses = list(_the_same(senses, elements))
    senses = [_in_a_name(sense, elements[at:], elements[at - 1] if at else None) for at, sense in enumerate(senses)]
    sentence = Around(elements, tail, fiscal_year, known, senses, text)
    leveled = max((at for at, element in enumerate(elements) if _tells_levels(element)), default=-1)
    aside = [found.span() for found in _ASIDE.finditer(text)]
    featured = (_featured(sentence.at(index), aside) for index in range(len(elements)))
    return tuple(_in_limits(item) if at < leveled else item for at, item in enumerate(featured))


def _tells_levels(element: Element) -> bool:
    """(現状25.1%→目標33%): whether a bracket gives both the result and the aim."""
    if element.kind != "bracket" or "→" not in element.text:
        return False
    spans = fixed_spans(element.text, frozenset())
    return {"aim", "past"} <= {span.label for span in spans} and sum(span.kind == "quantity" for span in spans) > 1


def _in_limits(item: Featured) -> Featured:
    """1日8,000歩以上歩く市民を増やす(現状…→目標…): beside those levels a figure that describes a noun is no aim."""
    described = item.element.kind == "quantity" and item.features & {"then_noun", "then_の"}
    return replace(item, features=item.features | {"leveled"}) if described else item


def _the_same(senses: Sequence[BracketSense | None], elements: Sequence[Element]) -> Iterator[BracketSense | None]:
    """(令和4年度:98.9%) … (同:26.4%): a bracket that says the same of its figure as that of a result, or of figures."""
    told = None
    for sense, element in zip(senses, elements, strict=True):
        if sense is not None and sense.kind in ("result", "figures"):
            told = sense
        yield told if told is not None and element.bracket is not None and _SAME.match(element.text) else sense


def _in_a_name(sense: BracketSense | None, rest: Sequence[Element], before: Element | None) -> BracketSense | None:
    """多剤服薬者(6剤以上)への通知500人: a bracket before a name's end and its figure tells whom, and no aim."""
    if sense is None or sense.kind not in ("goal", "exception", "figures") or len(rest) < 2:
        return sense
    if sense.kind == "figures" and before is not None and before.kind == "time":
        # 第1期(2年間)で5か所
        return BracketSense("told") if _LENGTH_ONLY.fullmatch(rest[0].text.strip()) else sense
    if sense.kind == "figures":
        # 標準期間(10日)内の支給率
        within = not rest[1].before and _WITHIN.match(rest[1].text)
        # サービススタンダード(10日間)の達成率
        length = rest[1].kind == "name" and rest[1].before == "の" and _LENGTH_ONLY.fullmatch(rest[0].text.strip())
        return BracketSense("name") if within or length else sense
    # 支給(10日以内の決定)達成率100%: behind its bound the bracket goes on.
    # 多剤(6剤以上)投与者の割合: before its measure a name goes on.
    unmeasured = before is not None and before.kind == "name" and not measures(before.text) and not rest[0].before
    described = rest[1].before == "" and (unmeasured or _ENDS_BOUND.search(rest[0].text) is None)
    goes_on = rest[1].kind == "name" and (described or rest[1].before.startswith(("の", "へ", "に", "を")))
    figure = any(element.kind in ("quantity", "reference") for element in rest[1:4])
    if sense.kind == "exception":
        # 睡眠時間が6~9時間(60歳以上は6~8時間)の者の割合
        return BracketSense("name") if figure and rest[1].kind == "name" and rest[1].before == "の" else sense
    return BracketSense("name") if figure and (goes_on or rest[1].kind == "quantity") else sense


def _featured(here: Around, aside: Sequence[tuple[int, int]]) -> Featured:
    element = here.element
    names = {f"<{name}" for name in separator_classes(here.before())}
    if names == {"<glued"} and _behind_a_label(here):
        # 電話勧奨2,500件【アウトカム】実施率24%
        names = {"<gap"}
    names |= {f">{name}" for name in separator_classes(here.after(here.index))}
    year = None
    if element.kind == "name":
        names |= name_features(here)
    elif element.kind == "quantity":
        names |= quantity_features(here)
        label, year = hint_of(here)
        if label is not None:
            names.add(f"hint:{label}")
        if "to_another" in names and _is_a_stage(here, year):
            names.discard("to_another")
        if case_follows(here):
            names.add("case_later")
        if here.ahead and here.ahead[0].kind == "name" and leads_to_means(here.at(here.index + 1)):
            names.add("of_means")
        if times_lead(here):
            names.add("dated_before")
    elif element.kind in ("time", "reference", "label"):
        names |= _time_features(here)
        year = _year_of(here)
    if any(start <= element.start < end for start, end in aside):
        # 70%の達成に向け、…: what is worked towards beside the aim.
        names = (names - {"hint:past", "hint:aim"}) | {"hint:other", "to_means"}
    return Featured(element, frozenset(names), year, here.senses[here.index])


def _is_a_stage(here: Around, year: int | None) -> bool:
    """R4 36.8%→R8 48%→R11 60%: whether a figure on the way to another is an aim of its own year."""
    if year is None or here.fiscal_year is None or year < here.fiscal_year:
        return False
    return year > here.fiscal_year or any(element.kind == "quantity" for element in here.behind)


def _behind_a_label(here: Around) -> bool:
    last = here.previous
    if last is None or last.bracket is None:
        return False
    sense = here.senses[here.index - 1]
    return last.bracket.opening == "【" or (sense is not None and sense.kind == "label")


def _year_of(here: Around) -> int | None:
    span = here.element.span
    if span is None:
        return None
    return span.year or (here.fiscal_year - 1 if span.last_year and here.fiscal_year else None)


def _time_features(here: Around) -> set[str]:
    element, span = here.element, here.element.span
    assert span is not None
    names = set(_dated(here, span))
    if not span.firm and span.year is None:
        names.add("vague")
    following = _behind_a_time(here)
    after = here.after(here.index).replace(GAP, "")
    if following is not None and here.elements[following].kind == "quantity":
        # 第3期終了時の210件から240件に
        names |= {"labels", "past"} if _leaves_behind(here, following) else {"labels"}
    closed = _CLOSED.search(element.text) is not None
    if following is not None and "past" in names and _tells_how_it_was(here, following):
        names.add("labels")
    particles = ("", "との", "た", *_lasts(element))
    if following is not None and here.elements[following].kind == "name" and after in particles and not closed:
        names.add("then_noun")
    names |= {"lasting"} if _lasts(element) else set()
    if following is not None and "then_noun" in names and not after and tells_whom(here.elements[following].text):
        # 前年度健診受診者のうち今年度も受診した者の割合
        names.add("then_people")
    if following is not None and here.elements[following].kind == "quantity" and _LENGTH.search(element.text):
        # 1年以内に2回以上面談を受けた者の割合
        behind = followed(here.at(following))
        if "then_noun" in behind and "noun_to_value" in behind:
            names.add("within_name")
    if _tells_when_of_whom(here, after):
        names.add("within_name")
    if case_follows(here):
        names.add("case_later")
    return names | _reference_features(here) if element.kind == "reference" else names


def _behind_a_time(here: Around) -> int | None:
    """What follows a time, and what calls it something left aside: 令和5年度(現状)31%."""
    following = here.next(here.index, "quantifier", "label")
    sense = here.senses[following] if following == here.index + 1 else None
    if following is not None and sense is not None and sense.kind in ("label", "name") and not here.after(here.index):
        return here.next(following, "quantifier", "label")
    return following


def _tells_when_of_whom(here: Around, after: str) -> bool:
    """Whether a time only says when those did something who are counted; ``after`` is what parts it from the next."""
    text, after_it = here.element.text, here.ahead[0] if here.ahead else None
    counted = any(other.kind == "quantity" for other in here.ahead)
    if after_it is None:
        return False
    glued = after_it.kind == "name" and not here.after(here.index)
    if glued and counted and _MONTH_ALONE.fullmatch(text) and _OF_MONTH.match(after_it.text):
        return True
    if text.endswith("連続で") and after_it.kind == "name" and counted:
        # 3年連続で健診を受けている者の割合
        return True
    clause = (_DEED_WITHIN if text.endswith("以内に") else _ONE_CLAUSE).match(here.text, here.element.end)
    when = text.endswith(("後に", "後も", "以内に"))
    if when and counted and clause is not None and told_of_people(clause.group(), 0):
        # 1年後に維持・改善した者の割合, 1年以内に資格を喪失した者の割合
        return True
    deed = _DEED.match(here.text, here.element.end)
    if deed is not None and text.endswith("で") and counted:
        # 1年で10%以上減量した者の割合
        return True
    # 毎月20日までに処理する割合, 5年以内に宣言した事業所の実施率
    describes = begins_with_verb(after_it) and _DESCRIBES.search(after_it.text) is not None
    return describes and not after and text.endswith(("までに", "以内に"))


def _leaves_behind(here: Around, figure: int) -> bool:
    return here.element.text.endswith("の") and leads_away(here.at(figure))


def _tells_how_it_was(here: Around, name: int) -> bool:
    """令和5年度の実施率は24.0%であったことから、…: whether a year past tells of what time the figure left behind is."""
    if here.elements[name].kind != "name" or name + 1 >= len(here.elements) or here.after(name).strip(GAP) != "は":
        return False
    return here.elements[name + 1].kind == "quantity" and leads_away(here.at(name + 1))


def _leads_to_difference(here: Around) -> bool:
    """全国平均との差, 県平均と支部の実施率の格差: a reference that is one end of the difference that is measured."""
    following = here.ahead[0] if here.ahead else None
    return following is not None and following.kind == "name" and _DIFFERENCE.search(following.text) is not None


def _likened(here: Around) -> bool:
    """全国平均を下回っている受診率, 全国平均より低い割合: whether a reference only describes what is measured."""
    following = here.next(here.index, "bracket")
    if following is None or here.element.comparator is not None or here.elements[following].kind != "name":
        return False
    return _LIKENED.match(here.elements[following].text) is not None


def _dated(here: Around, span: FixedSpan) -> Iterator[str]:
    """How the year that an element names stands to the plan's own."""
    year = span.year or read_fiscal_year(here.element.text)
    if year is not None and here.fiscal_year is not None:
        if year < here.fiscal_year:
            yield "past"
        elif year == here.fiscal_year and not span.firm:
            yield "own"


def _lasts(element: Element) -> tuple[str, ...]:
    """The particles by which a name may go on from a length of time (直近2年間に受診歴のない者)."""
    return ("に", "で", "の") if element.kind == "reference" and _LASTS.search(element.text) else ()


def _leads_to_measure(here: Around) -> bool:
    """前年度より受診率を高める, 令和3年度比で排出量を46%削減する: what is compared stands behind the reference."""
    at = here.next(here.index, "bracket")
    span = here.element.span
    if at is None or span is None or not span.compared or here.elements[at].before.strip("、で" + GAP):
        return False
    figures = [element for element in (*here.behind, *here.ahead) if element.kind == "quantity"]
    after = here.next(at, "time", "quantifier", "quantity") if figures else at + 1
    if here.elements[at].kind != "name" or len(figures) > 1 or after is None or after >= len(here.elements):
        return False
    verb, object_of = here.elements[after], here.after(at).replace(GAP, "")
    if figures and verb.before not in ("", "を", "も"):
        # 前年度より提出率を95%以上に高める: to which level.
        return False
    return verb.kind == "verb" and not MOVING.isdisjoint(verb.parts) and object_of in ("を", "が", "も", "は")


def _reference_features(here: Around) -> set[str]:
    names: set[str] = set()
    if _likened(here):
        names.add("likened")
    elif here.after(here.index).replace(GAP, "") in ("との", "と") and _leads_to_difference(here):
        names.add("of_difference")
    elif here.element.comparator is None and of_whose_past(here.text, here.element.end):
        names.add("of_whom")
    later = here.next(here.index, "bracket", "quantifier", "before")
    kind = here.elements[later].kind if later is not None else ""
    if _leads_to_measure(here):
        names.add("measure_later")
    elif here.element.comparator is None and kind not in ("quantity", "verb", "reference"):
        names.add("nothing_compared")
    if later is not None and kind == "quantity" and hint_of(here.at(later)).label == "past":
        names.add("hint:past")
    return names
