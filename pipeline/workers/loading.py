"""Loading what stays in memory for good without looking for garbage in it, now or later."""

from __future__ import annotations

import gc


def begin_loading() -> None:
    """Stops the search for circular garbage: a tenth of what importing costs, for next to nothing found."""
    gc.disable()


def end_loading() -> None:
    """Goes on with the search, which from now on passes over what is there.

    It would only touch it, and so copy it into every process that is forked from this one.
    """
    gc.freeze()
    gc.enable()
