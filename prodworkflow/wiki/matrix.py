"""The macro `[[CampaignMatrix(2011 Prod, sites)]]`: items by sign-offs."""

from __future__ import annotations

from typing import Any

from trac.core import implements
from trac.util.html import Fragment, tag
from trac.util.translation import cleandoc_
from trac.wiki.api import IWikiMacroProvider
from trac.wiki.formatter import MacroError

from prodworkflow.domain.rules.answers import named
from prodworkflow.domain.views.marks import QUIET
from prodworkflow.domain.views.matrices.cells import Cell
from prodworkflow.domain.views.matrices.lists import matrices, Matrix, Row
from prodworkflow.domain.views.readiness import Readiness
from prodworkflow.domain.views.references import no_list
from prodworkflow.translation import _
from prodworkflow.wiki.macro import CampaignMacro
from prodworkflow.wiki.words import Words


class CampaignMatrixMacro(CampaignMacro):
    """The sign-offs of a campaign by sites or subdetectors."""

    implements(IWikiMacroProvider)

    _description = cleandoc_("""
    Show the sign-offs of a production campaign by sites or subdetectors.

    A row for each item of a list of the campaign, a column for what is asked
    of each of them. A cell has the state, who has signed and when, or who is
    awaited and how late; it leads to the sign-off ticket.

    The arguments are the name of the campaign and that of the list; without
    the second one there is a table for each list:
    {{{
    [[CampaignMatrix(2011 Prod, subdetectors)]]
    [[CampaignMatrix(2011 Prod)]]
    }}}
    A name with a comma stands in double quotes. It takes `CAMPAIGN_VIEW`;
    tickets that the reader may not see are left out.
    """)

    usage = '[[CampaignMatrix(CAMPAIGN, LIST)]]'
    most = 2

    def shown(self, formatter: Any, told: Readiness,
              words: list[str]) -> Fragment:
        found = matrices(told)
        chosen = [m for m in found if m.list in words] if words else found
        if words and not chosen:
            raise MacroError(no_list(told, words[0], [m.list for m in found]))
        if not chosen:
            return tag.span(_('%(campaign)s has no list of items.',
                              campaign=told.campaign.name))
        page = Words(self.env, formatter)
        return tag.div([_table(page, told, each) for each in chosen],
                       class_='pw-matrices')


def _table(page: Words, told: Readiness, matrix: Matrix) -> Fragment:
    titles = [column.group.title for column in matrix.columns]
    return tag.table(
        tag.caption(page.campaign(told), f': {matrix.list}. ', tag.span(
            _('%(words)s.', words=matrix.summary), class_='pw-small')),
        tag.thead(tag.tr(tag.th(matrix.list.capitalize(), scope='col'), [
            tag.th(title, scope='col') for title in titles])),
        tag.tbody([_row(page, row, titles) for row in matrix.rows]),
        class_='pw-matrix')


def _row(page: Words, row: Row, titles: list[str]) -> Fragment:
    weight = row.item.weight
    return tag.tr(
        tag.th(row.item.name, tag.span(f' {weight}', class_='pw-small')
               if weight else None, scope='row'),
        [tag.td(_cell(page, cell) if cell else '–', **{'data-label': title})
         for cell, title in zip(row.cells, titles)])


def _cell(page: Words, cell: Cell) -> Fragment:
    """The mark, its word, who, and when; the whole is the link."""
    told = tag(
        page.mark(cell.state), ' ',
        tag.span(cell.word, class_='pw-hidden' if cell.state in QUIET
                 else None),
        [tag.span(' ', text, class_=class_) for text, class_ in (
            (page.people(cell.people), 'pw-small'), (cell.note, 'pw-small'),
            (page.day_of(cell.time) if cell.time else '', 'pw-small'),
            (cell.lateness, 'pw-late')) if text])
    answer, ticket = cell.answer, cell.answer.requirement.ticket
    look = {'class_': f'pw-cell pw-{cell.state}',
            'title': f'{named(answer)} {answer.words!s}'}
    return (tag.a(told, href=page.box(ticket), **look) if ticket
            else tag.span(told, **look))
