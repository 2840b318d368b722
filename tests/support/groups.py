"""Groups: a campaign with a group of sign-offs that have a coverage rule."""

from __future__ import annotations

from dataclasses import replace

from prodworkflow.domain.model.item_list import Group, Item, ItemList
from prodworkflow.domain.model.snapshot import Snapshot, TicketFacts
from prodworkflow.domain.model.state import State
from support.factories import campaign, KEYS, requirement, signoff, stage

WEIGHTS = ('40', '30', '20', '10')
SITES = ItemList('sites', tuple(
    Item(f's{n}', f'Site {n}', w) for n, w in enumerate(WEIGHTS)))


def grouped(met, text='weight >= 0.9', **changes):
    """A campaign of one stage: one requirement, and one for each site."""
    members = [replace(requirement('software-quality'), key=f'sites.s{n}',
                       ticket=n + 2, group='sites', item=f's{n}', weight=w)
               for n, w in enumerate(WEIGHTS)]
    single = requirement('feature-freeze')
    signed = ['feature-freeze', *(f'sites.s{n}' for n in met)]
    state = State(campaign(), (stage(1),), (single, *members),
                  tuple(signoff(n, key) for n, key in enumerate(signed, 2)),
                  (SITES,), (Group('sites', KEYS[0], 'Validated at each site',
                                   'sites', text),))
    state = replace(state, **changes)
    tickets = {r.key: TicketFacts('closed' if r.key in signed else 'new',
                                  'fixed' if r.key in signed else '',
                                  stage(1).milestone, 100)
               for r in state.requirements}
    return Snapshot(1, 1, state, tickets, {KEYS[0]: 0})
