"""Three questions answered from the tables of a demonstration run: ``python -m pipeline.answers.demo OUT``."""

from __future__ import annotations

import sys
from pathlib import Path

from pipeline.answers.query import run_query

QUESTIONS = {
    "Which branches aim highest for 生活習慣病予防健診実施率?": """
        SELECT branch_code AS code, branch_name AS branch, value AS percent
        FROM kpi WHERE indicator_code = 'insured_checkup_rate' AND fiscal_year = 2024 AND value IS NOT NULL
        ORDER BY value DESC, code LIMIT 5""",
    "Which targets of the year are furthest above those of the year before?": """
        SELECT branch_name AS branch, coalesce(indicator_code, indicator) AS indicator, previous_value AS before,
               value AS now, change
        FROM kpi WHERE unit = 'percent' AND edition = 'new' AND change IS NOT NULL
        ORDER BY change DESC, branch_code LIMIT 5""",
    "What should a person look at first?": """
        SELECT severity, "check", count(*) AS findings, count(DISTINCT document_id) AS documents
        FROM findings WHERE severity <> 'info' GROUP BY ALL ORDER BY severity, findings DESC LIMIT 5""",
}


def main(output: Path) -> None:
    """Prints the questions with their answers, then where the results are and how to ask on."""
    for question, sql in QUESTIONS.items():
        print(f"\n{question}\n", flush=True)
        run_query(output, sql, "table", sys.stdout.buffer, width=100)
        sys.stdout.buffer.flush()
    command = Path(sys.executable).with_name("branch-plans")
    print(f"\nTables: {output / 'tables'}\nReport: {output / 'report' / 'index.html'} (open it in a browser)")
    print(f"Ask on: {command} query --output {output} (lists what can be asked)")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
