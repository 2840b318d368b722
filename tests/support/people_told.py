"""A listener that keeps what people are told."""

from __future__ import annotations

import pytest
from trac.core import Component, implements

from prodworkflow.api import ICampaignListener


class PeopleTold(Component):
    """Keeps the personal news of its environment, as they come."""

    implements(ICampaignListener)

    def __init__(self):
        self.news = []

    def campaign_created(self, tickets, actor):
        pass

    def ticket_saved(self, news):
        pass

    def person_told(self, news):
        self.news.append(news)

    def take(self):
        """What was told since it was last taken."""
        taken, self.news = self.news, []
        return taken


@pytest.fixture
def told(env):
    """Takes what people were told: (person, [(kind, keys or heads)])."""
    listener = PeopleTold(env)
    env.enable_component(PeopleTold)
    listener.take()

    def take():
        found = {}
        for news in listener.take():
            assert news.person not in found, f'{news.person} is told twice'
            found[news.person] = {s.kind.value: [
                line.requirement or line.title for line in s.lines]
                for s in news.sections}
        return found
    return take
