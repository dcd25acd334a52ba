"""What takes seconds to load is begun when it is likely to be needed, while the run still looks at what is there."""

from __future__ import annotations

import contextlib
import threading

from pipeline.inputs.discovery import Discovery
from pipeline.run.context import IngestOptions
from pipeline.store.manifest import ManifestError, newest_manifest
from pipeline.workers.loading import begin_loading, end_loading


def begin_where_likely(options: IngestOptions, discovery: Discovery) -> None:
    """Begins to load what reading and checking need where an input is none that the output has read.

    A guess only: which documents are read is planned later, from what is really there.
    """
    account = None
    with contextlib.suppress(ManifestError):  # the run itself says what is wrong
        account = newest_manifest(options.output)
    known = {(entry.sha256, entry.fingerprint) for entry in (account.entries if account else ())}
    fingerprint = options.configuration.fingerprint
    if any((file.sha256, file.read_under(fingerprint)) not in known for file in discovery.files):
        options.parse_stage.begin()
        load_libraries(options)


def load_libraries(options: IngestOptions) -> None:
    """Begins to load what checks and report need, elsewhere or in a thread of its own, and returns at once.

    While workers read, this process has nothing else to do.
    """
    options.check_stage.begin()
    threading.Thread(target=_import_in_advance, name="imports", daemon=True).start()


def _import_in_advance() -> None:
    begin_loading()
    try:
        _import_libraries()
    finally:
        end_loading()


def _import_libraries() -> None:
    import pipeline.report.build
    import pipeline.run.decision
    import pipeline.run.known_documents  # noqa: F401  (importing is the purpose)
