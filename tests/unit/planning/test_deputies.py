"""Deputies of a person in whole campaigns: what is typed, and its days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.model.person import Deputy, with_deputy
from prodworkflow.domain.planning.deputies import (
    DEPUTIES_MAX,
    DeputyRequest,
    is_named,
    named_deputy,
    naming_problem,
    no_deputyship,
    nobody_to_stand_for,
    past_problem,
)
from prodworkflow.domain.planning.signers import SiteFacts
from support.factories import requirement, state

TODAY = date(2026, 7, 3)
DAY = timedelta(1)
KNOWN = SiteFacts(('anna', 'bruno'))
HINT = ('; a login with blanks in it stands between quotation marks, as in '
        '"Doe, Jane" for anna.')
ANNA = Deputy('anna', 'bruno', TODAY, TODAY + DAY)


def test_a_deputy_is_read_as_it_is_typed():
    wish = DeputyRequest(' anna  for bruno 2026-07-03..2026-07-04 ')
    assert named_deputy(wish, KNOWN) == ANNA
    assert str(ANNA) == 'anna for bruno 2026-07-03..2026-07-04'


@pytest.mark.parametrize(('words', 'told'), [
    pytest.param('anna for bruno', '"anna for bruno" names no deputy; '
                 f'write "anna for bruno 2026-07-01..2026-07-14"{HINT}',
                 id='no days'),
    pytest.param('x' * 99, f'"{"x" * 64}" names no deputy; write "anna '
                 f'for bruno 2026-07-01..2026-07-14"{HINT}',
                 id='long nonsense'),
    pytest.param('anna for anna 2026-07-03..2026-07-04',
                 'anna cannot stand for anna: a deputy and the one they '
                 'stand for are two persons, and no groups.',
                 id='for themselves'),
    pytest.param('@core for anna 2026-07-03..2026-07-04',
                 '@core cannot stand for anna: a deputy and the one they '
                 'stand for are two persons, and no groups.', id='a group'),
    pytest.param('anna for @core 2026-07-03..2026-07-04',
                 'anna cannot stand for @core: a deputy and the one they '
                 'stand for are two persons, and no groups.',
                 id='for a group'),
    pytest.param('dora for anna 2026-07-03..2026-07-04',
                 'Contact "dora" of deputy is no user that Trac knows. '
                 'Correct the login; or, if it is right, tick “Name people '
                 'who have never logged in”, or give --unknown-contacts on '
                 'the command line: they can sign once they have logged in.',
                 id='unknown'),
])
def test_a_deputy_who_cannot_be_is_refused(words, told):
    with pytest.raises(InvalidRequest) as refused:
        named_deputy(DeputyRequest(words), KNOWN)
    assert refused.value.problems == (('deputy', told),)


def test_a_deputy_whom_trac_does_not_know_may_be_taken():
    wish = DeputyRequest('dora for anna 2026-07-03..2026-07-04')
    assert named_deputy(replace(wish, unknown_contacts=True),
                        KNOWN).person == 'dora'


@pytest.mark.parametrize(('words', 'pair'), [
    pytest.param('anna for bruno', ('anna', 'bruno'), id='plain'),
    pytest.param(' anna  for bruno 2026-07-01..2026-07-02',
                 ('anna', 'bruno'), id='with days'),
    pytest.param('"Doe, Jane" for "a ""b"" c"', ('Doe, Jane', 'a "b" c'),
                 id='quoted'),
    pytest.param('/DC=ch/CN=anna for bruno', ('/DC=ch/CN=anna', 'bruno'),
                 id='certificate'),
    pytest.param('anna', None, id='one'),
    pytest.param('Jane Doe for anna', None, id='not quoted'),
    pytest.param('anna for "Doe, Jane', None, id='never closed'),
    pytest.param('"Doe, Jane" for "anna"x', None, id='marks out of place'),
])
def test_whose_deputy_ends_is_read_as_it_is_written(words, pair):
    assert DeputyRequest(words, end=True).pair == pair


@pytest.mark.parametrize(('first', 'last', 'before', 'told'), [
    pytest.param(0, 1, (), None, id='from today'),
    pytest.param(1, 1, (), None, id='tomorrow'),
    pytest.param(0, 0, (), None, id='today'),
    pytest.param(-2, -1, (), 'anna for bruno 2026-07-01..2026-07-02 is in '
                 'the past; nobody becomes a deputy for days that are over. '
                 'Today is 2026-07-03 (UTC).', id='over'),
    pytest.param(-1, 1, (), 'anna for bruno 2026-07-02..2026-07-04 begins in '
                 'the past, and nobody becomes a deputy for days that are '
                 'over; write 2026-07-03..2026-07-04 (UTC).', id='begun'),
    pytest.param(-1, 0, (), 'begins in the past', id='begun, ends today'),
    pytest.param(-1, 9, [(-1, 1)], None, id='prolonged'),
    pytest.param(-1, 0, [(-1, 1)], None, id='shortened to today'),
    pytest.param(-3, -1, [(-3, 1)], 'is in the past', id='shortened to the '
                 'past'),
    pytest.param(-3, -1, [(-3, -1)], None, id='there already, and over'),
    pytest.param(-2, 1, [(-1, 1)], 'begins in the past', id='began later'),
])
def test_nobody_becomes_a_deputy_in_the_past(first, last, before, told):
    wished = Deputy('anna', 'bruno', TODAY + first * DAY, TODAY + last * DAY)
    there = [Deputy('anna', 'bruno', TODAY + a * DAY, TODAY + b * DAY)
             for a, b in before]
    words = past_problem(wished, there, TODAY)
    assert (told in words) if told else words is None
    others = [replace(d, person='dora') for d in there]
    if told is None and first < 0:
        assert past_problem(wished, others, TODAY)


def test_a_deputy_with_the_same_first_day_is_replaced():
    longer = replace(ANNA, last=TODAY + 9 * DAY)
    other = replace(ANNA, first=TODAY + DAY)
    assert with_deputy((ANNA, other), longer) == (other, longer)


def test_a_campaign_has_so_many_deputies_and_no_more():
    many = tuple(replace(ANNA, person=f'p{n}') for n in range(DEPUTIES_MAX))
    full = state(deputies=many)
    assert naming_problem(many[0], full, TODAY) is None
    assert naming_problem(ANNA, state(deputies=many[1:]), TODAY) is None
    assert naming_problem(ANNA, full, TODAY) == (
        '2011 Prod has 100 deputies, and no more are allowed; a holder of '
        'CAMPAIGN_ADMIN ends some.')
    assert 'is in the past' in naming_problem(ANNA, full, TODAY + 9 * DAY)


def test_a_deputy_stands_in_for_who_is_named_as_a_contact():
    found = state((), [requirement('feature-freeze',
                                   contacts=('anna', '@core'))])
    assert is_named(found, 'anna')
    assert not is_named(found, 'core')
    assert nobody_to_stand_for('dora', ['A', 'B']) == (
        'dora is no contact of A or B: a deputy stands in for somebody who '
        'is named as a contact there, not as a member of a group.')
    assert 'of any campaign under way:' in nobody_to_stand_for('dora', [])


@pytest.mark.parametrize(('words', 'pair'), [
    pytest.param('anna for  bruno', ('anna', 'bruno'), id='pair'),
    pytest.param('anna for bruno 2026-07-01..2026-07-02',
                 ('anna', 'bruno'), id='with days'),
    pytest.param('anna', None, id='one'),
])
def test_a_deputyship_that_ends_is_named_by_its_people(words, pair):
    wish = DeputyRequest(words, end=True)
    assert wish.pair == pair
    assert no_deputyship(wish, ['A']) == (
        f'"{words}" names no deputy of A; their pages name those there are.')
    assert 'of A, B or C;' in no_deputyship(wish, ['A', 'B', 'C'])
    assert 'of any campaign under way;' in no_deputyship(wish, [])
