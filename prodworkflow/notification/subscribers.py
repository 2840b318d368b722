"""Subscribers: the kinds of notices that each person chooses from.

Trac lists them on its notification preferences.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from trac.core import Component, implements
from trac.notification.api import INotificationSubscriber, NotificationSystem
from trac.notification.model import Subscription

from prodworkflow.domain.news.notices import Kind
from prodworkflow.notification.events import REALM
from prodworkflow.translation import _, N_

EMAIL = 'email'
PRIORITY = 100  # as Trac's own defaults; a person's own rules come before
# What a kind is called beside its sentence.
WORDS = {Kind.MADE: N_('made'), Kind.TURN: N_('turn'),
         Kind.AGAIN: N_('again'), Kind.REJECTED: N_('rejected'),
         Kind.REMINDERS: N_('reminders'), Kind.WAIVERS: N_('waivers'),
         Kind.GATE: N_('gate'), Kind.RUNNING: N_('running'),
         Kind.NOBODY: N_('nobody'), Kind.UPSTREAM: N_('upstream ticket')}


class CampaignSubscriber(Component):
    """Subscribes people to one kind of notices, by email if they let it be.

    `kind` is the kind, `told` a sentence of it for the preferences.
    """

    abstract = True
    kind: ClassVar[Kind]
    told: ClassVar[str]

    implements(INotificationSubscriber)

    # INotificationSubscriber methods

    def matches(self, event: Any) -> Iterator[tuple[Any, ...]]:
        if event.realm != REALM or event.category != self.kind.value:
            return
        person = event.target.person
        for name, transport, style, priority, adverb in \
                self.default_subscriptions():
            yield (name, transport, person, 1, None, style, priority, adverb)
        for rule in Subscription.find_by_sids_and_class(
                self.env, [(person, 1)], self.__class__.__name__):
            yield rule.subscription_tuple()

    def description(self) -> str:
        return str(_('Production campaigns (%(kind)s): %(told)s',
                     kind=_(WORDS[self.kind]), told=_(self.told)))

    def default_subscriptions(self) -> Iterator[tuple[Any, ...]]:
        """Those of the site's `[notification-subscriber]`, and email."""
        name = self.__class__.__name__
        given = list(NotificationSystem(self.env).default_subscriptions(name))
        yield from given
        if all(transport != EMAIL for _, transport, *_ in given):
            yield name, EMAIL, None, PRIORITY, 'always'

    def requires_authentication(self) -> bool:
        return True


class CampaignMadeSubscriber(CampaignSubscriber):
    """Tells people which sign-offs a new campaign asks of them."""

    kind = Kind.MADE
    told = N_('a campaign is created that asks for sign-offs of mine')


class CampaignTurnSubscriber(CampaignSubscriber):
    """Tells people that it is the turn of their sign-offs."""

    kind = Kind.TURN
    told = N_('it is my turn, as the stage before may be closed or what my '
              'sign-off rests on is met')


class CampaignAgainSubscriber(CampaignSubscriber):
    """Tells people which of their sign-offs are asked again, and why."""

    kind = Kind.AGAIN
    told = N_('I am asked again, because of a patch, changed evidence, a '
              'withdrawal or a revised estimate')


class CampaignRejectedSubscriber(CampaignSubscriber):
    """Tells contacts that another one rejected or withdrew."""

    kind = Kind.REJECTED
    told = N_('another contact rejects or withdraws what I am a contact of')


class CampaignRemindersSubscriber(CampaignSubscriber):
    """Reminds people of sign-offs that are due soon, or overdue."""

    kind = Kind.REMINDERS
    told = N_('sign-offs of mine are due soon or overdue')


class CampaignWaiversSubscriber(CampaignSubscriber):
    """Tells people that a waiver is about to end, or has ended."""

    kind = Kind.WAIVERS
    told = N_('a waiver is about to end or has ended, of a requirement of '
              'mine or one that I may waive')


class CampaignGateSubscriber(CampaignSubscriber):
    """Tells those who may launch that a gate opened, or shut again."""

    kind = Kind.GATE
    told = N_('the gate opens of a campaign that I may launch, or a closed '
              'stage of one of mine is open again')


class CampaignRunningSubscriber(CampaignSubscriber):
    """Tells people of holds, resumptions, launches and ends of campaigns."""

    kind = Kind.RUNNING
    told = N_('a campaign of mine is put on hold, resumed, launched or closed')


class CampaignNobodySubscriber(CampaignSubscriber):
    """Tells administrators of campaigns what nobody can sign any more."""

    kind = Kind.NOBODY
    told = N_('nobody is left who can sign this, and I administer campaigns')


class CampaignUpstreamSubscriber(CampaignSubscriber):
    """Tells contacts what came into an upstream milestone after a launch."""

    kind = Kind.UPSTREAM
    told = N_('a ticket comes into an upstream milestone after the launch of '
              'a campaign of mine')
