"""Notification mails: what campaigns have for each person, and their tickets.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from trac.core import Component, implements
from trac.notification.api import (
    IEmailDecorator,
    INotificationFormatter,
    NotificationSystem,
)
from trac.notification.mail import (
    create_message_id,
    EmailDistributor,
    set_header,
)
from trac.perm import PermissionCache
from trac.ticket.model import Ticket
from trac.util.datefmt import datetime_now, utc
from trac.util.text import exception_to_unicode

from prodworkflow.api import (
    allowed,
    CampaignSystem,
    ICampaignListener,
    is_whole,
)
from prodworkflow.domain.model.notifications import TicketNews
from prodworkflow.domain.model.permissions import SEE
from prodworkflow.domain.news.notices import PersonalNews
from prodworkflow.notification.events import (
    CampaignEvent,
    personal_events,
    REALM,
)
from prodworkflow.notification.html_text import html_text
from prodworkflow.notification.language import in_language_of
from prodworkflow.notification.letters import letter
from prodworkflow.notification.links import (
    leave_out_partial_links,
    OurTicketEvent,
)
from prodworkflow.notification.plain_text import plain_text
from prodworkflow.notification.subjects import one_line, subject

UNSET = '__default__'


class CampaignNotification(Component):
    """Tells people by Trac's notifications what concerns them in campaigns.

    One mail for a person and a cause.  Which kinds they get each person
    chooses in the notification preferences.
    """

    implements(ICampaignListener, IEmailDecorator, INotificationFormatter)

    # ICampaignListener methods

    def person_told(self, news: PersonalNews) -> None:
        try:
            for event, subscription in personal_events(
                    self.env, news, datetime_now(utc)):
                self._send(event, [subscription])
        except Exception as error:
            self._log_failure(error)

    def reaches_anybody(self) -> bool:
        system = NotificationSystem(self.env)
        return system.smtp_enabled or not all(
            type(each) is EmailDistributor
            for each in system.distributors)

    def ticket_saved(self, news: TicketNews) -> None:
        event = OurTicketEvent('changed', Ticket(self.env, news.ticket),
                               news.when, news.author, news.comment)
        try:
            self._send(event, [
                each for each in NotificationSystem(self.env).subscriptions(
                    event) if self._may_see(event, *each[:2])])
        except Exception as error:
            self._log_failure(error)

    # INotificationFormatter methods

    def get_supported_styles(self,
                             transport: str) -> Iterator[tuple[str, str]]:
        yield 'text/plain', REALM
        yield 'text/html', REALM

    def format(self, transport: str, style: str, event: Any) -> str | None:
        if not isinstance(event, CampaignEvent):
            return None
        with in_language_of(self.env, event.target.person):
            told = letter(self.env, event.target)
            return (html_text(self.env, told, _subject(event))
                    if style == 'text/html' else plain_text(told))

    # IEmailDecorator methods

    def decorate_message(self, event: Any, message: Any, charset: Any) -> None:
        if isinstance(event, CampaignEvent):
            with in_language_of(self.env, event.target.person):
                self._set_headers(event, message, charset)
        elif (isinstance(event, OurTicketEvent)
              and not is_whole(self.env.abs_href.base)):
            leave_out_partial_links(message)

    # Internal methods

    def _set_headers(self, event: CampaignEvent, message: Any,
                     charset: Any) -> None:
        """The subject, and what a person's mails of a campaign share."""
        system = NotificationSystem(self.env)
        prefix = system.smtp_subject_prefix
        words = [prefix] if prefix and prefix != UNSET else []
        thread = create_message_id(
            self.env, f'{event.target.campaign}/{event.target.person}',
            system.smtp_from, None, more=REALM)
        for name, value in {
                'Subject': ' '.join([*words, _subject(event)]),
                'X-Trac-Campaign': one_line(event.target.campaign),
                'In-Reply-To': thread, 'References': thread}.items():
            set_header(message, name, value, charset)

    def _send(self, event: Any, subscriptions: list[Any]) -> None:
        CampaignSystem(self.env).context.outbox.send(event, subscriptions)

    def _log_failure(self, error: Exception) -> None:
        """A mail that is lost undoes nothing."""
        self.log.error('Failure sending notification: %s',
                       exception_to_unicode(error))

    def _may_see(self, event: Any, sid: str | None,
                 authenticated: bool) -> bool:
        """Whether a subscriber may see the ticket that an event is about.

        Who is written down by address alone gets what Trac sends.
        """
        return not (sid and authenticated) or allowed(
            PermissionCache(self.env, sid), SEE, event.target.resource)


def _subject(event: CampaignEvent) -> str:
    return subject(event.target, event.time.date())
