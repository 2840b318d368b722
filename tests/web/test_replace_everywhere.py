"""Somebody is replaced wherever a campaign names them, once it was shown."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import quote

import pytest

from support.campaigns import CONTACTS, NAME
from support.http_client import words_of
from support.page_forms import Page

PAGE = f'/admin/production/campaigns/{quote(NAME)}'
FREEZE = 'feature-freeze'


@pytest.fixture
def ask(client):
    """Sends the form; with `confirm` as the page that came back does."""
    def send(confirm=None, **fields):
        return client('coordinator').post(PAGE, {
            'act': 'replace', 'replace': 'anna', 'by': 'eve',
            'reason': 'Anna leaves.', **fields,
            **({'confirm': confirm} if confirm else {})})
    return send


def form_of(answer, button):
    """What the form of that button would send, without the token."""
    page = Page(answer.text)
    made = page.form((), button)
    found = dict(made.fields((), made.find(button, True)))
    del found['__FORM_TOKEN']
    return found


def confirmation(answer):
    return re.search(r'name="confirm" value="(\w+)"', answer.text)[1]


def contacts(system):
    return {r.key: r.contacts for r
            in system.queries.decision(NAME).snapshot.state.requirements}


def test_it_is_shown_first_and_then_done_at_once(campaign, sign, ask, system,
                                                 verbs):
    sign(FREEZE)
    before = contacts(system)
    shown = ask()
    told = words_of(shown)
    assert shown.status == 200
    assert 'sign-offs would have other signers. Nothing is changed yet.' \
        in told
    assert '#1 Feature Freeze: anna → eve' in told
    assert 'what anna signed counts no more' in told
    assert contacts(system) == before
    assert verbs() == ['created', 'approved']
    done = ask(confirmation(shown))
    count = sum('anna' in people for people in before.values())
    assert f'{count} sign-offs have other signers.' in words_of(done)
    assert contacts(system) == {
        key: tuple('eve' if p == 'anna' else p for p in people)
        for key, people in before.items()}
    assert verbs().count('contacts-changed') == count


def test_what_was_signed_goes_on_counting_if_asked(campaign, sign, ask,
                                                   system):
    sign(FREEZE)
    shown = ask(keep_approvals='1')
    assert 'No approval is undone.' in words_of(shown)
    ask(confirmation(shown), keep_approvals='1')
    assert system.queries.decision(NAME).answer(FREEZE).met


def test_what_has_changed_since_it_was_shown_is_shown_anew(
        campaign, sign, ask, system, verbs):
    shown = ask()
    sign(FREEZE)
    again = ask(confirmation(shown))
    assert 'what anna signed counts no more' in words_of(again)
    assert confirmation(again) != confirmation(shown)
    assert 'contacts-changed' not in verbs()


@pytest.mark.parametrize(('fields', 'field', 'words'), [
    pytest.param({'reason': ' '}, 'reason', 'Say why', id='reason'),
    pytest.param({'replace': ''}, 'replace', 'Name who is to be replaced',
                 id='nobody'),
    pytest.param({'replace': 'ana'}, 'replace',
                 'ana is named for no sign-off', id='mistyped'),
    pytest.param({'by': ''}, 'by', 'Name who signs in place of anna',
                 id='by nobody'),
    pytest.param({'by': '"x'}, 'by', 'out of place', id='misquoted'),
])
def test_a_mistake_stands_at_its_field_and_nothing_typed_is_lost(
        campaign, ask, verbs, fields, field, words):
    answer = ask(**fields)
    assert answer.status == 400
    found, = re.findall(r'<input[^>]*aria-invalid="true"[^>]*>', answer.text)
    assert f'name="{field}"' in found
    named = re.search('aria-describedby="(.*?)"', found)[1]
    text = re.search(rf'id="{named}">(.*?)</span>', answer.text)[1]
    assert words in text
    for name, typed in {'replace': 'anna', 'by': 'eve', **fields}.items():
        there = re.search(rf'<input[^>]*name="{name}"[^>]*value="(.*?)"',
                          answer.text)[1]
        assert name == 'reason' or unescape(there) == typed
    assert verbs() == ['created']


def test_who_may_not_is_refused(campaign, client, verbs):
    assert client('anna').post(PAGE, {
        'act': 'replace', 'replace': 'anna', 'by': 'eve',
        'reason': 'x'}).status in (403, 404)
    assert verbs() == ['created']


def test_the_command_shows_it_and_does_it(campaign, admin, system, verbs):
    asked = ('--replace=anna:eve', '--reason=anna leaves')
    code, out, _ = admin('campaign', 'change', NAME, *asked, '--dry-run')
    assert code == 0
    assert '#1 Feature Freeze: anna → eve' in out
    assert 'Nothing was changed.' in out
    assert verbs() == ['created']
    code, out, _ = admin('campaign', 'change', NAME, *asked)
    assert code == 0
    assert 'anna' not in {p for c in contacts(system).values() for p in c}
    assert system.check(NAME, False, 'root') == []


@pytest.mark.parametrize('text', ['anna', ':eve', 'anna:', 'a:b:c'])
def test_the_command_says_how_to_write_it(campaign, admin, text):
    code, _, err = admin('campaign', 'change', NAME, f'--replace={text}',
                         '--reason=x')
    assert code == 2
    assert 'for example --replace=bruno:anna' in err


def test_the_table_is_found_in_by_requirement_ticket_and_person(campaign,
                                                                client):
    def found(text):
        page = client('coordinator').get(f'{PAGE}?find={quote(text)}').text
        return re.findall(r'<input[^>]*name="contact:([\w-]+)"', page)
    assert found('FREEZE') == [FREEZE]
    assert found('#2') == ['software-quality']
    assert found('bruno') == [k for k, c in CONTACTS.items() if 'bruno' in c]
    assert found('nobody like that') == []


def test_a_change_of_what_was_found_leaves_the_rest(campaign, client, system):
    before = contacts(system)
    user = client('coordinator')
    sent = form_of(user.get(f'{PAGE}?find=freeze'), 'Save changes')
    assert sent['find'] == 'freeze'
    done = user.post(PAGE, {
        **sent, 'act': 'change', 'contact:feature-freeze': 'eve',
        'reason': 'Anna leaves.'})
    assert done.url.endswith('find=freeze')
    assert contacts(system) == {**before, FREEZE: ('eve',)}
