"""Imported before anything else by a process that loads libraries for a parent: the workers' server, an early process.

A server busy with its other imports would not notice for seconds that its parent is gone. The loading that begins here
is ended by whoever knows what comes last.
"""

from __future__ import annotations

import os

from pipeline.workers.end_with_parent import PARENT, end_with_parent
from pipeline.workers.loading import begin_loading

end_with_parent()
# The parent may have died before the system was asked to tell of its death.
if os.environ.get(PARENT) not in {None, str(os.getppid())}:
    os._exit(0)
begin_loading()
