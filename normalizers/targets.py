"""Reads the aims that a paragraph states."""

from __future__ import annotations

from normalizers.aim import Aim, TargetContext

__all__ = ["Aim", "TargetContext", "read_aims"]


def read_aims(text: str, context: TargetContext) -> tuple[Aim, ...]:
    """The single aims that the verbatim paragraph ``text`` states, in reading order; empty when it states none."""
    return ()
