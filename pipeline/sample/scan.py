"""A plan as it comes from an office scanner: images only, a little askew, a little dirty."""

from __future__ import annotations

import io

import numpy as np
import pymupdf
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

_DPI = 200
_SKEW_DEGREES = 0.35
_JPEG_QUALITY = 45


def scan(pdf: bytes, *, seed: int) -> bytes:
    """The document's pages as grey JPEG images at 200 dpi; without any text layer."""
    noise = np.random.default_rng(seed)
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    canvas.setTitle("")
    canvas.setAuthor("")
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        for number, page in enumerate(document):
            pixels = page.get_pixmap(dpi=_DPI, colorspace=pymupdf.csGRAY)
            image = Image.frombytes("L", (pixels.width, pixels.height), pixels.samples)
            angle = _SKEW_DEGREES * (1 if number % 2 else -1)
            image = image.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)
            grey = np.asarray(image, dtype=np.float32) * 0.93 + 8
            grey += noise.standard_normal(grey.shape, dtype=np.float32) * 4
            dirty = Image.fromarray(grey.clip(0, 255).astype(np.uint8))
            jpeg = io.BytesIO()
            dirty.save(jpeg, "JPEG", quality=_JPEG_QUALITY)
            canvas.setPageSize((page.rect.width, page.rect.height))
            canvas.drawImage(ImageReader(io.BytesIO(jpeg.getvalue())), 0, 0, page.rect.width, page.rect.height)
            canvas.showPage()
    canvas.save()
    return buffer.getvalue()
