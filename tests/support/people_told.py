"""A listener that keeps what people are told."""

from __future__ import annotations

from typing import ClassVar

import pytest
from trac.core import Component, implements

from prodworkflow.api import ICampaignListener


class PeopleTold(Component):
    """Keeps the personal news of each site, by its path, as they come."""

    implements(ICampaignListener)

    kept: ClassVar[dict[str, list]] = {}

    def person_told(self, news):
        self.kept.setdefault(self.env.path, []).append(news)


@pytest.fixture
def told_news(env):
    """Takes the personal news since it was last asked, in their order."""
    env.config.set('components', 'support.people_told.*', 'enabled')
    env.config.save()
    env.enable_component(PeopleTold)
    yield lambda: PeopleTold.kept.pop(env.path, [])
    PeopleTold.kept.pop(env.path, None)


@pytest.fixture
def told(told_news):
    """Takes whom was told what: {person: {kind: [keys or titles]}}.

    Nobody may be told twice between two askings.
    """
    def take():
        found = {}
        for news in told_news():
            assert news.person not in found, f'{news.person} is told twice'
            found[news.person] = {s.kind.value: [
                line.requirement or line.title for line in s.lines]
                for s in news.sections}
        return found
    return take
