"""Dates that PDFs carry."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.pdf.dates import last_dated


@pytest.mark.parametrize(
    ("changed", "made", "expected"),
    [
        ("D:20240301123456+09'00'", "D:20240101000000Z", "2024-03-01T03:34:56"),
        ("", "D:20240101000000Z", "2024-01-01T00:00:00"),
        ("D:20240301", None, "2024-03-01T00:00:00"),
        ("D:20241399", "D:20240101000000-01'30'", "2024-01-01T01:30:00"),
        ("yesterday", None, None),
        (None, None, None),
    ],
)
def test_the_last_date(changed: str | None, made: str | None, expected: str | None) -> None:
    assert last_dated({"modDate": changed, "creationDate": made}) == expected


@given(st.text(max_size=30))
def test_no_text_raises(text: str) -> None:
    last_dated({"modDate": text})
