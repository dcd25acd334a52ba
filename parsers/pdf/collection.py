"""Python's search for values that refer to each other in circles, put off while a document is read."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collection_paused() -> Iterator[None]:
    """No collection of circular garbage within the block (or the function that this decorates).

    A page is thousands of small values, none of which refer to each other in circles; looking for such circles over and
    over took a sixth of the reading. What is no longer needed is freed as ever, by its count of references.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
