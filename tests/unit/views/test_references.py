"""What a link to a campaign, or to a part of it, is about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.readiness import readiness
from prodworkflow.domain.views.references import (
    known_keys,
    no_campaign,
    no_list,
    no_part,
    of_item,
    reference,
)
from support.factories import campaign, KEYS, snapshot, stage
from support.groups import grouped

NOW = 20000 * 86400 * 10**6


def seen(found, hidden=(), stages=()):
    return readiness(decide(found, NOW), '', frozenset(hidden),
                     frozenset(stages))


def ended(phase):
    plain = snapshot()
    return replace(plain, state=replace(
        plain.state, campaign=campaign(phase=phase)))


def test_a_campaign_is_its_verdict():
    found = reference(seen(snapshot()))
    assert found.title == seen(snapshot()).verdict
    assert (found.state, found.ticket, found.stage) == ('shut', None, '')


@pytest.mark.parametrize(('told', 'state'), [
    pytest.param(grouped((0, 1, 2, 3)), 'open', id='ready'),
    pytest.param(grouped(()), 'shut', id='not ready'),
    pytest.param(ended('closed'), 'over', id='closed'),
    pytest.param(ended('abandoned'), 'over', id='abandoned'),
])
def test_a_campaign_is_open_or_shut_or_over(told, state):
    assert reference(seen(told)).state == state


def test_a_requirement_is_its_ticket_and_what_is_said_of_it():
    told = seen(snapshot(['feature-freeze']))
    signed = reference(told, 'feature-freeze')
    assert (signed.state, signed.ticket, signed.stage) == ('met', 1, KEYS[0])
    assert signed.title.startswith('#1 Feature Freeze ')
    awaited = reference(told, 'software-quality')
    assert awaited.state == 'awaiting'
    assert awaited.title == '#2 Software quality ok awaits anna'


def test_a_stage_is_how_far_it_is():
    told = seen(snapshot(['feature-freeze']))
    found = reference(told, KEYS[0])
    assert found.title == '1. Software preparation: 2 missing'
    assert (found.state, found.ticket, found.stage) == ('shut', None, KEYS[0])
    assert reference(seen(grouped((0, 1, 2, 3))), KEYS[0]).state == 'open'


@pytest.mark.parametrize('word', [
    pytest.param('s2', id='its key'), pytest.param('Site 2', id='its name')])
def test_an_item_of_one_sign_off_is_that_sign_off(word):
    found = reference(seen(grouped((2,))), word)
    assert (found.state, found.ticket) == ('met', 4)
    assert found.title.startswith('#4 ')


def twice(met):
    """Each site is asked for two sign-offs, of two groups."""
    plain = grouped(met)
    state = plain.state
    more = tuple(replace(r, key=f'more.{r.item}', group='more',
                         ticket=r.ticket + 10)
                 for r in state.requirements if r.group)
    group, = state.groups
    return replace(plain, state=replace(
        state, requirements=(*state.requirements, *more),
        groups=(group, replace(group, key='more', title='More'))),
        tickets={**plain.tickets, **{
            r.key: plain.tickets[f'sites.{r.item}'] for r in more}})


def test_an_item_of_several_sign_offs_is_how_many_are_given():
    found = reference(seen(twice((1,))), 'Site 1')
    assert found.title == ('Site 1: 1 of 2 signed; open: #13 Software quality '
                           'ok')
    assert (found.state, found.ticket, found.stage) == ('shut', None, KEYS[0])


def test_an_item_of_several_sign_offs_that_are_given_is_open():
    whole = twice((0, 1, 2, 3))
    state = whole.state
    given = tuple(replace(s, number=s.number + 20,
                          requirement=s.requirement.replace('sites.', 'more.'))
                  for s in state.signoffs)
    found = reference(seen(replace(whole, state=replace(
        state, signoffs=(*state.signoffs, *given)))), 'Site 1')
    assert (found.title, found.state) == ('Site 1: 2 of 2 signed', 'open')


def often(number):
    """Each site is asked for so many sign-offs more, in the second stage."""
    plain = grouped(())
    state = plain.state
    group, = state.groups
    keys = [f'more{n}' for n in range(number)]
    more = tuple(replace(r, key=f'{key}.{r.item}', group=key, title=key,
                         ticket=r.ticket + 10 * n, stage=KEYS[1])
                 for n, key in enumerate(keys, 1)
                 for r in state.requirements if r.group)
    return replace(plain, milestones=dict.fromkeys(KEYS[:2], 0), state=replace(
        state, stages=(stage(1), stage(2)),
        requirements=(*state.requirements, *more),
        groups=(group, *(replace(group, key=key, stage=KEYS[1])
                         for key in keys))))


@pytest.mark.parametrize(('number', 'names'), [
    (2, '#2 Software quality ok, #12 more0 and #22 more1'),
    (3, '#2 Software quality ok, #12 more0, #22 more1 and #32 more2'),
    (7, '#2 Software quality ok, #12 more0, #22 more1, #32 more2, '
     '#42 more3, #52 more4 and 2 more')])
def test_of_an_item_the_open_sign_offs_are_named(number, names):
    found = reference(seen(often(number)), 's0')
    assert found.title == (f'Site 0: 0 of {number + 1} signed; open: {names}')
    assert found.stage == KEYS[0]


def test_what_is_no_item_is_called_as_it_was():
    assert of_item(seen(grouped(())), 'zzz') == ([], 'zzz')


@pytest.mark.parametrize('key', ['nope', 'Feature Freeze', 's9', '1', 'sites'])
def test_anything_else_is_nothing(key):
    assert reference(seen(grouped(())), key) is None


@pytest.mark.parametrize(('hidden', 'stages', 'key'), [
    pytest.param({1}, (), 'feature-freeze', id='a requirement'),
    pytest.param({4}, (), 'Site 2', id='an item by name'),
    pytest.param({4}, (), 's2', id='an item by key'),
    pytest.param((), {KEYS[0]}, KEYS[0], id='a stage'),
])
def test_what_is_hidden_is_nothing_and_is_not_proposed(hidden, stages, key):
    told = seen(grouped(()), hidden, stages)
    assert reference(told, key) is None
    assert key not in known_keys(told)
    assert f'"{key}"' not in no_part(told, f'{key}x').replace(
        f'"{key}x"', '')


@pytest.mark.parametrize(('words', 'expected'), [
    pytest.param(lambda: no_campaign('2012 Prod', ['2011 Prod']),
                 'There is no campaign "2012 Prod". Did you mean "2011 '
                 'Prod"?', id='a near name'),
    pytest.param(lambda: no_campaign('zzz', ['2011 Prod', '2010']),
                 'There is no campaign "zzz". There is "2011 Prod" and '
                 '"2010".', id='no near name'),
    pytest.param(lambda: no_campaign('zzz', []), 'There is no campaign "zzz".',
                 id='none at all'),
    pytest.param(lambda: no_campaign('z' * 99, []),
                 f'There is no campaign "{"z" * 64}".', id='a long name'),
    pytest.param(lambda: no_part(seen(grouped(())), 's8' * 40),
                 f'2011 Prod has no requirement, stage or item "{"s8" * 32}". '
                 'There is "feature-freeze", "sites.s0", "sites.s1", '
                 '"sites.s2", "sites.s3", "software-preparation" and 4 more.',
                 id='a key'),
    pytest.param(lambda: no_list(seen(grouped(())), 'z' * 99, []),
                 f'2011 Prod has no list "{"z" * 64}".', id='a long list'),
    pytest.param(lambda: no_list(seen(grouped(())), 'sits', ['sites']),
                 '2011 Prod has no list "sits". Did you mean "sites"?',
                 id='a list'),
])
def test_what_is_not_found_is_named_with_what_there_is(words, expected):
    assert words() == expected
