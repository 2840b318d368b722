"""trac-admin campaign gate: may it pass, now or at an earlier moment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from trac.admin.api import AdminCommandError, IAdminCommandProvider
from trac.core import implements
from trac.util.translation import cleandoc_

from prodworkflow.api import CampaignSystem
from prodworkflow.commands.arguments import (
    Arguments,
    refusals_as_errors,
    typed_item,
    typed_time,
)
from prodworkflow.commands.base import CommandProvider
from prodworkflow.commands.errors import errors_told
from prodworkflow.commands.language import say
from prodworkflow.translation import _, N_

OPEN, SHUT = 0, 1


class GateCommand(CommandProvider):
    """Asks gates from the command line; the exit code is the answer."""

    implements(IAdminCommandProvider)

    # IAdminCommandProvider methods

    @errors_told
    def get_admin_commands(self) -> Iterator[tuple[Any, ...]]:
        yield ('campaign gate',
               '<name> [stage] [--item=NAME] [--at=MOMENT] [--json]',
               cleandoc_("""Say whether a gate is open, and why not

               Exits with 0 only when the gate of the stage (its key or
               number) is open, or, without a stage, when production may be
               launched. --item asks for one item alone, such as a site;
               --at=2026-05-03T12:00Z how it was then.
               """), self.complete, self._do_gate)

    # Internal methods

    def _do_gate(self, *args: str) -> int:
        parser = Arguments('campaign gate')
        parser.add_argument('name')
        parser.add_argument('stage', nargs='?', default='')
        parser.add_argument('--item', type=typed_item)
        parser.add_argument('--at', type=typed_time, default=0)
        parser.add_argument('--json', action='store_true')
        given = parser.parse_args(args)
        passages = CampaignSystem(self.env).passages
        name, stage, decision = given.name, given.stage, None
        item = given.item or ''
        try:
            with refusals_as_errors(N_('nothing was asked')):
                decision = (
                    passages.gate_at(name, given.at, item) if given.at
                    else passages.ask_gate(
                        name, stage, self.shell_person().name, item))
            told = passages.answer(decision, stage, None, item, given.at)
        except KeyError:
            decision = decision or CampaignSystem(
                self.env).queries.decision(name)
            known = ', '.join(f'{g.stage.number} ({g.stage.key})'
                              for g in decision.gates)
            raise AdminCommandError(_(
                '%(campaign)s has no stage "%(stage)s"; there is %(known)s.',
                campaign=name, stage=stage, known=known)) from None
        if given.json:
            say(told.as_json(), newline=False)
        else:
            say(told.as_text(), newline=False)
        return OPEN if told.passes else SHUT
