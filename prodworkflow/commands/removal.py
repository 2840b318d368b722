"""trac-admin campaign remove."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from trac.admin.api import IAdminCommandProvider
from trac.core import implements
from trac.util import getuser
from trac.util.text import printerr

from prodworkflow.api import CampaignSystem
from prodworkflow.commands.arguments import Arguments, refusals_as_errors
from prodworkflow.commands.base import CommandProvider


class RemovalCommand(CommandProvider):
    """Removes campaigns from the command line."""

    implements(IAdminCommandProvider)

    # IAdminCommandProvider methods

    def get_admin_commands(self) -> Iterator[tuple[Any, ...]]:
        yield ('campaign remove', '<name> [--reason=why]',
               """Let a campaign go

               Its milestones and tickets stay as ordinary ones; its ledger
               stays too.
               """, self.complete, self._do_remove)

    # Internal methods

    def _do_remove(self, *args: str) -> None:
        parser = Arguments('campaign remove')
        parser.add_argument('name')
        parser.add_argument('--reason', default='')
        given = parser.parse_args(args)
        with refusals_as_errors():
            CampaignSystem(self.env).remove(given.name, getuser(),
                                            given.reason)
        printerr(f'{given.name} is no campaign any more; its milestones and '
                 'tickets stay, and so does its ledger.')
