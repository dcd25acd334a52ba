"""Prints ``docs/check-list.md``: every check with its severity, meaning and settings, from the rules."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.rules import Rule, rules


def check_list() -> str:
    """The page, in Markdown."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# All checks"
    yield ""
    yield "Made from `pipeline/checks/rules/*.toml` by `python -m pipeline.checks.check_list > docs/check-list.md`."
    yield ""
    yield "| check | severity | what must hold | settings |"
    yield "| --- | --- | --- | --- |"
    for name, rule in sorted(rules().items()):
        yield f"| `{name}` | {rule.severity} | {rule.meaning.en} | {_settings(rule)} |"


def _settings(rule: Rule) -> str:
    return ", ".join(
        f"`{name}` {', '.join(value) if isinstance(value, list) else f'{value:g}'}"
        for name, value in rule.settings.items()
    )


if __name__ == "__main__":
    print(check_list(), end="")
