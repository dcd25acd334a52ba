"""Imported by a process that is going to check, as soon as it starts: the libraries of the checks and their pages."""

from __future__ import annotations

from pipeline.checks.expectations.validation import import_great_expectations

import_great_expectations()

# Not before: their reports of usage are switched off with it.

import pipeline.checks.expectations.data_docs  # noqa: E402
import pipeline.checks.expectations.row_expectations  # noqa: E402
import pipeline.checks.expectations.type_expectation  # noqa: E402
import pipeline.checks.run  # noqa: E402, F401
