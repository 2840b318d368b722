"""trac-admin campaign remove."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from trac.admin.api import IAdminCommandProvider
from trac.core import implements
from trac.util.text import printerr
from trac.util.translation import cleandoc_

from prodworkflow.api import CampaignSystem
from prodworkflow.commands.arguments import Arguments, refusals_as_errors
from prodworkflow.commands.base import CommandProvider
from prodworkflow.commands.errors import errors_told
from prodworkflow.translation import _


class RemovalCommand(CommandProvider):
    """Removes campaigns from the command line."""

    implements(IAdminCommandProvider)

    # IAdminCommandProvider methods

    @errors_told
    def get_admin_commands(self) -> Iterator[tuple[Any, ...]]:
        yield ('campaign remove',
               '<name> [--with-tickets] [--if-revision=N] [--reason=why]',
               cleandoc_("""Let a campaign go

               Its milestones and tickets stay as ordinary ones; its ledger
               stays too, and its name is free again. --with-tickets deletes
               its milestones and tickets, as long as nobody has signed any.
               """), self.complete, self._do_remove)

    # Internal methods

    def _do_remove(self, *args: str) -> None:
        parser = Arguments('campaign remove')
        parser.add_argument('name')
        parser.add_argument('--with-tickets', action='store_true')
        parser.add_argument('--reason', default='')
        parser.expect_revision()
        given = parser.parse_args(args)
        system = CampaignSystem(self.env)
        with refusals_as_errors():
            if given.with_tickets:
                system.lifecycle.remove_with_tickets(
                    given.name, self.shell_person(), given.reason,
                    given.if_revision)
            else:
                system.lifecycle.remove(given.name, self.shell_person().name,
                                        given.reason, given.if_revision)
        printerr(_('%(name)s is no campaign any more; its ledger stays.',
                   name=given.name) if given.with_tickets else
                 _('%(name)s is no campaign any more; its milestones and '
                   'tickets stay, and so does its ledger.', name=given.name))
