"""Damaged PDFs rewritten by qpdf, which keeps fonts and text as they are (Ghostscript would not)."""

from __future__ import annotations

import io
import re

from parsers.model.errors import EncryptedPdfError, Quoted, UnreadablePdfError

_IN_MEMORY = re.compile(r"<[^<>]* object at 0x[0-9A-Fa-f]+>:? ?")


def repair_pdf(data: bytes, *, name: str, required: bool = True) -> tuple[bytes | None, str]:
    """Rewrite ``data`` and return it with a note of what qpdf found wrong.

    Returns None for the bytes where qpdf cannot read them and ``required`` is False; raises UnreadablePdfError where
    it is True, EncryptedPdfError where a password is needed.
    """
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data), attempt_recovery=True, suppress_warnings=True) as pdf:
            notes = [_without_address(str(warning)) for warning in pdf.get_warnings()]
            out = io.BytesIO()
            pdf.save(out)
            return out.getvalue(), "; ".join(notes[:3])
    except pikepdf.PasswordError as error:
        raise EncryptedPdfError("password", where=name) from error
    except (pikepdf.PdfError, RuntimeError, ValueError, RecursionError) as error:
        if required:
            raise UnreadablePdfError(
                "cannot_be_repaired", {"error": Quoted("qpdf", _without_address(str(error)))}, where=name
            ) from error
        return None, ""


def _without_address(words: str) -> str:
    """qpdf's words without the name that Python gives the bytes in memory, which differs from run to run."""
    return _IN_MEMORY.sub("", words).strip()
