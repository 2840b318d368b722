"""Who is to sign: contacts, groups, deputies, quorums, and their reach."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from factories import requirement, signoff, state

from prodworkflow.asked import Deputy
from prodworkflow.eligibility import (
    capacity,
    different,
    out_of_reach,
    separated,
    signed_elsewhere,
    signers_of,
)
from prodworkflow.model import Person
from prodworkflow.staffing import (
    contact_problems,
    deputy,
    Known,
    meant,
    quorum,
)
from prodworkflow.terms import Role

FREEZE, QUALITY = 'feature-freeze', 'software-quality'
FIRST, LAST = date(2026, 7, 1), date(2026, 7, 14)
FOR_ANNA = Deputy('bruno', 'anna', FIRST, LAST)
KNOWN = Known(('anna', 'bruno', 'dora'), groups={
    'physics': frozenset({'dora', 'emil'}), 'authenticated': frozenset(),
    'anonymous': frozenset(), 'empty': frozenset()})
LINE = 'bruno for anna 2026-07-01..2026-07-14'

CAPACITIES = [
    pytest.param({}, Person('anna'), Role.CONTACT, 'anna', id='contact'),
    pytest.param({}, Person('Anna'), None, '', id='another spelling'),
    pytest.param({}, Person(''), None, '', id='nobody'),
    pytest.param({'contacts': ('anonymous',)}, Person('anonymous'), None, '',
                 id='anonymous'),
    pytest.param({'contacts': ('@physics',)},
                 Person('dora', frozenset({'physics'})), Role.CONTACT,
                 '@physics', id='member'),
    pytest.param({'contacts': ('@physics', 'dora')},
                 Person('dora', frozenset({'physics'})), Role.CONTACT,
                 'dora', id='member and named'),
    pytest.param({'contacts': ('@physics',)},
                 Person('dora', frozenset({'emc'})), None, '',
                 id='member of another'),
    pytest.param({'contacts': ('physics',)},
                 Person('dora', frozenset({'physics'})), None, '',
                 id='a user named like the group'),
    pytest.param({'contacts': ('@physics',)}, Person('@physics'),
                 Role.CONTACT, '@physics', id='a user named @physics'),
    pytest.param({'deputies': (FOR_ANNA,)}, Person('bruno'), Role.DEPUTY,
                 'anna', id='deputy'),
    pytest.param({'deputies': (replace(FOR_ANNA, first=LAST),)},
                 Person('bruno'), None, '', id='deputy too early'),
    pytest.param({'deputies': (replace(FOR_ANNA, last=FIRST),)},
                 Person('bruno'), None, '', id='deputy too late'),
    pytest.param({'deputies': (FOR_ANNA,), 'contacts': ('dora',)},
                 Person('bruno'), None, '', id='deputy of no contact'),
    pytest.param({'deputies': (FOR_ANNA,)}, Person('emil'), None, '',
                 id='no deputy'),
    pytest.param({'contacts': ()},
                 Person('emil', grants=frozenset({'CAMPAIGN_ADMIN'})),
                 Role.ADMINISTRATOR, '', id='administrator'),
    pytest.param({'contacts': ()},
                 Person('emil', grants=frozenset({'CAMPAIGN_WAIVE'})), None,
                 '', id='no administrator'),
    pytest.param({}, Person('emil', grants=frozenset({'CAMPAIGN_ADMIN'})),
                 None, '', id='administrator for a contact'),
]


@pytest.mark.parametrize(('given', 'person', 'role', 'contact'), CAPACITIES)
def test_somebody_may_sign_in_a_role_or_not(given, person, role, contact):
    found = capacity(requirement(FREEZE, **given), person, date(2026, 7, 7))
    assert (found.role if found else None) is role
    assert (found.contact if found else '') == contact


@pytest.mark.parametrize('day', [FIRST, LAST])
def test_the_first_and_last_day_belong_to_a_deputy(day):
    asked = requirement(FREEZE, deputies=(FOR_ANNA,))
    assert capacity(asked, Person('bruno'), day)
    assert signers_of(asked, day) == 'anna or bruno (for anna)'
    assert signers_of(asked) == 'anna'


def test_different_signers_are_counted_once_each():
    given = [signoff(2), signoff(3, signer='bruno'),
             signoff(4, signer='bruno', contact='anna', role='deputy'),
             signoff(5, signer='dora', contact='@physics'),
             signoff(6, signer='emil', contact='@physics')]
    assert [s.number for s in different(given)] == [4, 5, 6]
    assert different([]) == ()


def separate(*signoffs):
    return state(signoffs, [requirement(FREEZE, separate_from=QUALITY),
                            requirement(QUALITY),
                            requirement('resources-estimate')])


def test_separation_holds_both_ways():
    found = separate(signoff(2))
    freeze, quality, estimate = found.requirements
    assert separated(found, freeze) == [quality]
    assert separated(found, quality) == [freeze]
    assert separated(found, estimate) == []
    assert signed_elsewhere(found, quality, 'anna') == freeze
    assert signed_elsewhere(found, quality, 'bruno') is None
    assert signed_elsewhere(found, estimate, 'anna') is None
    taken_back = separate(signoff(2), signoff(3, verdict='withdrawn'))
    assert signed_elsewhere(taken_back, quality, 'anna') is None


REACH = [
    pytest.param({}, {}, None, id='one of one'),
    pytest.param({'quorum': 2}, {}, 'is 2, but only anna can sign it; name '
                 'more contacts or lower the quorum.', id='two of one'),
    pytest.param({'quorum': 2, 'contacts': ('anna', 'bruno')}, {}, None,
                 id='two of two'),
    pytest.param({'quorum': 2, 'contacts': ('@physics',)}, {}, None,
                 id='two of a group'),
    pytest.param({'quorum': 3, 'contacts': ('@physics', 'dora')}, {},
                 'is 3, but only dora and emil can sign it',
                 id='three of a group of two'),
    pytest.param({'contacts': ('@empty',)}, {}, 'nobody can sign it',
                 id='an empty group'),
    pytest.param({'contacts': ('@gone',)}, {}, 'nobody can sign it',
                 id='a group that is gone'),
    pytest.param({'contacts': ()}, {}, None, id='administrators'),
    pytest.param({'contacts': (), 'quorum': 2}, {},
                 'is 2, but only root can sign it',
                 id='two administrators of one'),
    pytest.param({'deputies': (FOR_ANNA,), 'quorum': 2}, {},
                 'only anna can sign it', id='a deputy adds nobody'),
    pytest.param({'separate_from': QUALITY}, {},
                 'has to be signed by others than software-quality (Software '
                 'quality ok), but only anna can sign them',
                 id='separate, one person'),
    pytest.param({'separate_from': QUALITY}, {'contacts': ('bruno',)}, None,
                 id='separate, two people'),
    pytest.param({'separate_from': QUALITY, 'contacts': ('anna', 'bruno')},
                 {'contacts': ('anna', 'bruno'), 'quorum': 2},
                 'only anna and bruno can sign them',
                 id='separate, two people for three'),
    pytest.param({'separate_from': QUALITY}, {'contacts': ()}, None,
                 id='separate from administrators'),
]


@pytest.mark.parametrize(('freeze', 'quality', 'words'), REACH)
def test_quorums_are_within_reach_or_not(freeze, quality, words):
    found = out_of_reach(
        state((), [requirement(FREEZE, **freeze),
                   requirement(QUALITY, **quality)]),
        KNOWN.groups, frozenset({'root'}))
    assert [key for key, _ in found] == ([FREEZE] if words else [])
    assert words is None or words in found[0][1]
    assert words is None or FREEZE in found[0][1]


@pytest.mark.parametrize(('contact', 'words'), [
    pytest.param('anna', None, id='user'),
    pytest.param('@physics', None, id='group'),
    pytest.param('ana', 'no user that Trac knows. Did you mean anna?',
                 id='misspelt'),
    pytest.param('@nobody', 'is no permission group. There is empty and '
                 'physics.', id='unknown group'),
    pytest.param('@anonymous', 'is no permission group', id='anybody'),
    pytest.param('@authenticated', 'is no permission group', id='all'),
    pytest.param('@', 'no user that Trac knows', id='no group'),
    pytest.param('physics', 'no user that Trac knows', id='group as user'),
])
def test_contacts_are_users_or_groups(contact, words):
    found = contact_problems(FREEZE, (contact,), KNOWN)
    assert bool(found) is (words is not None)
    assert words is None or (found[0][0] == f'contact:{FREEZE}'
                             and words in found[0][1])
    assert contact_problems(FREEZE, ('@x',), Known(()))[0][1].endswith(
        'There is none.')


@pytest.mark.parametrize(('text', 'number', 'wrong'), [
    ('', 1, False), (' 2 ', 2, False), ('99', 99, False), ('0', 1, True),
    ('100', 1, True), ('-1', 1, True), ('two', 1, True), ('٢', 1, True),
    ('1.5', 1, True)])
def test_a_quorum_is_a_small_number(text, number, wrong):
    problems = []
    assert quorum(FREEZE, text, problems) == number
    assert bool(problems) is wrong
    assert not wrong or (problems[0][0] == f'quorum:{FREEZE}'
                         and '1 to 99' in problems[0][1])


def test_a_line_names_a_deputy():
    problems = []
    found = deputy(FREEZE, f'  {LINE.replace(" for ", "  for ")}',
                   ('anna',), KNOWN, problems)
    assert found == FOR_ANNA
    assert str(found) == LINE
    assert problems == []
    same = LINE.replace('07-14', '07-01')
    assert deputy(FREEZE, same, ('anna',), KNOWN, problems).last == FIRST


@pytest.mark.parametrize(('line', 'words'), [
    pytest.param('', 'names no deputy', id='nothing'),
    pytest.param('bruno', 'names no deputy', id='no dates'),
    pytest.param(LINE.replace('07-14', '02-30'), 'names no deputy',
                 id='no such day'),
    pytest.param(LINE.replace('07-14', '06-14'), 'names no deputy',
                 id='ends before it begins'),
    pytest.param(LINE + ' and later', 'names no deputy', id='more words'),
    pytest.param(LINE.replace('bruno', 'emil'), 'no user that Trac knows',
                 id='unknown deputy'),
    pytest.param(LINE.replace('for anna', 'for dora'),
                 'bruno cannot stand for dora', id='no contact'),
    pytest.param(LINE.replace('bruno', 'anna'),
                 'anna cannot stand for anna', id='for oneself'),
    pytest.param(LINE.replace('for anna', 'for @physics'),
                 'cannot stand for @physics', id='for a group'),
    pytest.param(LINE.replace('bruno', '@physics'),
                 '@physics cannot stand for anna', id='a group as deputy'),
])
def test_what_names_no_deputy_is_told(line, words):
    problems = []
    assert deputy(FREEZE, line, ('anna', '@physics'), KNOWN, problems) is None
    assert [field for field, _ in problems] == [f'deputy:{FREEZE}']
    assert words in problems[0][1]


def test_what_was_meant_is_guessed():
    assert meant('ana', ['anna', 'bruno']) == ' Did you mean anna?'
    assert meant('zzz', ['anna']) == ''
