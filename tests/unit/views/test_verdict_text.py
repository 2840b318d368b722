"""The sentences of a verdict, each by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from prodworkflow.domain.model.campaign import Change
from prodworkflow.domain.model.item_list import Group, Item, ItemList
from prodworkflow.domain.rules.answers import Answer, Obstacle, Reason
from prodworkflow.domain.rules.decision import Coverage
from prodworkflow.domain.rules.duties.awaited import Awaited
from prodworkflow.domain.text import Message
from prodworkflow.domain.views import verdict_text
from prodworkflow.domain.views.stage import StageReadiness
from support.factories import campaign, requirement, stage

CHANGE = Change('root', 1781049600 * 10**6, 'standard', 'more disks')
BY = 'by root on 2026-06-10: “more disks”'
MET = Answer(requirement('feature-freeze'), None, 'signed by anna')
WAIVED = replace(MET, reason=Reason.AWAITING, waived=True)
COVERED = replace(MET, reason=Reason.AWAITING, covered=True)
UNMET = replace(MET, reason=Reason.AWAITING, words='awaits anna',
                awaits=Awaited(('anna',)))
NOBODY = replace(UNMET, awaits=Awaited(unstaffed=True))
LEFT = replace(UNMET, awaits=Awaited())
HOLD = Obstacle('on-hold', 'it is on hold')
TICKET = Obstacle('open-ticket', '#12 is open', 12)


def seen(*answers, closed=False, dropped=()):
    return StageReadiness(stage(1), answers, (), True, closed, 0,
                          dropped=dropped)


@pytest.mark.parametrize(('stages', 'given', 'text'), [
    pytest.param([seen(MET, MET)], {}, 'Ready: all 2 sign-offs are given',
                 id='ready'),
    pytest.param([seen(MET)], {'launched': 5},
                 'Launched: all 1 sign-offs are given', id='launched'),
    pytest.param([seen(MET, COVERED)], {},
                 'Ready: 1 of 2 sign-offs are given, and they are enough',
                 id='covered by its group'),
    pytest.param([seen(MET, WAIVED)], {},
                 'Ready: all 2 sign-offs are given (1 of them waived)',
                 id='waived'),
    pytest.param([seen(MET, closed=True), seen(WAIVED, closed=True)], {},
                 'Ready: all 2 sign-offs are given (1 of them waived), all '
                 'stages are closed', id='all closed'),
    pytest.param([seen(MET, closed=True), seen(MET)], {},
                 'Ready: all 2 sign-offs are given', id='one closed'),
    pytest.param([], {}, 'Ready: all 0 sign-offs are given', id='no stages'),
])
def test_an_open_gate_counts_its_sign_offs(stages, given, text):
    assert verdict_text.ready(campaign(**given), tuple(stages),
                              False) == text


def test_an_open_gate_tells_no_numbers_where_something_is_hidden():
    assert verdict_text.ready(campaign(), (seen(MET),), True) == (
        'Ready: all sign-offs are given')


@pytest.mark.parametrize(('issues', 'text'), [
    pytest.param((), '', id='none'),
    pytest.param(('#8',), ', with the known issue #8', id='one'),
    pytest.param(('#8', '#9'), ', with the known issues #8 and #9',
                 id='two'),
])
@pytest.mark.parametrize(('veiled', 'ready'), [
    pytest.param(False, 'Ready: all 1 sign-offs are given', id='shown'),
    pytest.param(True, 'Ready: all sign-offs are given', id='veiled'),
])
def test_an_open_gate_names_the_tickets_that_are_tolerated(
        issues, text, veiled, ready):
    assert verdict_text.ready(campaign(), (seen(MET),), veiled,
                              issues) == f'{ready}{text}'


@pytest.mark.parametrize(('given', 'alarm', 'held', 'missing', 'text'), [
    pytest.param({}, '', False, '#1 is open', 'Not ready: #1 is open',
                 id='not ready'),
    pytest.param({}, 'Stop', False, '#1 is open', 'Stop; #1 is open',
                 id='alarm'),
    pytest.param({}, '', True, '', 'On hold by anna: crashes', id='held'),
    pytest.param({}, '', True, '#1 is open',
                 'On hold by anna: crashes; #1 is open', id='held and shut'),
    pytest.param({'enforcement': 'advisory'}, '', False, '#1 is open',
                 'Not ready: #1 is open (advisory: nothing is blocked)',
                 id='advisory'),
    pytest.param({'enforcement': 'advisory'}, '', True, '',
                 'On hold by anna: crashes', id='advisory, held'),
])
def test_a_shut_gate_says_why(given, alarm, held, missing, text):
    found = campaign(held_by='anna', held_because='crashes', **given)
    assert verdict_text.not_ready(found, alarm, held, missing,
                                  not found.blocks) == text


@pytest.mark.parametrize(('answers', 'obstacles', 'text'), [
    pytest.param((MET, UNMET), (TICKET,), '1 of 2 sign-offs missing; next: '
                 '#1 Feature Freeze, anna', id='sign-offs come first'),
    pytest.param((NOBODY,), (), '1 of 1 sign-offs missing; next: #1 Feature '
                 'Freeze, which has no contacts', id='no contacts'),
    pytest.param((LEFT,), (), '1 of 1 sign-offs missing; next: #1 Feature '
                 'Freeze, nobody, for no contact is left who may sign it; a '
                 'holder of CAMPAIGN_ADMIN names others', id='nobody left'),
    pytest.param((MET,), (HOLD, TICKET, TICKET),
                 '#12 is open; #12 is open', id='obstacles but a hold'),
    pytest.param((MET,), (),
                 'it waits for something that you may not see: ask '
                 'a holder of CAMPAIGN_ADMIN', id='hidden'),
])
def test_what_is_missing_names_who_comes_next(answers, obstacles, text):
    assert verdict_text.missing((seen(*answers),), obstacles) == text


def test_at_most_three_expired_waivers_are_named():
    assert verdict_text.alarm(list('abcd')) == (
        'Production should stop: the launch gate is shut; a; b; c')


@pytest.mark.parametrize(('given', 'notes'), [
    pytest.param({}, [], id='unchanged'),
    pytest.param({'enforcement': 'advisory', 'changed': CHANGE},
                 [f'enforcement lowered to advisory {BY}'], id='lowered'),
    pytest.param({'enforcement': 'strict', 'changed': CHANGE},
                 [f'enforcement raised to strict {BY}'], id='raised'),
    pytest.param({'enforcement': 'advisory',
                  'changed': replace(CHANGE, was='strict')},
                 [f'enforcement lowered to advisory {BY}'], id='far lowered'),
    pytest.param({'enforcement': 'strict',
                  'changed': replace(CHANGE, was='odd')},
                 [f'enforcement set to strict {BY}'], id='unknown before'),
    pytest.param({'enforcement': 'odd', 'changed': CHANGE},
                 [f'enforcement set to odd {BY}'], id='unknown word'),
    pytest.param({'moved': replace(CHANGE, was='2026-06-01')},
                 [f'start moved from 2026-06-01 to 2026-06-29 {BY}'],
                 id='moved'),
    pytest.param({'moved': replace(CHANGE, was='2026-06-01'), 'start': None},
                 [f'start moved from 2026-06-01 to none {BY}'],
                 id='no start any more'),
    pytest.param({'moved': CHANGE, 'launched': 5}, [],
                 id='moved, launched since'),
    pytest.param({'moved': CHANGE, 'phase': 'closed'}, [],
                 id='moved, ended since'),
])
def test_changes_of_a_campaign_are_noted_while_they_matter(given, notes):
    assert verdict_text.notes(campaign(**given), ()) == notes


@pytest.mark.parametrize(('closed', 'notes'), [
    pytest.param(False, [
        f'who signs #1 Feature Freeze changed {BY} (before: standard)',
        f'Software quality ok dropped out {BY}'], id='under way'),
    pytest.param(True, [], id='closed'),
])
def test_changes_of_a_stage_are_noted_until_it_is_closed(closed, notes):
    changed = replace(MET, requirement=requirement('feature-freeze',
                                                   changed=CHANGE))
    gone = requirement('software-quality', dropped=CHANGE)
    stages = [seen(changed, closed=closed, dropped=(gone,))]
    assert verdict_text.notes(campaign(), stages) == notes


def test_a_verdict_is_translated_with_the_sentences_in_it():
    words = {'%(verdict)s (advisory: nothing is blocked)':
             '%(verdict)s (indicativo: nulla è bloccato)',
             'Not ready: %(missing)s': 'Non pronta: %(missing)s',
             '#12 is open': '#12 è aperto'}
    found = verdict_text.not_ready(
        campaign(enforcement='advisory'), '', False,
        verdict_text.missing((), (replace(TICKET, words=Message(
            '#12 is open')),)), True)
    assert found.translated(lambda text: words.get(text, text)) == (
        'Non pronta: #12 è aperto (indicativo: nulla è bloccato)')


def test_an_ended_campaign_says_how_it_ended():
    assert verdict_text.ended(campaign(phase='abandoned')) == (
        'Abandoned: nothing changes any more.')


@pytest.mark.parametrize(('agreed', 'was'), [('2', '2'), ('', 'none')])
def test_a_changed_weight_is_told_with_the_one_agreed(agreed, was):
    asked = requirement('feature-freeze', group='sites', item='cnaf')
    group = Coverage(Group('sites', 'release-validation', 'Sites', 'sites',
                           'all'), (replace(MET, requirement=asked),), True,
                     'all', {})
    items = ItemList('sites', (
        Item('cnaf', 'CNAF', '3', changed=replace(CHANGE, was=agreed)),
        Item('ral', 'RAL', '1')))
    stages = [replace(seen(), groups=(group,))]
    assert verdict_text.reweighed((items,), stages) == [
        f'the weight of CNAF is 3, agreed were {was}; changed {BY}']
    assert verdict_text.reweighed((items,), [seen()]) == []
