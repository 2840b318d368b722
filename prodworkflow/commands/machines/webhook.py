"""trac-admin campaign webhook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from trac.admin.api import IAdminCommandProvider
from trac.core import implements
from trac.util.text import print_table, printerr
from trac.util.translation import cleandoc_

from prodworkflow.api import (
    CampaignSystem,
    is_whole,
    ReceiverKind,
    ReceiverRequest,
)
from prodworkflow.commands.arguments import Arguments, refusals_as_errors
from prodworkflow.commands.base import CommandProvider
from prodworkflow.commands.errors import errors_told
from prodworkflow.commands.language import say
from prodworkflow.translation import _, N_

NO_BASE = N_('[trac] base_url is no whole address, so events have no links; '
             'set it to one like https://trac.example.org/production.')


class WebhookCommands(CommandProvider):
    """Sets up who receives events of campaigns, from the command line."""

    implements(IAdminCommandProvider)

    # IAdminCommandProvider methods

    @errors_told
    def get_admin_commands(self) -> Iterator[tuple[Any, ...]]:
        yield ('campaign webhook add',
               '<url> [--secret=whsec_...] [--kind=webhook|mattermost|slack] '
               '[--types=type,type]',
               cleandoc_("""Send events of all campaigns to an address

               A webhook gets CloudEvents, signed as Standard Webhooks say;
               its secret is shown only once. A mattermost or slack is an
               incoming webhook of that chat server and gets a line with a
               link. --types names the events that are wanted, such as
               signed,gate-opened; all, if it is left out. What is sent says
               what an administrator sees.
               """), None, self._do_add)
        yield ('campaign webhook list', '',
               N_('List the webhooks, and what they have not got'),
               None, self._do_list)
        yield ('campaign webhook remove', '<number|url>',
               N_('Send nothing more to a webhook; what waits for it is '
                  'dropped'),
               self.complete_receivers, self._do_remove)

    # Internal methods

    def complete_receivers(self, args: list[str]) -> list[str]:
        """The numbers of the webhooks, for the first argument."""
        return [str(r.id) for r in
                CampaignSystem(self.env).webhooks.listed()] if len(
            args) == 1 else []

    def _do_add(self, *args: str) -> None:
        parser = Arguments('campaign webhook add')
        parser.add_argument('url')
        parser.add_argument('--secret', default='')
        parser.add_argument('--kind', default=ReceiverKind.WEBHOOK.value)
        parser.add_argument('--types')
        given = parser.parse_args(args)
        with refusals_as_errors(N_('nothing was set up')):
            made = CampaignSystem(self.env).webhooks.add(
                self.shell_person(), ReceiverRequest(
                    given.url.strip(), given.kind, given.secret,
                    _types(given.types)))
        if not is_whole(self.env.base_url):
            printerr(_(NO_BASE))
        say(_('Webhook %(number)s gets %(types)s.', number=made.id,
              types=', '.join(made.types) or _('all events')))
        if made.secret:
            say(_('Its secret, which is not shown again: %(secret)s',
                  secret=made.secret))

    def _do_list(self) -> None:
        webhooks = CampaignSystem(self.env).webhooks
        found = webhooks.listed()
        lacking = {s.receiver: s for s in webhooks.standings()}
        if not found:
            say(_('There is no webhook; "campaign webhook add" makes one.'))
            return
        rows = []
        for each in found:
            lacks = lacking.get(each.id)
            rows.append((each.id, each.kind.value, each.shown,
                         ', '.join(each.types) or _('all'),
                         lacks.waiting if lacks else 0,
                         lacks.given_up if lacks else 0, each.author))
        print_table(rows, [_('Webhook'), _('Kind'), _('Address'),
                           _('Events'), _('Waiting'), _('Given up'),
                           _('Set up by')])

    def _do_remove(self, which: str) -> None:
        with refusals_as_errors(N_('nothing was removed')):
            gone = CampaignSystem(self.env).webhooks.remove(
                self.shell_person(), which)
        say(_('Webhook %(number)s gets nothing any more.', number=gone.id))


def _types(given: str | None) -> tuple[str, ...]:
    """The types that are named, () where none is asked for.

    An empty list is no wish for all of them: more would leave the house.
    """
    if given is None:
        return ()
    return tuple(filter(None, map(str.strip, given.split(',')))) or ('',)
