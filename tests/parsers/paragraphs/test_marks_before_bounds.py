"""A note's mark at the head of a line that carries a figure on is no note of its own."""

from __future__ import annotations

import pytest

from parsers.paragraphs.line_breaks import mentions_mark


@pytest.mark.parametrize("rest", ["以上とする", "以下に抑える", "以内とする", "未満とする", "を超える", "程度とする"])
@pytest.mark.parametrize("mark", ["（※）", "※", "（※2）"])
def test_a_bound_behind_a_mark_goes_on(mark: str, rest: str) -> None:
    assert mentions_mark(mark + rest, len(mark))


@pytest.mark.parametrize("note", ["標準化された健康宣言の事業所数", "令和4年度の実績", "3年以上の者を除く"])
def test_a_note_behind_its_mark_is_its_own(note: str) -> None:
    assert not mentions_mark("（※）" + note, 3)
