"""Lines read ahead, so that it can be told how many wait."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable

_MOST_AHEAD = 10_000


class LinesAhead:
    """Lines of a stream as they come, read by a thread of its own.

    What is wrong with the stream is raised where its turn comes.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._waiting: queue.Queue[str | Exception | None] = queue.Queue(_MOST_AHEAD)
        self._ended: Exception | None = None
        self._at_end = False
        threading.Thread(target=self._read, args=(lines,), name="lines", daemon=True).start()

    def take(self, most: int) -> list[str]:
        """Waits for a line and takes with it those that are there already, up to ``most``; none at the end."""
        taken: list[str] = []
        while len(taken) < most and not self._at_end:
            try:
                line = self._waiting.get(block=not taken)
            except queue.Empty:
                return taken
            if isinstance(line, str):
                taken.append(line)
            else:
                self._ended, self._at_end = line, True
        if not taken and self._ended is not None:
            raise self._ended
        return taken

    def _read(self, lines: Iterable[str]) -> None:
        try:
            for line in lines:
                self._waiting.put(line)
        except (OSError, ValueError) as error:  # the stream breaks, or is no text
            self._waiting.put(error)
        else:
            self._waiting.put(None)
