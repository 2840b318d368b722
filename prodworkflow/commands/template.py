"""trac-admin campaign template list, show, import, export and remove."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from trac.admin.api import AdminCommandError, IAdminCommandProvider
from trac.core import Component, implements
from trac.util import getuser
from trac.util.datefmt import format_datetime, from_utimestamp, utc
from trac.util.text import print_table, printerr
from trac.util.translation import cleandoc_

from prodworkflow.api import CampaignSystem, FormRevision
from prodworkflow.api.template_library import TemplateCheck
from prodworkflow.commands.arguments import (
    Arguments,
    file_text,
    refusals_as_errors,
)
from prodworkflow.commands.errors import errors_told
from prodworkflow.commands.language import say
from prodworkflow.domain.template.versions import (
    NUMBER,
    TemplateDraft,
    TemplateVersion,
    Unchanged,
)
from prodworkflow.translation import _, N_


class TemplateCommands(Component):
    """Shows, imports, exports and removes templates from the command line."""

    implements(IAdminCommandProvider)

    # IAdminCommandProvider methods

    @errors_told
    def get_admin_commands(self) -> Iterator[tuple[Any, ...]]:
        yield ('campaign template list', '',
               N_('List the templates that campaigns are made from'),
               None, self._do_list)
        yield ('campaign template show', '<name> [version]',
               cleandoc_(
               """Show what a version of a template makes, and all versions

               Without a version the last one.
               """), self._complete, self._do_show)
        yield ('campaign template import',
               '<name> <path> [--if-revision=N] --reason=why',
               cleandoc_("""Make a file the next version of a template

               Makes the template if there is none of that name. Older
               versions stay, and campaigns stay on them. --if-revision only
               does it if version N is the last one.
               """), self._complete, self._do_import)
        yield ('campaign template export', '<name> [path] [--version=N]',
               cleandoc_("""Write the text of a template to a file, or show it

               A file that exists is not overwritten.
               """), self._complete, self._do_export)
        yield ('campaign template remove',
               '<name> [--if-revision=N] --reason=why',
               cleandoc_("""Offer a template no more

               Its versions stay readable, and campaigns made from it stay
               as they are. Imported again, its version numbers go on.
               """), self._complete, self._do_remove)

    # Internal methods

    def _complete(self, args: list[str]) -> Sequence[str]:
        return CampaignSystem(self.env).templates.offered() if len(
            args) == 1 else []

    def _do_list(self) -> None:
        system = CampaignSystem(self.env)
        used = system.templates.campaigns()
        rows = [(k.name, k.version or _('built in'), k.title, k.author,
                 _when(k), k.reason, sum(len(v) for (name, _), v
                                         in used.items() if name == k.name))
                for k in system.templates.all() if not k.removed]
        print_table(rows, [_('Name'), _('Version'), _('Title'), _('By'),
                           _('When'), _('Why'), _('Campaigns')])

    def _do_show(self, name: str, version: str | None = None) -> None:
        system = CampaignSystem(self.env)
        with refusals_as_errors():
            versions = system.templates.versions(name)
            chosen = system.templates.version(name, _number(version))
        kept = chosen.kept
        say(f'{name}, {_label(kept)}: {kept.title}')
        say(f'SHA-256 {kept.digest}')
        self._print_plan(system.templates.check(chosen.text))
        say('\n' + _('Versions'))
        used = system.templates.campaigns()
        for each in versions:
            say(f'  {_version_line(each)}')
            for campaign in used.get((name, each.version), ()):
                say('    ' + _('campaign %(name)s', name=campaign))

    @staticmethod
    def _print_plan(checked: TemplateCheck) -> None:
        for problem in checked.problems:
            say(f'  {problem!s}')
        for words in checked.lacks:
            say(f'  {words!s}')
        plan = checked.plan
        if plan is None:
            return
        for words in plan.word_notices:
            say(f'  {words!s}')
        say(f'  {plan.reminders!s}')
        for stage, of in zip(plan.state.stages, plan.template.stages):
            say('\n' + _('%(stage)s (%(days)s days before the start)',
                         stage=stage.label, days=of.due))
            for r in plan.state.requirements:
                if r.stage == stage.key:
                    say(f'  {r.key}: {r.title}')

    def _do_import(self, *args: str) -> None:
        parser = Arguments('campaign template import')
        parser.add_argument('name')
        parser.add_argument('path')
        parser.expect_revision()
        parser.add_argument('--reason', default='')
        given = parser.parse_args(args)
        with refusals_as_errors():
            text = file_text(given.path)
            try:
                kept = CampaignSystem(self.env).templates.save(
                    TemplateDraft(given.name, text, given.reason,
                                  _number_of(given.if_revision)), getuser())
            except Unchanged as same:
                say(f'{given.name}: {same!s}')
                return
        say(_('%(name)s: version %(version)s is saved.', name=kept.name,
              version=kept.version))

    def _do_export(self, *args: str) -> None:
        parser = Arguments('campaign template export')
        parser.add_argument('name')
        parser.add_argument('path', nargs='?')
        parser.add_argument('--version')
        given = parser.parse_args(args)
        with refusals_as_errors():
            text = CampaignSystem(self.env).templates.version(
                given.name, _number(given.version)).text
        if given.path is None:
            say(text, newline=False)
        else:
            _write(given.path, text)

    def _do_remove(self, *args: str) -> None:
        parser = Arguments('campaign template remove')
        parser.add_argument('name')
        parser.expect_revision()
        parser.add_argument('--reason', default='')
        given = parser.parse_args(args)
        with refusals_as_errors():
            CampaignSystem(self.env).templates.remove(
                given.name, getuser(), given.reason,
                _number_of(given.if_revision))
        printerr(_('%(name)s is offered no more; its versions stay '
                   'readable, and its campaigns stay as they are.',
                   name=given.name))


def _number_of(revision: FormRevision | None) -> int | None:
    """The version that has to be the last one; None for any."""
    return None if revision is None else revision.number


def _number(text: str | None) -> int | None:
    """The number of a version; None where none was given."""
    if text is None:
        return None
    if not NUMBER.fullmatch(text):
        raise AdminCommandError(_('"%(text)s" is no version; write a '
                                  'number, like 1.', text=text[:64]))
    return int(text)


def _label(kept: TemplateVersion) -> str:
    return (_('built in') if kept.built_in else
            _('version %(number)s', number=kept.version))


def _when(kept: TemplateVersion) -> str:
    return format_datetime(from_utimestamp(kept.time), 'iso8601', utc) \
        if kept.time else ''


def _version_line(kept: TemplateVersion) -> str:
    """One version in a line: what, by whom, when and why."""
    if kept.built_in:
        return _('built in')
    facts = {'number': kept.version, 'when': _when(kept),
             'by': kept.author, 'why': ' '.join(kept.reason.split())}
    return (_('%(number)s. %(when)s removed by %(by)s: %(why)s', **facts)
            if kept.removed else
            _('%(number)s. %(when)s saved by %(by)s: %(why)s', **facts))


def _write(path: str, text: str) -> None:
    try:
        with open(path, 'x', encoding='utf-8', newline='') as file:
            file.write(text)
    except OSError as error:
        raise AdminCommandError(_('%(path)s cannot be written: %(error)s',
                                  path=path, error=error.strerror or error)
                                ) from error
    say(_('%(path)s is written.', path=path))
