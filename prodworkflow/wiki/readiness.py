"""The macro `[[CampaignReadiness(2011 Prod)]]`: the verdict as a card."""

from __future__ import annotations

from typing import Any

from trac.core import implements
from trac.util.html import Fragment, tag
from trac.util.translation import cleandoc_
from trac.wiki.api import IWikiMacroProvider

from prodworkflow.domain.views.readiness import Readiness
from prodworkflow.domain.views.stage import StageReadiness
from prodworkflow.domain.views.waits.asked import asked_counts
from prodworkflow.translation import _, ngettext
from prodworkflow.wiki.macro import CampaignMacro
from prodworkflow.wiki.words import Words

PEOPLE = 6


class CampaignReadinessMacro(CampaignMacro):
    """How far a campaign is, as a card."""

    implements(IWikiMacroProvider)

    _description = cleandoc_("""
    Show how far a production campaign is.

    The card has the verdict in one sentence, how many sign-offs of each stage
    are given, and whom the campaign waits for.

    The argument is the name of the campaign:
    {{{
    [[CampaignReadiness(2011 Prod)]]
    }}}
    A name with a comma stands in double quotes. It takes `CAMPAIGN_VIEW`;
    tickets and milestones that the reader may not see are left out.
    """)

    usage = '[[CampaignReadiness(CAMPAIGN)]]'

    def shown(self, formatter: Any, told: Readiness,
              words: list[str]) -> Fragment:
        page = Words(self.env, formatter)
        return tag.div(
            tag.p(tag.strong(page.campaign(told)), ' ',
                  tag.span(_facts(page, told), class_='pw-small')),
            _verdict(page, told),
            tag.ol([_stage(page, stage) for stage in told.stages],
                   class_='pw-card-stages'),
            _awaited(page, told),
            tag.p(_('Parts of this campaign are not shown to you.'),
                  class_='pw-small') if told.veiled else None,
            class_='pw-campaign pw-card', role='group',
            **{'aria-label': _('Campaign %(name)s', name=told.campaign.name)})


def _facts(page: Words, told: Readiness) -> str:
    campaign = told.campaign
    start = (_('production planned for %(day)s', day=page.day(campaign.start))
             if campaign.start else _('no start planned'))
    return ' · '.join((
        _('release %(release)s', release=campaign.release)
        if campaign.release else _('no release yet'),
        _('production launched') if campaign.launched else start))


def _verdict(page: Words, told: Readiness) -> Fragment:
    head, colon, rest = str(told.verdict).partition(': ')
    return tag.p(tag.strong(head, colon.strip()), ' ', page.linked(rest),
                 class_='pw-verdict ' + ('pw-is-open' if told.open
                                         else 'pw-is-shut'))


def _stage(page: Words, stage: StageReadiness) -> Fragment:
    made = stage.stage
    late = stage.late and ngettext(', 1 day late', ', %(num)s days late',
                                   stage.late)
    return tag.li(
        tag.a(made.label, href=page.href.milestone(made.milestone)), ' ',
        tag.span(_('%(signed)s of %(needed)s signed, %(state)s',
                   signed=stage.signed, needed=stage.needed,
                   state=stage.words)),
        ' ', tag.span(_('due %(day)s', day=page.day(made.due)), late or None,
                      class_='pw-late' if late else 'pw-small')
        if made.due else None,
        class_='pw-done' if stage.closed else 'pw-may' if stage.open
        else 'pw-shut')


def _awaited(page: Words, told: Readiness) -> Fragment | None:
    counts = asked_counts(told)
    if not counts:
        return None
    names = [f'{page.person(name)} ({count})'
             for name, count in counts.items()]
    more = len(names) - PEOPLE
    people = ', '.join(names[:PEOPLE])
    return tag.p(_('Waits for %(people)s and %(count)s more', people=people,
                   count=more) if more > 0 else
                 _('Waits for %(people)s', people=people))
