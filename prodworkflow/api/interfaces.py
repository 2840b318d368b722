"""Extension points of the plugin."""

from __future__ import annotations

from trac.core import Interface


class ICampaignListener(Interface):
    """Told what happened to campaigns, once it is stored.

    A listener must not refuse or change what it is told of.
    """

    def campaign_created(tickets, actor):
        """A campaign was made, with the sign-off tickets of these ids."""

    def ticket_saved(news):
        """A use case of ours saved a ticket; `news` is a `TicketNews`."""

    def stage_reopened(news):
        """A closed stage is open again, or a campaign on hold; a `News`."""
