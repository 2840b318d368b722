"""Examples for the preview of a template: items of lists, and contacts."""

from __future__ import annotations

from prodworkflow.domain.model.coverage_rule import rule
from prodworkflow.domain.model.item_list import Item, ItemList, singular
from prodworkflow.domain.template.model import Template


def examples(template: Template) -> list[ItemList]:
    """Example items for empty lists of a template, for its preview."""
    filled_ = {each.name for each in template.lists if each.items}
    return [ItemList(name, tuple(
        Item(f'{_hyphened(name)}-{n}', f'{singular(name)} {n}', '1')
        for n in range(1, max([2, *(rule(r.coverage).at_least
                                    for r in template.requirements
                                    if r.for_each == name)]) + 1)))
            for name in template.list_names if name not in filled_]


def contacts_named(template: Template) -> tuple[str, ...]:
    """All contacts of a template and its lists, each once."""
    named = [c for r in template.requirements for c in r.contacts]
    named += [c for each in template.lists for item in each.items
              for c in item.contacts]
    return tuple(dict.fromkeys(named))


def _hyphened(name: str) -> str:
    return singular(name).replace('_', '-')
