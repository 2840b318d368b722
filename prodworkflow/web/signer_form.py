"""Signer form: the fields of contacts, quorums and deputies of a campaign.

Compared with what the form was made from: what nobody touched changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping
from typing import Any

from prodworkflow.api import SignerChanges
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.model.person import Deputy, tidy_deputy
from prodworkflow.domain.model.state import State
from prodworkflow.domain.planning.requirement_sets import (
    requirement_sets,
    RequirementSet,
)
from prodworkflow.web.forms import form_text, logins_field, split_field


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
