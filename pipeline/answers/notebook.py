"""Runs a notebook in the present folder and stores its answers: ``python -m pipeline.answers.notebook FILE``.

A notebook of this project needs no server: its cells are plain Python, run one after another in one namespace, and the
frame at the end of a cell is its output.
"""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

Notebook = dict[str, Any]


def code_of(cell: Mapping[str, Any]) -> str:
    """The Python of a cell; nothing for a cell of text."""
    return "".join(cell["source"]) if cell["cell_type"] == "code" else ""


def run_notebook(notebook: Notebook) -> list[object]:
    """What each cell's last line gives; None for text and statements.

    Raises whatever a cell raises.
    """
    names: dict[str, object] = {}
    results: list[object] = []
    for number, cell in enumerate(notebook["cells"], start=1):
        body = ast.parse(code_of(cell), filename=f"cell {number}").body
        last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
        exec(compile(ast.Module(body, []), f"cell {number}", "exec"), names)  # noqa: S102 - the project's own page
        results.append(
            eval(compile(ast.Expression(last.value), f"cell {number}", "eval"), names)  # noqa: S307
            if isinstance(last, ast.Expr)
            else None
        )
    return results


def with_outputs(notebook: Notebook, results: list[object]) -> Notebook:
    """The notebook with ``results`` beneath its cells, as text."""
    cells = []
    count = 0
    for cell, result in zip(notebook["cells"], results, strict=True):
        if cell["cell_type"] != "code":
            cells.append(cell)
            continue
        count += 1
        shown = [] if result is None else [_shown(result, count)]
        cells.append({**cell, "execution_count": count, "outputs": shown})
    return {**notebook, "cells": cells}


def _shown(result: object, count: int) -> dict[str, Any]:
    text = result.to_string(index=False, na_rep="") if hasattr(result, "to_string") else repr(result)
    data = {"text/plain": text.splitlines(keepends=True)}
    return {"output_type": "execute_result", "execution_count": count, "metadata": {}, "data": data}


def main(file: Path) -> None:
    """Runs the notebook ``file`` and stores the answers in it."""
    notebook: Notebook = json.loads(file.read_text(encoding="utf-8"))
    done = with_outputs(notebook, run_notebook(notebook))
    file.write_text(json.dumps(done, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
