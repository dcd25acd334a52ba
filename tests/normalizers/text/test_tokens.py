"""Words are those of spaCy's Japanese pipeline, though its document is not made."""

import pytest

from normalizers.text.tokens import Phrases, language, read_words


@pytest.mark.parametrize(
    "text",
    [
        "健診実施率を60.5%以上に引き上げる",
        " 事業所 1,200 社  (KPI)",
        "",
        "  ",
        "\n受診\u3000勧奨…①",
        "㌍とﾃﾞｰﾀ",
    ],
)
def test_words_are_those_of_the_document(text: str) -> None:
    words = [(word.text, word.idx, word.tag_, word.norm_, word.is_space) for word in language()(text)]
    assert [(word.text, word.idx, word.tag_, word.norm_, word.is_space) for word in read_words(text)] == words


def test_phrases_are_found_however_inflected_the_longest_first() -> None:
    phrases = Phrases({"make": ["とする"], "aim": ["を目指す", "を目指すこととする"]}, "率を10%")
    found = phrases.find(read_words("率を20%を目指すこととしました"))
    named = [[match.name for match in found[first]] for first in sorted(found)]
    assert named == [["aim", "aim"], ["make"]]
    assert [match.last for match in found[min(found)]] == sorted((m.last for m in found[min(found)]), reverse=True)
