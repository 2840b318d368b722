"""trac-admin campaign list, create, show and check."""

from __future__ import annotations

import json
import os
from argparse import Namespace
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from trac.admin.api import AdminCommandError, IAdminCommandProvider
from trac.core import implements
from trac.util import getuser
from trac.util.text import print_table
from trac.util.translation import cleandoc_

from prodworkflow.api import CampaignSystem
from prodworkflow.commands.arguments import (
    Arguments,
    file_text,
    freeze_words,
    keyed_options,
    people_by_key,
    refusals_as_errors,
)
from prodworkflow.commands.base import CommandProvider
from prodworkflow.commands.errors import errors_told
from prodworkflow.commands.language import say
from prodworkflow.commands.plan_report import plan_lines
from prodworkflow.commands.report import report_lines
from prodworkflow.domain.planning.request import CampaignRequest
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.views.readiness import readiness
from prodworkflow.translation import _, N_

OPEN, SHUT = 0, 1


class CampaignCommands(CommandProvider):
    """Creates, shows and checks campaigns from the command line.

    trac-admin acts as an administrator; the ledger names the login of its
    shell.
    """

    implements(IAdminCommandProvider)

    # IAdminCommandProvider methods

    @errors_told
    def get_admin_commands(self) -> Iterator[tuple[Any, ...]]:
        yield ('campaign list', '', N_('List the production campaigns'),
               None, self._do_list)
        yield ('campaign create',
               '<name> [--template=NAME[@VERSION]] [--release=R] '
               '[--start=YYYY-MM-DD] '
               '[--enforcement=standard|strict|advisory] '
               '[--contact=KEY:user,user]... [--quorum=KEY:N]... '
               '[--freeze-types=type,type] [--freeze-priority=priority] '
               '[--unknown-contacts] [--lists-file=PATH] '
               '[--template-file=PATH] [--like=campaign] [--dry-run]',
               cleandoc_("""Create a production campaign

               Makes a milestone for each stage and a ticket for each sign-off
               of the template (path-to-production, unless another one is
               named; built in is path-to-production-full, too). --contact
               names who may sign a requirement, once for each; @group names
               a permission group. --unknown-contacts takes people who have
               never logged in to Trac; they can sign once they have.
               --quorum says how many of them have to.

               A login with commas or blanks in it stands between quotation
               marks, as in CSV: '--contact=KEY:anna, "Doe, Jane"'.

               --freeze-types and --freeze-priority say which tickets may
               enter once the feature freeze is signed, in place of what the
               template says.
               --template-file reads a template from a file, --lists-file the
               lists that stand in place of its own. --like takes over
               template, lists, contacts and quorums of an earlier campaign,
               as far as nothing else is said. --dry-run shows what would be
               made.
               """), None, self._do_create)
        yield ('campaign show', '<name> [--json]',
               N_('Show a campaign, its revision, its sign-offs and its '
                  'history'),
               self.complete, self._do_show)
        yield ('campaign check', '[name] [--repair] [--dry-run] [--json]',
               cleandoc_("""Check campaigns against their ledger and Trac

               Says nothing and exits with 0 when all is in place. --repair
               brings back missing milestones and tickets and records what
               happened while the plugin was off; with --dry-run it only
               says what it would do. --json always prints one
               JSON document, for monitoring.
               """), self.complete, self._do_check)

    # Internal methods

    def _do_list(self) -> None:
        system = CampaignSystem(self.env)
        rows = [self._row(system.queries.decision(n)) for n
                in system.queries.names()]
        if rows:
            print_table(rows, [_('Campaign'), _('Release'), _('Start'),
                               _('Signed'), _('Verdict')])
        else:
            say(_('There is no campaign yet; make one with "campaign '
                  'create".'))

    @staticmethod
    def _row(decision: Decision) -> tuple[str, ...]:
        told = readiness(decision)
        met = sum(s.signed for s in told.stages)
        needed = sum(s.needed for s in told.stages)
        return (told.campaign.name, told.campaign.release,
                told.campaign.start or '', f'{met}/{needed}',
                str(told.verdict))

    def _do_create(self, *args: str) -> None:
        given = self._given(args)
        system = CampaignSystem(self.env)
        with refusals_as_errors(N_('nothing was made')):
            like = system.queries.likeness(given.like) if given.like else None
            wish = self._wish(given, like.wish if like else None)
            plan = system.queries.plan(wish)
            tickets = ([] if given.dry_run
                       else system.create(wish, getuser()))
        for line in plan_lines(plan, tickets, like):
            say(line)
        if tickets and not plan.refusal:  # of the very tickets, once there
            for line in readiness(system.queries.decision(
                    plan.state.campaign.name)).signer_notes:
                say(line)

    @staticmethod
    def _given(args: Sequence[str]) -> Namespace:
        parser = Arguments('campaign create')
        parser.add_argument('name')
        parser.add_argument('--template')
        parser.add_argument('--release', default='')
        parser.add_argument('--start', default='')
        parser.add_argument('--enforcement')
        parser.add_argument('--contact', action='append', default=[])
        parser.add_argument('--quorum', action='append', default=[])
        parser.expect_freeze()
        parser.add_argument('--template-file')
        parser.add_argument('--lists-file')
        parser.add_argument('--like')
        parser.add_argument('--dry-run', action='store_true')
        parser.add_argument('--unknown-contacts', action='store_true')
        given = parser.parse_args(args)
        if given.like and (given.template or given.template_file):
            raise AdminCommandError(_(
                '--like takes the template of the earlier campaign; leave '
                '--template and --template-file out.'))
        return given

    def _wish(self, given: Namespace,
              like: CampaignRequest | None) -> CampaignRequest:
        """What is asked for; what nobody said, as `like` has it."""
        proposed = CampaignSystem(self.env).templates
        named = like or given.template or given.template_file
        if not named and proposed.default_problem():
            raise AdminCommandError(str(proposed.default_problem()))
        wish = like or CampaignRequest(
            '', given.template or proposed.default(),
            enforcement=proposed.default_enforcement())
        if given.template_file is not None:
            with refusals_as_errors(N_('nothing was made')):
                text = file_text(given.template_file)
            wish = replace(wish, template_text=text, template=os.path.basename(
                given.template_file))
        if given.lists_file is not None:
            with refusals_as_errors(N_('nothing was made')):
                wish = replace(wish, lists_text=file_text(given.lists_file))
        return replace(
            wish, name=given.name, release=given.release, start=given.start,
            enforcement=given.enforcement or wish.enforcement,
            freeze=wish.freeze.overruled(freeze_words(given)),
            unknown_contacts=given.unknown_contacts,
            contacts={**wish.contacts,
                      **people_by_key('contact', given.contact)},
            quorums={**wish.quorums,
                     **dict(keyed_options('quorum', given.quorum, 'N'))})

    def _do_show(self, *args: str) -> None:
        parser = Arguments('campaign show')
        parser.add_argument('name')
        parser.add_argument('--json', action='store_true')
        given = parser.parse_args(args)
        decision = self._decision(given.name)
        if given.json:
            say(json.dumps(readiness(decision).as_dict(), indent=2))
            return
        events = CampaignSystem(self.env).queries.events(decision)
        for line in report_lines(decision, events):
            say(line)

    def _do_check(self, *args: str) -> int:
        parser = Arguments('campaign check')
        parser.add_argument('name', nargs='?')
        parser.add_argument('--repair', action='store_true')
        parser.add_argument('--dry-run', action='store_true')
        parser.add_argument('--json', action='store_true')
        given = parser.parse_args(args)
        with refusals_as_errors():
            findings = CampaignSystem(self.env).check(
                given.name, given.repair, getuser(), given.dry_run)
        ok = all(finding.repaired for finding in findings)
        if given.json:
            say(json.dumps({'ok': ok, 'findings': [
                finding.as_dict() for finding in findings]}))
        else:
            for finding in findings:
                done = (_(' [repaired]') if finding.repaired else
                        _(' [would %(remedy)s]', remedy=finding.remedy)
                        if given.dry_run and finding.remedy else '')
                say(_('%(campaign)s: %(what)s', campaign=finding.campaign,
                      what=finding.words) + done)
        return OPEN if ok else SHUT

    def _decision(self, name: str) -> Decision:
        with refusals_as_errors():
            return CampaignSystem(self.env).queries.decision(name)
