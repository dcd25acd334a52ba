"""Garbage collection is put off while a document is read, and only then."""

from __future__ import annotations

import gc

import pytest

from parsers.pdf.collection import collection_paused


def test_it_is_off_within_and_as_before_afterwards_also_after_an_error() -> None:
    seen = []

    @collection_paused()
    def read() -> None:
        seen.append(gc.isenabled())
        raise ValueError("unreadable")

    with pytest.raises(ValueError, match="unreadable"):
        read()
    assert seen == [False]
    assert gc.isenabled()


def test_where_it_was_off_it_stays_off() -> None:
    gc.disable()
    try:
        with collection_paused(), collection_paused():
            assert not gc.isenabled()
        assert not gc.isenabled()
    finally:
        gc.enable()
