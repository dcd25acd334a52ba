"""Damage that knows nothing of PDF: each function gives the bytes of a file after one kind of accident."""

from __future__ import annotations

import random
import re

from benchmarks.hostile_pdfs import Mutation

_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_OBJECT = re.compile(rb"\d+ 0 obj.*?endobj", re.DOTALL)


def bytes_flipped(data: bytes, chance: random.Random) -> bytes:
    """Between one and fifty bytes changed anywhere."""
    torn = bytearray(data)
    for _ in range(chance.choice([1, 5, 50])):
        torn[chance.randrange(len(torn))] = chance.randrange(256)
    return bytes(torn)


def truncated(data: bytes, chance: random.Random) -> bytes:
    """Only the beginning, as after a copy that broke off."""
    return data[: chance.randrange(len(data))]


def hole_of_zeros(data: bytes, chance: random.Random) -> bytes:
    """A stretch of zeros, as from a bad disk."""
    start, length = chance.randrange(len(data)), chance.randrange(1, 4096)
    return data[:start] + bytes(min(length, len(data) - start)) + data[start + length :]


def objects_spliced(data: bytes, chance: random.Random) -> bytes:
    """One object in the place of another."""
    spans = [found.span() for found in _OBJECT.finditer(data)]
    if len(spans) < 2:
        return truncated(data, chance)
    (a, b), (c, d) = chance.sample(spans, 2)
    return data[:c] + data[a:b] + data[d:]


def object_removed(data: bytes, chance: random.Random) -> bytes:
    """One object gone."""
    spans = [found.span() for found in _OBJECT.finditer(data)]
    if not spans:
        return truncated(data, chance)
    start, end = chance.choice(spans)
    return data[:start] + data[end:]


def stream_of_garbage(data: bytes, chance: random.Random) -> bytes:
    """A stream's bytes drawn by lot."""
    spans = [found.span(1) for found in _STREAM.finditer(data)]
    if not spans:
        return truncated(data, chance)
    start, end = chance.choice(spans)
    return data[:start] + chance.randbytes(end - start) + data[end:]


def without_xref(data: bytes, chance: random.Random) -> bytes:
    """The table of objects and all after it cut off."""
    end = max(data.rfind(b"\nxref"), data.rfind(b"startxref"))
    return data[:end] if end > 0 else truncated(data, chance)


def numbers_blown_up(data: bytes, chance: random.Random) -> bytes:
    """Some numbers outside the streams far too large or negative."""
    found = list(re.finditer(rb"(?<=[ \[])\d{1,4}(?=[ \]])", data))
    torn = data
    for match in sorted(chance.sample(found, min(5, len(found))), key=lambda m: -m.start()):
        torn = torn[: match.start()] + chance.choice([b"999999999999", b"-1", b"2147483648"]) + torn[match.end() :]
    return torn


def twice_over(data: bytes, chance: random.Random) -> bytes:
    """The file appended to itself with its middle gone."""
    return data + data[chance.randrange(len(data)) :]


TORN: tuple[Mutation, ...] = (
    bytes_flipped,
    truncated,
    hole_of_zeros,
    objects_spliced,
    object_removed,
    stream_of_garbage,
    without_xref,
    numbers_blown_up,
    twice_over,
)
