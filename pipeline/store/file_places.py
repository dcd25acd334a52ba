"""Where on the disk files lie, by which two names are known to be those of one file."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

Place = tuple[int, int]
"""The device and the file's number on it."""


def places_of(root: Path, folders: Iterable[str]) -> dict[str, Place]:
    """The places of all files under ``folders`` of ``root``, by their names relative to it; none of what is not there.

    An archive has tens of thousands of them: folders are asked, not every file by its path. A symbolic link is a file
    of its own, wherever it leads.
    """
    found: dict[str, Place] = {}
    for folder in folders:
        if (root / folder).is_dir():
            _add(found, str(root / folder), f"{folder}/")
    return found


def _add(found: dict[str, Place], folder: str, within: str) -> None:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                _add(found, entry.path, f"{within}{entry.name}/")
            else:
                looks = entry.stat(follow_symlinks=False)
                found[f"{within}{entry.name}"] = (looks.st_dev, looks.st_ino)
