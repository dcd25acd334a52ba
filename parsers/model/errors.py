"""The one family of errors this project raises on purpose."""

from __future__ import annotations


class BranchPlansError(Exception):
    """Base of every error raised on purpose: says what happened, where, and what to do next.

    ``what`` is one sentence; ``where`` names a file (and a page, from 1); ``remedy`` is the next step for the reader.
    """

    def __init__(self, what: str, *, where: str = "", page: int | None = None, remedy: str = "") -> None:
        self.what = what
        self.where = where
        self.page = page
        self.remedy = remedy
        super().__init__(str(self))

    def __str__(self) -> str:
        place = self.where + (f", page {self.page}" if self.page is not None else "")
        return " ".join(part for part in (f"{place}: {self.what}" if place else self.what, self.remedy) if part)

    def __reduce__(self) -> tuple[object, ...]:
        # Exceptions with keyword arguments do not survive pickling between processes by themselves.
        return (_rebuild, (type(self), self.what, self.where, self.page, self.remedy))


def _rebuild(kind: type[BranchPlansError], what: str, where: str, page: int | None, remedy: str) -> BranchPlansError:
    return kind(what, where=where, page=page, remedy=remedy)


class UnreadablePdfError(BranchPlansError):
    """The bytes cannot be opened as a PDF at all, even after repair."""


class EncryptedPdfError(UnreadablePdfError):
    """The PDF needs a password."""


class LimitExceededError(BranchPlansError):
    """A document asks for more pages, strokes, memory or time than the configuration allows."""
