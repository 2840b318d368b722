"""Notification mails: stages that reopen, campaigns that are put on hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from trac.core import Component, implements
from trac.notification.api import (
    IEmailDecorator,
    INotificationFormatter,
    INotificationSubscriber,
    NotificationEvent,
    NotificationSystem,
)
from trac.notification.mail import EmailDistributor, set_header
from trac.notification.model import Subscription
from trac.perm import PermissionCache
from trac.ticket.model import Ticket
from trac.util.datefmt import datetime_now, utc
from trac.util.text import exception_to_unicode

from prodworkflow.api import (
    allowed,
    CampaignSystem,
    ICampaignListener,
    is_whole,
    site_link,
)
from prodworkflow.domain.model.notifications import (
    ConcernNews,
    News,
    StrandedNews,
    TicketNews,
)
from prodworkflow.domain.model.permissions import HOLD, LAUNCH, SEE
from prodworkflow.domain.rules.objections.concerns import concern_words
from prodworkflow.notification.links import (
    leave_out_partial_links,
    OurTicketEvent,
)

REALM = 'campaign'


class CampaignNotification(Component):
    """Sends mail to the contacts of a campaign whose stage was reopened.

    They get it unless they say otherwise in their notification preferences.
    """

    implements(ICampaignListener, IEmailDecorator, INotificationFormatter,
               INotificationSubscriber)

    # ICampaignListener methods

    def campaign_created(self, tickets: list[int], actor: str) -> None:
        if not self._reaches_anybody():
            return
        for number in tickets:
            ticket = Ticket(self.env, number)
            self._notify(OurTicketEvent('created', ticket, ticket['time'],
                                        actor))

    def ticket_saved(self, news: TicketNews) -> None:
        self._notify(OurTicketEvent(
            'changed', Ticket(self.env, news.ticket), news.when, news.author,
            news.comment))

    def stage_reopened(self, news: News) -> None:
        self._notify(NotificationEvent(REALM, 'stage-reopened', news,
                                       datetime_now(utc), news.actor))

    def concern_raised(self, news: ConcernNews) -> None:
        self._notify(NotificationEvent(REALM, 'concern-raised', news,
                                       datetime_now(utc), news.concern.by))

    def nobody_left(self, news: StrandedNews) -> None:
        self._notify(NotificationEvent(REALM, 'nobody-left', news,
                                       datetime_now(utc), ''))

    # INotificationFormatter methods

    def get_supported_styles(self,
                             transport: str) -> Iterator[tuple[str, str]]:
        yield 'text/plain', REALM

    def format(self, transport: str, style: str, event: Any) -> str | None:
        if event.realm != REALM:
            return None
        news = event.target
        if isinstance(news, ConcernNews):
            return self._concern_text(news)
        if isinstance(news, StrandedNews):
            return self._stranded_text(news)
        what, remedy = (
            (f'{news.milestone} was closed and is open again', '')
            if news.milestone else
            (f'{news.campaign} is on hold',
             f' A holder of {LAUNCH} may resume it.' if news.launched else
             f' {news.actor} or a holder of {HOLD} may lift it.'))
        page = site_link(self.env, 'campaign', news.campaign)
        return (f'{what}: {news.because}.{remedy}\n'
                + (f'\nCampaign: {page}\n' if page else ''))

    # IEmailDecorator methods

    def decorate_message(self, event: Any, message: Any, charset: Any) -> None:
        if event.realm == REALM:
            prefix = NotificationSystem(self.env).smtp_subject_prefix
            if prefix == '__default__':
                prefix = f'[{self.env.project_name}]'
            news = event.target
            what = _subject(news)
            set_header(message, 'Subject', f'{prefix} '.lstrip() + what,
                       charset)
        elif (isinstance(event, OurTicketEvent)
              and not is_whole(self.env.abs_href.base)):
            leave_out_partial_links(message)

    # INotificationSubscriber methods

    def matches(self, event: Any) -> Iterator[tuple[Any, ...]]:
        if event.realm != REALM:
            return
        people = [(person, 1) for person in event.target.contacts]
        chosen = Subscription.find_by_sids_and_class(
            self.env, people, self.__class__.__name__)
        for subscription in chosen:
            yield subscription.subscription_tuple()
        decided = {s['sid'] for s in chosen}
        for person, authenticated in people:
            if person not in decided:
                yield (self.__class__.__name__, 'email', person,
                       authenticated, None, 'text/plain', 1, 'always')

    def description(self) -> str:
        return ('A closed stage of a campaign that I am a contact of reopens, '
                'the campaign is put on hold, or somebody finds something '
                'after its launch; nobody is left who can sign, and I '
                'administer campaigns')

    def default_subscriptions(self) -> Iterable[Any]:
        return ()

    def requires_authentication(self) -> bool:
        return True

    # Internal methods

    def _concern_text(self, news: ConcernNews) -> str:
        """What was found, and where a contact stops production for it."""
        page = site_link(self.env, 'campaign', news.campaign,
                         hold=news.concern.number)
        where = (f':\n{page}#prodworkflow-controls' if page
                 else ' on its page.')
        return (f'{concern_words(news.concern)}.\n\n'
                f'Production of {news.campaign} goes on. You can put the '
                f'campaign on hold{where}\n')

    def _stranded_text(self, news: StrandedNews) -> str:
        """What nobody can sign, and where others are named."""
        page = site_link(self.env, 'admin', 'production', 'campaigns',
                         news.campaign)
        lines = '\n'.join(f' * {words}.' for words in news.words)
        where = (f': {page}#prodworkflow-change' if page else
                 f' in Admin, Production, Campaigns, {news.campaign}.')
        return f'{lines}\n\nName others{where}\n'

    def _reaches_anybody(self) -> bool:
        """Whether anything at all delivers what Trac would send."""
        system = NotificationSystem(self.env)
        return system.smtp_enabled or not all(
            type(each) is EmailDistributor
            for each in system.distributors)

    def _notify(self, event: Any) -> None:
        """Send an event; a mail that is lost is logged and undoes nothing."""
        try:
            system = NotificationSystem(self.env)
            CampaignSystem(self.env).context.outbox.send(event, [
                each for each in system.subscriptions(event)
                if self._may_see(event, *each[:2])])
        except Exception as error:
            self.log.error('Failure sending notification: %s',
                           exception_to_unicode(error))

    def _may_see(self, event: Any, sid: str | None,
                 authenticated: bool) -> bool:
        """Whether a subscriber may see the ticket that an event is about.

        Who is written down by address alone gets what Trac sends.
        """
        return event.realm == REALM or not (sid and authenticated) or allowed(
            PermissionCache(self.env, sid), SEE, event.target.resource)


def _subject(news: Any) -> str:
    """The subject of a mail, without the prefix of the site."""
    if isinstance(news, ConcernNews):
        return f'{news.campaign}: #{news.concern.ticket}, after the launch'
    if isinstance(news, StrandedNews):
        return f'{news.campaign}: nobody is left who can sign'
    return (f'{news.milestone} reopened' if news.milestone
            else f'{news.campaign} is on hold')
