"""Garbage collection tuning: freezes what lives as long as the process.

`gc.freeze` takes the loaded code out of the collections that Trac makes after
each request.
"""

from __future__ import annotations

import gc
import threading

from trac.core import Component, implements
from trac.env import IEnvironmentSetupParticipant

_lock = threading.Lock()


class GarbageCollectionTuning(Component):
    """Freezes the loaded objects when Trac opens an environment.

    Trac collects garbage after each request and traverses all objects of the
    process, of which nearly all are code that stays: Trac's, its plugins'
    and ours. `gc.freeze` takes them out of it, so no page pays for what this
    plugin has loaded. To leave the process as it is, disable
    `prodworkflow.loading.*` in trac.ini.
    """

    implements(IEnvironmentSetupParticipant)

    def __init__(self) -> None:
        self._done = False

    # IEnvironmentSetupParticipant methods

    def environment_created(self) -> None:
        """Nothing is to be made."""

    def environment_needs_upgrade(self) -> bool:
        """Trac asks this when it opens an environment: the moment to act."""
        if not self._done:
            self._done = True
            freeze_loaded_objects()
        return False

    def upgrade_environment(self) -> None:
        """Nothing is to be upgraded."""


def freeze_loaded_objects() -> None:
    """Freeze all that lives now; what has died since the last time is freed.

    So an environment that Trac has reloaded does not stay for ever.
    """
    with _lock:
        gc.unfreeze()
        gc.collect()
        gc.freeze()
