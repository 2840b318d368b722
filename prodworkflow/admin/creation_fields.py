"""Fields of the form that creates a campaign: names, ids, and mistakes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from prodworkflow.admin.creation_lists import TypedLists
from prodworkflow.domain.model.campaign import Campaign
from prodworkflow.domain.planning.freezes import PRIORITY, TYPES
from prodworkflow.domain.planning.request import CampaignRequest
from prodworkflow.domain.template.expansion import titles
from prodworkflow.domain.template.model import Template
from prodworkflow.domain.views.creation.mistakes import by_field, TableFields
from prodworkflow.translation import _


@dataclass(frozen=True)
class CreationFields:
    """The fields of a form as it was typed, in the order of the page."""

    wish: CampaignRequest
    template: Template
    lists: TypedLists

    @cached_property
    def titles(self) -> dict[str, str]:
        """What requirements are called, by their keys."""
        return titles(self.template, Campaign(
            self.wish.name, '', self.wish.release, None, '', ''))

    @cached_property
    def labels(self) -> dict[str, str]:
        """What each field is called."""
        keys = [*(r.key for r in self.template.requirements), *sorted(
            k for k in {*self.wish.contacts, *self.wish.quorums} if '.' in k)]
        found = {'name': _('Name'), 'template': _('Template'),
                 'release': _('Release'), 'start': _('Planned start'),
                 'enforcement': _('Enforcement')}
        if self.template.freeze:
            found.update({TYPES: _('May enter once frozen'),
                          PRIORITY: _('Priority once frozen')})
        for key in keys:
            title = self.titles.get(key, key)
            found[f'contact:{key}'] = title
            found[f'quorum:{key}'] = _('%(title)s: quorum', title=title)
        for table in self.lists.tables:
            for number in range(len(table.rows)):
                self._row(found, table.name, number)
        found['lists'] = _('Lists')
        return found

    def by_field(self, problems: list[tuple[str, str]]
                 ) -> dict[str, list[str]]:
        """What is wrong, by field, in the order of the page."""
        if self.lists.by_table:
            problems = self._table_fields.placed(problems)
        found = by_field(problems, self.titles)
        order = {field: n for n, field in enumerate(self.labels)}
        return dict(sorted(found.items(),
                           key=lambda each: order.get(each[0], len(order))))

    @property
    def _table_fields(self) -> TableFields:
        groups = {r.key: r.for_each for r in self.template.requirements
                  if r.for_each}
        return TableFields(self.lists.tables, groups, frozenset(
            key for key in groups if not self.wish.contacts.get(key)))

    @staticmethod
    def _row(found: dict[str, str], name: str, number: int) -> None:
        """Name the cells of a row."""
        about = {'list': name, 'row': number + 1}
        found.update({
            f'item-name:{name}:{number}':
                _('%(list)s, row %(row)s: name', **about),
            f'item-weight:{name}:{number}':
                _('%(list)s, row %(row)s: weight', **about),
            f'item-contacts:{name}:{number}':
                _('%(list)s, row %(row)s: contacts', **about)})
