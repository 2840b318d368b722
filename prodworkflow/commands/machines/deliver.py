"""trac-admin campaign deliver."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from trac.admin.api import AdminCommandError, IAdminCommandProvider
from trac.core import implements
from trac.util.datefmt import format_datetime, from_utimestamp, utc
from trac.util.translation import cleandoc_

from prodworkflow.api import CampaignSystem, FailedDelivery
from prodworkflow.commands.arguments import Arguments
from prodworkflow.commands.base import CommandProvider
from prodworkflow.commands.errors import errors_told
from prodworkflow.commands.language import say
from prodworkflow.translation import _, ngettext


class DeliverCommand(CommandProvider):
    """Delivers events to webhooks, from cron."""

    implements(IAdminCommandProvider)

    # IAdminCommandProvider methods

    @errors_told
    def get_admin_commands(self) -> Iterator[tuple[Any, ...]]:
        yield ('campaign deliver', '[--now] [--dry-run]',
               cleandoc_("""Send webhooks the events that are due

               For cron, every few minutes, on any number of nodes: each event
               is sent by one of them. The processes of the web server send
               events as they happen; this sends what they had to leave. Exits
               with 2 if a webhook did not take one. --now sends also what
               waits for the end of a pause after a failure. --dry-run says
               what is due, and sends nothing.
               """), None, self._do_deliver)

    # Internal methods

    def _do_deliver(self, *args: str) -> None:
        parser = Arguments('campaign deliver')
        parser.add_argument('--dry-run', action='store_true')
        parser.add_argument('--now', action='store_true')
        given = parser.parse_args(args)
        webhooks = CampaignSystem(self.env).webhooks
        if given.now and not given.dry_run:
            webhooks.end_pauses()
        if given.dry_run:
            self._print_due()
            return
        failed: list[str] = []
        for outcome in webhooks.deliver():
            if outcome.delivered:
                say(ngettext('Webhook %(number)s has got %(num)s event.',
                             'Webhook %(number)s has got %(num)s events.',
                             outcome.delivered, number=outcome.receiver.id))
            failed += map(_words, outcome.failed)
            if outcome.error:
                failed.append(_(
                    'webhook %(number)s (%(address)s): %(error)s',
                    number=outcome.receiver.id, error=outcome.error,
                    address=outcome.receiver.shown))
        if failed:
            raise AdminCommandError('\n'.join(
                [_('not delivered:'), *(f'  {words}' for words in failed)]))

    def _print_due(self) -> None:
        due = Counter(h.receiver for h in
                      CampaignSystem(self.env).webhooks.due())
        for receiver, count in sorted(due.items()):
            say(ngettext('Webhook %(number)s would get events of %(num)s '
                         'campaign.', 'Webhook %(number)s would get events '
                         'of %(num)s campaigns.', count, number=receiver))
        if not due:
            say(_('Nothing is due.'))
        say(_('Nothing was sent.'))


def _words(failure: FailedDelivery) -> str:
    """Which webhook has not taken what, why, and what comes next."""
    about = {'number': failure.receiver.id,
             'address': failure.receiver.shown, 'type': failure.type,
             'error': failure.error}
    if not failure.due:
        return _('webhook %(number)s (%(address)s), %(type)s: %(error)s It '
                 'was given up.', **about)
    when = format_datetime(from_utimestamp(failure.due), 'iso8601', utc)
    return _('webhook %(number)s (%(address)s), %(type)s: %(error)s It is '
             'tried again after %(when)s.', when=when, **about)
