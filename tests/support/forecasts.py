"""Forecasts: campaigns whose forecast is known."""

from __future__ import annotations

from dataclasses import replace

from prodworkflow.domain.forecast.estimate import forecast
from prodworkflow.domain.rules.gates import decide
from support import factories

DAY = 86400 * 10**6
NOW = 20000 * DAY  # 2024-10-04
STEADY = {'anna': [DAY] * 3, 'bruno': [2 * DAY] * 3, 'dora': [9 * DAY] * 3}


def campaign(signed=(), made=0, requirements=None, **changes):
    """Seven sign-offs of anna's, asked for since `made` days."""
    since = NOW - made * DAY
    asked = requirements or [factories.requirement(k)
                             for k in factories.ASKED]
    asked = [replace(r, ticket_time=since, seen=since) for r in asked]
    state = factories.state(
        [factories.signoff(n, k, signer=next(
            r.contacts[0] for r in asked if r.key == k))
         for n, k in enumerate(signed, 2)], asked,
        **{'start': None, **changes})
    return factories.snapshot(state=state, tickets={
        r.key: factories.facts(r.key if r.key in ALL else LAST,
                               'closed' if r.key in signed else 'new')
        for r in asked})


def asked(snapshot, pace=None, stage='', now=NOW):
    decision = decide(snapshot, now)
    gate = decision.gate(stage) if stage else decision.launch
    return forecast(decision, gate, STEADY if pace is None else pace)


def days(found):
    """The expected days, counted from today."""
    today = found.asked
    return (found.median - today).days, (found.ninety - today).days


ALL = tuple(factories.ASKED)
LAST = ALL[-1]
