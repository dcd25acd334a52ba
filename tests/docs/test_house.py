"""The shape of the house: small modules, no circles of files, settings that say where their numbers come from."""

from __future__ import annotations

import ast
import graphlib
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("parsers", "normalizers", "pipeline")
LONGEST = 350


def modules(*packages: str) -> list[Path]:
    return [path for package in packages or PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


def test_no_module_is_long() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}


def test_no_files_import_each_other_in_a_circle() -> None:
    graph = grimp.build_graph(*PACKAGES, cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    graphlib.TopologicalSorter(imports).prepare()  # raises CycleError, which names the circle


def settings() -> Iterator[tuple[str, ast.ClassDef]]:
    for path in modules("parsers", "normalizers"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and node.name.endswith("Settings"):
                yield f"{path.relative_to(ROOT)}:{node.name}", node


@pytest.mark.parametrize(("name", "node"), list(settings()))
def test_every_number_of_a_stage_is_explained(name: str, node: ast.ClassDef) -> None:
    explained = {id(field) for field, after in pairwise(node.body) if isinstance(after, ast.Expr)}
    fields = [field for field in node.body if isinstance(field, ast.AnnAssign)]
    assert ast.get_docstring(node), name
    assert [ast.unparse(field) for field in fields if id(field) not in explained] == [], name


def test_one_name_has_one_number() -> None:
    numbers: dict[str, set[str]] = defaultdict(set)
    for _, node in settings():
        for field in node.body:
            if isinstance(field, ast.AnnAssign) and field.value is not None:
                numbers[ast.unparse(field.target)].add(ast.unparse(field.value))
    assert {name: values for name, values in numbers.items() if len(values) > 1} == {}
