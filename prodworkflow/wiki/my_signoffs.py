"""The macro `[[MySignOffs]]`: what waits for whoever reads the page."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import partial
from typing import Any

from trac.core import implements
from trac.util.html import Fragment, Markup, tag
from trac.wiki.api import IWikiMacroProvider
from trac.wiki.formatter import MacroError

from prodworkflow.domain.dates import day_of
from prodworkflow.domain.rules.answers import named
from prodworkflow.domain.views.my_signoffs import due_day
from prodworkflow.domain.views.readiness import Readiness
from prodworkflow.domain.views.references import no_campaign
from prodworkflow.domain.views.timeline import distance
from prodworkflow.wiki.campaign_reader import CampaignReader, CampaignReaders
from prodworkflow.wiki.macro import CampaignMacro, reader_for
from prodworkflow.wiki.words import Words

ANONYMOUS = 'anonymous'


class MySignOffsMacro(CampaignMacro):
    """Show which sign-offs wait for whoever reads the page.

    It lists what is late and what can be signed now in all production
    campaigns under way, each linked to where it is signed.

    The argument, the name of a campaign, is optional:
    {{{
    [[MySignOffs]]
    [[MySignOffs(2011 Prod)]]
    }}}
    A name with a comma stands in double quotes. It takes `CAMPAIGN_VIEW`; who
    is not logged in is told to log in.
    """

    implements(IWikiMacroProvider)

    usage = '[[MySignOffs]] or [[MySignOffs(CAMPAIGN)]]'
    least = 0

    def told(self, formatter: Any, words: list[str]) -> Any:
        perm = CampaignReaders(self.env).reader(formatter.context).perm
        if perm.username == ANONYMOUS:
            return tag.p('You are not logged in: log in to see which sign-offs'
                         ' wait for you.', class_='pw-mine-none')
        reader = reader_for(self.env, formatter)
        if words and reader.readings.rows(words[0]) is None:
            raise MacroError(no_campaign(words[0], reader.readings.names))
        page = Words(self.env, formatter)
        return _list(page, [
            json.loads(part) for part in self._parts(
                page, reader, words[:1] or reader.readings.read_underway())])

    def _parts(self, page: Words, reader: CampaignReader,
               names: Iterable[str]) -> Iterable[str]:
        """What waits in each campaign: rows that are late, and others; JSON.
        """
        for name in names:
            part = reader.card(name, (type(self).__name__, page.href.base),
                               partial(_part, page))
            if part is not None:
                yield part


def _part(page: Words, told: Readiness) -> str:
    waiting = told.waiting_keys
    return json.dumps([[str(_row(page, told, key, late)) for key in keys]
                       for keys, late in ((waiting.late, True),
                                          (waiting.now, False))])


def _row(page: Words, told: Readiness, key: str, late: bool) -> Fragment:
    answer = next(a for a in told.answers if a.requirement.key == key)
    requirement = answer.requirement
    day, today = due_day(told.decision, requirement), day_of(
        told.decision.asked)
    return tag.tr(
        tag.td(tag.span(distance(day, today, late), title=page.day(day),
                        class_='pw-late' if late else None)
               if day else 'no due date', **{'data-label': 'Due'}),
        tag.td(page.campaign(told), **{'data-label': 'Campaign'}),
        tag.td(tag.a(named(answer), href=page.box(requirement.ticket or 0)),
               **{'data-label': 'Sign-off'}))


def _list(page: Words, parts: list[list[list[str]]]) -> Fragment:
    late, now = ([row for part in parts for row in part[n]] for n in (0, 1))
    count = len(late) + len(now)
    if not count:
        return tag.p('No sign-off waits for you. ', _all(page),
                     class_='pw-mine-none')
    told = ('1 sign-off waits for you' if count == 1
            else f'{count} sign-offs wait for you')
    return tag.table(
        tag.caption(f'{told}, {len(late)} late. ' if late else f'{told}. ',
                    _all(page)),
        tag.thead(tag.tr([tag.th(head, scope='col') for head in (
            'Due', 'Campaign', 'Sign-off')])),
        tag.tbody(Markup(''.join((*late, *now)))),
        class_='pw-mine-list')


def _all(page: Words) -> Fragment:
    return tag.a('My sign-offs', href=page.href.campaign())
