"""The macro `[[CampaignTimeline(2011 Prod)]]`: stages and start by days."""

from __future__ import annotations

from datetime import date
from typing import Any

from trac.core import implements
from trac.util.html import Fragment, tag
from trac.util.translation import cleandoc_
from trac.wiki.api import IWikiMacroProvider
from trac.wiki.formatter import MacroError

from prodworkflow.api import CampaignSystem
from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.views.picture.chart import chart
from prodworkflow.domain.views.readiness import Readiness
from prodworkflow.domain.views.timeline import Kind, Point, Timeline, timeline
from prodworkflow.translation import _, ngettext, tag_
from prodworkflow.web.campaign_page.picture import add_picture_styles, picture
from prodworkflow.wiki.macro import CampaignMacro
from prodworkflow.wiki.words import Words

PICTURE = 'picture'
MIDDLE, HEIGHT = '14', '28'


class CampaignTimelineMacro(CampaignMacro):
    """When the stages of a campaign are due."""

    implements(IWikiMacroProvider)

    _description = cleandoc_("""
    Show when the stages of a production campaign are due.

    A row for each stage and for the start of production: its day, how far it
    is, and where it lies between the first day and the last; today is the
    dashed line.

    The argument is the name of the campaign:
    {{{
    [[CampaignTimeline(2011 Prod)]]
    }}}
    With `picture` behind it, the picture of the campaign's page is shown, and
    the table below it, closed:
    {{{
    [[CampaignTimeline(2011 Prod, picture)]]
    }}}
    A name with a comma stands in double quotes. It takes `CAMPAIGN_VIEW`;
    milestones that the reader may not see are left out.
    """)

    usage = '[[CampaignTimeline(CAMPAIGN, picture)]]'
    most = 2

    def told(self, formatter: Any, words: list[str]) -> Any:
        """The macro as HTML; MacroError for a word that it does not know."""
        if words[1:] not in ([], [PICTURE]):
            raise MacroError(_(
                'Behind the name only "%(word)s" may stand: write %(usage)s.',
                word=PICTURE, usage=self.usage))
        req = getattr(formatter, 'req', None)
        if words[1:] and req is not None:
            add_picture_styles(req)
        return super().told(formatter, words)

    def shown(self, formatter: Any, told: Readiness,
              words: list[str]) -> Fragment:
        if words != [PICTURE]:
            return self._table(formatter, told)
        return tag.div(
            tag.p(Words(self.env, formatter).campaign(told)),
            picture(getattr(formatter, 'req', None),
                    chart(told, self._entries(told))),
            tag.details(tag.summary(_('the same as a table')),
                        self._table(formatter, told)),
            class_='pw-tl-picture')

    def _entries(self, told: Readiness) -> list[Entry]:
        """The entries of the ledger; none if it cannot be read."""
        try:
            return CampaignSystem(self.env).queries.ledger(told.campaign.name)
        except ValueError:
            return []

    def _table(self, formatter: Any, told: Readiness) -> Fragment:
        page, drawn = Words(self.env, formatter), timeline(told)
        return tag.table(
            tag.caption(
                tag_('%(campaign)s: timeline.', campaign=page.campaign(told)),
                ' ', tag.span(_('Today is %(day)s; %(words)s.',
                                day=page.day(drawn.today),
                                words=drawn.summary), class_='pw-small')),
            tag.thead(tag.tr([tag.th(head, scope='col') for head in (
                _('What'), _('When'), _('State'))], tag.th(
                    page.day(drawn.first), ' – ', page.day(drawn.last),
                    scope='col', class_='pw-scale'))),
            tag.tbody([_row(page, drawn, point) for point in drawn.points]),
            class_='pw-timeline')


def _row(page: Words, drawn: Timeline, point: Point) -> Fragment:
    title: Any = point.title
    if point.milestone:
        title = tag.a(title, href=page.href.milestone(point.milestone))
    return tag.tr(
        tag.th(title, scope='row'),
        tag.td(_when(page, drawn, point), **{'data-label': _('When')}),
        tag.td(point.state, **{'data-label': _('State')}) if point.state
        else tag.td(),
        tag.td(_strip(drawn, point), class_='pw-strip'),
        class_=f'pw-point-{point.kind.value}')


def _when(page: Words, drawn: Timeline, point: Point) -> Any:
    """The day of a point in words, and how far it is from today."""
    planned = (page.day(point.day) if point.day else _('no due date'))
    if point.kind is Kind.LAUNCH:
        return planned
    if point.ended:
        facts = {'planned': planned, 'day': page.day(point.ended)}
        return (_('%(planned)s, closed %(day)s', **facts)
                if point.kind is Kind.STAGE else
                _('%(planned)s, launched %(day)s', **facts))
    if point.late:
        return tag.span(planned, ngettext(
            ', 1 day late', ', %(num)s days late', point.late),
            class_='pw-late')
    return (f'{planned}, {drawn.distance(point.day)!s}' if point.day
            else planned)


def _strip(drawn: Timeline, point: Point) -> Fragment:
    """Where a point lies: the text beside it says the same."""
    return tag.svg(
        _line('pw-axis', 0, 100), _line('pw-now', drawn.place(drawn.today),
                                      upright=True),
        _span(drawn, 'pw-plan', point.began, point.day),
        _span(drawn, 'pw-lateness', point.day, drawn.today)
        if point.late else None,
        tag.circle(cx=_percent(drawn.place(point.day)), cy=MIDDLE, r='5',
                   class_='pw-over' if point.ended else 'pw-open')
        if point.day else None,
        width='100%', height=HEIGHT, **{'aria-hidden': 'true'})


def _span(drawn: Timeline, kind: str, first: date | None,
          last: date | None) -> Fragment | None:
    if not (first and last):
        return None
    return _line(kind, drawn.place(first), drawn.place(last))


def _line(kind: str, first: float, last: float | None = None,
          upright: bool = False) -> Fragment:
    return tag.line(
        x1=_percent(first), x2=_percent(first if last is None else last),
        y1='0' if upright else MIDDLE, y2=HEIGHT if upright else MIDDLE,
        class_=kind)


def _percent(place: float) -> str:
    return f'{place:.1f}%'
