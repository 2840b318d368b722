"""Database schema: creates and upgrades the campaign tables."""

from __future__ import annotations

from trac.cache import CacheManager, key_to_id
from trac.core import Component, implements
from trac.db.api import DatabaseManager
from trac.env import IEnvironmentSetupParticipant
from trac.ticket.api import TicketSystem
from trac.ticket.model import MilestoneCache

from prodworkflow.store import outbox
from prodworkflow.store.upgrades import NAME, VERSION

STEPS = 'prodworkflow.store.upgrades'


CACHED = (
    (MilestoneCache.milestones, MilestoneCache),
    (TicketSystem.fields, TicketSystem),
    (TicketSystem.custom_fields, TicketSystem),
)


class CampaignSchema(Component):
    """Creates and upgrades the campaign tables.

    Adds the ticket resolutions `tolerable` and `waived`. Changes no ticket,
    no milestone and nothing in trac.ini.
    """

    implements(IEnvironmentSetupParticipant)

    # IEnvironmentSetupParticipant methods

    def environment_created(self) -> None:
        self.upgrade_environment()

    def environment_needs_upgrade(self) -> bool:
        return DatabaseManager(self.env).needs_upgrade(VERSION, NAME)

    def upgrade_environment(self) -> None:
        DatabaseManager(self.env).upgrade(VERSION, NAME, STEPS)
        # Trac makes the counters of its caches when they are first needed;
        # two nodes that do so at once are in each other's way.  To make a
        # TicketSystem would ask for workflows that may not be there yet.
        for counter in (outbox.CACHE, *(key_to_id(cached.make_key(owner))
                                        for cached, owner in CACHED)):
            CacheManager(self.env).invalidate(counter)
