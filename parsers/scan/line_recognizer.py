"""Reads the picture of one line of text: the recognition model that RapidOCR's wheel bundles, run on its own.

The model is used directly, not through RapidOCR's pipeline: lines are already known from the page's own geometry (its
detector joins the columns of a table and costs as much as the recognition), the probabilities of all characters are
wanted so that only characters a Japanese document can hold are chosen from, and nothing must ever be downloaded.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import Any, NamedTuple

import cv2
import numpy as np
import onnxruntime

from parsers.scan.raster import Pixels

_MODEL = ("models", "PP-OCRv6_rec_small.onnx")


@dataclass(frozen=True, slots=True)
class RecognizerSettings:
    """What the recognition model takes and gives; height, step and least width are properties of the model."""

    height: int = 48
    """Pixels that lines are scaled to."""
    step: int = 8
    """The model gives one answer for each so many pixels."""
    shortest_line_pixels: int = 48
    """Pixels: a shorter line is padded."""
    widest: int = 4_800
    """Pixels: a longer one is squeezed; a line of 100 characters. Bounds memory."""
    rare: float = 0.3
    """Times a character's likelihood where it is of JIS X 0208's second level, which plans hardly use. Chosen."""


SETTINGS = RecognizerSettings()


class ReadCharacter(NamedTuple):
    """One recognised character; ``x`` is its middle in pixels of the line's picture, ``confidence`` 0 to 1."""

    text: str
    x: float
    confidence: float


class LineRecognizer:
    """The model, loaded once a process and run on one thread: documents already share the cores."""

    def __init__(self) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 4
        with as_file(files("rapidocr").joinpath(*_MODEL)) as model:
            self._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        listed = self._session.get_modelmeta().custom_metadata_map["character"].splitlines()
        # Index 0 is the model's "nothing here", the last one the space.
        self._characters = ["", *listed, " "]
        self._weight = np.array([1.0 if not char else _weight(char) for char in self._characters], dtype=np.float32)
        self._input = self._session.get_inputs()[0].name

    def read(self, line: Pixels) -> list[ReadCharacter]:
        """The characters of a line's picture (gray, dark on light), from left to right; spaces are left out."""
        height, width = line.shape
        scaled = min(SETTINGS.widest, max(1, math.ceil(width * SETTINGS.height / height)))
        picture = np.asarray(
            cv2.resize(line, (scaled, SETTINGS.height), interpolation=cv2.INTER_AREA), dtype=np.float32
        )
        padded = np.zeros((1, 3, SETTINGS.height, max(scaled, SETTINGS.shortest_line_pixels)), dtype=np.float32)
        padded[0, :, :, :scaled] = picture / 127.5 - 1.0
        likelihood = self._session.run(None, {self._input: padded})[0][0]
        return list(self._decoded(likelihood, width / scaled))

    def _decoded(self, likelihood: Any, pixels: float) -> Iterator[ReadCharacter]:
        """The most likely character of each step, repetitions and blanks taken out."""
        best = likelihood.argmax(axis=1)
        # Where the likeliest has its whole weight, no other can pass it: to weigh thousands of characters costs most.
        reserved = np.flatnonzero(self._weight[best] < 1.0)
        best[reserved] = (likelihood[reserved] * self._weight).argmax(axis=1)
        start = 0
        for step in range(1, len(best) + 1):
            if step < len(best) and best[step] == best[start]:
                continue
            text = self._characters[best[start]]
            if text.strip():
                middle = (start + step) / 2 * SETTINGS.step * pixels
                yield ReadCharacter(text, middle, float(likelihood[start:step, best[start]].max()))
            start = step


@cache
def line_recognizer() -> LineRecognizer:
    """This process's recogniser, loaded at the first call."""
    return LineRecognizer()


def _weight(char: str) -> float:
    """How far ``char`` is to be expected in a Japanese plan, 0 to 1.

    The model reads fifty languages and would take one of their letters, or a Chinese short form, for a smudged kanji:
    only Windows' Japanese character set is allowed, without Cyrillic and box lines, its second level of rare kanji
    (JIS X 0208, from 0x989F) with reserve.
    """
    try:
        code = char.encode("cp932")
    except UnicodeEncodeError:
        return 0.0
    if unicodedata.name(char, "").startswith(("CYRILLIC", "BOX DRAWINGS")):
        return 0.0
    return SETTINGS.rare if len(code) == 2 and code >= b"\x98\x9f" else 1.0
