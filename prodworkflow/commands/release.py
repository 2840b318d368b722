"""trac-admin campaign release: preview, and the move itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from trac.admin.api import IAdminCommandProvider
from trac.core import implements
from trac.util.translation import cleandoc_

from prodworkflow.api import CampaignSystem, ReleaseRequest
from prodworkflow.commands.arguments import Arguments, refusals_as_errors
from prodworkflow.commands.base import CommandProvider
from prodworkflow.commands.errors import errors_told
from prodworkflow.commands.language import say
from prodworkflow.domain.planning.releases.report import effect_lines


class ReleaseCommand(CommandProvider):
    """Moves campaigns to a new release or patch from the command line."""

    implements(IAdminCommandProvider)

    # IAdminCommandProvider methods

    @errors_told
    def get_admin_commands(self) -> Iterator[tuple[Any, ...]]:
        yield ('campaign release',
               '<name> <release> [--touches=input,input] [--renamed] '
               '[--dry-run] [--json] [--if-revision=N] --reason=why',
               cleandoc_("""Move a campaign to a new release or patch

               Release-bound sign-offs have to be given again and their
               tickets are reopened; with --touches only those that rest on
               one of the inputs, or name none, and what rests on them.
               --dry-run shows what would be asked again, and why, and
               changes nothing. --renamed says that it is the present release
               under another name: nothing is asked again. --json prints one
               JSON document.
               """), self.complete, self._do_release)

    # Internal methods

    def _do_release(self, *args: str) -> None:
        given = _parser().parse_args(args)
        wish = ReleaseRequest(given.release, tuple(
            t.strip() for each in given.touches
            for t in each.split(',') if t.strip()), given.reason,
                              given.renamed)
        system = CampaignSystem(self.env)
        with refusals_as_errors():
            effect = (system.previews.release_effect(given.name, wish)
                      if given.dry_run else
                      system.release(given.name, self.shell_person(), wish,
                                     given.if_revision))
        if given.json:
            say(json.dumps({**effect.as_dict(),
                                 'done': not given.dry_run}, indent=1))
            return
        for line in effect_lines(effect, not given.dry_run):
            say(line)
        if not given.dry_run:
            self.print_verdict(given.name)


def _parser() -> Arguments:
    """What `campaign release` takes."""
    parser = Arguments('campaign release')
    parser.add_argument('name')
    parser.add_argument('release')
    parser.add_argument('--touches', action='append', default=[])
    for flag in ('--renamed', '--dry-run', '--json'):
        parser.add_argument(flag, action='store_true')
    parser.expect_revision()
    parser.add_argument('--reason', default='')
    return parser
