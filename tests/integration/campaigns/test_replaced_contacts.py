"""Replacing contacts: shown before what is undone, and kept on request."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from prodworkflow.api import (
    CampaignChanges,
    GateShut,
    SignerChanges,
    SignOffRequest,
    Verdict,
)
from prodworkflow.domain.ledger.replay import fold
from prodworkflow.domain.model.person import Person
from support.campaigns import ADMIN, CONTACTS, NAME, PANEL_OF
from support.http_client import words_of
from support.page_forms import Page

PAGE = PANEL_OF.format(quote(NAME))
FREEZE = 'feature-freeze'
LOST = ('#1 Feature Freeze: what anna signed counts no more, and it is to be '
        'signed again.')


@pytest.fixture
def change(system):
    def changing(*contacts, keep=False, quorum=None):
        system.change(NAME, ADMIN, CampaignChanges(
            'New people.', staff=((FREEZE, SignerChanges(
                contacts or None, None, quorum)),), keep_approvals=keep))
    return changing


@pytest.fixture
def state(system):
    return lambda: system.queries.decision(NAME).answer(FREEZE).state


@pytest.fixture
def form(client):
    """The form of the page as it is, with new contacts, and its client."""
    user = client('coordinator')

    def fields(text=None, **typed):
        page = Page(text or user.get(PAGE).text)
        button = next(b for b in ('Change it all the same', 'Save changes')
                      if any(f.find(b, True) for f in page.forms))
        made = page.form((), button)
        found = dict(made.fields((), made.find(button, True)))
        del found['__FORM_TOKEN']
        return {**found, **typed}
    return user, fields


def test_the_page_shows_what_is_undone_and_changes_it_when_confirmed(
        campaign, sign, admin, form, system, state, stored):
    sign('feature-freeze', 'software-quality', 'resources-estimate')
    assert admin('milestone', 'completed',
                 f'{NAME}: 1. Software preparation', 'now')[0] == 0
    user, fields = form
    told = user.post(PAGE, fields(**{f'contact:{FREEZE}': 'bruno',
                                     'reason': 'She left.'}))
    assert told.status == 200
    text = words_of(told)
    assert 'Nothing is changed yet. This would undo:' in text
    assert LOST in text
    assert 'stage 1. Software preparation opens again.' in text
    assert state() == 'met'
    done = user.post(PAGE, fields(told.text))
    assert '1 changed.' in done.text
    assert system.queries.requirement(NAME, FREEZE).contacts == ('bruno',)
    assert (state(), stored(1)) == ('unmet', [False])


def test_a_confirmation_of_something_else_is_asked_again(
        campaign, sign, form, state):
    sign(FREEZE)
    user, fields = form
    told = user.post(PAGE, fields(**{
        f'contact:{FREEZE}': 'bruno', 'reason': 'x', 'confirm': '0' * 64}))
    assert LOST in words_of(told)
    assert state() == 'met'


def test_a_change_that_undoes_nothing_needs_no_confirmation(
        campaign, sign, form):
    sign(FREEZE)
    user, fields = form
    assert '1 changed.' in user.post(PAGE, fields(**{
        f'contact:{FREEZE}': 'anna, bruno', 'reason': 'More.'})).text


def test_the_box_to_tick_keeps_what_was_signed_in_office(
        campaign, sign, form, state, ticket, system):
    sign(FREEZE)
    user, fields = form
    told = user.post(PAGE, fields(**{
        f'contact:{FREEZE}': 'bruno', 'reason': 'She left.',
        'keep_approvals': '1'}))
    assert '1 changed.' in told.text
    assert state() == 'met'
    assert ticket(campaign[FREEZE])['status'] == 'closed'
    assert system.queries.ledger(NAME)[-1].payload['kept'] == ['anna']
    assert system.check(NAME, True, 'root') == []


def test_dry_run_prints_what_would_be_undone(campaign, sign, admin, state):
    sign(FREEZE)
    code, out, _ = admin('campaign', 'change', NAME, '--dry-run',
                         f'--contact={FREEZE}:bruno')
    assert (code, out) == (
        0, f'Would be undone: {LOST}\nNothing was changed.\n')
    assert state() == 'met'
    code, out, _ = admin('campaign', 'change', NAME, '--reason=x',
                         f'--contact={FREEZE}:bruno')
    assert (code, f'Undone: {LOST}\n1 changed.' in out) == (0, True)
    assert state() == 'unmet'


def test_the_command_keeps_approvals(campaign, sign, admin, state):
    sign(FREEZE)
    code, out, _ = admin('campaign', 'change', NAME, '--keep-approvals',
                         f'--contact={FREEZE}:bruno', '--reason=x')
    assert (code, 'Undone' in out, state()) == (0, False, 'met')


def test_a_former_contact_whose_approval_is_kept_may_not_sign_anew(
        campaign, sign, change, system, state):
    sign(FREEZE)
    change('bruno', keep=True)
    system.record(NAME, FREEZE, *rejected())
    assert state() == 'unmet'
    with pytest.raises(GateShut):
        sign(FREEZE, person='anna')


def rejected():
    return Person('bruno'), SignOffRequest(Verdict.REJECTED, 'No.')


def test_what_is_kept_stays_kept_through_later_changes(
        campaign, sign, change, state):
    sign(FREEZE)
    change('bruno', keep=True)
    change('bruno', 'eve')
    change('eve')
    assert state() == 'met'


def test_who_came_back_and_left_again_is_kept_no_more(
        campaign, sign, change, state):
    sign(FREEZE)
    change('bruno', keep=True)
    change('anna', 'bruno')
    change('bruno')
    assert state() == 'unmet'


def test_approvals_of_administrators_are_kept_when_contacts_are_named(
        create, system, change, state):
    create(contacts={**CONTACTS, FREEZE: ()})
    system.sign(NAME, FREEZE, 'coordinator', True, 'Fine.')
    change('bruno', keep=True)
    assert state() == 'met'


def test_the_ledger_gives_what_is_stored(campaign, sign, change, system):
    sign(FREEZE)
    change('bruno', keep=True)
    found = system.queries.decision(NAME).snapshot.state
    assert found.requirement(FREEZE).kept == ('anna',)
    assert fold(system.queries.ledger(NAME)).requirements == \
        found.requirements
