"""trac-admin campaign remind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from trac.admin.api import AdminCommandError, IAdminCommandProvider
from trac.core import implements
from trac.util.text import printerr
from trac.util.translation import cleandoc_

from prodworkflow.api import CampaignSystem, ReminderReport
from prodworkflow.commands.arguments import Arguments, refusals_as_errors
from prodworkflow.commands.base import CommandProvider
from prodworkflow.commands.errors import errors_told
from prodworkflow.commands.language import say
from prodworkflow.domain.logins import quoted_login
from prodworkflow.domain.news.notices import NoticeLine, PersonalNews
from prodworkflow.translation import _, N_

UNSENT = N_('No mail is sent by this Trac ([notification] smtp_enabled), so '
            'nobody would be told; it is kept until somebody can be.')
FAILED = N_('these campaigns were left out, the log says more; what is due of '
            'them is told by the next run that succeeds: %(campaigns)s')


class RemindCommand(CommandProvider):
    """Reminds people of what is due, from cron."""

    implements(IAdminCommandProvider)

    # IAdminCommandProvider methods

    @errors_told
    def get_admin_commands(self) -> Iterator[tuple[Any, ...]]:
        yield ('campaign remind', '[name]... [--dry-run]',
               cleandoc_(
               """Tell people what is due, and carry out what time asks for

               For cron, once a day or as often as one likes, on any number of
               nodes: nothing is told twice, and a day that was missed is
               caught up. Tells who can sign what is due soon or overdue, by
               the days that the template says; administrators what is long
               overdue; and of waivers that are about to end or have ended,
               which also reopens what they had let pass and puts a launched
               campaign on hold. Without a name, of all campaigns. --dry-run
               lists what it would tell and do, and does nothing.
               """), self.complete_any, self._do_remind)

    # Internal methods

    def complete_any(self, args: list[str]) -> list[str]:
        """The campaigns' names, for any argument."""
        return CampaignSystem(self.env).queries.names()

    def _do_remind(self, *args: str) -> None:
        parser = Arguments('campaign remind')
        parser.add_argument('names', nargs='*')
        parser.add_argument('--dry-run', action='store_true')
        given = parser.parse_args(args)
        reminders = CampaignSystem(self.env).reminders
        for words in reminders.problems():
            printerr(str(words))
        with refusals_as_errors(N_('nothing was sent')):
            if given.dry_run:
                self._print_preview(given.names)
                return
            failures = []
            for report in reminders.run(given.names):
                _print(_lines(report))
                failures += [f'{report.campaign}: {report.failure}'
                             ] if report.failure else []
            if failures:
                raise AdminCommandError(_(FAILED,
                                          campaigns='; '.join(failures)))

    def _print_preview(self, names: list[str]) -> None:
        reminders = CampaignSystem(self.env).reminders
        lines = [line for report in reminders.preview(names)
                 for line in _lines(report)]
        if lines and not reminders.reaches_anybody():
            lines.insert(0, _(UNSENT))
        if reminders.is_quiet():
            lines.insert(0, _('Today nothing is sent, by [prodworkflow] '
                              'quiet_days.'))
        _print(lines or [_('Nothing is due.')])
        say(_('Nothing was sent or changed.'))


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        say(line)


def _lines(report: ReminderReport) -> Iterator[str]:
    """What was told and done of a campaign, or would be."""
    for words in report.doubts:
        yield _('%(campaign)s: nobody is reminded, for %(why)s.',
                campaign=report.campaign, why=words)
    for words in report.carried_out:
        yield f'{report.campaign}: {words!s}.'
    for news in report.news:
        yield from _told(news)


def _told(news: PersonalNews) -> Iterator[str]:
    """Who is told, why, and what."""
    yield _('%(campaign)s, to %(person)s:', campaign=news.campaign,
            person=quoted_login(news.person))
    for section in news.sections:
        yield f'  {section.head!s}'
        for line in section.lines:
            yield f'    {_words(line)}'


def _words(line: NoticeLine) -> str:
    """A line of a mail: ticket, title, what is to be known, due day."""
    number = f'#{line.ticket} ' if line.ticket else ''
    due = f' ({line.due})' if line.due else ''
    return f'{number}{line.title}: {line.words!s}{due}'
