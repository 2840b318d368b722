"""trac-admin campaign hold, resume, launch, close and abandon.

And `campaign waive`, `campaign tolerate` and `campaign admits`, which say what
may pass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from trac.admin.api import IAdminCommandProvider
from trac.core import implements
from trac.util.text import printerr
from trac.util.translation import cleandoc_

from prodworkflow.api import CampaignSystem, KnownIssueRequest, SignOffRequest
from prodworkflow.commands.arguments import Arguments, refusals_as_errors
from prodworkflow.commands.base import CommandProvider
from prodworkflow.commands.errors import errors_told
from prodworkflow.commands.language import say
from prodworkflow.domain.model.vocabulary import Phase, Verdict
from prodworkflow.domain.rules.waivers.requests import bounds_of, WaiverRequest
from prodworkflow.translation import _, N_

ADMITTED, REFUSED = 0, 1


REASONS = {
    'hold': cleandoc_("""Stop a campaign at once

        No launch gate opens until it is resumed.
        """),
    'resume': cleandoc_("""Go on with a campaign on hold

        After the launch, its gate has to be open otherwise.
        """),
    'launch': cleandoc_("""Record the start of production

        Closes the stages that are open still; the launch gate has to be open.
        """),
    'close': cleandoc_("""End a campaign whose production is over

        It is read-only from then on.
        """),
    'abandon': cleandoc_("""End a campaign that will not be produced

        It is read-only from then on.
        """),
}


class LifecycleCommands(CommandProvider):
    """Stops and launches campaigns from the command line.

    trac-admin acts as an administrator, but signs for nobody; the ledger
    names the login of its shell.
    """

    implements(IAdminCommandProvider)

    # IAdminCommandProvider methods

    @errors_told
    def get_admin_commands(self) -> Iterator[tuple[Any, ...]]:
        for verb, about in REASONS.items():
            needed = '[--reason=why]' if verb in ('resume', 'launch') \
                else '--reason=why'
            yield (f'campaign {verb}', f'<name> [--if-revision=N] {needed}',
                   about, self.complete,
                   self._reasoned(verb))
        yield ('campaign waive',
               '<name> <key> <unmet-reason> --until=YYYY-MM-DD '
               "[--bound='value <= 5 kB/event']... "
               '[--if-revision=N] --reason=why',
               cleandoc_("""Give leave to pass although a requirement is unmet

               The reason that it lifts is one of those that "campaign show"
               and the ticket page name, like awaiting or out-of-bounds.
               """), self.complete, self._do_waive)
        yield ('campaign tolerate',
               '<name> <ticket> (--until=YYYY-MM-DD | --end) '
               '[--if-revision=N] --reason=why',
               cleandoc_("""Launch although a ticket is open, as a known issue

               The open ticket, of the milestone of any stage, keeps the
               launch gate shut no more until the day has passed (UTC); given
               anew it replaces the day and the reason, --end takes it back.
               """), self.complete, self._do_tolerate)
        yield ('campaign answer', '<name> <key> --reason=why',
               cleandoc_(
               """Answer an objection to a sign-off, and close its ticket again

               The login of the shell has to be one of those who may sign it.
               The approvals stand; no new quorum is needed.
               """), self.complete, self._do_answer)
        yield ('campaign admits', '<name> [ticket]...',
               cleandoc_(
               """Say whether a frozen campaign admits changes for tickets

               Exits with 0 when it is not frozen, every ticket may enter it
               or nothing is blocked (advisory; it is recorded), 1 when not;
               the Git hook in contrib asks it.
               """), self.complete, self._do_admits)

    # Internal methods

    def _reasoned(self, verb: str) -> Callable[..., None]:
        """The command that does one thing to a campaign, with a reason."""
        def do(*args: str) -> None:
            parser = Arguments(f'campaign {verb}')
            parser.add_argument('name')
            parser.expect_revision()
            parser.add_argument('--reason', default='')
            given = parser.parse_args(args)
            system = CampaignSystem(self.env)
            with refusals_as_errors():
                if verb in ('close', 'abandon'):
                    phase = (Phase.CLOSED if verb == 'close'
                             else Phase.ABANDONED)
                    system.lifecycle.end(
                        given.name, self.shell_person(), phase, given.reason,
                        given.if_revision)
                else:
                    getattr(system.lifecycle, verb)(
                        given.name, self.shell_person(), given.reason,
                        given.if_revision)
            self.print_verdict(given.name)
        return do

    def _do_waive(self, *args: str) -> None:
        parser = Arguments('campaign waive')
        parser.add_argument('name')
        parser.add_argument('key')
        parser.add_argument('lifts')
        parser.add_argument('--until', default='')
        parser.add_argument('--bound', action='append', default=[])
        parser.expect_revision()
        parser.add_argument('--reason', default='')
        given = parser.parse_args(args)
        system = CampaignSystem(self.env)
        with refusals_as_errors(N_('nothing was waived')):
            system.queries.requirement(given.name, given.key)
            for past in system.queries.precedents(given.name, given.key):
                say(_('%(verdict)s before, in %(campaign)s: %(words)s',
                      verdict=_(past.signoff.verdict.capitalize()),
                      campaign=past.campaign, words=past.words))
            leave = WaiverRequest(given.lifts, given.until,
                                  bounds_of(given.bound))
            system.record(given.name, given.key, self.shell_person(),
                          SignOffRequest(Verdict.WAIVED, given.reason.strip(),
                                         leave=leave,
                                         revision=given.if_revision))
        self.print_verdict(given.name)

    def _do_tolerate(self, *args: str) -> None:
        parser = Arguments('campaign tolerate')
        parser.add_argument('name')
        parser.add_argument('ticket')
        parser.add_argument('--until', default='')
        parser.add_argument('--end', action='store_true')
        parser.expect_revision()
        parser.add_argument('--reason', default='')
        given = parser.parse_args(args)
        if given.end and given.until:
            parser.error(_('--end takes a toleration back; leave --until '
                           'out'))
        with refusals_as_errors(N_('nothing was changed')):
            CampaignSystem(self.env).lifecycle.tolerate(
                given.name, self.shell_person(), KnownIssueRequest(
                    given.ticket, given.reason, given.until, given.end),
                revision=given.if_revision)
        self.print_verdict(given.name)

    def _do_answer(self, *args: str) -> None:
        parser = Arguments('campaign answer')
        parser.add_argument('name')
        parser.add_argument('key')
        parser.add_argument('--reason', default='')
        parser.expect_revision()
        given = parser.parse_args(args)
        system = CampaignSystem(self.env)
        with refusals_as_errors(N_('nothing was answered')):
            system.queries.requirement(given.name, given.key)
            system.record(given.name, given.key, self.shell_person(),
                          SignOffRequest(Verdict.ANSWERED,
                                         given.reason.strip(),
                                         revision=given.if_revision))
        self.print_verdict(given.name)

    def _do_admits(self, *args: str) -> int:
        parser = Arguments('campaign admits')
        parser.add_argument('name')
        parser.add_argument('tickets', nargs='*')
        given = parser.parse_args(args)
        with refusals_as_errors():
            found = CampaignSystem(self.env).passages.admits(
                given.name, [t.lstrip('#') for t in given.tickets],
                self.shell_person().name)
        for words in found.against:
            printerr(f'{words!s}.')
        if found.against and found.passes:
            printerr(_('Nothing is blocked (advisory enforcement); it is '
                       'recorded.'))
        return ADMITTED if found.passes else REFUSED
