"""What a text says of who speaks and for which year: titles, headers, lines of text, names of files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel, ConfigDict

from normalizers.text.branches import HEADQUARTERS, Branch, branches
from normalizers.text.characters import normalize
from normalizers.text.fiscal_years import ERA_WORDS, PLAN_ERAS, read_newest_year, read_years, western_year
from parsers.model.data_file import read_data


class _Words(BaseModel):
    """The file: regular expressions by what they tell, and names of eras in Latin letters."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    plan: list[str]
    aims: list[str]
    report: list[str]
    report_beside_year: list[str]
    former: list[str]
    others: list[str]
    association: list[str]
    branch_label: list[str]
    draft: list[str]
    drafted: list[str]
    no_draft: list[str]
    eras: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The file's words, ready to be found.

    ``reported`` is what a name of a year says of the past right behind it (R7振返り, 令和7年度事業計画の実施状況と),
    ``reported_before`` before its bracket (振返り(R7)); a mark or と parts it from what belongs to the next year.
    ``others``, ``association`` and ``label`` are parts of regular expressions. The draft's are for texts without
    blanks: ``draft`` anywhere in a title, ``ends_as_draft`` at a line's end, ``draft_mark`` a text of its own.
    """

    plan: re.Pattern[str]
    heads_aims: re.Pattern[str]
    report: re.Pattern[str]
    reported: re.Pattern[str]
    former: re.Pattern[str]
    reported_before: re.Pattern[str]
    latin_era: re.Pattern[str]
    eras: Mapping[str, str]
    others: str
    association: str
    label: str
    draft: re.Pattern[str]
    ends_as_draft: re.Pattern[str]
    draft_mark: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    words = read_data("parsers.plan", "identity_words.toml", _Words)
    aims, report, eras = ("|".join(listed) for listed in (words.aims, words.report, words.eras))
    beside_year = "|".join((report, *words.report_beside_year))
    draft, drafted, no_draft = ("|".join(listed) for listed in (words.draft, words.drafted, words.no_draft))
    in_brackets = rf"[(\[【<〔](?:{draft})[)\]】>〕]"
    return _Patterns(
        plan=re.compile("|".join(words.plan)),
        heads_aims=re.compile(rf"支部の?[^。、]{{0,14}}(?:{aims})[^。、]{{0,12}}$"),
        report=re.compile(report),
        reported=re.compile(rf"[ )]?[^、・と/) ]{{0,8}}?(?:{beside_year})"),
        former=re.compile(rf"[^、。(]{{0,16}}?(?:{'|'.join(words.former)})"),
        reported_before=re.compile(rf"(?:{beside_year}) ?[(]$"),
        latin_era=re.compile(rf"(?<![a-z])(?P<era>{eras})[ -]?(?P<number>[0-9]{{1,2}}|gan)(?![0-9])", re.IGNORECASE),
        eras=words.eras,
        others="|".join(words.others),
        association="(?:" + "|".join(words.association) + ")",
        label="(?:" + "|".join(words.branch_label) + ")",
        draft=re.compile(rf"{in_brackets}|(?:{draft})$|(?:{drafted})(?!{no_draft})(?:{draft})"),
        ends_as_draft=re.compile(f"{in_brackets}$"),
        draft_mark=re.compile(rf"(?:{draft})|{in_brackets}"),
    )


_HEADQUARTERS = re.compile(rf"(?:協会|けんぽ|[(]|年度|[0-9]|^)本部(?:[)]|の?(?:事業)?計画|{ERA_WORDS}|$)")
_FISCAL = re.compile(r"FY ?'?(?P<year>20[0-9]{2}|[0-9]{2})(?![0-9])", re.IGNORECASE)
_WESTERN = re.compile(r"(?<![0-9])(?P<year>20[0-9]{2})(?![0-9])")
_YEAR_ALONE = re.compile(r"(?<![0-9])(?P<number>[0-9]{1,2})年度")
_CODE = re.compile(
    r"(?:^|(?<=[ ._\-])|(?<=shibu)|(?<=sibu))(?P<code>[0-9]{2})"
    r"(?=$|[ ._\-]|[RrHh][0-9]{1,2}(?![0-9])|[^\x00-\x7f年度月日])"
)
_LATIN = re.compile("[a-z]{3,}")
# A short name in Latin letters (Mie, Nara) begins other words too: it counts alone or with one of these behind it.
_SHORT_NAME = 4
_AFTER_NAME = re.compile("$|ken|shi|jig|jug|kei|plan|bran|taisho")
# Long vowels and syllabic n are spelt in several ways: Hyougo, Oosaka, Gumma.
_SPELLINGS = ((re.compile("ou|oo|oh"), "o"), (re.compile("uu"), "u"), (re.compile("m(?=[bmp])"), "n"))
# The association was founded in October 2008; a file's name that leaves the era out (28年度) is of no later year.
FIRST_PLANS, LAST_PLANS = 2008, 2035


@dataclass(frozen=True, slots=True)
class Said:
    """What one text says; None where it is silent. ``fiscal`` tells that it names a fiscal year (年度), not a date."""

    branch: Branch | None = None
    year: int | None = None
    fiscal: bool = False


def read_claim(text: str) -> Said:
    """What a title or line of a page says."""
    closed = _closed(text)
    told = _without_reported(closed)
    mentions = read_years(told)
    return Said(_branch(closed), read_newest_year(told), any(mention.fiscal for mention in mentions))


def read_name(stem: str) -> Said:
    """What a file's name (without its ending) or the PDF's own title says: also place names, codes, FY24 and R06."""
    plain = normalize(stem.replace("_", " ")).text
    closed = _closed(plain)
    year = read_newest_year(_without_reported(closed))
    if year is None and (found := _FISCAL.search(plain)) is not None:
        year = 2000 + int(found["year"]) % 100
    if year is None and (found := _patterns().latin_era.search(plain)) is not None:
        number = 1 if found["number"].lower() == "gan" else int(found["number"])
        year = western_year(_patterns().eras[found["era"].lower()], number)
    if year is None and (found := _YEAR_ALONE.search(plain)) is not None:
        years = [western_year(era, int(found["number"])) for era in PLAN_ERAS]
        year = next((known for known in years if FIRST_PLANS <= known <= LAST_PLANS), None)
    if year is None and (found := _WESTERN.search(plain)) is not None:
        year = int(found["year"])
    return Said(_branch(closed) or _place(closed) or _romanised(plain) or _coded(plain), year, year is not None)


def signs(text: str) -> bool:
    """Whether a line says who speaks: the association's name before the branch's, or nothing but the branch."""
    tight = _closed(text).replace(" ", "")
    branch = _branch(tight)
    if branch is None or branch.code == HEADQUARTERS:
        return False
    name = rf"{branch.name}(?:県|府|都)?支部"
    alone = re.fullmatch(rf"[-\W0-9]*(?:{_patterns().label}[:・])?{name}[-\W0-9]*", tight)
    return alone is not None or re.search(rf"{_patterns().association}[(]?{name}", tight) is not None


def labels_branch(text: str) -> bool:
    """Whether a form's cell asks for the branch that stands beside it: 支部名."""
    return re.fullmatch(_patterns().label, _closed(text).replace(" ", "")) is not None


def names_plan(text: str) -> bool:
    """Whether a text names a plan."""
    return _patterns().plan.search(_closed(text)) is not None


def is_draft(text: str) -> bool:
    """Whether a title says that it is of a draft: 令和6年度支部事業計画（案）."""
    return _patterns().draft.search(_closed(text).replace(" ", "")) is not None


def ends_as_draft(text: str) -> bool:
    """Whether a line ends in the mark of a draft, in brackets."""
    return _patterns().ends_as_draft.search(_closed(text).replace(" ", "")) is not None


def is_draft_mark(text: str) -> bool:
    """Whether a text is the mark of a draft and nothing else, as a stamp has it: 案, 【素案】."""
    return _patterns().draft_mark.fullmatch(_closed(text).replace(" ", "")) is not None


def heads_aims(text: str) -> bool:
    """Whether a line heads a branch's aims without the word plan: 令和6年度 秋田支部 重点事業とKPI."""
    closed = _closed(text)
    return (
        _patterns().heads_aims.search(closed.replace(" ", "")) is not None and _patterns().report.search(closed) is None
    )


def _closed(text: str) -> str:
    """The normalised text with letter spacing closed up: 令 和 6 年 度, 岡 山 支 部."""
    return re.sub(r"(?<=[0-9぀-鿿々]) +(?=[0-9぀-鿿々])", "", normalize(text).text).replace("\u3000", " ").strip()


def _without_reported(closed: str) -> str:
    """The text without years whose results it reports, or whose plan it changes, where it names a plan of another."""
    mentions = read_years(closed)
    ends = [*(mention.start for mention in mentions), len(closed)][1:]
    reported = [
        mention
        for mention, end in zip(mentions, ends, strict=True)
        if _patterns().reported.match(closed, mention.end, end) is not None
        or _patterns().former.match(closed, mention.end, end) is not None
        or _patterns().reported_before.search(closed, 0, mention.start) is not None
    ]
    if len(reported) in (0, len(mentions)) or "計画" not in closed:
        return closed
    for mention in reversed(reported):
        closed = closed[: mention.start] + " " + closed[mention.end :]
    return closed


def _branch(closed: str) -> Branch | None:
    """The branch that a text names as such; headquarters only where it says so itself."""
    tight = closed.replace(" ", "")
    for branch in branches():
        if branch.code != HEADQUARTERS and re.search(rf"{branch.name}(?:県|府|都)?支部(?!{_patterns().others})", tight):
            return branch
    if "支部" not in tight and _HEADQUARTERS.search(tight) is not None:
        return next(branch for branch in branches() if branch.code == HEADQUARTERS)
    return None


def _place(closed: str) -> Branch | None:
    tight = closed.replace(" ", "").replace("東京都", "東京").replace("京都府", "京都")
    named = [branch for branch in branches() if branch.code != HEADQUARTERS and branch.name in tight]
    return named[0] if len(named) == 1 else None


def _romanised(plain: str) -> Branch | None:
    """The one branch whose name in Latin letters begins a word of a file's name."""
    words = [_one_spelling(word) for word in _LATIN.findall(plain.lower())]
    named = [branch for name, branch in _latin_names().items() if any(_begins(word, name) for word in words)]
    return named[0] if len(named) == 1 else None


def _begins(word: str, name: str) -> bool:
    return word.startswith(name) and (len(name) > _SHORT_NAME or _AFTER_NAME.match(word, len(name)) is not None)


@cache
def _latin_names() -> dict[str, Branch]:
    return {_one_spelling(branch.english.lower()): branch for branch in branches() if branch.code != HEADQUARTERS}


def _one_spelling(word: str) -> str:
    for pattern, spelling in _SPELLINGS:
        word = pattern.sub(spelling, word)
    return word


def _coded(plain: str) -> Branch | None:
    """The branch of a two-digit code that stands by itself: the first of a name, else the only one."""
    codes = [(found.start(), found["code"]) for found in _CODE.finditer(plain)]
    known = {branch.code: branch for branch in branches() if branch.code != HEADQUARTERS}
    standing = [(start, known[code]) for start, code in codes if code in known]
    first = next((branch for start, branch in standing if start == 0), None)
    return first or (standing[0][1] if len(standing) == 1 else None)
