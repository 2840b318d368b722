"""Who is to sign: contacts, groups, deputies, quorums, and their reach."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.model.permissions import SignerFacts
from prodworkflow.domain.model.person import Deputy, Person, tidy_deputy
from prodworkflow.domain.model.submission import of_release
from prodworkflow.domain.model.vocabulary import Role
from prodworkflow.domain.planning.signers import (
    contact_problems,
    deputy,
    quorum,
    SiteFacts,
)
from prodworkflow.domain.rules.duties.quorum import unreachable_quorums
from prodworkflow.domain.rules.duties.separation import signed_elsewhere
from prodworkflow.domain.rules.eligibility import (
    capacity,
    different,
    signers_of,
    valid_approvals,
)
from support.factories import requirement, signoff, state

FREEZE, QUALITY = 'feature-freeze', 'software-quality'
FIRST, LAST = date(2026, 7, 1), date(2026, 7, 14)
FOR_ANNA = Deputy('bruno', 'anna', FIRST, LAST)
KNOWN = SiteFacts(('anna', 'bruno', 'dora'), groups={
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
def test_person_signs_as_contact_deputy_administrator_or_not_at_all(
        given, person, role, contact):
    found = capacity(requirement(FREEZE, **given), state(), person,
                     date(2026, 7, 7))
    assert (found.role if found else None) is role
    assert (found.contact if found else '') == contact


@pytest.mark.parametrize('day', [FIRST, LAST])
def test_the_first_and_last_day_belong_to_a_deputy(day):
    asked = requirement(FREEZE, deputies=(FOR_ANNA,))
    assert capacity(asked, state(), Person('bruno'), day)
    assert signers_of(asked, state(), day) == 'anna or bruno (for anna)'
    after = LAST + timedelta(days=1)
    assert signers_of(asked, state(), after) == 'anna'


def test_approvals_of_one_signer_count_once():
    given = [signoff(2), signoff(3, signer='bruno'),
             signoff(4, signer='bruno', contact='anna', role='deputy'),
             signoff(5, signer='dora', contact='@physics'),
             signoff(6, signer='emil', contact='@physics')]
    assert [s.number for s in different(given)] == [4, 5, 6]
    assert different([]) == ()


@pytest.mark.parametrize(('number', 'stale', 'fresh'), [
    pytest.param(3, 2, True, id='said since'),
    pytest.param(3, 3, False, id='made stale by itself'),
    pytest.param(3, 4, False, id='made stale since')])
def test_sign_off_that_became_stale_is_of_no_release(number, stale, fresh):
    bound = requirement(FREEZE, release_bound=True, stale=stale)
    assert of_release(bound, signoff(number), 'V1') is fresh
    assert of_release(requirement(FREEZE, stale=stale), signoff(number), 'V1')


def test_approval_from_before_the_last_reset_of_its_requirement_is_void():
    found = state([signoff(1)])
    assert valid_approvals(requirement(FREEZE), found) == [*found.signoffs]
    assert valid_approvals(requirement(FREEZE, since=1), found) == []


def separate(*signoffs):
    return state(signoffs, [requirement(FREEZE, separate_from=QUALITY),
                            requirement(QUALITY),
                            requirement('resources-estimate')])


def test_separation_holds_both_ways():
    found = separate(signoff(2))
    freeze, quality, estimate = found.requirements
    assert found.apart_from(FREEZE) == (quality,)
    assert found.apart_from(QUALITY) == (freeze,)
    assert found.apart_from(estimate.key) == ()
    assert signed_elsewhere(found, quality, 'anna', FIRST) == freeze
    assert signed_elsewhere(found, quality, 'bruno', FIRST) is None
    assert signed_elsewhere(found, estimate, 'anna', FIRST) is None
    taken_back = separate(signoff(2), signoff(3, verdict='withdrawn'))
    assert signed_elsewhere(taken_back, quality, 'anna', FIRST) is None


QUORUM = ('The quorum of feature-freeze (Feature Freeze) is {}; name more '
          'contacts or lower the quorum.')
SEPARATE = ('feature-freeze (Feature Freeze) has to be signed by others than '
            'software-quality (Software quality ok), but {}; name more '
            'contacts.')
REACH = [
    pytest.param({}, {}, None, id='one of one'),
    pytest.param({'quorum': 2}, {}, '2, but only anna can sign it',
                 id='two of one'),
    pytest.param({'quorum': 2, 'contacts': ('anna', 'bruno')}, {}, None,
                 id='two of two'),
    pytest.param({'quorum': 2, 'contacts': ('@physics',)}, {}, None,
                 id='two of a group'),
    pytest.param({'quorum': 3, 'contacts': ('@physics', 'dora')}, {},
                 '3, but only dora and emil can sign it',
                 id='three of a group of two'),
    pytest.param({'contacts': ('@empty',)}, {}, '1, but nobody can sign it',
                 id='an empty group'),
    pytest.param({'contacts': ('@gone',)}, {}, '1, but nobody can sign it',
                 id='a group that is gone'),
    pytest.param({'contacts': ()}, {}, None, id='administrators'),
    pytest.param({'contacts': (), 'quorum': 2}, {},
                 '2, but only root can sign it',
                 id='two administrators of one'),
    pytest.param({'deputies': (FOR_ANNA,), 'quorum': 2}, {},
                 '2, but only anna can sign it', id='a deputy adds nobody'),
    pytest.param({'separate_from': QUALITY}, {},
                 'only anna can sign them', id='separate, one person'),
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
    found = unreachable_quorums(
        state((), [requirement(FREEZE, **freeze),
                   requirement(QUALITY, **quality)]),
        SignerFacts(KNOWN.groups, lambda: frozenset({'root'})))
    told = SEPARATE if words and words.endswith('them') else QUORUM
    assert found == ([(FREEZE, told.format(words))] if words else [])


REMEDY = (' Correct the login; or, if it is right, tick “Name people who have '
          'never logged in”, or give --unknown-contacts on the command line: '
          'they can sign once they have logged in.')
NO_LOGIN = ('can be no login: it has 1 to 255 printable characters, and no '
            'blanks around them.')
GROUPS = 'is no permission group. There is empty and physics.'
LONG = 'x' * 99


@pytest.mark.parametrize(('contact', 'words'), [
    pytest.param('anna', None, id='user'),
    pytest.param('@physics', None, id='group'),
    pytest.param('ana', f'"ana" of {FREEZE} is no user that Trac knows. Did '
                 f'you mean anna?{REMEDY}', id='misspelt'),
    pytest.param('@nobody', f'"@nobody" of {FREEZE} {GROUPS}',
                 id='unknown group'),
    pytest.param('@anonymous', f'"@anonymous" of {FREEZE} {GROUPS}',
                 id='anybody'),
    pytest.param('@authenticated', f'"@authenticated" of {FREEZE} {GROUPS}',
                 id='all'),
    pytest.param('@', f'"@" of {FREEZE} {GROUPS}', id='no group'),
    pytest.param('physics', f'"physics" of {FREEZE} is no user but a group of '
                 'Trac; a group is named behind an @: @physics.',
                 id='group as user'),
    pytest.param('anonymous', f'"anonymous" of {FREEZE} {NO_LOGIN}',
                 id='nobody in particular'),
    pytest.param('', f'"" of {FREEZE} {NO_LOGIN}', id='nothing'),
    pytest.param(' anna', f'" anna" of {FREEZE} {NO_LOGIN}', id='blank'),
    pytest.param('a\x00b', f'"a\x00b" of {FREEZE} {NO_LOGIN}',
                 id='control character'),
    pytest.param('x' * 256, f'"{"x" * 64}" of {FREEZE} {NO_LOGIN}',
                 id='too long'),
    pytest.param(LONG, f'"{"x" * 64}" of {FREEZE} is no user that Trac knows.'
                 f'{REMEDY}', id='long'),
    pytest.param(f'@{LONG}', f'"@{"x" * 63}" of {FREEZE} {GROUPS}',
                 id='long group'),
])
def test_contacts_are_users_or_groups(contact, words):
    assert contact_problems(FREEZE, (contact,), KNOWN) == (
        [(f'contact:{FREEZE}', f'Contact {words}')] if words else [])


@pytest.mark.parametrize(('contact', 'words'), [
    pytest.param('emil', None, id='unknown'),
    pytest.param('ana', None, id='misspelt, perhaps'),
    pytest.param('x', None, id='one letter'),
    pytest.param('x' * 255, None, id='as long as it may be'),
    pytest.param('anna', None, id='known'),
    pytest.param('authenticated', NO_LOGIN, id='everybody'),
    pytest.param('', NO_LOGIN, id='nothing'),
    pytest.param('emil ', NO_LOGIN, id='blank'),
    pytest.param('x' * 256, NO_LOGIN, id='too long'),
    pytest.param('physics', 'is no user but a group of Trac; a group is named '
                 'behind an @: @physics.', id='group as user'),
    pytest.param('two words', 'is no user but a group of Trac; a group is '
                 'named behind an @: "@two words".', id='group with a blank'),
    pytest.param('@nobody', 'is no permission group. There is empty, physics '
                 'and "two words".', id='unknown group'),
])
def test_people_whom_trac_does_not_know_may_be_taken(contact, words):
    known = replace(KNOWN, takes_unknown=True, groups={
        **KNOWN.groups, 'two words': frozenset()})
    assert contact_problems(FREEZE, (contact,), known) == ([
        (f'contact:{FREEZE}', f'Contact "{contact[:64]}" of {FREEZE} {words}')
    ] if words else [])


def test_a_known_login_is_suggested_as_it_is_written():
    known = SiteFacts(('Doe, Jane',))
    [(_, words)] = contact_problems(FREEZE, ('Doe, Jan',), known)
    assert ' Did you mean "Doe, Jane"? Correct the login' in words


def test_strangers_are_those_whom_trac_does_not_know():
    known = SiteFacts(('anna', 'Doe, Jane'))
    assert known.strangers(['emil', 'anna', '@core', 'Doe', 'emil']) == (
        'emil', 'Doe')
    assert known.signers.met('anna')
    assert not known.signers.met('emil')


def test_every_contact_that_is_none_is_told():
    found = contact_problems(FREEZE, ('@x', 'anna', '@y'),
                             SiteFacts(('anna',)))
    assert found == [
        (f'contact:{FREEZE}', f'Contact "{group}" of {FREEZE} is no '
         'permission group. There is none.') for group in ('@x', '@y')]


def test_invalid_request_tells_each_problem_on_a_line():
    error = InvalidRequest([('one', 'This.'), ('two', 'That.')])
    assert error.problems == (('one', 'This.'), ('two', 'That.'))
    assert str(error) == 'This.\nThat.'


@pytest.mark.parametrize(('text', 'number', 'wrong'), [
    ('', 1, False), (' 2 ', 2, False), ('99', 99, False), ('0', 1, True),
    ('100', 1, True), ('-1', 1, True), ('two', 1, True), ('٢', 1, True),
    ('1.5', 1, True)])
def test_a_quorum_is_a_small_number(text, number, wrong):
    problems = []
    assert quorum(FREEZE, text, problems) == number
    assert bool(problems) is wrong
    assert not wrong or problems == [(
        f'quorum:{FREEZE}', f'"{text}" is no quorum of {FREEZE}; write a '
        'whole number, 1 to 99.')]


def test_a_long_quorum_is_told_shortened():
    problems = []
    quorum(FREEZE, LONG, problems)
    assert f'"{"x" * 64}" is no quorum' in problems[0][1]


def test_a_line_names_a_deputy():
    problems = []
    found = deputy(FREEZE, f'  {LINE.replace(" for ", "  for ")}',
                   ('anna',), KNOWN, problems)
    assert found == FOR_ANNA
    assert str(found) == LINE
    assert problems == []
    same = LINE.replace('07-14', '07-01')
    assert deputy(FREEZE, same, ('anna',), KNOWN, problems).last == FIRST


def test_a_deputy_may_have_any_login():
    people = ('Doe, Jane', 'a "b" c')
    problems = []
    line = f'"Doe, Jane" for "a ""b"" c" {FIRST}..{FIRST}'
    found = deputy(FREEZE, line, people, SiteFacts(people), problems)
    assert found == Deputy('Doe, Jane', 'a "b" c', FIRST, FIRST)
    assert str(found) == line
    assert problems == []


def test_a_deputy_is_written_in_one_way():
    assert tidy_deputy(f' {LINE.replace(" for ", "  for ")} ') == LINE
    assert tidy_deputy(f'"bruno" for anna {LINE[-22:]}') == LINE
    assert tidy_deputy(' nobody ') == 'nobody'


NONE = (f'names no deputy of {FREEZE}; write "bruno for anna '
        '2026-07-01..2026-07-14"; a login with blanks in it stands between '
        'quotation marks, as in "Doe, Jane" for anna.')
NAME_ONE = (f'{FREEZE} has the contacts anna and @physics; name one of them '
            '(no group), and somebody else as deputy.')


@pytest.mark.parametrize(('line', 'words'), [
    *(pytest.param(line, f'"{line[:64]}" {NONE}', id=name) for line, name in [
        ('', 'nothing'), ('bruno', 'no dates'), (LONG, 'long'),
        (LINE.replace('07-14', '02-30'), 'no such last day'),
        (LINE.replace('07-01', '02-30'), 'no such first day'),
        (LINE.replace('07-14', '06-14'), 'ends before it begins'),
        (LINE + ' and later', 'more words')]),
    pytest.param(LINE.replace('bruno', 'emil'), f'Contact "emil" of {FREEZE} '
                 f'is no user that Trac knows.{REMEDY}',
                 id='unknown deputy'),
    pytest.param(LINE.replace('for anna', 'for dora'),
                 f'bruno cannot stand for dora: {NAME_ONE}', id='no contact'),
    pytest.param(LINE.replace('bruno', 'anna'),
                 f'anna cannot stand for anna: {NAME_ONE}', id='for oneself'),
    pytest.param(LINE.replace('for anna', 'for @physics'),
                 f'bruno cannot stand for @physics: {NAME_ONE}',
                 id='for a group'),
    pytest.param(LINE.replace('bruno', '@physics'),
                 f'@physics cannot stand for anna: {NAME_ONE}',
                 id='a group as deputy'),
])
def test_line_that_names_no_deputy_is_refused(line, words):
    problems = []
    assert deputy(FREEZE, line, ('anna', '@physics'), KNOWN, problems) is None
    assert problems == [(f'deputy:{FREEZE}', words)]


def test_deputy_of_a_requirement_without_contacts_is_refused():
    problems = []
    assert deputy(FREEZE, LINE, (), KNOWN, problems) is None
    assert f'{FREEZE} has the contacts nobody; name' in problems[0][1]
