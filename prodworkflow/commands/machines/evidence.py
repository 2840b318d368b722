"""trac-admin campaign evidence: values and files for a requirement."""

from __future__ import annotations

import re
from argparse import ArgumentTypeError, Namespace
from collections.abc import Iterator, Sequence
from os.path import basename
from typing import Any

from trac.admin.api import AdminCommandError, IAdminCommandProvider
from trac.core import implements
from trac.util.translation import cleandoc_

from prodworkflow.api import CampaignSystem, EvidenceReport
from prodworkflow.commands.arguments import Arguments, refusals_as_errors
from prodworkflow.commands.base import CommandProvider
from prodworkflow.commands.errors import errors_told
from prodworkflow.commands.language import say
from prodworkflow.evidence_readers.evidence_file import BYTES_MAX
from prodworkflow.translation import _, N_

VALUE = re.compile(r'([a-z][a-z0-9_]*)=(.*)', re.DOTALL)


class EvidenceCommand(CommandProvider):
    """Reports evidence from the command line; it signs for nobody."""

    implements(IAdminCommandProvider)

    # IAdminCommandProvider methods

    @errors_told
    def get_admin_commands(self) -> Iterator[tuple[Any, ...]]:
        yield ('campaign evidence',
               '<name> <key> [file] [value=quantity]... [--events=N] '
               '[--statement=words] [--if-revision=N]',
               cleandoc_("""Report evidence for a requirement

               A file of a tool fills the values whose source it has, and is
               kept as attachment of the sign-off ticket; other values are
               named: memory_growth='0.4 kB/event'. --events is of how many
               events the file tells, for memory growth by event. All of it is
               recorded, or nothing. It is no approval.
               """), self.complete, self._do_evidence)

    # Internal methods

    def _do_evidence(self, *args: str) -> None:
        given = self._given(args)
        system, person = CampaignSystem(self.env), self.shell_person()
        with refusals_as_errors(N_('nothing was recorded')):
            system.evidence.report(given.name, given.key, person,
                                   self._report(given))
            answer = system.queries.decision(given.name).answer(given.key)
        for line in answer.evidence:
            if line.proof:
                say(_('%(title)s: %(words)s', title=line.title,
                      words=line.words))
        self.print_verdict(given.name)

    @staticmethod
    def _given(args: Sequence[str]) -> Namespace:
        parser = Arguments('campaign evidence')
        parser.add_argument('name')
        parser.add_argument('key')
        parser.add_argument('evidence', nargs='+')
        parser.add_argument('--events', type=_events)
        parser.add_argument('--statement', default='')
        parser.expect_revision()
        return parser.parse_args(args)

    @staticmethod
    def _report(given: Namespace) -> EvidenceReport:
        """What is reported; AdminCommandError if a file is no readable one.
        """
        values, files = {}, []
        for each in given.evidence:
            named = VALUE.fullmatch(each)
            if named and named[1] in values:
                raise AdminCommandError(_('%(name)s is given twice',
                                          name=named[1]))
            if named:
                values[named[1]] = named[2]
            else:
                files.append(each)
        if len(files) > 1:
            raise AdminCommandError(_(
                'one file at a time: %(files)s', files=', '.join(files)))
        return EvidenceReport(
            values, _content(files[0]) if files else None,
            basename(files[0]) if files else '', statement=given.statement,
            events=given.events, revision=given.if_revision)


def _events(text: str) -> int:
    if not re.fullmatch('[0-9]{1,12}', text) or not int(text):
        raise ArgumentTypeError(_('"%(text)s" is no number of events',
                                  text=text[:64]))
    return int(text)


def _content(path: str) -> bytes:
    """The bytes of a file, no more than readers take."""
    try:
        with open(path, 'rb') as file:
            return file.read(BYTES_MAX + 1)
    except (OSError, ValueError) as error:
        raise AdminCommandError(_(
            '%(file)s cannot be read: %(reason)s', file=path,
            reason=getattr(error, 'strerror', None) or error)) from error
