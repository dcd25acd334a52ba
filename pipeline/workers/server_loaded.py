"""Imported by the server process of the workers after everything else, and by nothing but it."""

from __future__ import annotations

from pipeline.workers.loading import end_loading

end_loading()
