"""trac-admin campaign token: made, listed and revoked."""

from __future__ import annotations

from collections.abc import Iterator
from shlex import quote
from typing import Any

from trac.admin.api import IAdminCommandProvider
from trac.core import implements
from trac.util.text import print_table
from trac.util.translation import cleandoc_

from prodworkflow.api import CampaignSystem, TokenRequest
from prodworkflow.commands.arguments import Arguments, refusals_as_errors
from prodworkflow.commands.base import CommandProvider
from prodworkflow.commands.errors import errors_told
from prodworkflow.commands.language import say
from prodworkflow.domain.model.machines.token import SCOPES
from prodworkflow.translation import _


class TokenCommands(CommandProvider):
    """Keeps the tokens of machines from the command line."""

    implements(IAdminCommandProvider)

    # IAdminCommandProvider methods

    @errors_told
    def get_admin_commands(self) -> Iterator[tuple[Any, ...]]:
        yield ('campaign token add',
               '<user> --scope=gate:read,evidence:write,hold,feed:read '
               '[--name=words] [--campaign=NAME] [--requirement=KEY] '
               '[--expires=YYYY-MM-DD]',
               cleandoc_("""Make a token for a machine of a user

               Prints its secret, only once: it goes into the header
               "Authorization: Bearer". The token does no more than the user
               may, and only what its scopes say; it never signs, waives or
               launches. --expires is its last day (UTC).
               """), self.complete_users, self._do_add)
        yield ('campaign token list', '[user]',
               cleandoc_("""Show tokens, with their last use

               Those that were revoked or expired are shown for 30 days.
               """), self.complete_users, self._do_list)
        yield ('campaign token revoke', '<number-or-name>',
               cleandoc_("""Revoke a token, which ends it at once"""),
               self.complete_tokens, self._do_revoke)

    # Internal methods

    def complete_users(self, args: list[str]) -> list[str]:
        """The logins that Trac knows, and the scopes."""
        if len(args) == 1:
            return [quote(user) for user in
                    CampaignSystem(self.env).queries.known_users()]
        return [f'--scope={scope}' for scope in SCOPES]

    def complete_tokens(self, args: list[str]) -> list[str]:
        """The names of the tokens that are worth something."""
        return [quote(t.name) for t in CampaignSystem(
            self.env).tokens.live()] if len(args) == 1 else []

    def _do_add(self, *args: str) -> None:
        parser = Arguments('campaign token add')
        parser.add_argument('user')
        parser.add_argument('--scope', default='')
        for option in ('name', 'campaign', 'requirement', 'expires'):
            parser.add_argument(f'--{option}', default='')
        given = parser.parse_args(args)
        with refusals_as_errors():
            made = CampaignSystem(self.env).tokens.add(TokenRequest(
                given.user, given.scope, given.name, given.campaign,
                given.requirement, given.expires))
        say(_('Token %(number)s, %(name)s, of %(owner)s. Its secret, which is '
              'not shown again:', number=made.token.id, name=made.token.name,
              owner=made.token.owner))
        say(made.secret)

    def _do_list(self, user: str | None = None) -> None:
        rows = CampaignSystem(self.env).tokens.rows(user)
        print_table([[r.number, r.name, r.owner, r.scopes, r.bounds,
                      r.expires, r.last_used, r.state] for r in rows],
                    [_('Number'), _('Name'), _('User'), _('Scopes'),
                     _('For'), _('Last day'), _('Last use'), _('State')])

    def _do_revoke(self, which: str) -> None:
        with refusals_as_errors():
            revoked = CampaignSystem(self.env).tokens.revoke(which)
        say(_('Revoked token %(number)s, %(name)s, of %(owner)s.',
              number=revoked.id, name=revoked.name, owner=revoked.owner))
