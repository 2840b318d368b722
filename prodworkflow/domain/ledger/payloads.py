"""Reads values back from ledger payloads of any age."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from prodworkflow.domain.model.campaign import Change
from prodworkflow.domain.model.evidence import EvidenceSpec, NOTHING_ASKED
from prodworkflow.domain.model.person import Deputy
from prodworkflow.domain.model.requirement import Requirement


def requirement_of(data: Mapping[str, Any]) -> Requirement:
    """A requirement as kept; older entries know fewer of its fields."""
    asks = data.get('asks')
    due = data.get('due')
    return Requirement(**{
        **data, 'contacts': tuple(data['contacts']),
        'deputies': tuple(Deputy.of(d) for d in data.get('deputies', ())),
        'inputs': tuple(data.get('inputs', ())),
        'carried': tuple(data.get('carried', ())),
        'asks': EvidenceSpec.of(asks) if asks else NOTHING_ASKED,
        'due': date.fromisoformat(due) if due else None,
        'changed': change_of(data.get('changed')),
        'dropped': change_of(data.get('dropped'))})


def change_of(data: Mapping[str, Any] | None) -> Change | None:
    """A change as kept, if there was one."""
    return Change(**data) if data else None
