"""Two coordinators at once: no form undoes what somebody else has changed."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from prodworkflow.api import (
    CampaignChanges,
    CampaignRequest,
    ItemAddition,
    ReleaseRequest,
    SignerChanges,
)
from prodworkflow.domain.model.person import Person
from support.campaigns import ADMIN, ANNA, CONTACTS, FULL, NAME, PANEL_OF
from support.http_client import words_of
from support.page_forms import Page
from support.permissions import hide
from support.signoffs import leak, LEAKS, waiver

PAGE = PANEL_OF.format(quote(NAME))
CARL = Person('carl', grants=ADMIN.grants)


def without_token(fields):
    """Each client has a form token of its own."""
    return {k: v for k, v in fields if k != '__FORM_TOKEN'}


@pytest.fixture
def form_of(client):
    """The fields of the form with that button, as the page shows it now."""
    def fields(path, button, user='coordinator'):
        page = Page(client(user).get(path).text)
        form = page.form((), button)
        return without_token(form.fields((), form.find(button, True)))
    return fields


@pytest.fixture
def changed(system):
    """Lets carl change something meanwhile."""
    def change(key=None, name=NAME, contacts=None, quorum=None, **wish):
        staff = ((key, SignerChanges(contacts, None, quorum)),) if key else ()
        system.change(name, CARL, CampaignChanges('Meanwhile.', staff=staff,
                                                  **wish))
    return change


@pytest.fixture
def of(system):
    return lambda key, name=NAME: system.queries.requirement(name, key)


def test_raising_the_enforcement_leaves_the_quorum_that_another_has_set(
        campaign, sign, client, form_of, changed, of, gate):
    sign(*CONTACTS)
    assert gate()
    form = form_of(PAGE, 'Save changes')
    changed('resources-estimate', quorum='2')
    assert not gate()
    told = client('coordinator').post(PAGE, {
        **form, 'enforcement': 'strict', 'reason': 'It is time.'})
    assert '1 changed.' in told.text
    assert of('resources-estimate').quorum == 2
    assert not gate()


def test_an_untouched_form_changes_nothing_at_all(
        campaign, client, form_of, changed, of, system):
    form = form_of(PAGE, 'Save changes')
    changed('feature-freeze', contacts=('bruno',), enforcement='strict')
    entries = len(system.queries.ledger(NAME))
    told = client('coordinator').post(PAGE, {**form, 'reason': 'Nothing.'})
    assert 'Nothing was changed.' in told.text
    assert of('feature-freeze').contacts == ('bruno',)
    assert len(system.queries.ledger(NAME)) == entries


def test_a_field_that_others_changed_is_answered_with_409_and_all_the_facts(
        campaign, client, form_of, changed, of):
    form = form_of(PAGE, 'Save changes')
    changed('feature-freeze', contacts=('bruno',))
    user = client('coordinator')
    told = user.post(PAGE, {
        **form, 'contact:feature-freeze': 'eve', 'reason': 'Mine.'})
    assert told.status == 409
    assert ('the contacts of #1 Feature Freeze is “bruno” now, not “anna”: '
            'changed by carl, “Meanwhile.”; typed was “eve”') in words_of(told)
    assert of('feature-freeze').contacts == ('bruno',)


def test_the_form_comes_back_with_what_was_typed_and_the_new_revision(
        campaign, client, form_of, changed, of):
    form = form_of(PAGE, 'Save changes')
    changed('feature-freeze', contacts=('bruno',))
    changed('software-quality', contacts=('bruno',))
    user = client('coordinator')
    page = Page(user.post(PAGE, {
        **form, 'contact:feature-freeze': 'eve', 'reason': 'Mine.'}).text)
    back = page.form((), 'Save changes')
    fields = without_token(back.fields((), back.find('Save changes', True)))
    assert fields['contact:feature-freeze'] == 'eve'
    assert fields['contact:software-quality'] == 'bruno'
    assert fields['reason'] == 'Mine.'
    assert int(fields['revision']) > int(form['revision'])
    assert '1 changed.' in user.post(PAGE, fields).text
    assert of('feature-freeze').contacts == ('eve',)
    assert of('software-quality').contacts == ('bruno',)


def test_a_mistake_does_not_let_the_form_forget_what_it_was_made_from(
        campaign, client, form_of, changed, of):
    form = {**form_of(PAGE, 'Save changes'), 'contact:feature-freeze': 'eve'}
    changed('software-quality', contacts=('bruno',))
    user = client('coordinator')
    told = user.post(PAGE, {**form, 'reason': ''})
    assert told.status == 400
    back = Page(told.text).form((), 'Save changes')
    fields = without_token(back.fields((), back.find('Save changes', True)))
    assert fields['revision'] == form['revision']
    changed('feature-freeze', contacts=('bruno',))
    assert user.post(PAGE, {**fields, 'reason': 'x'}).status == 409
    assert of('feature-freeze').contacts == ('bruno',)
    assert of('software-quality').contacts == ('bruno',)


def test_typing_what_another_has_set_already_is_no_conflict(
        campaign, client, form_of, changed):
    form = form_of(PAGE, 'Save changes')
    changed('feature-freeze', contacts=('bruno',))
    told = client('coordinator').post(PAGE, {
        **form, 'contact:feature-freeze': 'bruno', 'reason': 'x'})
    assert (told.status, 'Nothing was changed.' in told.text) == (200, True)


def test_a_form_without_a_revision_works_as_before(
        campaign, client, changed, of):
    changed('feature-freeze', contacts=('bruno',))
    told = client('coordinator').post(PAGE, {
        'act': 'change', 'contact:feature-freeze': 'eve', 'reason': 'x'})
    assert '1 changed.' in told.text
    assert of('feature-freeze').contacts == ('eve',)


def test_a_revision_that_is_no_number_is_refused(campaign, client):
    told = client('coordinator').post(PAGE, {
        'act': 'change', 'revision': 'old', 'reason': 'x'})
    assert told.status == 400
    assert '“old” is no revision; reload the page' in words_of(told)


def test_whoever_may_not_change_is_not_told_what_others_changed(
        campaign, client, changed):
    changed('feature-freeze', contacts=('bruno',))
    told = client('eve').post(f'/campaign/{quote(NAME)}', {
        'act': 'change', 'revision': '1', 'reason': 'x',
        'contact:feature-freeze': 'eve'})
    assert told.status == 409
    assert 'typed was' not in words_of(told)


@pytest.mark.parametrize(('button', 'typed', 'meanwhile', 'words'), [
    pytest.param('Show what would move', {'start': '2031-01-01'},
                 {'start': '2030-01-01'},
                 'the planned start is “2030-01-01” now, not “none”: changed '
                 'by carl, “Meanwhile.”; typed was “2031-01-01”', id='start'),
    pytest.param('Abandon the campaign', {}, 'hold',
                 'the hold is “on hold since', id='abandon'),
    pytest.param('Show what it would do', {'release': 'V2'}, 'release',
                 'the release is “V1.1” now, not “V1”: changed by carl, '
                 '“Built.”; typed was “V2”', id='release'),
])
def test_each_form_of_the_admin_page_tells_what_others_changed(
        campaign, client, form_of, changed, system, button, typed, meanwhile,
        words):
    form = form_of(PAGE, button)
    if meanwhile == 'hold':
        system.lifecycle.hold(NAME, CARL, 'Stop.')
    elif meanwhile == 'release':
        system.release(NAME, CARL, ReleaseRequest('V1.1', (), 'Built.'))
    else:
        changed(**meanwhile)
    entries = len(system.queries.ledger(NAME))
    told = client('coordinator').post(PAGE, {**form, **typed,
                                             'reason': 'Mine.'})
    assert told.status == 409
    assert words in words_of(told)
    assert len(system.queries.ledger(NAME)) == entries


def test_a_hold_is_never_in_the_way_of_a_hold(
        campaign, client, form_of, changed, system):
    form = form_of(PAGE, 'Put on hold')
    changed('feature-freeze', contacts=('bruno',), enforcement='strict')
    assert 'On hold.' in client('coordinator').post(
        PAGE, {**form, 'reason': 'Stop.'}).text


def test_resuming_lifts_no_hold_that_one_has_not_seen(
        campaign, client, form_of, system):
    system.lifecycle.hold(NAME, CARL, 'First.')
    form = form_of(PAGE, 'Resume')
    system.change(NAME, CARL, CampaignChanges('x', enforcement='advisory'))
    system.lifecycle.resume(NAME, CARL, 'Fine.')
    system.lifecycle.hold(NAME, CARL, 'Second.')
    told = client('coordinator').post(PAGE, {**form, 'reason': 'Go.'})
    assert told.status == 409
    assert system.queries.decision(
        NAME).snapshot.state.campaign.held_because == 'Second.'


def test_launch_rests_on_what_was_seen(ready, client, form_of, changed,
                                       system):
    page = f'/campaign/{FULL}/launch'
    form = form_of(page, 'Launch production')
    changed(name=FULL, enforcement='advisory')
    told = client('coordinator').post(page, {**form, 'reason': 'Go.'})
    assert told.status == 409
    assert 'the enforcement is “advisory” now' in words_of(told)
    assert not system.queries.decision(FULL).snapshot.state.campaign.launched


def test_an_item_that_another_has_let_join_or_drop_out_is_told(
        system, client, form_of, changed):
    system.create(CampaignRequest('Sites', 'path-to-production-full', 'V1'),
                  'coordinator')
    page = PANEL_OF.format('Sites')
    form = form_of(page, 'Change who takes part')
    changed(name='Sites', joiners=(ItemAddition('sites', 'Zeuthen', '3'),))
    user = client('coordinator')
    told = user.post(page, {**form, 'list': 'sites', 'item_name': 'Zeuthen',
                            'item_weight': '5', 'reason': 'x'})
    assert told.status == 409
    assert ('“zeuthen” of sites is “Zeuthen (3)” now, not “none”: changed by '
            'carl') in words_of(told)


# The box of a ticket

def box(client, ticket, user='anna'):
    page = Page(client(user).get(f'/ticket/{ticket}').text)
    form = next(f for f in page.forms if f.find('Sign off', True))
    return without_token(form.fields((), form.find('Sign off', True)))


def test_evidence_that_changed_meanwhile_is_shown_before_it_is_signed(
        full, client, system, state_of):
    system.record(FULL, LEAKS, ANNA, leak('0.5 kB/event'))
    form = box(client, full[LEAKS])
    system.record(FULL, LEAKS, ANNA, leak('0.9 kB/event', 'Again.'))
    told = client('anna').post(f'/campaign/{FULL}/sign', {
        **form, 'statement': 'Mine.'})
    assert told.status == 409
    assert ('memory_growth of #2 Memory leaks is “0.9 kB/event” now, not '
            '“0.5 kB/event”: changed by anna, “Again.”') in words_of(told)
    assert 'value="Mine."' in told.text
    back = Page(told.text).form((), 'Sign off')
    again = without_token(back.fields((), back.find('Sign off', True)))
    assert int(again['revision']) > int(form['revision'])
    assert client('anna').post(f'/campaign/{FULL}/sign', again).status == 200
    assert state_of(LEAKS)[0] == 'met'


def test_a_sign_off_elsewhere_or_the_same_value_again_is_in_nobodys_way(
        full, client, system, state_of, sign_full):
    system.record(FULL, LEAKS, ANNA, leak('0.5 kB/event'))
    form = box(client, full[LEAKS])
    sign_full('feature-freeze')
    system.record(FULL, LEAKS, ANNA, leak('0.5 kB/event', 'The same.'))
    assert client('anna').post(f'/campaign/{FULL}/sign', {
        **form, 'statement': 'Mine.'}).status == 200
    assert state_of(LEAKS)[0] == 'met'


@pytest.mark.parametrize(('verdict', 'status'), [
    ('approved', 409), ('rejected', 409), ('withdrawn', 200)])
def test_who_takes_a_signature_back_is_not_kept_by_new_evidence(
        full, client, system, verdict, status):
    system.record(FULL, LEAKS, ANNA, leak('0.5 kB/event'))
    system.sign(FULL, LEAKS, 'anna', False, 'Fine.')
    form = box_fields(client, full[LEAKS])
    system.record(FULL, LEAKS, ANNA, leak('0.9 kB/event'))
    assert client('anna').post(f'/campaign/{FULL}/sign', {
        **form, 'verdict': verdict, 'statement': 'x'}).status == status


def box_fields(client, ticket, user='anna'):
    page = Page(client(user).get(f'/ticket/{ticket}').text)
    form = next(f for f in page.forms if any(
        c.name == 'requirement' for c in f.controls))
    return without_token((c.name, c.value) for c in form.controls if c.sent)


def test_a_report_on_what_another_reported_meanwhile_says_what_was_typed(
        full, client, system):
    form = box_fields(client, full[LEAKS])
    system.record(FULL, LEAKS, ANNA, leak('0.5 kB/event'))
    told = client('anna').post(f'/campaign/{FULL}/sign', {
        **form, 'verdict': 'reported', 'value:memory_growth': '0.7 kB/event'})
    assert told.status == 409
    assert '; typed was “0.7 kB/event”' in words_of(told)


def test_a_waiver_made_from_older_evidence_is_refused(
        full, client, system):
    system.record(FULL, LEAKS, ANNA, leak('4 kB/event'))
    form = box_fields(client, full[LEAKS], 'coordinator')
    system.record(FULL, LEAKS, ANNA, leak('4.5 kB/event'))
    leave = waiver()
    told = client('coordinator').post(f'/campaign/{FULL}/sign', {
        **form, 'verdict': 'waived', 'statement': 'Small.',
        'reason': 'out-of-bounds', 'until': leave.leave.until,
        'bound_max:memory_growth': '5 kB/event'})
    assert told.status == 409
    assert 'is “4.5 kB/event” now, not “4 kB/event”' in words_of(told)


def test_many_sign_offs_made_on_another_release_are_refused(
        full, client, system, sign_full):
    sign_full('feature-freeze', 'memory-leaks', 'resources-estimate')
    page = Page(client('bruno').get('/campaign').text)
    form = page.form((), 'Sign off')
    fields = [(c.name, c.value) for c in form.controls
              if c.sent or c.name == 'sel']
    assert any(n == 'revision' and v.endswith(f'/{FULL}') for n, v in fields)
    system.release(FULL, CARL, ReleaseRequest('V2', (), 'Built.'))
    posted = {'sel': [v for n, v in fields if n == 'sel'],
              'revision': [v for n, v in fields if n == 'revision'],
              'statement': 'Mine.'}
    told = client('bruno').post('/campaign', posted)
    assert told.status == 409
    assert 'the release is “V2” now, not “V1”' in words_of(told)


def test_of_a_hidden_ticket_no_change_is_told(
        campaign, env, changed, client, form_of):
    form = form_of(PAGE, 'Save changes')
    changed('feature-freeze', contacts=('bruno',))
    hide(env, 1, 'anna')
    told = client('coordinator').post(PAGE, {
        'act': 'change', 'contact:feature-freeze': 'eve', 'reason': 'x',
        'revision': form['revision']})
    assert told.status == 409
    assert 'something that you may not see' in words_of(told)
    assert 'typed was' not in words_of(told)


def test_a_revision_that_never_was_is_refused(campaign, client, of):
    told = client('coordinator').post(PAGE, {
        'act': 'change', 'contact:feature-freeze': 'eve', 'reason': 'x',
        'revision': '4711'})
    assert told.status == 409
    assert 'never was at revision 4711; look at it anew' in words_of(told)
    assert of('feature-freeze').contacts == ('anna',)
