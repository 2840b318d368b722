"""Reading of many ledgers at once: the latest entries, and what they say."""

from prodworkflow.store.activity.entries import (
    Beginning,
    beginnings,
    latest_entries,
    Span,
)
from prodworkflow.store.activity.search import (
    campaigns_named,
    entries_saying,
    NamedCampaign,
    requirements_asking,
)
from prodworkflow.store.activity.states import states_of, with_signoffs

__all__ = ['Beginning', 'NamedCampaign', 'Span', 'beginnings',
           'campaigns_named', 'entries_saying', 'latest_entries',
           'requirements_asking', 'states_of', 'with_signoffs']
