"""trac-admin campaign change: signers, items, enforcement and start."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from typing import Any

from trac.admin.api import AdminCommandError, IAdminCommandProvider
from trac.core import implements
from trac.util.translation import cleandoc_

from prodworkflow.api import CampaignChanges, CampaignSystem, SignerChanges
from prodworkflow.commands.arguments import (
    Arguments,
    freeze_words,
    item_additions,
    item_removals,
    item_weights,
    keyed_options,
    people_by_key,
    refusals_as_errors,
    replacements,
)
from prodworkflow.commands.base import CommandProvider
from prodworkflow.commands.errors import errors_told
from prodworkflow.commands.language import say
from prodworkflow.domain.planning.schedule import Shift
from prodworkflow.domain.planning.successors.replacement import Handover
from prodworkflow.domain.planning.undone import Undone
from prodworkflow.translation import _


class ChangeCommand(CommandProvider):
    """Changes running campaigns from the command line.

    Who signs and takes part, how firmly the gates hold, and the start.
    """

    implements(IAdminCommandProvider)

    # IAdminCommandProvider methods

    @errors_told
    def get_admin_commands(self) -> Iterator[tuple[Any, ...]]:
        yield ('campaign change',
               '<name> [--enforcement=standard|strict|advisory] '
               '[--contact=KEY:user,@group]... [--quorum=KEY:N]... '
               '[--deputy="KEY:bruno for anna '
               '2026-07-01..2026-07-14"]... '
               '[--replace=bruno:anna]... '
               '[--add-item=LIST:NAME[=weight]|LIST:{table}]... '
               '[--drop-item=LIST:KEY]... '
               '[--weight=LIST:KEY=N]... '
               '[--freeze-types=type,type] [--freeze-priority=priority] '
               '[--resolution=resolution] '
               '[--start=YYYY-MM-DD|none] [--keep-approvals] '
               '[--unknown-contacts] [--dry-run] [--if-revision=N] '
               '--reason=why',
               cleandoc_(
               """Change who signs and takes part, how firmly, or the start

               Each --contact replaces the contacts of its requirement, each
               --deputy is one of those its requirement then has.
               A login with commas or blanks in it stands between quotation
               marks, as in CSV: '--contact=KEY:anna, "Doe, Jane"'.
               --replace lets anna sign wherever bruno was to, and stand in
               where he was a deputy; --dry-run shows where that is.
               --unknown-contacts takes people who have never logged in.
               --keep-approvals lets what former contacts have signed go on
               counting. --add-item makes the tickets that the template asks
               of each of a list; --drop-item takes one out, and nothing
               counts what was asked of it; one that is added again has its
               past. A table in place of the name, as in a list of a
               template, says what is asked of it alone. --weight gives one
               another weight. --freeze-types and --freeze-priority say which
               tickets may enter once the feature freeze is signed: of which
               types, and the least urgent priority; * stands for any.
               --resolution names the resolution that approves.
               --start moves the planned start, and with it
               the due dates of what is not done yet. --dry-run only shows
               what would move, and which approvals and closed stages new
               signers would undo. --if-revision only does it if nothing was
               recorded since that revision, which "campaign show" tells.
               """), self.complete, self._do_change)

    # Internal methods

    def _do_change(self, *args: str) -> None:
        given = _parser().parse_args(args)
        system = CampaignSystem(self.env)
        changes = _requested(given)
        with refusals_as_errors():
            shift = (None if given.start is None
                     else system.queries.shift(given.name, given.start))
            found = (system.previews.handover(given.name, changes)
                     if (changes.staff or changes.replacements)
                     and not changes.joiners else Handover((), Undone()))
            count = (0 if given.dry_run else system.change(
                given.name, self.shell_person(), changes))
        if shift:
            _print_shift(shift)
        for each in found.touched:
            say(each.words)
        for words in found.undone.words:
            say(_('Would be undone: %(words)s.', words=words)
                if given.dry_run else _('Undone: %(words)s.', words=words))
        say(_('%(count)s changed.', count=count)
            if count and not given.dry_run else _('Nothing was changed.'))
        if given.dry_run:
            return
        self.print_verdict(given.name)


def _parser() -> Arguments:
    """What `campaign change` takes."""
    parser = Arguments('campaign change')
    parser.add_argument('name')
    parser.add_argument('--enforcement')
    for option in ('--contact', '--quorum', '--deputy', '--add-item',
                   '--drop-item', '--weight', '--replace'):
        parser.add_argument(option, action='append', default=[])
    parser.add_argument('--start')
    parser.expect_freeze()
    parser.add_argument('--resolution')
    parser.add_argument('--dry-run', action='store_true')
    parser.add_argument('--keep-approvals', action='store_true')
    parser.add_argument('--unknown-contacts', action='store_true')
    parser.expect_revision()
    parser.add_argument('--reason', default='')
    return parser


def _requested(given: Namespace) -> CampaignChanges:
    """The changes that a command line asks for."""
    staff, replaced = _signer_changes(given), replacements(given.replace)
    if given.dry_run and ((given.start is None and not staff and not replaced)
                          or given.enforcement is not None
                          or given.add_item or given.drop_item
                          or given.weight or freeze_words(given)
                          or given.resolution is not None):
        raise AdminCommandError(_(
            '--dry-run shows what --start would move, and what new signers '
            'would undo; give --start or signers and nothing else with it.'))
    return CampaignChanges(
        given.reason, given.enforcement, staff, given.start,
        item_additions(given.add_item), item_removals(given.drop_item),
        given.if_revision, given.keep_approvals,
        weights=item_weights(given.weight), freeze=freeze_words(given),
        resolution=given.resolution,
        unknown_contacts=given.unknown_contacts, replacements=replaced)


def _signer_changes(given: Namespace) -> tuple[tuple[str, SignerChanges], ...]:
    """Who is to sign, by requirement."""
    contacts = people_by_key('contact', given.contact)
    quorums = dict(keyed_options('quorum', given.quorum, 'N'))
    deputies: dict[str, tuple[str, ...]] = {}
    for key, line in keyed_options('deputy', given.deputy,
                                   'bruno for anna 2026-07-01..2026-07-14'):
        deputies[key] = (*deputies.get(key, ()), line)
    return tuple((key, SignerChanges(contacts.get(key), deputies.get(key),
                                     quorums.get(key)))
                 for key in dict.fromkeys((*contacts, *quorums, *deputies)))


def _print_shift(shift: Shift) -> None:
    """What moves with a start, old and new days side by side."""
    say(shift.words)
    for moved in shift.moved:
        was, to = moved.was or '-', moved.to or '-'
        say(_('  %(label)s: due %(was)s (set to %(day)s by hand) -> %(to)s',
              label=moved.label, was=was, day=moved.by_hand, to=to)
            if moved.by_hand else
            _('  %(label)s: due %(was)s -> %(to)s', label=moved.label,
              was=was, to=to))
    for label in shift.stays:
        say(_('  %(label)s: stays', label=label))
