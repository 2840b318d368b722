"""Logins in commands: quoted as in CSV, and of people Trac has not met."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from trac.web.session import DetachedSession

from prodworkflow.domain.dates import day_of
from prodworkflow.domain.logins import quoted_login
from prodworkflow.gateways.clock import now
from support.campaigns import CONTACTS, NAME

CERTIFICATE = '/DC=ch/DC=cern/OU=Users/CN=Doe, Jane'
FREEZE, QUALITY = 'feature-freeze', 'software-quality'
TODAY = day_of(now())
DAYS = f'{TODAY}..{TODAY + timedelta(7)}'
LOGINS = [
    pytest.param(CERTIFICATE, id='certificate'),
    pytest.param('a "b" c', id='quotation marks'),
    pytest.param('jane;doe=x', id='semicolon and equals sign'),
    pytest.param('key:jane', id='colon'),
]


@pytest.fixture
def met(env):
    def make(*logins):
        for login in logins:
            session = DetachedSession(env, None)
            session.get_session(login, authenticated=True)
            session.save()
    return make


@pytest.mark.parametrize('login', LOGINS)
def test_any_login_is_named_and_shown_by_commands(admin, system, met, login):
    met(login)
    code, out, err = admin(
        'campaign', 'create', NAME, f'--contact={FREEZE}:anna, '
        f'{quoted_login(login)}', f'--contact={QUALITY}:{quoted_login(login)}')
    assert (code, err) == (0, '')
    assert f'#1 Feature Freeze: anna, {quoted_login(login)}\n' in out
    assert system.queries.requirement(NAME, FREEZE).contacts == ('anna', login)
    _, out, _ = admin('campaign', 'show', NAME)
    assert f'awaits anna or {quoted_login(login)}' in out
    _, out, _ = admin('campaign', 'show', NAME, '--json')
    told = json.loads(out)['stages'][0]['requirements'][0]
    assert told['awaits'] == ['anna', login]
    code, _, err = admin('campaign', 'change', NAME, '--reason=New.',
                         f'--contact={FREEZE}:{quoted_login(login)},bruno',
                         f'--deputy={FREEZE}:eve for {quoted_login(login)} '
                         f'{DAYS}')
    assert (code, err) == (0, '')
    found = system.queries.requirement(NAME, FREEZE)
    assert found.contacts == (login, 'bruno')
    assert [str(d) for d in found.deputies] == [
        f'eve for {quoted_login(login)} {DAYS}']
    code, out, _ = admin('campaign', 'create', 'Next', f'--like={NAME}')
    assert code == 0
    assert system.queries.requirement('Next', FREEZE).contacts == (
        login, 'bruno')


@pytest.mark.parametrize('login', LOGINS)
def test_any_login_is_a_deputy_and_has_one(admin, create, system, met, login):
    met(login)
    create(contacts={**CONTACTS, FREEZE: (login,)})
    deputies = lambda: [  # noqa: E731
        str(d) for d in system.queries.decision(
            NAME).snapshot.state.campaign.deputies]
    pair = f'eve for {quoted_login(login)}'
    assert admin('campaign', 'deputy', 'eve', 'for', login, DAYS)[0] == 0
    assert deputies() == [f'{pair} {DAYS}']
    assert admin('campaign', 'deputy', pair, '--end')[0] == 0
    assert deputies() == []
    assert admin('campaign', 'deputy', f'{pair} {DAYS}')[0] == 0
    assert admin('campaign', 'deputy', 'eve', 'for', login, '--end')[0] == 0
    assert deputies() == []
    assert admin('campaign', 'deputy', quoted_login(login), 'for', 'bruno',
                 DAYS)[0] == 0
    assert deputies() == [f'{quoted_login(login)} for bruno {DAYS}']


@pytest.mark.parametrize(('given', 'told'), [
    pytest.param('anna, "Doe, Jane', 'Error: --contact=feature-freeze: The '
                 'quotation marks in “"Doe, Jane”, from character 7 on, are '
                 'out of place', id='never closed'),
    pytest.param('Doe "Jane"', 'from character 1 on, are out of place',
                 id='within'),
])
def test_marks_out_of_place_are_told(campaign, admin, system, given, told):
    before = system.queries.decision(NAME).snapshot
    for command in (['change', NAME, '--reason=New.'], ['create', 'Next']):
        code, _, err = admin('campaign', *command,
                             f'--contact={FREEZE}:{given}')
        assert code == 2
        assert told in err
        assert 'Traceback' not in err
    assert system.queries.decision(NAME).snapshot == before
    assert system.queries.names() == [NAME]


def test_newcomers_are_refused_with_the_option_and_taken_with_it(
        admin, system):
    create = ('campaign', 'create', NAME, f'--contact={FREEZE}:bruna')
    code, _, err = admin(*create)
    assert code == 2
    told = ' '.join(err.split())
    assert ('Contact "bruna" of feature-freeze is no user that Trac knows. '
            'Did you mean bruno?') in told
    assert 'give --unknown-contacts on the command line' in told
    assert system.queries.names() == []
    code, out, _ = admin(*create, '--unknown-contacts', '--dry-run')
    assert code == 0
    assert ('bruna is named for Feature Freeze and has never logged in to '
            'Trac; they can sign once they have (did you mean bruno?).') in out
    assert system.queries.names() == []
    assert admin(*create, '--unknown-contacts')[0] == 0
    assert system.queries.requirement(NAME, FREEZE).contacts == ('bruna',)


def test_check_lists_newcomers_until_they_have_logged_in(
        create, admin, system, met, sign):
    create(contacts={**CONTACTS, FREEZE: ('bruna', 'anna'),
                     QUALITY: ('Doe, Jane',)}, unknown_contacts=True)
    code, out, _ = admin('campaign', 'check', NAME, '--json')
    assert code == 1
    found = json.loads(out)['findings']
    assert [each['words'] for each in found] == [
        'bruna is named for #1 Feature Freeze and has never logged in to '
        'Trac; they can sign once they have (did you mean bruno?)',
        '"Doe, Jane" is named for #2 Software quality ok and has never '
        'logged in to Trac; they can sign once they have']
    met('bruna', 'Doe, Jane')
    assert admin('campaign', 'check', NAME) == (0, '', '')
    sign(FREEZE, person='bruna')
    assert system.queries.decision(NAME).answer(FREEZE).met


def test_newcomers_are_taken_by_change_and_deputy(campaign, admin, system):
    change = ('campaign', 'change', NAME, '--reason=New.',
              f'--contact={FREEZE}:zoe',
              f'--deputy={FREEZE}:yves for zoe {DAYS}')
    code, _, err = admin(*change)
    assert code == 2
    assert 'Contact "yves" of feature-freeze is no user' in err
    assert '--unknown-contacts' in err
    code, out, _ = admin(*change, '--unknown-contacts', '--dry-run')
    assert (code, out.splitlines()[-1]) == (0, 'Nothing was changed.')
    assert admin(*change, '--unknown-contacts')[0] == 0
    name = ('campaign', 'deputy', 'xena', 'for', 'anna', DAYS)
    code, _, err = admin(*name)
    assert code == 2
    assert '--unknown-contacts' in err
    assert admin(*name, '--unknown-contacts')[0] == 0
    assert system.queries.decision(NAME).snapshot.state.campaign.newcomers == (
        'zoe', 'yves', 'xena')
    assert [f.words for f in system.check(NAME, False, 'root')
            if 'xena' in f.words] == [
        'xena is named for #2 Software quality ok, #3 Resources estimate and '
        '#7 Physics results ok and has never logged in to Trac; they can sign '
        'once they have']


def test_a_campaign_with_newcomers_is_what_its_ledger_says(
        create, admin, system, env):
    create(contacts={**CONTACTS, FREEZE: ('bruna',)}, unknown_contacts=True)
    admin('campaign', 'change', NAME, '--reason=New.',
          f'--contact={QUALITY}:zoe', '--unknown-contacts')
    found = [f.words for f in system.check(NAME, False, 'root')]
    assert all('has never logged in' in words for words in found)
    assert len(found) == 2
