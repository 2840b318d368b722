"""The macro `[[MySignOffs]]`: what waits for whoever reads the page."""

from __future__ import annotations

from typing import Any

from trac.core import implements
from trac.util.html import Fragment, tag
from trac.util.translation import cleandoc_
from trac.wiki.api import IWikiMacroProvider
from trac.wiki.formatter import MacroError

from prodworkflow.api import CampaignSystem
from prodworkflow.domain.dates import day_of
from prodworkflow.domain.planning.request import tidy
from prodworkflow.domain.views.references import no_campaign
from prodworkflow.domain.views.timeline import distance
from prodworkflow.domain.views.waiting_signoffs import (
    WaitingCount,
    WaitingSignOff,
)
from prodworkflow.translation import _
from prodworkflow.wiki.campaign_reader import CampaignReaders
from prodworkflow.wiki.macro import CampaignMacro, reader_for
from prodworkflow.wiki.words import Words

ANONYMOUS = 'anonymous'


class MySignOffsMacro(CampaignMacro):
    """The sign-offs that wait for whoever reads the page."""

    implements(IWikiMacroProvider)

    _description = cleandoc_("""
    Show which sign-offs wait for whoever reads the page.

    It lists what is late and what can be signed now in all production
    campaigns under way, each linked to where it is signed.

    The argument, the name of a campaign, is optional:
    {{{
    [[MySignOffs]]
    [[MySignOffs(2011 Prod)]]
    }}}
    A name with a comma stands in double quotes. It takes `CAMPAIGN_VIEW`; who
    is not logged in is told to log in.
    """)

    usage = '[[MySignOffs]] or [[MySignOffs(CAMPAIGN)]]'
    least = 0

    def told(self, formatter: Any, words: list[str]) -> Any:
        perm = CampaignReaders(self.env).reader(formatter.context).perm
        if perm.username == ANONYMOUS:
            return tag.span(_('You are not logged in: log in to see which '
                              'sign-offs wait for you.'))
        reader = reader_for(self.env, formatter)
        found = reader.waiting
        if words:
            if tidy(words[0]) not in reader.campaigns.names:
                raise MacroError(no_campaign(words[0], reader.campaigns.names))
            found = [w for w in found if w.campaign == tidy(words[0])]
        return self._list(Words(self.env, formatter), found)

    # Internal methods

    def _list(self, page: Words, found: list[WaitingSignOff]) -> Fragment:
        count = WaitingCount.of(found)
        told = str(count.words)
        words = f'{told[:1].upper()}{told[1:]}. '
        mine = tag.a(_('My sign-offs'), href=page.href.campaign())
        if not found:
            return tag.span(words, mine)
        now = CampaignSystem(self.env).context.now()
        return tag.table(
            tag.caption(words, mine),
            tag.thead(tag.tr([tag.th(head, scope='col') for head in (
                _('Due'), _('Campaign'), _('Sign-off'))])),
            tag.tbody([_row(page, each, now)
                       for each in sorted(found, key=lambda w: not w.late)]),
            class_='pw-mine-list')


def _row(page: Words, waiting: WaitingSignOff, now: int) -> Fragment:
    name, day = waiting.campaign, waiting.due
    return tag.tr(
        tag.td(tag.span(distance(day, day_of(now), waiting.late),
                        title=page.day(day),
                        class_='pw-late' if waiting.late else None)
               if day else _('no due date'), **{'data-label': _('Due')}),
        tag.td(tag.a(name, href=page.href.campaign(name)),
               **{'data-label': _('Campaign')}),
        tag.td(tag.a(f'#{waiting.ticket} {waiting.title}',
                     href=page.box(waiting.ticket)),
               **{'data-label': _('Sign-off')}))
