"""The one family of errors this project raises on purpose: codes with values, worded in ``errors.toml``."""

from __future__ import annotations

import errno
import string
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Language = Literal["en", "ja"]

_PLACE = {"en": "{where}, page {page}", "ja": "{where} {page}ページ"}
_NONE = {"en": "none", "ja": "なし"}
_MEANT = {"en": ("Did you mean ", " or ", "? "), "ja": ("もしかして: ", "、", "。")}
_BETWEEN = {"en": " ", "ja": ""}
_QUOTED = {"en": "{said}", "ja": "{by}の表示「{said}」"}


@dataclass(frozen=True, slots=True)
class Quoted:
    """What another program says in its own words, to stand as a value of an error: in Japanese it is quoted."""

    by: str
    said: str


class BranchPlansError(Exception):
    """Base of every error raised on purpose: says what happened, where, and what to do next.

    ``code`` names its two sentences in ``errors.toml``, what happened and what to do; ``values`` fill them: an error of
    the system or of a library among them is told in the language of the sentence, or quoted. ``where`` names a file
    (and a page, from 1).
    """

    def __init__(
        self, code: str, values: Mapping[str, Any] | None = None, *, where: str = "", page: int | None = None
    ) -> None:
        self.code = code
        # As text where they are more than that, so that errors can be sent to other processes and stored.
        self.values = {name: _plain(value) for name, value in (values or {}).items()}
        self.where = where
        self.page = page
        super().__init__(code)

    def __str__(self) -> str:
        return self.text("en")

    def __reduce__(self) -> tuple[object, ...]:
        # Exceptions with keyword arguments do not survive pickling between processes by themselves.
        return (_rebuild, (type(self), self.code, self.values, self.where, self.page))

    @property
    def what(self) -> str:
        """What happened, in English."""
        return worded(self.code, self.values, "en")[0]

    @property
    def remedy(self) -> str:
        """What to do next, in English; empty where there is nothing to say."""
        return worded(self.code, self.values, "en")[1]

    @property
    def kept(self) -> dict[str, Any]:
        """What is stored of it, to be worded later in any language."""
        return {"error": self.code, "values": self.values}

    def text(self, language: Language) -> str:
        """All of it in ``language``."""
        place = _PLACE[language].format(where=self.where, page=self.page) if self.page is not None else self.where
        what, remedy = worded(self.code, self.values, language)
        return _BETWEEN[language].join(part for part in (f"{place}: {what}" if place else what, remedy) if part)


def _rebuild(
    kind: type[BranchPlansError], code: str, values: Mapping[str, Any], where: str, page: int | None
) -> BranchPlansError:
    return kind(code, values, where=where, page=page)


def _plain(value: object) -> object:
    if isinstance(value, str | int | float):
        return value
    if isinstance(value, Exception) and value.args and isinstance(value.args[0], OSError):  # wrapped by a library
        value = value.args[0]
    if isinstance(value, OSError) and value.errno and value.strerror:
        return {"system": errno.errorcode.get(value.errno, ""), "said": value.strerror}
    if isinstance(value, Exception) and not isinstance(value, BranchPlansError):
        library = type(value).__module__.partition(".")[0]
        value = Quoted(foreign_words()["libraries"].get(library, "Python"), str(value))
    if isinstance(value, Quoted):
        return {"by": value.by, "said": " ".join(value.said.split()).rstrip(".")}
    if isinstance(value, Mapping):  # another error's ``kept``, or made of one of the above before
        return dict(value)
    if isinstance(value, Sequence):
        return [item if isinstance(item, BranchPlansError) else str(item) for item in value]
    return str(value)


def worded(code: str, values: Mapping[str, Any], language: Language) -> tuple[str, str]:
    """What the error ``code`` says happened, and what to do about it; raises KeyError for an unknown code."""
    texts = [_Filled(language).vformat(text, (), values) for text in error_texts()[code][language]]
    return texts[0], texts[1] if len(texts) > 1 else ""


@cache
def error_texts() -> dict[str, dict[Language, list[str]]]:
    """The sentences of every error, by code and language."""
    return tomllib.loads((files("parsers.model") / "errors.toml").read_text(encoding="utf-8"))


@cache
def foreign_words() -> dict[str, dict[str, str]]:
    """What the system says, in Japanese, and how the libraries are called."""
    return tomllib.loads((files("parsers.model") / "system_errors.toml").read_text(encoding="utf-8"))


def told(value: Mapping[str, Any], language: Language) -> str:
    """A value that is an error of this project, of the system, or of a library, in ``language``."""
    if "error" in value:
        return _BETWEEN[language].join(filter(None, worded(value["error"], value["values"], language)))
    if language == "ja" and (known := foreign_words()["system"].get(str(value.get("system")))):
        return known
    return _QUOTED[language].format(by=value.get("by", "OS"), said=value["said"])


class _Filled(string.Formatter):
    """Fills a sentence; ``:list`` joins values, ``:errors`` errors, ``:meant`` asks whether one was meant."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec == "list":
            return ("、" if self._language == "ja" else ", ").join(map(str, value)) or _NONE[self._language]
        if format_spec == "errors":
            return _BETWEEN[self._language].join(error.text(self._language) for error in value)
        if format_spec == "meant":
            before, between, after = _MEANT[self._language]
            return f"{before}{between.join(value)}{after}" if value else ""
        if isinstance(value, Mapping):
            return told(value, self._language)
        return str(super().format_field(value, format_spec))


class UnreadablePdfError(BranchPlansError):
    """The bytes cannot be opened as a PDF at all, even after repair."""


class EncryptedPdfError(UnreadablePdfError):
    """The PDF needs a password."""


class LimitExceededError(BranchPlansError):
    """A document asks for more pages, strokes, memory or time than the configuration allows."""
