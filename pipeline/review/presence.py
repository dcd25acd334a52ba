"""Who has which item in hand just now: small files under OUT/review, so that it works over a share too."""

from __future__ import annotations

import contextlib
import json
import time
from pathlib import Path
from typing import Any

from pipeline.decisions.standing import FOLDER

SECONDS_IN_HAND = 45.0
"""An item is let go of when nothing was heard for so long; the screen says every 15 s that it is still there."""


def hold(output: Path, session: str, by: str, item: str | None) -> None:
    """Says that ``session`` has ``item`` in hand, or none."""
    path = _folder(output) / f"{session}.json"
    if item is None:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    staged = path.with_suffix(".new")
    staged.write_text(json.dumps({"by": by, "item": item}, ensure_ascii=False), encoding="utf-8")
    staged.replace(path)


def in_hand(output: Path) -> dict[str, dict[str, str]]:
    """Who has what in hand, by session. Times are the share's own, so that clocks of machines need not agree."""
    found: dict[str, dict[str, str]] = {}
    paths = {path: _changed(path) for path in _folder(output).glob("*.json")}
    newest = max([*paths.values(), time.time() if not paths else 0.0], default=0.0)
    for path, changed in paths.items():
        if newest - changed > SECONDS_IN_HAND:
            with contextlib.suppress(OSError):
                path.unlink()
            continue
        with contextlib.suppress(OSError, ValueError):
            said: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            found[path.stem] = {"by": str(said["by"]), "item": str(said["item"])}
    return found


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _folder(output: Path) -> Path:
    return output / FOLDER / "in-hand"
