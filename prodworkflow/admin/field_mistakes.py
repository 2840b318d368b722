"""Mistakes on a campaign's admin page, each at the field it was typed into."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from prodworkflow.domain.planning.requirement_sets import RequirementSet
from prodworkflow.web.notices.field_problems import kept_problems

# What the rules call otherwise than the form.
FIELDS = {'add': 'item_name', 'weight': 'new_weight'}
KINDS = {'deputy': 'deputies'}


def field_mistakes(req: Any,
                   parts: Iterable[RequirementSet]) -> dict[str, str]:
    """What is wrong with what was typed, by the form's own fields."""
    groups = {r.key: part.key for part in parts if part.group
              for r in part.requirements}
    found: dict[str, str] = {}
    for field, words in kept_problems(req).items():
        found.setdefault(_field(req.args, field, groups), words)
    return found


def _field(args: Any, field: str, groups: dict[str, str]) -> str:
    """The field of the form; of a whole group where that was typed into."""
    kind, colon, key = field.partition(':')
    if not colon:
        return FIELDS.get(field, field)
    kind = KINDS.get(kind, kind)
    if kind == 'contact' and args.get('item_contacts'):
        return 'item_contacts'
    whole = f'{kind}:{groups.get(key, key)}'
    return whole if f'{kind}:{key}' not in args and whole in args else (
        f'{kind}:{key}')
