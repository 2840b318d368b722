"""trac-admin campaign deputy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from shlex import quote
from typing import Any

from trac.admin.api import IAdminCommandProvider
from trac.core import implements
from trac.util.translation import cleandoc_

from prodworkflow.api import CampaignSystem, DeputyRequest
from prodworkflow.commands.arguments import Arguments, refusals_as_errors
from prodworkflow.commands.base import CommandProvider
from prodworkflow.commands.errors import errors_told
from prodworkflow.commands.language import say
from prodworkflow.domain.logins import quoted_login
from prodworkflow.domain.text import joined
from prodworkflow.translation import _


class DeputyCommand(CommandProvider):
    """Names deputies of people from the command line."""

    implements(IAdminCommandProvider)

    # IAdminCommandProvider methods

    @errors_told
    def get_admin_commands(self) -> Iterator[tuple[Any, ...]]:
        yield ('campaign deputy',
               '<deputy> for <contact> (YYYY-MM-DD..YYYY-MM-DD | --end) '
               '[--campaign=NAME] [--unknown-contacts] [--if-revision=N] '
               '[--reason=why]',
               cleandoc_("""Let somebody sign for a contact while they are away

               Both days belong to it (UTC), and none may be in the past. It
               holds for all requirements where the contact is named, of one
               campaign or of all that are under way. --end takes it back.
               --unknown-contacts takes a deputy who has never logged in.
               """), self.complete_users, self._do_deputy)

    # Internal methods

    def complete_users(self, args: list[str]) -> list[str]:
        """The logins that Trac knows, for both people."""
        if len(args) == 2:
            return ['for']
        return ([quote(user) for user in
                 CampaignSystem(self.env).queries.known_users()]
                if len(args) in (1, 3) else [])

    def _do_deputy(self, *args: str) -> None:
        parser = Arguments('campaign deputy')
        parser.add_argument('words', nargs='+')
        parser.add_argument('--campaign')
        parser.add_argument('--end', action='store_true')
        parser.add_argument('--unknown-contacts', action='store_true')
        parser.expect_revision()
        parser.add_argument('--reason', default='')
        given = parser.parse_args(args)
        if given.if_revision and given.campaign is None:
            parser.error(_('--if-revision is that of one campaign; name it '
                           'by --campaign'))
        wish = DeputyRequest(_sentence(given.words), given.reason.strip(),
                             given.end, given.unknown_contacts)
        with refusals_as_errors():
            changed = CampaignSystem(self.env).deputies.name(
                self.shell_person(), wish, given.campaign, given.if_revision)
        say(_('Changed: %(campaigns)s.', campaigns=joined(changed))
            if changed else _('Nothing was changed.'))


def _sentence(words: Sequence[str]) -> str:
    """The words as one text; a login that is a word by itself is quoted.

    A shell takes the quotation marks of "Doe, Jane" away.
    """
    who, *rest = words
    if len(rest) < 2 or rest[0] != 'for':
        return ' '.join(words)
    return ' '.join([_quoted(who), 'for', _quoted(rest[1]), *rest[2:]])


def _quoted(word: str) -> str:
    """A login as it stands in a text; it may be written so already."""
    return word if word[:1] == '"' else quoted_login(word)
