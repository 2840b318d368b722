"""Spares each request the search through what is loaded for good."""

from __future__ import annotations

import gc
import threading

from trac.core import Component, implements
from trac.env import IEnvironmentSetupParticipant

_one_at_a_time = threading.Lock()


class GarbageCollectionTuning(Component):
    """Takes what is loaded out of the garbage collection of each request.

    Trac looks for garbage after each request, through all objects of the
    process, of which nearly all are code that stays: Trac's, its plugins'
    and ours. When an environment is opened they are set aside (by Python's
    `gc.freeze`), so no page pays for what this plugin has loaded. To leave
    the process as it is, disable `prodworkflow.loading.*` in trac.ini.
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
            set_aside()
        return False

    def upgrade_environment(self) -> None:
        """Nothing is to be upgraded."""


def set_aside() -> None:
    """Set aside all that lives now; what has died since the last time goes.

    So an environment that Trac has reloaded does not stay for ever.
    """
    with _one_at_a_time:
        gc.unfreeze()
        gc.collect()
        gc.freeze()
