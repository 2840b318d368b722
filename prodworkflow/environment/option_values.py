"""Check of trac.ini: options of `[prodworkflow]` that cannot be read.

What only the database or the workflows know of them, `campaign check` tells.
"""

from __future__ import annotations

from trac.config import Option
from trac.core import Component, implements
from trac.env import IEnvironmentSetupParticipant

from prodworkflow.domain import options


class OptionValues(Component):
    """Logs a warning, with a remedy, for each option that is wrong.

    Once whenever Trac opens the environment.
    """

    implements(IEnvironmentSetupParticipant)

    def __init__(self) -> None:
        self._checked = False

    # IEnvironmentSetupParticipant methods

    def environment_created(self) -> None:
        """Nothing is to be made."""

    def environment_needs_upgrade(self) -> bool:
        """Trac asks this when it opens an environment: the moment to look."""
        if not self._checked:
            self._checked = True
            given = {name: self.config.get(options.SECTION, name) for name, _
                     in self.config.options(options.SECTION)}
            known = [name for section, name in Option.registry
                     if section == options.SECTION]
            for words in options.problems(given, known):
                self.log.warning('%s', words)
        return False

    def upgrade_environment(self) -> None:
        """Nothing is to be upgraded."""
