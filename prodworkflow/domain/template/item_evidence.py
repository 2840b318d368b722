"""Evidence of an item's own: plots, links and bounds beside the template's.

Each requirement for the list that asks for plots takes the item's plots, one
that asks for links its links, and one that asks for a value its bound of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from prodworkflow.domain.model.evidence import EvidenceSpec, ValueSpec
from prodworkflow.domain.model.item_list import Item, ItemList
from prodworkflow.domain.model.value_bound import value_bound
from prodworkflow.domain.quantities import is_number, UnitError
from prodworkflow.domain.template.model import Template
from prodworkflow.domain.text import joined, Message, nearest


def asked_of(asks: EvidenceSpec, item: Item) -> EvidenceSpec:
    """What a requirement asks of an item, with what is its own."""
    return replace(
        asks, values=tuple(_bounded(v, item) for v in asks.values),
        plots=_with(asks.plots, item.plots),
        links=_with(asks.links, item.links))


def _with(names: tuple[str, ...], own: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*names, *own))) if names else ()


def _bounded(value: ValueSpec, item: Item) -> ValueSpec:
    for text in item.bounds:
        bound = value_bound(text)
        if bound and bound.name == value.name:
            end = _end(value, bound.quantity)
            value = (replace(value, at_most=end) if bound.most
                     else replace(value, at_least=end))
    return value


def _end(value: ValueSpec, quantity: str) -> str:
    """A bound with its unit; one that was taken by older rules, too."""
    plain = ' '.join(quantity.split())
    return f'{plain} {value.unit}' if is_number(plain) else plain


def own_mistakes(template: Template, found: ItemList
                 ) -> Iterator[tuple[int, str, str]]:
    """What is wrong with the evidence of items: (position, word, message)."""
    own = [(n, i) for n, i in enumerate(found.items) if i.own]
    if own:
        asked = asked_for_each(template, found.name)
        for position, item in own:
            for word, words in item_mistakes(asked, found.name, item):
                yield position, word, words


def asked_for_each(template: Template, name: str) -> EvidenceSpec:
    """All evidence that a template asks for each of a list, in one."""
    asked = [r.asks for r in template.requirements if r.for_each == name]
    return EvidenceSpec(tuple(v for a in asked for v in a.values),
                        tuple(p for a in asked for p in a.plots),
                        tuple(n for a in asked for n in a.links))


def item_mistakes(asked: EvidenceSpec, name: str,
                  item: Item) -> Iterator[tuple[str, str]]:
    """What is wrong with the evidence of one item: (word, message).

    `asked` is all that is asked for each of the list `name`.
    """
    for word, own, there in (('plots', item.plots, asked.plots),
                             ('links', item.links, asked.links)):
        if own and not there:
            yield word, Message(
                'nothing asks for %(word)s of each of %(list)s; add %(word)s '
                'to a requirement with for_each = "%(list)s"', word=word,
                list=name)
    values = {v.name: v for v in asked.values} if item.bounds else {}
    for text in item.bounds:
        words = _unfit_bound(text, values, name)
        if words:
            yield 'bounds', words


def _unfit_bound(text: str, values: dict[str, ValueSpec], name: str) -> str:
    bound = value_bound(text)
    if bound is None:
        return Message('"%(text)s" is no bound; write "crash_rate <= 2 %%"',
                       text=text[:64])
    value = values.get(bound.name)
    if value is None:
        near = nearest(bound.name, values)
        hint = (Message('write "%(near)s"', near=near) if near else
                Message('there is %(names)s', names=joined(list(values))
                        or Message('none')))
        return Message('nothing asks for the value "%(value)s" of each of '
                       '%(list)s; %(hint)s', value=bound.name, list=name,
                       hint=hint)
    try:
        value.typed_bound(bound.quantity)
    except UnitError as error:
        return error.args[0]
    return ''
