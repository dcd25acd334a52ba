"""Imported by the server process of the workers before anything else, and by nothing but it.

A server busy with its other imports would not notice for seconds that its parent is gone.
"""

from __future__ import annotations

import os

from pipeline.workers.end_with_parent import PARENT, end_with_parent

end_with_parent()
# The parent may have died before the system was asked to tell of its death.
if os.environ.get(PARENT) not in {None, str(os.getppid())}:
    os._exit(0)
