"""Form of who takes part: one of a list joins, drops out, is weighed anew."""

from __future__ import annotations

from typing import Any

from prodworkflow.api import (
    CampaignChanges,
    CampaignSystem,
    ItemAddition,
    ItemRemoval,
    ItemWeight,
    SignerChanges,
)
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.state import State
from prodworkflow.domain.template.lists import slug
from prodworkflow.domain.text import Message
from prodworkflow.translation import _
from prodworkflow.web.forms import (
    form_revision,
    form_text,
    logins_field,
    split_field,
)

_Staff = tuple[tuple[str, SignerChanges], ...]


def change_items(system: CampaignSystem, req: Any, name: str,
                 person: Person) -> str:
    """Let one of a list join, drop out or have another weight."""
    joiners, leavers, weights = (_joiners(req.args), _leavers(req.args),
                                 _weights(req.args))
    if not (joiners or leavers or weights):
        raise InvalidRequest([('item_name', Message(
            'Name who joins, or choose who drops out or has another '
            'weight.'))])
    state = system.queries.decision(name).snapshot.state
    count = system.change(name, person, CampaignChanges(
        form_text(req.args, 'reason'), None,
        _staff(req.args, state, joiners), None, joiners, leavers,
        form_revision(req.args), weights=weights,
        unknown_contacts='unknown_contacts' in req.args))
    return (_('%(count)s changed.', count=count) if count
            else _('Nothing was changed.'))


def _joiners(args: Any) -> tuple[ItemAddition, ...]:
    typed = args.get('item_name', '').strip()
    return (ItemAddition(args.get('list', ''), typed,
                         args.get('item_weight', ''),
                         args.get('item_key', ''),
                         plots=_lines(args, 'item_plots'),
                         links=_lines(args, 'item_links'),
                         bounds=_lines(args, 'item_bounds')),) \
        if typed else ()


def _lines(args: Any, field: str) -> tuple[str, ...]:
    return split_field(args, field, '\n') or ()


def _leavers(args: Any) -> tuple[ItemRemoval, ...]:
    name, _, key = args.get('drop', '').partition(':')
    return (ItemRemoval(name, key),) if name else ()


def _weights(args: Any) -> tuple[ItemWeight, ...]:
    name, _, key = args.get('weigh', '').partition(':')
    return (ItemWeight(name, key, args.get('new_weight', '')),) if key else ()


def _staff(args: Any, state: State,
           joiners: tuple[ItemAddition, ...]) -> _Staff:
    """The contacts that a form gives to who joins."""
    people = logins_field(args, 'item_contacts')
    return tuple((f'{g.key}.{j.key.strip() or slug(j.name)}',
                  SignerChanges(people)) for j in joiners for g in state.groups
                 if people and g.list == j.list)
