"""The commands for campaigns under way: `trac-admin ENV campaign …`."""

from __future__ import annotations

from trac.admin.api import AdminCommandError, IAdminCommandProvider
from trac.core import Component, implements
from trac.util import getuser
from trac.util.text import printerr, printout

from .answers import joined
from .api import CampaignSystem, Saying, Verdict
from .arguments import (
    Arguments,
    joiners,
    keyed,
    leavers,
    people_by_key,
    refusals_told,
)
from .changing import Wished
from .people import of_shell
from .readiness import readiness
from .releasing import Move
from .restaffing import Staff
from .terms import Phase
from .waiving import bounds_of, Leave

ADMITTED, REFUSED = 0, 1
REASONS = {
    'hold': ('Stop a campaign at once',
             'No launch gate opens until it is resumed.'),
    'resume': ('Go on with a campaign on hold',
               'Its launch gate has to be open otherwise.'),
    'launch': ('Record the start of production',
               'Closes the stages that are open still; the launch gate has '
               'to be open.'),
    'close': ('End a campaign whose production is over',
              'It is read-only from then on.'),
    'abandon': ('End a campaign that will not be produced',
                'It is read-only from then on.'),
}


class RunningCommands(Component):
    """Moves, stops, launches and changes campaigns from the command line.

    trac-admin acts as an administrator, but signs for nobody; the ledger
    names the login of its shell.
    """

    implements(IAdminCommandProvider)

    # IAdminCommandProvider methods

    def get_admin_commands(self):
        yield ('campaign release',
               '<name> <release> [--touches=input,input] --reason=why',
               """Move a campaign to a new release or patch

               Release-bound sign-offs become stale and their tickets are
               reopened; with --touches only those that rest on one of the
               inputs, or name none.
               """, self._complete, self._do_release)
        for verb, (what, more) in REASONS.items():
            needed = '[--reason=why]' if verb in ('resume', 'launch') \
                else '--reason=why'
            yield (f'campaign {verb}', f'<name> {needed}',
                   f'{what}\n\n{more}\n', self._complete,
                   self._reasoned(verb))
        yield ('campaign waive',
               '<name> <key> <unmet-reason> --until=YYYY-MM-DD '
               "[--bound='value <= 5 kB/event']... --reason=why",
               """Give leave to pass although a requirement is unmet

               The reason that it lifts is one of those that "campaign show"
               and the ticket page name, like awaiting or out-of-bounds.
               """, self._complete, self._do_waive)
        yield ('campaign change',
               '<name> [--enforcement=standard|strict|advisory] '
               '[--contact=KEY:user,@group]... [--quorum=KEY:N]... '
               '[--deputy="KEY:bruno for anna '
               '2026-07-01..2026-07-14"]... '
               '[--add-item=LIST:NAME[=weight]]... '
               '[--drop-item=LIST:KEY]... '
               '[--start=YYYY-MM-DD|none] [--dry-run] --reason=why',
               """Change who signs and takes part, how firmly, or the start

               Each --contact replaces the contacts of its requirement, each
               --deputy is one of those its requirement then has.
               --add-item makes the tickets that the template asks of each of
               a list; --drop-item takes one out, and nothing counts what was
               asked of it. --start moves the planned start, and with it the
               due dates of what is not done yet; --dry-run only shows what
               would move.
               """, self._complete, self._do_change)
        yield ('campaign admits', '<name> [ticket]...',
               """Say whether a frozen campaign admits changes for tickets

               Exits with 0 when it is not frozen or every ticket may enter
               it, 1 when not; the Git hook in contrib asks it.
               """, self._complete, self._do_admits)

    # Internal methods

    def _complete(self, args):
        return CampaignSystem(self.env).names() if len(args) == 1 else []

    def _me(self):
        return of_shell(self.env, getuser())

    def _reasoned(self, verb):
        """The command that does one thing to a campaign, with a reason."""
        def do(*args):
            parser = Arguments(f'campaign {verb}')
            parser.add_argument('name')
            parser.add_argument('--reason', default='')
            given = parser.parse_args(args)
            system = CampaignSystem(self.env)
            with refusals_told():
                if verb in ('close', 'abandon'):
                    phase = (Phase.CLOSED if verb == 'close'
                             else Phase.ABANDONED)
                    system.end(given.name, self._me(), phase, given.reason)
                else:
                    getattr(system, verb)(given.name, self._me(),
                                          given.reason)
            self._say(given.name)
        return do

    def _do_release(self, *args):
        parser = Arguments('campaign release')
        parser.add_argument('name')
        parser.add_argument('release')
        parser.add_argument('--touches', action='append', default=[])
        parser.add_argument('--reason', default='')
        given = parser.parse_args(args)
        touches = tuple(t.strip() for each in given.touches
                        for t in each.split(',') if t.strip())
        system = CampaignSystem(self.env)
        with refusals_told():
            reach = system.release(given.name, self._me(), Move(
                given.release, touches, given.reason))
        printout(f'To be signed again: {joined(reach.stale) or "nothing"}.')
        if reach.carried:
            printout(f'Carried over: {joined(reach.carried)}.')
        self._say(given.name)

    def _do_waive(self, *args):
        parser = Arguments('campaign waive')
        parser.add_argument('name')
        parser.add_argument('key')
        parser.add_argument('lifts')
        parser.add_argument('--until', default='')
        parser.add_argument('--bound', action='append', default=[])
        parser.add_argument('--reason', default='')
        given = parser.parse_args(args)
        system = CampaignSystem(self.env)
        with refusals_told('nothing was waived'):
            system.requirement(given.name, given.key)
            for past in system.precedents(given.name, given.key):
                printout(f'{past.signoff.verdict.capitalize()} before, in '
                         f'{past.campaign}: {past.words}')
            leave = Leave(given.lifts, given.until, bounds_of(given.bound))
            system.say(given.name, given.key, self._me(),
                       Saying(Verdict.WAIVED, given.reason.strip(),
                              leave=leave))
        self._say(given.name)

    def _do_change(self, *args):
        given = _changes().parse_args(args)
        system = CampaignSystem(self.env)
        if given.dry_run:
            self._show_shift(system, given)
            return
        staff = _staff(given)
        with refusals_told():
            shift = (None if given.start is None
                     else system.shift(given.name, given.start))
            count = system.change(given.name, self._me(), Wished(
                given.reason, given.enforcement, staff, given.start,
                joiners(given.add_item), leavers(given.drop_item)))
        if shift:
            _print_shift(shift)
        printout(f'{count} changed.' if count else 'Nothing was changed.')
        self._say(given.name)

    @staticmethod
    def _show_shift(system, given):
        """What would move with the start; nothing moves."""
        if given.start is None or given.enforcement is not None or (
                given.contact + given.quorum + given.deputy
                + given.add_item + given.drop_item):
            raise AdminCommandError('--dry-run shows what --start would '
                                    'move; give --start and nothing else '
                                    'with it.')
        with refusals_told():
            _print_shift(system.shift(given.name, given.start))
        printout('Nothing was changed.')

    def _do_admits(self, *args):
        parser = Arguments('campaign admits')
        parser.add_argument('name')
        parser.add_argument('tickets', nargs='*')
        given = parser.parse_args(args)
        with refusals_told():
            against = CampaignSystem(self.env).admits(
                given.name, [t.lstrip('#') for t in given.tickets])
        for words in against:
            printerr(f'{words}.')
        return REFUSED if against else ADMITTED

    def _say(self, name):
        """The new decision, in a sentence."""
        with refusals_told():
            decision = CampaignSystem(self.env).decision(name)
        printout(readiness(decision).verdict)


def _changes():
    """What `campaign change` takes."""
    parser = Arguments('campaign change')
    parser.add_argument('name')
    parser.add_argument('--enforcement')
    for option in ('--contact', '--quorum', '--deputy', '--add-item',
                   '--drop-item'):
        parser.add_argument(option, action='append', default=[])
    parser.add_argument('--start')
    parser.add_argument('--dry-run', action='store_true')
    parser.add_argument('--reason', default='')
    return parser


def _staff(given):
    """Who is to sign, by requirement."""
    contacts = people_by_key('contact', given.contact)
    quorums = dict(keyed('quorum', given.quorum, 'N'))
    deputies = {}
    for key, line in keyed('deputy', given.deputy,
                           'bruno for anna 2026-07-01..2026-07-14'):
        deputies[key] = (*deputies.get(key, ()), line)
    return tuple((key, Staff(contacts.get(key), deputies.get(key),
                             quorums.get(key)))
                 for key in dict.fromkeys((*contacts, *quorums, *deputies)))


def _print_shift(shift):
    """What moves with a start, old and new days side by side."""
    printout(shift.words)
    for moved in shift.moved:
        by_hand = (f' (set to {moved.by_hand} by hand)' if moved.by_hand
                   else '')
        printout(f'  {moved.label}: due {moved.was or "-"}{by_hand} -> '
                 f'{moved.to or "-"}')
    for label in shift.stays:
        printout(f'  {label}: stays')
