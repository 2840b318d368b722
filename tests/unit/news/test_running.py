"""Gate, hold, resuming, launch and end of a campaign."""

from __future__ import annotations

from dataclasses import replace

import pytest

from prodworkflow.domain.model.person import Deputy
from prodworkflow.domain.news.kinds.running import (
    gate_notices,
    running_notices,
)
from prodworkflow.domain.text import Message
from support.changes import changed, said, signed, standing, TODAY
from support.factories import KEYS, requirement

ASKED = [requirement('feature-freeze'),
         requirement('release-validated', contacts=('bruno', '@core')),
         requirement('runtime-performance')]
ALL = [r.key for r in ASKED]
READY = signed(ASKED, *ALL)
ALMOST = signed(ASKED, *ALL[:2])
HELD = {'held_since': 1, 'held_by': 'eve', 'held_because': 'A leak.'}
LAUNCH = 'CAMPAIGN_LAUNCH'
LIFTS = 'eve or a holder of CAMPAIGN_HOLD may lift it.'
RESUMES = 'A holder of CAMPAIGN_LAUNCH may resume it.'


@pytest.mark.parametrize(('entry', 'campaign', 'head', 'subject'), [
    pytest.param(said('held', by='eve', reason='A leak.'), {},
                 f'eve has put 2011 Prod on hold: “A leak.” {LIFTS}',
                 'on hold', id='hold'),
    pytest.param(said('held', by='eve', reason='A\nleak'), {'launched': 1},
                 f'eve has put 2011 Prod on hold: “A leak”. {RESUMES}',
                 'on hold', id='hold after the launch'),
    pytest.param(said('held', by='prodworkflow', reason='#1 was withdrawn',
                      reason_messages=Message('#%(n)s was withdrawn',
                                              n=1).as_dict()),
                 {'launched': 1},
                 f'2011 Prod is on hold: #1 was withdrawn. {RESUMES}',
                 'on hold', id='hold by the rules'),
    pytest.param(said('resumed', by='eve', reason='Mended.'), {},
                 'eve has resumed 2011 Prod: “Mended.”', 'resumed',
                 id='resumed'),
    pytest.param(said('launched', by='eve', reason='Go.'), {},
                 'eve has launched 2011 Prod: “Go.”', 'launched',
                 id='launched'),
    pytest.param(said('closed', by='eve', reason='Done.'), {},
                 'eve has closed 2011 Prod: “Done.”', 'closed', id='closed'),
    pytest.param(said('abandoned', by='eve', reason=''), {},
                 'eve has abandoned 2011 Prod: without a word.', 'abandoned',
                 id='abandoned'),
])
def test_all_contacts_and_who_may_launch_are_told(entry, campaign, head,
                                                  subject):
    there = standing(ASKED, **campaign)
    notice, = running_notices(changed(there, there, entry))
    assert (notice.kind.value, notice.head, notice.subject) == (
        'running', head, subject)
    assert (notice.contacts, notice.holders, notice.line) == (
        ('anna', 'bruno', '@core'), (LAUNCH,), None)


def test_who_is_away_is_not_told_but_their_deputy():
    there = standing(ASKED, deputies=(Deputy('eve', 'anna', TODAY, TODAY),))
    notice, = running_notices(changed(there, there, said('held', reason='')))
    assert notice.contacts == ('eve', 'bruno', '@core')


def test_several_acts_of_one_cause_are_told_in_order():
    there = standing(ASKED)
    found = running_notices(changed(
        there, there, said('stage-closed', stage=KEYS[0]),
        said('launched', reason='Go.'), said('held', reason='No.')))
    assert [n.subject for n in found] == ['launched', 'on hold']


@pytest.mark.parametrize(('before', 'after', 'opened'), [
    pytest.param(ALMOST, READY, True, id='the last one is signed'),
    pytest.param(READY, READY, False, id='it was open'),
    pytest.param(READY, ALMOST, False, id='it shuts'),
    pytest.param(None, READY, False, id='creation'),
    pytest.param(ALMOST, signed(ASKED, *ALL, **HELD), False, id='on hold'),
    pytest.param(signed(ASKED, *ALL, **HELD), READY, True,
                 id='the hold is lifted'),
    pytest.param(signed(ASKED, *ALL[:2], launched=1),
                 signed(ASKED, *ALL, launched=1), False, id='launched'),
])
def test_launch_gate_that_opens_is_told_to_who_may_launch(before, after,
                                                          opened):
    found = list(gate_notices(changed(before, after)))
    assert bool(found) is opened
    for notice in found:
        assert (notice.kind.value, notice.contacts, notice.holders,
                notice.line) == ('gate', (), (LAUNCH,), None)
        assert notice.head == ('The launch gate of 2011 Prod is open: a '
                               'holder of CAMPAIGN_LAUNCH may launch it.')
        assert notice.subject == 'the launch gate is open'


def with_stages(snapshot, **closed):
    return replace(snapshot, state=replace(snapshot.state, stages=tuple(
        replace(s, closed=closed.get(f'n{s.number}', False))
        for s in snapshot.state.stages)))


REOPENED = said('stage-reopened', stage=KEYS[0], because='#1 was withdrawn')


@pytest.mark.parametrize(('before', 'after', 'entries', 'told'), [
    pytest.param(with_stages(ALMOST, n1=True), ALMOST, [REOPENED], True,
                 id='reopened'),
    pytest.param(ALMOST, ALMOST, [REOPENED], False,
                 id='closed and reopened at once'),
    pytest.param(with_stages(ALMOST, n1=True),
                 with_stages(ALMOST, n1=True), [REOPENED], False,
                 id='reopened and closed again'),
    pytest.param(with_stages(ALMOST, n1=True), ALMOST, [], False,
                 id='nobody has said so'),
    pytest.param(None, ALMOST, [REOPENED], False, id='creation'),
])
def test_closed_stage_that_is_open_again_is_told_to_all_contacts(
        before, after, entries, told):
    found = list(gate_notices(changed(before, after, *entries)))
    assert bool(found) is told
    for notice in found:
        assert (notice.kind.value, notice.contacts, notice.holders) == (
            'gate', ('anna', 'bruno', '@core'), ())
        assert notice.head == 'A closed stage is open again'
        assert notice.subject == '1. Software preparation is open again'
        assert (notice.line.title, notice.line.words, notice.line.ticket) == (
            '2011 Prod: 1. Software preparation', '#1 was withdrawn', None)
