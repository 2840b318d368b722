"""The life of a large campaign: each has at most one mail for each cause."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta

import pytest
from trac.util.datefmt import datetime_now, utc
from trac.web.session import DetachedSession

from prodworkflow.api import (
    CampaignRequest,
    ReleaseRequest,
    SignOffRequest,
    Verdict,
    WaiverRequest,
)
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.vocabulary import Phase
from support.campaigns import ADMIN, NAME
from support.mail_servers import body_of

SITES = tuple(f'site{n:02}' for n in range(40))
PARTS = ('svt', 'dch', 'pid', 'emc', 'ifr', 'bgm', 'ltm', 'trg', 'daq',
         'mag', 'tof', 'fgt')
SITE_KEYS = tuple(f'validated.{name}' for name in SITES)
PART_KEYS = tuple(f'plots.{name}' for name in PARTS)
EVERYBODY = {'anna', *SITES, *PARTS}


def items(names, also=''):
    """The items of a list, each with a contact that is called so."""
    return ', '.join(f'{{name = "{name}", contacts = ["{name}"{also}]}}'
                     for name in names)


TEXT = f'''
title = "Large"
[lists]
sites = [{items(SITES, ', "anna"')}]
subdetectors = [{items(PARTS)}]

[[stage]]
key = "software"
title = "Software"
due = 30
[[stage.requirement]]
key = "freeze"
title = "Feature Freeze"
contacts = ["anna"]
inputs = ["code"]

[[stage]]
key = "validation"
title = "Validation"
due = 20
[[stage.requirement]]
key = "validated"
title = "Validated at {{site}}"
for_each = "sites"
release_bound = true
inputs = ["sites"]

[[stage]]
key = "physics"
title = "Physics"
due = 10
[[stage.requirement]]
key = "plots"
title = "Plots of {{subdetector}}"
for_each = "subdetectors"
release_bound = true
inputs = ["{{subdetector}}"]
'''


@pytest.fixture
def causes(env, mailbox):
    """Takes what one cause told: the subject that each person got, once."""
    for person in (*SITES, *PARTS):
        session = DetachedSession(env, None)
        session.get_session(person, authenticated=True)
        session.set('email', f'{person}@example.org')
        session.save()

    def take():
        mails = [m for m in mailbox.mails if m['X-Trac-Campaign']]
        mailbox.mails.clear()
        assert [len(m.recipients) for m in mails] == len(mails) * [1]
        found = Counter(m.recipients[0] for m in mails)
        assert {who: n for who, n in found.items() if n > 1} == {}
        for mail in mails:
            lines = re.findall(r'(?m)^\* #(\d+) ', body_of(mail))
            assert len(set(lines)) == len(lines)
        return {m.recipients[0].partition('@')[0]: m['Subject'].replace(
            f'[{NAME}] ', '') for m in mails}
    return take


def saying(keys, verdict=Verdict.APPROVED, **more):
    return [(NAME, key, SignOffRequest(verdict, 'So.', **more))
            for key in keys]


def all_told(words, people):
    return dict.fromkeys(people, words)


def test_life_of_a_campaign_of_12_subdetectors_and_40_sites(
        system, causes):
    anna = Person('anna')
    system.create(CampaignRequest(NAME, 'large.toml', 'V1',
                                  template_text=TEXT), 'coordinator')
    assert causes() == {
        **all_told('1 sign-off waits for you', (*SITES, *PARTS)),
        'anna': '41 sign-offs wait for you'}

    system.record_all(saying(['freeze']), anna)
    assert causes() == all_told('1 sign-off waits for you', SITES)

    system.record_all(saying(SITE_KEYS), anna)
    assert causes() == all_told('1 sign-off waits for you', PARTS)

    for part, key in zip(PARTS[:11], PART_KEYS):
        system.record_all(saying([key]), Person(part))
    assert causes() == {}

    system.release(NAME, ADMIN, ReleaseRequest('V1.1', ('svt',), 'A leak.'))
    assert causes() == {'svt': '1 sign-off is asked again'}

    system.release(NAME, ADMIN, ReleaseRequest('V1.2', ('sites',), 'A port.'))
    assert causes() == {
        **all_told('1 sign-off is asked again', SITES),
        'anna': '40 sign-offs are asked again'}

    system.record_all(saying(SITE_KEYS[:1], Verdict.REJECTED),
                      Person('site00'))
    assert causes() == {'anna': '#2 was rejected'}

    until = (datetime_now(utc) + timedelta(30)).date().isoformat()
    system.record_all(saying(SITE_KEYS[:1], Verdict.WAIVED,
                             leave=WaiverRequest('rejected', until)), ADMIN)
    causes()
    system.record_all(saying(SITE_KEYS[1:]), anna)
    assert causes() == all_told('1 sign-off waits for you',
                                [PARTS[0], PARTS[11]])

    system.record_all(saying(PART_KEYS[:1]), Person(PARTS[0]))
    assert causes() == {}
    system.record_all(saying(PART_KEYS[11:]), Person(PARTS[11]))
    assert causes() == {'coordinator': 'the launch gate is open'}

    system.lifecycle.launch(NAME, ADMIN, 'Go.')
    assert causes() == all_told('launched', EVERYBODY)
    system.lifecycle.hold(NAME, anna, 'It leaks.')
    assert causes() == all_told('on hold', EVERYBODY - {'anna'}
                                | {'coordinator'})
    system.lifecycle.resume(NAME, ADMIN, 'It does not.')
    assert causes() == all_told('resumed', EVERYBODY)
    system.lifecycle.end(NAME, ADMIN, Phase.CLOSED, 'All is done.')
    assert causes() == all_told('closed', EVERYBODY)
