"""What the rules cost grows with the number of sign-offs, not its square.

Instructions are counted, not seconds: so it is the same on every machine.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from prodworkflow.domain.forecast.estimate import forecast
from prodworkflow.domain.model.item_list import Group
from prodworkflow.domain.model.permissions import SignerFacts
from prodworkflow.domain.rules.duties.quorum import unreachable_quorums
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.readiness import readiness
from support import factories
from support.instruction_counter import steps

DAY = 86400 * 10**6
NOW = 20000 * DAY
FREEZE = 'feature-freeze'
PACE = {'anna': [DAY] * 5, 'bruno': [2 * DAY] * 5}
SMALL, TIMES = 25, 4


def campaign(count, **changes):
    """So many sites beside the freeze, each twice signed and reopened."""
    first = factories.requirement(FREEZE)
    sites = [replace(first, key=f'site-{n}', ticket=n + 10, item=f'{n}',
                     weight=f'{n % 7 + 1}', contacts=('anna', 'bruno'),
                     **changes)
             for n in range(count)]
    signoffs = [factories.signoff(10 + 2 * n + m, s.key, signer=who)
                for n, s in enumerate(sites)
                for m, who in enumerate(('anna', 'bruno'))]
    asked = [first, *sites, factories.requirement('release-validated'),
             factories.requirement('physics-results')]
    state = replace(
        factories.state(signoffs, asked),
        groups=(Group('sites', first.stage, 'Sites', 'sites',
                      'weight >= 0.9'),) if 'group' in changes else ())
    closed = {s.key: 'closed' for s in sites[::2]}
    return factories.snapshot(state=state, tickets={
        r.key: replace(factories.facts(FREEZE, closed.get(r.key, 'new')),
                       milestone=state.stage(r.stage).milestone)
        for r in asked}, pace=PACE)


def judged(snapshot):
    return lambda: decide(snapshot, NOW)


def foretold(snapshot):
    decision = decide(snapshot, NOW)
    return lambda: forecast(decision, decision.launch, PACE)


def told(snapshot):
    decision = decide(snapshot, NOW)
    return lambda: readiness(decision, '', frozenset({12})).verdict


def reached(snapshot):
    return lambda: unreachable_quorums(snapshot.state, SignerFacts())


@pytest.mark.parametrize(('act', 'changes'), [
    pytest.param(judged, {}, id='decision'),
    pytest.param(judged, {'separate_from': FREEZE}, id='decision, separate'),
    pytest.param(judged, {'group': 'sites'}, id='decision, group'),
    pytest.param(foretold, {'group': 'sites'}, id='forecast, group'),
    pytest.param(told, {'group': 'sites'}, id='what is told, group'),
    pytest.param(reached, {'separate_from': FREEZE}, id='reach, separate'),
])
def test_instructions_of_a_decision_grow_linearly_with_the_sign_offs(
        act, changes):
    small, large = (steps(act(campaign(n, **changes)))
                    for n in (SMALL, SMALL * TIMES))
    assert small > SMALL
    assert large < small * TIMES * 2  # squares: twice that
