"""What takes seconds to load is begun when it is likely to be needed, while the run still looks at what is there."""

from __future__ import annotations

import contextlib
import threading
from pathlib import Path

from pipeline.inputs.discovery import Discovery
from pipeline.store.manifest import ManifestError, newest_manifest
from pipeline.workers.worker_pool import ParseStage


def begin_where_likely(parse_stage: ParseStage, discovery: Discovery, output: Path, fingerprint: str) -> None:
    """Begins to load what reading and checking need where an input is none that ``output`` has read.

    A guess only: which documents are read is planned later, from what is really there.
    """
    account = None
    with contextlib.suppress(ManifestError):  # the run itself says what is wrong
        account = newest_manifest(output)
    known = {(entry.sha256, entry.fingerprint) for entry in (account.entries if account else ())}
    if any((file.sha256, file.read_under(fingerprint)) not in known for file in discovery.files):
        parse_stage.begin()
        load_libraries()


def load_libraries() -> None:
    """Begins to import what checks and report need in a thread of its own, and returns at once.

    While workers read, this process has nothing else to do.
    """
    threading.Thread(target=_import_in_advance, name="imports", daemon=True).start()


def _import_in_advance() -> None:
    from pipeline.checks.expectations.validation import import_great_expectations

    import_great_expectations()
    import pipeline.report.build
    import pipeline.run.decision
    import pipeline.run.known_documents  # noqa: F401  (importing is the purpose)
