"""What runs in a worker tells the parent while it works: that it may take longer, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from multiprocessing.connection import Connection


@dataclass(frozen=True, slots=True)
class MoreTime:
    """What a worker says of a document before it reads it: so many ``seconds`` more."""

    seconds: float


@dataclass(frozen=True, slots=True)
class PageRead:
    """One more page of the present document, which has ``of`` pages, is read."""

    of: int


_parent: list[Connection] = []
"""The line from this worker process to its parent; none in any other process."""


def tell(parent: Connection) -> None:
    """Names the line to the parent; called once, when a worker process begins."""
    _parent[:] = [parent]


def ask_for_time(seconds: float) -> None:
    """The present call of this worker may take ``seconds`` longer; elsewhere this does nothing."""
    for line in _parent:
        line.send(MoreTime(seconds))


def tell_page(of: int) -> None:
    """One more page of ``of`` is read; elsewhere than in a worker this does nothing."""
    for line in _parent:
        line.send(PageRead(of))
