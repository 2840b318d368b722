"""Extension point: what is told to components of other plugins."""

from __future__ import annotations

from trac.core import Interface

from prodworkflow.domain.model.notifications import (
    ConcernNews,
    News,
    StrandedNews,
    TicketNews,
)
from prodworkflow.domain.news.notices import PersonalNews


class ICampaignListener(Interface):
    """Told what happened to campaigns, once it is stored.

    A listener must not refuse or change what it is told of.  News of a
    campaign come once for all contacts who may see the same of it, and name
    them.
    """

    def campaign_created(self, tickets: list[int], actor: str) -> None:
        """A campaign was made, with the sign-off tickets of these ids."""

    def ticket_saved(self, news: TicketNews) -> None:
        """A use case of ours saved a ticket; `news` is a `TicketNews`."""

    def concern_raised(self, news: ConcernNews) -> None:
        """Somebody found something after the launch; a `ConcernNews`."""

    def nobody_left(self, news: StrandedNews) -> None:
        """Nobody can sign some requirements any more; a `StrandedNews`."""

    def stage_reopened(self, news: News) -> None:
        """A closed stage is open again, or a campaign on hold; a `News`."""

    def person_told(self, news: PersonalNews) -> None:
        """A person is to be told what one cause has for them, once.

        What each listener raises is logged, and keeps nobody from being told.
        """

    def reaches_anybody(self) -> bool:
        """Whether `person_told` would reach anybody at all now.

        Nothing is worked out where no listener says so.  Who does not have
        this method is told always.
        """
        return True
