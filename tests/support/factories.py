"""Factories of domain objects, one a noun, for unit tests without Trac."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timezone

from prodworkflow.domain import ledger
from prodworkflow.domain.ledger import creation
from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.model.campaign import Campaign, Freeze, Stage
from prodworkflow.domain.model.item_list import Item, ItemList
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.signoff import SignOff
from prodworkflow.domain.model.snapshot import Snapshot, TicketFacts
from prodworkflow.domain.model.state import State
from prodworkflow.domain.model.submission import basis

TITLES = ('Software preparation', 'Release validation', 'pre-production')
KEYS = ('software-preparation', 'release-validation', 'pre-production')
ASKED = {
    'feature-freeze': (1, 'Feature Freeze'),
    'software-quality': (1, 'Software quality ok'),
    'resources-estimate': (1, 'Resources estimate'),
    'release-validated': (2, 'Release validated'),
    'remote-sites-validated': (2, 'Remote sites validated'),
    'runtime-performance': (3, 'Runtime performance ok'),
    'physics-results': (3, 'Physics results ok'),
}
FREEZE = Freeze('feature-freeze')
SITES = (ItemList('sites', (Item('cnaf', 'CNAF', '2'),)),)


def moment(day):
    """Noon of a day, in µs UTC."""
    return int(datetime(day.year, day.month, day.day, 12,
                        tzinfo=timezone.utc).timestamp()) * 10**6


def campaign(**changes):
    return replace(Campaign('2011 Prod', 'path-to-production', 'V1',
                            date(2026, 6, 29), 'standard', 'underway'),
                   **changes)


def stage(number, **changes):
    return replace(Stage(KEYS[number - 1], number, TITLES[number - 1],
                         f'2011 Prod: {number}. {TITLES[number - 1]}',
                         date(2026, 6, number)), **changes)


def requirement(key, **changes):
    number, title = ASKED[key]
    ticket = list(ASKED).index(key) + 1
    return replace(Requirement(key, KEYS[number - 1], title, ticket, 100,
                               ('anna',), seen=100), **changes)


def signoff(number, key='feature-freeze', verdict='approved', signer='anna',
            role='contact', release='V1', **changes):
    contact = signer if role == 'contact' else ''
    return replace(SignOff(number, key, verdict, signer, role, release,
                           number, 'Fine.'), **{'contact': contact,
                                                **changes})


def facts(key, status='new', **changes):
    number = ASKED[key][0]
    resolution = 'fixed' if status == 'closed' else ''
    return replace(TicketFacts(status, resolution,
                               f'2011 Prod: {number}. {TITLES[number - 1]}',
                               100), **changes)


def state(signoffs=(), requirements=None, **changes):
    return resting(State(
        campaign(**changes), tuple(stage(n) for n in (1, 2, 3)),
        tuple(requirements or [requirement(k) for k in ASKED]),
        tuple(signoffs)))


def resting(found):
    """The state, each approval resting on what was there when it was given."""
    def based(given):
        asked = [r for r in found.requirements if r.key == given.requirement]
        if (not asked or given.basis is not None
                or (given.verdict != 'approved' and not (
                    given.waiver and given.waiver.reason
                    == 'evidence-changed'))):
            return given
        there = replace(found, signoffs=tuple(
            s for s in found.signoffs if s.number <= given.number))
        return replace(given, basis=basis(asked[0], there))
    return replace(found, signoffs=tuple(map(based, found.signoffs)))


def snapshot(signed=(), **changes):
    """All stages in place; the requirements in `signed` are signed off."""
    signoffs = [signoff(n, key) for n, key in enumerate(signed, 2)]
    plain = Snapshot(
        1, 1, state(signoffs),
        {k: facts(k, 'closed' if k in signed else 'new') for k in ASKED},
        dict.fromkeys(KEYS, 0))
    return replace(plain, **changes)


def entry(verb, requirement='', **payload):
    return Entry(1, 0, 1000, 'anna', verb, requirement, 'V1', payload, '', '')


def chain(*entries):
    """The entries, sealed one behind another, after a first `created`."""
    first = entry('created', **creation.plan_payload(
        replace(state(freeze=FREEZE), lists=SITES)))
    sealed = []
    for each in (first, *entries):
        sealed.append(ledger.seal(sealed[-1] if sealed else None, each))
    return sealed
