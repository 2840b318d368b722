"""Signer form: the fields of contacts, quorums and deputies of a campaign.

Compared with what the form was made from: what nobody touched changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping
from typing import Any

from prodworkflow.api import (
    CampaignChanges,
    CampaignSystem,
    Replacement,
    SignerChanges,
)
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.model.person import Deputy, Person, tidy_deputy
from prodworkflow.domain.model.state import State
from prodworkflow.domain.planning.requirement_sets import (
    requirement_sets,
    RequirementSet,
)
from prodworkflow.domain.planning.successors.replacement import BY, REPLACE
from prodworkflow.domain.text import Message
from prodworkflow.translation import ngettext
from prodworkflow.web.forms import (
    form_revision,
    form_text,
    login_field,
    logins_field,
    split_field,
)


def signer_changes(args: MutableMapping[str, Any], state: State,
                   seen: State) -> tuple[tuple[str, SignerChanges], ...]:
    """What a form changes of who signs, by keys; it was made from `state`.

    Of groups it shows what all members have in common that are `seen`.
    What nobody touched is taken out of `args`: the form, if it comes back,
    shows what is there now.  InvalidRequest names what is quoted badly.
    """
    found: list[tuple[str, SignerChanges]] = []
    problems: list[tuple[str, str]] = []
    for part in _parts(state, seen):
        try:
            asked = _changes_of(args, part)
        except InvalidRequest as error:
            problems += error.problems
            continue
        found += [(part.key, asked)] if asked else []
    if problems:
        raise InvalidRequest(problems)
    return tuple(found)


def requested_replacement(req: Any) -> CampaignChanges:
    """Who is to sign in place of whom, as a form asks; InvalidRequest."""
    args = req.args
    wish = Replacement(login_field(args, REPLACE), login_field(args, BY))
    return CampaignChanges(
        form_text(args, 'reason'), revision=form_revision(args),
        keep_approvals='keep_approvals' in args,
        unknown_contacts='unknown_contacts' in args, replacements=(wish,))


def replace_everywhere(system: CampaignSystem, req: Any, name: str,
                       person: Person) -> str | None:
    """Replace as it was shown; None if it is yet to be shown."""
    wish = requested_replacement(req)
    if not person.administrator:
        system.change(name, person, wish)  # is refused
    found = system.previews.handover(name, wish)
    if not wish.reason:
        raise InvalidRequest([('reason', Message(
            'Say why; the reason is kept and shown.'))])
    if form_text(req.args, 'confirm') != found.digest:
        return None
    count = system.change(name, person, wish)
    return ngettext('%(num)s sign-off has other signers.',
                    '%(num)s sign-offs have other signers.', count)


def _parts(state: State, seen: State) -> list[RequirementSet]:
    """All that the form has fields for: groups as a whole come first."""
    return [p for p in requirement_sets(seen) if p.group] + [
        RequirementSet((r,)) for p in requirement_sets(state)
        for r in p.requirements]


def _changes_of(args: MutableMapping[str, Any],
                part: RequirementSet) -> SignerChanges | None:
    """What a form changes of who signs a part; None if nothing.

    Where those of a group differ, an empty field leaves each as it is.
    """
    contacts = logins_field(args, f'contact:{part.key}')
    if contacts == part.contacts or not (contacts or part.contacts):
        contacts = None
        args.pop(f'contact:{part.key}', None)
    deputies = split_field(args, f'deputies:{part.key}', '\n')
    if _same(deputies, part.deputies):
        deputies = None
        args.pop(f'deputies:{part.key}', None)
    elif part.deputies is None:
        deputies = deputies or None
    quorum: str | None = form_text(args, f'quorum:{part.key}')
    if quorum in ('', str(part.quorum)):
        quorum = None
        args.pop(f'quorum:{part.key}', None)
    asked = SignerChanges(contacts, deputies, quorum)
    return None if asked == SignerChanges() else asked


def _same(typed_lines: Iterable[str] | None,
          deputies: Iterable[Deputy] | None) -> bool:
    return tuple(map(tidy_deputy, typed_lines or ())) == tuple(
        map(str, deputies or ()))
