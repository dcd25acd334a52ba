"""Imported by the server process of the workers before anything else, and by nothing but it.

A server busy with its other imports would not notice for seconds that its parent is gone.
"""

from __future__ import annotations

from pipeline.end_with_parent import end_with_parent

end_with_parent()
