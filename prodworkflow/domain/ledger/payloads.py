"""Payload decoders: read values back from ledger entries of any age.

An older entry knows fewer fields; what it lacks gets the value that it had
in effect then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from prodworkflow.domain.dates import day_or_none
from prodworkflow.domain.model.campaign import (
    Campaign,
    Change,
    Freeze,
    REMIND,
    SiteWord,
    Stage,
    WaiverRules,
)
from prodworkflow.domain.model.evidence import (
    EvidenceSpec,
    FileFact,
    NOTHING_ASKED,
)
from prodworkflow.domain.model.item_list import Group, Item, ItemList
from prodworkflow.domain.model.person import Deputy
from prodworkflow.domain.model.requirement import Objection, Requirement
from prodworkflow.domain.model.signoff import SignOff
from prodworkflow.domain.model.state import State
from prodworkflow.domain.text import Message


def state_of(payload: Mapping[str, Any]) -> State:
    """Deserialize the state in a `created` entry.

    KeyError, TypeError or ValueError if it is invalid; the same is true of all
    decoders here.
    """
    stages = [dict(s, due=day_or_none(s['due'])) for s in payload['stages']]
    return State(campaign_of(payload['campaign']),
                 tuple(Stage(**s) for s in stages),
                 requirements_of(payload),
                 lists=tuple(map(ItemList.of, payload.get('lists', ()))),
                 groups=tuple(map(Group.of, payload.get('groups', ()))))


def campaign_of(data: Mapping[str, Any]) -> Campaign:
    """Deserialize the campaign of a `created` entry."""
    freeze, waivers = data.get('freeze'), data.get('waivers')
    return Campaign(**{
        **data, 'start': day_or_none(data['start']),
        'freeze': Freeze.of(freeze) if freeze else None,
        'changed': change_of(data.get('changed')),
        'moved': change_of(data.get('moved')),
        'deputies': tuple(map(Deputy.of, data.get('deputies', ()))),
        'waivers': WaiverRules.of(waivers) if waivers else None,
        'words': tuple(map(SiteWord.of, data.get('words', ()))),
        'newcomers': tuple(data.get('newcomers', ())),
        'remind': tuple(data.get('remind', REMIND))})


def requirements_of(payload: Mapping[str, Any]) -> tuple[Requirement, ...]:
    """Deserialize the requirements of an entry."""
    return tuple(requirement_of(r) for r in payload['requirements'])


def requirement_of(data: Mapping[str, Any]) -> Requirement:
    """Deserialize a requirement; older entries know fewer fields."""
    asks, objection = data.get('asks'), data.get('objection')
    return Requirement(**{
        **data, 'contacts': tuple(data['contacts']),
        'deputies': tuple(Deputy.of(d) for d in data.get('deputies', ())),
        'inputs': tuple(data.get('inputs', ())),
        'carried': tuple(data.get('carried', ())),
        'asks': EvidenceSpec.of(asks) if asks else NOTHING_ASKED,
        'due': day_or_none(data.get('due')),
        'changed': change_of(data.get('changed')),
        'dropped': change_of(data.get('dropped')),
        'past': tuple(map(SignOff.of, data.get('past', ()))),
        'rests_on': tuple(data.get('rests_on', ())),
        'kept': tuple(data.get('kept', ())),
        'objection': Objection(**objection) if objection else None,
        'files': tuple(FileFact(**f) for f in data.get('files', ()))})


def addition_of(payload: Mapping[str, Any]) -> tuple[
        str, Item, tuple[Requirement, ...]]:
    """Deserialize an `item-added` entry: list, item, its requirements."""
    return (payload['list'], Item.of(payload['item']),
            requirements_of(payload))


def with_messages(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Serialize messages: id and parameters beside the English text.

    A field that holds a `Message`, or a list with some, stays in English
    and gets a sibling `<field>_messages` of `Message.as_dict()`, or a list
    of them with None for each plain text; so do fields of inner tables.
    """
    found: dict[str, Any] = {}
    for name, value in payload.items():
        found[name] = _plain_text(value)
        if isinstance(value, Message):
            found[f'{name}_messages'] = value.as_dict()
        elif isinstance(value, (list, tuple)) and any(
                isinstance(v, Message) for v in value):
            found[f'{name}_messages'] = [
                v.as_dict() if isinstance(v, Message) else None
                for v in value]
    return found


def _plain_text(value: Any) -> Any:
    if isinstance(value, Message):
        return str.__str__(value)  # in English, whoever acts
    if isinstance(value, (list, tuple)):
        return [_plain_text(v) for v in value]
    return with_messages(value) if isinstance(value, dict) else value


def message_of(payload: Mapping[str, Any], name: str) -> str:
    """The text of a field, as a message where one was stored; '' if none."""
    return _message(str(payload.get(name) or ''),
                    payload.get(f'{name}_messages'))


def messages_of(payload: Mapping[str, Any], name: str) -> list[str]:
    """The texts of a list, as messages where they were stored as such.

    Entries from before messages were stored have texts only.
    """
    texts = payload.get(name)
    if not isinstance(texts, (list, tuple)):
        return []
    data = payload.get(f'{name}_messages')
    if not isinstance(data, list) or len(data) != len(texts):
        data = [None] * len(texts)
    return [_message(str(text), each) for text, each in zip(texts, data)]


def _message(text: str, data: Any) -> str:
    """The message of some data; the text itself unless they agree."""
    try:
        found = Message.of(data)
    except (AttributeError, KeyError, TypeError, ValueError):
        return text
    return found if found == text else text


def pairs_of(data: Iterable[Iterable[str]]) -> tuple[tuple[str, str], ...]:
    """Deserialize pairs of texts."""
    return tuple((one, other) for one, other in data)


def change_of(data: Mapping[str, Any] | None) -> Change | None:
    """Deserialize a change; None if there is none."""
    return Change(**data) if data else None
