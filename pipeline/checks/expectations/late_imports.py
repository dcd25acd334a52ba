"""Modules that a library imports at its start and hardly ever uses: loaded when first something of them is needed."""

from __future__ import annotations

import importlib
import sys
from types import ModuleType


def put_off(name: str) -> None:
    """Makes an ``import`` of the module ``name`` cost nothing until one of its attributes is asked for.

    Does nothing where the module has been imported already. (importlib.util.LazyLoader would load it at the second
    ``import``: until Python 3.12 the import system asks every module that it finds for its ``__spec__``.)
    """
    if name in sys.modules:
        return
    stand_in = ModuleType(name)

    def attribute(asked_for: str) -> object:
        if sys.modules.get(name) is stand_in:
            del sys.modules[name]
        return getattr(importlib.import_module(name), asked_for)

    # PEP 562: asked where the module has no attribute of that name.
    setattr(stand_in, "__getattr__", attribute)  # noqa: B010
    sys.modules[name] = stand_in
