"""The life of a real campaign: each cause is told once to whom it concerns.

Twelve subdetectors and forty sites, each site with a contact of its own.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from trac.perm import PermissionSystem
from trac.ticket.model import Ticket

from prodworkflow.api import (
    CampaignChanges,
    CampaignRequest,
    DeputyRequest,
    ItemAddition,
    ReleaseRequest,
    SignOffRequest,
    Verdict,
)
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.vocabulary import Phase
from support.campaigns import ADMIN, NAME

SITES = [f'site{n:02}' for n in range(40)]
SYSTEMS = ['svt', 'dch', 'pid', 'emc', 'ifr', 'bgm', 'ltm', 'trg', 'daq',
           'mag', 'tof', 'fgt']
TEXT = f'''
title = "Real"
[lists]
sites = [{', '.join(f'{{name = "{s}", contacts = ["at-{s}"]}}'
                    for s in SITES)}]
subdetectors = [{', '.join(f'{{name = "{s}", contacts = ["of-{s}"]}}'
                           for s in SYSTEMS)}]
[[stage]]
key = "prep"
title = "Preparation"
due = 40
[[stage.requirement]]
key = "freeze"
title = "Freeze"
contacts = ["anna"]
[[stage]]
key = "val"
title = "Validation"
due = 30
[[stage.requirement]]
key = "site"
title = "Validated at {{site}}"
for_each = "sites"
release_bound = true
[[stage]]
key = "phys"
title = "Physics"
due = 20
[[stage.requirement]]
key = "plots"
title = "Plots of {{subdetector}}"
for_each = "subdetectors"
release_bound = true
[[stage.requirement]]
key = "results"
title = "Results"
contacts = ["bruno"]
'''.replace('{{', '{').replace('}}', '}')
AT = [f'at-{s}' for s in SITES]
OF = [f'of-{s}' for s in SYSTEMS]
ALL = {'anna', 'bruno', *AT, *OF}


@pytest.fixture
def made(told, system, env):
    PermissionSystem(env).grant_permission('eve', 'CAMPAIGN_LAUNCH')
    system.create(CampaignRequest(
        NAME, 'real', 'V1', '2031-06-29', template_text=TEXT,
        unknown_contacts=True), 'coordinator')


@pytest.fixture
def sign_list(system):
    """Signs all of a list, each item by its contact, in one transaction."""
    def signing(prefix, key, items):
        with system.doors.transaction([1]):
            for item in items:
                system.record(NAME, f'{key}.{item}', Person(
                    f'{prefix}-{item}'),
                    SignOffRequest(Verdict.APPROVED, 'Fine.'))
    return signing


def kinds(found):
    """Who was told of which kinds, and of how many lines each."""
    return {person: {kind: len(lines) for kind, lines in sections.items()}
            for person, sections in found.items()}


def test_each_cause_is_told_once_to_whom_it_concerns(
        made, told, system, sign, sign_list, env):
    assert kinds(told()) == {p: {'made': 1} for p in ALL}

    system.sign(NAME, 'freeze', 'anna', False, 'Frozen.')
    assert kinds(told()) == {p: {'turn': 1} for p in AT}

    sign_list('at', 'site', SITES[:-1])
    assert told() == {}
    sign_list('at', 'site', SITES[-1:])
    assert kinds(told()) == {p: {'turn': 1} for p in (*OF, 'bruno')}

    system.change(NAME, ADMIN, CampaignChanges('Late.', start='2031-08-29'))
    assert kinds(told()) == {p: {'reminders': 1} for p in (*OF, 'bruno')}

    system.release(NAME, ADMIN, ReleaseRequest('V2', (), 'A patch.'))
    assert kinds(told()) == {p: {'again': 1} for p in AT}

    sign_list('at', 'site', SITES)
    told()
    sign_list('of', 'plots', SYSTEMS)
    assert told() == {}
    system.sign(NAME, 'results', 'bruno', False, 'Fine.')
    assert kinds(told()) == {p: {'gate': 0} for p in ('eve', 'coordinator')}

    system.lifecycle.launch(NAME, ADMIN, 'Go.')
    assert kinds(told()) == {p: {'running': 0} for p in {*ALL, 'eve'}}

    system.record(NAME, 'plots.emc', Person('of-emc'), SignOffRequest(
        Verdict.WITHDRAWN, 'The calorimeter is off.'))
    found = kinds(told())
    assert set(found) == (ALL | {'eve', 'coordinator'}) - {'of-emc'}
    assert found.pop('eve') == found.pop('coordinator') == {'running': 0}
    assert {str(each) for each in found.values()} == {
        "{'gate': 1, 'running': 0}"}

    system.lifecycle.end(NAME, ADMIN, Phase.CLOSED, 'Done.')
    assert kinds(told()) == {p: {'running': 0} for p in {*ALL, 'eve'}}


def test_who_signs_for_many_is_told_of_all_in_one_piece(told, system):
    text = TEXT
    for name in (*AT, *OF):
        text = text.replace(f'"{name}"', '"anna"')
    system.create(CampaignRequest(NAME, 'real', 'V1', '2031-06-29',
                                  template_text=text), 'coordinator')
    assert kinds(told()) == {'anna': {'made': 53}, 'bruno': {'made': 1}}
    system.sign(NAME, 'freeze', 'anna', False, 'Frozen.')
    assert told() == {}
    today = date.today()
    system.deputies.name(ADMIN, DeputyRequest(
        f'eve for anna {today}..{today + timedelta(9)}', 'Leave.'))
    assert kinds(told()) == {'eve': {'turn': 40}}


def test_item_that_comes_later_asks_its_contacts(made, told, system):
    told()
    system.change(NAME, ADMIN, CampaignChanges(
        'One more.', joiners=(ItemAddition(
            'sites', 'BNL', contacts=('bruno',)),)))
    assert kinds(told()) == {'bruno': {'made': 1}}


def test_ticket_that_comes_in_and_shuts_the_gate_is_told_with_the_hold(
        made, told, system, sign_list, env):
    told()
    system.sign(NAME, 'freeze', 'anna', False, 'Frozen.')
    told()
    sign_list('at', 'site', SITES)
    told()
    sign_list('of', 'plots', SYSTEMS)
    system.sign(NAME, 'results', 'bruno', False, 'Fine.')
    told()
    system.lifecycle.launch(NAME, ADMIN, 'Go.')
    told()
    ticket = Ticket(env)
    ticket.populate({'summary': 'Crash', 'status': 'new',
                     'reporter': 'coordinator',
                     'milestone': f'{NAME}: 1. Preparation'})
    ticket.insert()
    found = kinds(told())
    assert {str(each) for p, each in found.items() if p in ALL} == {
        "{'gate': 1, 'running': 0, 'upstream ticket': 1}"}
    assert found['eve'] == {'running': 0}
