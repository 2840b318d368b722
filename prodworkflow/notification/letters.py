"""Letters: what a mail about a campaign says, with all its links.

Text and HTML show the same letter.  Its links open pages; none of them acts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from prodworkflow.api import site_link
from prodworkflow.domain.news.notices import (
    Kind,
    NoticeLine,
    PersonalNews,
    Section,
)
from prodworkflow.notification.subjects import one_line
from prodworkflow.translation import _, N_

DAYS = (N_('Mon'), N_('Tue'), N_('Wed'), N_('Thu'), N_('Fri'), N_('Sat'),
        N_('Sun'))
MONTHS = (N_('Jan'), N_('Feb'), N_('Mar'), N_('Apr'), N_('May'), N_('Jun'),
          N_('Jul'), N_('Aug'), N_('Sep'), N_('Oct'), N_('Nov'), N_('Dec'))

# What a sentence may end with; any other gets a stop of its own.
STOPS = ('.', '!', '?', ':', '…', '')


@dataclass(frozen=True)
class Link:
    """A place in Trac by its words; `address` is '' where none is known.

    Then `place` tells the way there.
    """

    words: str
    address: str
    place: str = ''


@dataclass(frozen=True)
class Item:
    """One line of a notice: a ticket, what is known of it, when it is due."""

    title: str
    words: str
    due: str
    address: str


@dataclass(frozen=True)
class Paragraph:
    """A sentence, its lines, and where something can be done about them."""

    head: str
    items: tuple[Item, ...]
    remedies: tuple[Link, ...]


@dataclass(frozen=True)
class Letter:
    """All that a mail says; `pages` are those of the campaign."""

    paragraphs: tuple[Paragraph, ...]
    pages: tuple[Link, ...]
    choice: Link


def no_act() -> str:
    """What every mail says of its links."""
    return str(_('Links open pages; no link and no answer to this mail signs '
                 'anything.'))


def letter(env: Any, news: PersonalNews) -> Letter:
    """What a mail says to a person; without a whole base_url, no links."""
    return Letter(
        tuple(_paragraph(env, news.campaign, s) for s in news.sections),
        (Link(_('Campaign %(name)s', name=one_line(news.campaign)),
              site_link(env, 'campaign', news.campaign)),
         Link(_('My sign-offs there'), site_link(env, 'campaign',
                                                 campaign=news.campaign))),
        Link(_('Choose what you are told'), site_link(env, 'prefs',
                                                      'notification'),
             _('in Preferences, Notifications')))


def shown_day(day: date) -> str:
    """A day with its weekday, such as `Thu 4 Feb 2027`."""
    return str(_('%(weekday)s %(day)s %(month)s %(year)s',
                 weekday=_(DAYS[day.weekday()]), day=day.day,
                 month=_(MONTHS[day.month - 1]), year=day.year))


def _paragraph(env: Any, campaign: str, section: Section) -> Paragraph:
    head = one_line(section.head)
    if head.rstrip('”"»')[-1:] not in STOPS:
        head += ':' if section.lines else '.'
    return Paragraph(head,
                     tuple(_item(env, line) for line in section.lines),
                     tuple(_remedies(env, campaign, section)))


def _item(env: Any, line: NoticeLine) -> Item:
    number = f'#{line.ticket}' if line.ticket else ''
    return Item(' '.join(filter(None, (number, one_line(line.title)))),
                one_line(line.words),
                _('due %(day)s', day=shown_day(line.due)) if line.due else '',
                _anchored(site_link(env, 'ticket', str(line.ticket)), 'box')
                if number else '')


def _remedies(env: Any, campaign: str, section: Section) -> list[Link]:
    """Where a person can do something about all lines of a section."""
    if section.kind is Kind.NOBODY:
        return [Link(_('Name others'), _anchored(site_link(
            env, 'admin', 'production', 'campaigns', campaign), 'change'),
            _('in Admin, Production, Campaigns, %(name)s',
              name=one_line(campaign)))]
    links = [Link(_('Put %(campaign)s on hold', campaign=one_line(campaign)),
                  _anchored(site_link(env, 'campaign', campaign,
                                      hold=number), 'controls'))
        for number in dict.fromkeys(line.concern for line in section.lines)
        if number]
    return [link for link in links if link.address]


def _anchored(address: str, place: str) -> str:
    return f'{address}#prodworkflow-{place}' if address else ''
