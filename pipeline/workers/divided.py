"""Calls whose work several workers share: a worker may answer that a call is to be done in parts first."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Divided:
    """An answer: do the same call with each of ``parts`` as one more argument, by whatever worker is free, and then
    once more with ``Joined``.
    """

    parts: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """The answers to all parts of a call, in their order."""

    answers: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """The call of number ``index``, as it was asked for, or its part of number ``part``."""

    index: int
    call: tuple[Any, ...]
    part: int | None = None

    @property
    def name(self) -> tuple[int, int | None]:
        """By what a task is known."""
        return self.index, self.part


@dataclass(slots=True)
class _Parts:
    call: tuple[Any, ...]
    answers: dict[int, Any] = field(default_factory=dict)
    count: int = 0


class WaitingTasks:
    """What is still to be done, in order; parts of a call that was begun come before calls that were not."""

    def __init__(self, calls: Sequence[tuple[Any, ...]]) -> None:
        self._waiting = deque(Task(index, call) for index, call in enumerate(calls))
        self._divided: dict[int, _Parts] = {}

    def __bool__(self) -> bool:
        return bool(self._waiting)

    def next(self) -> Task:
        """The task whose turn it is."""
        return self._waiting.popleft()

    def again(self, task: Task) -> None:
        """``task`` was not begun: its turn is next."""
        self._waiting.appendleft(task)

    def settle(self, task: Task, answer: Any) -> list[tuple[int, Any]]:
        """Takes the answer to ``task``; gives the index and result of its call where that is finished by it."""
        if isinstance(answer, Divided):
            self._divided[task.index] = _Parts(task.call, count=len(answer.parts))
            parts = [Task(task.index, (*task.call, part), number) for number, part in enumerate(answer.parts)]
            self._waiting.extendleft(reversed(parts))
            return []
        if task.part is None:
            return [(task.index, answer)]
        parted = self._divided.get(task.index)
        if parted is None:  # another part of it has failed before
            return []
        if isinstance(answer, Exception):
            del self._divided[task.index]
            self._waiting = deque(one for one in self._waiting if one.index != task.index)
            return [(task.index, answer)]
        parted.answers[task.part] = answer
        if len(parted.answers) == parted.count:
            del self._divided[task.index]
            joined = Joined(tuple(answer for _, answer in sorted(parted.answers.items())))
            self._waiting.appendleft(Task(task.index, (*parted.call, joined)))
        return []
