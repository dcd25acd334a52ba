"""How near real values come to the numbers of the settings: ``python -m benchmarks.thresholds PDF...``.

Every module of the parsers and normalizers that has ``SETTINGS`` is given numbers that note what they are compared
with, divided by what they were multiplied with, while the given PDFs are read. Printed are, for each setting, how often
it was asked and the nearest values on both sides; they stand behind "Nearest" beside the settings. What NumPy compares
is not seen.
"""

from __future__ import annotations

import dataclasses
import importlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from normalizers.normalize import normalize_document
from parsers.parse import parse_document

ROOT = Path(__file__).resolve().parents[1]


@dataclass(slots=True)
class Seen:
    """What one number was compared with: how often values lay at most and at least at it, and the nearest of both."""

    value: float
    below: int = 0
    above: int = 0
    nearest_below: float = float("-inf")
    nearest_above: float = float("inf")

    def note(self, value: float) -> None:
        if value <= self.value:
            self.below, self.nearest_below = self.below + 1, max(self.nearest_below, value)
        if value >= self.value:
            self.above, self.nearest_above = self.above + 1, min(self.nearest_above, value)


class Watched(float):
    """A setting's number times ``factor`` plus ``more``, which notes what it is compared with as of the setting."""

    seen: Seen
    factor: float
    more: float

    def __new__(cls, seen: Seen, factor: float = 1.0, more: float = 0.0) -> Watched:
        number = super().__new__(cls, seen.value * factor + more)
        number.seen, number.factor, number.more = seen, factor, more
        return number

    def _noted(self, other: object) -> None:
        if isinstance(other, (int, float)) and not isinstance(other, Watched) and self.factor:
            self.seen.note((other - self.more) / self.factor)

    def __lt__(self, other: Any) -> bool:
        self._noted(other)
        return bool(float(self) < other)

    def __le__(self, other: Any) -> bool:
        self._noted(other)
        return bool(float(self) <= other)

    def __gt__(self, other: Any) -> bool:
        self._noted(other)
        return bool(float(self) > other)

    def __ge__(self, other: Any) -> bool:
        self._noted(other)
        return bool(float(self) >= other)

    def __mul__(self, other: Any) -> Any:
        if not isinstance(other, (int, float)):
            return float(self) * other
        return Watched(self.seen, self.factor * other, self.more * other)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Any:
        return self * (1 / other) if isinstance(other, (int, float)) else float(self) / other

    def __add__(self, other: Any) -> Any:
        if not isinstance(other, (int, float)):
            return float(self) + other
        return Watched(self.seen, self.factor, self.more + other)

    __radd__ = __add__

    def __neg__(self) -> Any:
        return self * -1.0

    def __sub__(self, other: Any) -> Any:
        return self + -other

    def __rsub__(self, other: Any) -> Any:
        return -self + other


def watch(modules: list[ModuleType]) -> dict[str, Seen]:
    """Puts watched numbers into the settings of ``modules``, wherever they are used; what they see, by name."""
    found: dict[str, Seen] = {}
    for module in modules:
        settings = vars(module).get("SETTINGS")
        if settings is None or f"class {type(settings).__name__}" not in Path(str(module.__file__)).read_text("utf-8"):
            continue
        changed = dict(_watched(settings, module.__name__, found))
        watched = dataclasses.replace(settings, **changed)
        for user in modules:
            for name in [name for name, value in vars(user).items() if value is settings]:
                setattr(user, name, watched)
    return found


def _watched(settings: Any, module: str, found: dict[str, Seen]) -> Iterator[tuple[str, object]]:
    """The settings' numbers of points, em and shares, watched; counts stay as they are."""
    for field in dataclasses.fields(settings):
        value = getattr(settings, field.name)
        numbers = value if isinstance(value, tuple) else (value,)
        if not all(isinstance(number, float) for number in numbers):
            continue
        seen = [Seen(number) for number in numbers]
        for place, one in enumerate(seen):
            found[f"{module}.{field.name}" + (f"[{place}]" if isinstance(value, tuple) else "")] = one
        watched = tuple(Watched(one) for one in seen)
        yield field.name, watched if isinstance(value, tuple) else watched[0]


def main(files: list[str]) -> None:
    """Reads ``files`` and prints a line a setting."""
    paths = [path for room in ("parsers", "normalizers") for path in sorted((ROOT / room).rglob("*.py"))]
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in paths if path.stem != "__init__"]
    found = watch([importlib.import_module(name) for name in names])
    for file in files:
        normalize_document(parse_document(Path(file).read_bytes(), Path(file).name))
    for name, seen in found.items():
        told = f"{seen.nearest_below:.3g} ({seen.below}) and {seen.nearest_above:.3g} ({seen.above})"
        print(f"{name} = {seen.value:g}: {told if seen.below or seen.above else 'never asked'}")


if __name__ == "__main__":
    main(sys.argv[1:])
