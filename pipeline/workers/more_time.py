"""How what runs in a worker tells the parent that it may take longer than the limits of one document say."""

from __future__ import annotations

from dataclasses import dataclass
from multiprocessing.connection import Connection


@dataclass(frozen=True, slots=True)
class MoreTime:
    """What a worker says of a document before it reads it: so many ``seconds`` more."""

    seconds: float


_parent: list[Connection] = []
"""The line from this worker process to its parent; none in any other process."""


def tell(parent: Connection) -> None:
    """Names the line to the parent; called once, when a worker process begins."""
    _parent[:] = [parent]


def ask_for_time(seconds: float) -> None:
    """The present call of this worker may take ``seconds`` longer; elsewhere this does nothing."""
    for line in _parent:
        line.send(MoreTime(seconds))
