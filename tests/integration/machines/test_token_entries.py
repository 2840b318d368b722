"""What machines do is in the ledger with the name of their token."""

from __future__ import annotations

import logging

import pytest

from prodworkflow.api import InvalidRequest, NoSuchCampaign
from prodworkflow.domain.planning.tokens import TokenRequest
from support.campaigns import NAME
from support.hidden_tickets import HIDING, VISIBLE
from support.logs import Heard


def act(system, request_of, token, user='anna'):
    """Put a campaign on hold and resume it, as a request of a user does."""
    req = request_of(user)
    system.context.bind_request(req, token)
    person = system.context.person(req)
    system.lifecycle.hold(NAME, person, 'Jobs fail.')
    return req


def last(system):
    return system.queries.ledger(NAME)[-1]


def test_entries_name_the_token_and_its_owner(campaign, system, request_of):
    made = system.tokens.add(TokenRequest('anna', 'hold', 'nightly')).token
    req = act(system, request_of, made)
    assert (last(system).actor, last(system).verb) == ('anna', 'held')
    assert last(system).payload['token'] == 'nightly'
    events = system.queries.events(system.queries.decision(NAME))
    assert str(events[-1].words) == ('put the campaign on hold: “Jobs fail.”, '
                                     'by the token nightly')
    assert system.check(NAME, False, 'root') == []
    assert req is not None


def test_the_log_names_the_token(campaign, env, system, request_of):
    heard = Heard()
    env.log.addHandler(heard)
    env.log.setLevel(logging.INFO)
    made = system.tokens.add(TokenRequest('anna', 'hold', 'nightly')).token
    req = act(system, request_of, made)
    assert ('WARNING', f'campaign {NAME}, entry 2: held by anna, token '
                       'nightly,') in heard.records
    assert req is not None


def test_entries_of_people_name_no_token(campaign, system, request_of):
    """Also on the thread that has served a machine before."""
    made = system.tokens.add(TokenRequest('anna', 'hold', 'nightly')).token
    system.context.bind_request(request_of('anna'), made)
    act(system, request_of, None)
    assert 'token' not in last(system).payload


def test_entries_of_the_plugin_name_no_token(campaign, sign, system,
                                             request_of):
    """The one who acts is not the owner of the token."""
    made = system.tokens.add(TokenRequest('bruno', 'hold', 'nightly')).token
    act(system, request_of, made)
    assert 'token' not in last(system).payload


def test_token_that_is_kept_by_nobody_is_forgotten(campaign, system,
                                                   request_of):
    """What a thread does when the request is over is done by no token."""
    system.context.bind_request(
        request_of('anna'),
        system.tokens.add(TokenRequest('anna', 'hold', 'nightly')).token)
    act_later = request_of('anna')
    system.lifecycle.hold(NAME, system.context.person(act_later), 'Later.')
    assert 'token' not in last(system).payload


def test_only_one_of_two_tokens_made_at_once_has_the_name(campaign, system):
    system.tokens.add(TokenRequest('anna', 'hold', 'nightly'))
    with pytest.raises(InvalidRequest, match='already'):
        system.tokens.add(TokenRequest('anna', 'hold', 'nightly'))
    assert system.tokens.add(TokenRequest('bruno', 'hold', 'nightly'))


def test_requirement_that_somebody_may_not_see_is_none_to_them(
        hiding, system, request_of):
    """As on the page where people make tokens for themselves."""
    wish = TokenRequest('eve', 'gate:read', campaign=HIDING,
                        requirement=VISIBLE[0])
    hidden = TokenRequest('eve', 'gate:read', campaign=HIDING,
                          requirement='estimate')
    assert system.tokens.add(wish, request_of('eve').perm)
    with pytest.raises(NoSuchCampaign, match='has no requirement'):
        system.tokens.add(hidden, request_of('eve').perm)
