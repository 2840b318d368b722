"""Bearer tokens: whom they are taken for, and where they mean nothing."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from trac.perm import PermissionSystem

from prodworkflow.domain.model.permissions import ADMIN
from prodworkflow.domain.model.person import Person
from prodworkflow.gateways import clock
from support.campaigns import NAME
from support.hidden_tickets import HIDING
from support.tokens import Machine, PROBLEM

COORDINATOR = Person('coordinator', frozenset(), frozenset({ADMIN}))
PAGE = f'/campaign/{quote(NAME)}'
GATE = f'{PAGE}/gate'
FEED = f'{PAGE}/feed'
CALENDAR = f'/campaign/due.ics?campaign={quote(NAME)}'
JSON = [('Content-Type', 'application/json')]
SCOPED = [pytest.param(GATE, 'gate:read', 409, id='gate'),
          pytest.param(FEED, 'feed:read', 200, id='feed'),
          pytest.param('/campaign/feed', 'feed:read', 200, id='all feeds'),
          pytest.param(CALENDAR, 'feed:read', 200, id='calendar')]
WORTHLESS = [
    pytest.param('Bearer', id='nothing'),
    pytest.param('Bearer ', id='a blank'),
    pytest.param('bearer abc', id='no secret'),
    pytest.param('Bearer pwf_1_' + 'a' * 43, id='a secret of nobody'),
    pytest.param('Bearer pwf_99_' + 'a' * 43, id='a token that is not'),
    pytest.param(f'Bearer pwf_{"9" * 15}_' + 'a' * 43, id='a large number'),
    pytest.param('Bearer pwf_1_é', id='not in ASCII'),
    pytest.param('Bearer ' + 'a' * 60_000, id='long'),
    pytest.param('Basic YW5uYTphbm5h, Bearer abc', id='beside a password'),
]


# No token can be written to any more.
UPDATED = 'CREATE TRIGGER refuse BEFORE UPDATE ON prodworkflow_token'
FULL_DISK = {
    'sqlite': [f"{UPDATED} BEGIN SELECT RAISE(FAIL, 'full'); END"],
    'postgres': [
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "'BEGIN RAISE EXCEPTION ''full''; END'",
        f'{UPDATED} FOR EACH ROW EXECUTE FUNCTION refuse()'],
    'mysql': [f"{UPDATED} FOR EACH ROW SIGNAL SQLSTATE '45000' "
              "SET MESSAGE_TEXT = 'full'"]}


def cookies(reply):
    return reply.headers.get_all('Set-Cookie') or []


def rows(env, table):
    return env.db_query(f'SELECT COUNT(*) FROM {table}')[0][0]


def other(secret):
    """The secret with its last letter changed."""
    return secret[:-1] + ('a' if secret[-1] != 'a' else 'b')


@pytest.mark.parametrize(('address', 'scope', 'status'), SCOPED)
def test_token_of_the_scope_reaches_what_it_is_for(
        campaign, machine, address, scope, status):
    assert machine(scope).send(address).status == status


@pytest.mark.parametrize(('address', 'scope', 'status'), SCOPED)
def test_token_without_the_scope_is_refused(campaign, machine, address, scope,
                                            status):
    reply = machine('evidence:write,hold').send(address)
    assert reply.status == 403
    assert reply.problem == (f'The scope {scope} is needed, and the token has '
                             'evidence:write and hold.')


@pytest.mark.parametrize(('address', 'scope', 'status'), SCOPED)
def test_token_of_one_campaign_reads_no_other(create, machine, address, scope,
                                              status):
    create()
    create('Other')
    reply = machine(scope, campaign='Other').send(address)
    assert reply.status == 403
    assert reply.problem == 'The token is for the campaign Other alone.'


def test_campaign_of_a_token_is_compared_as_campaigns_are_found(
        create, machine):
    create('Réco 1')
    sent = machine(campaign='Réco 1')
    typed = quote('Re\u0301co  1')
    assert sent.send(f'/campaign/{typed}/gate').status == 409


@pytest.mark.parametrize('authorization', WORTHLESS)
def test_header_that_is_no_token_is_refused_everywhere_below_campaign(
        campaign, site, token, authorization):
    token()
    for address in (GATE, FEED, PAGE, '/campaign', '/campaign/x/nothing'):
        reply = Machine(site, authorization).send(address)
        assert (reply.status, reply.problem) == (401,
                                                 'There is no such token.')
        assert reply.headers['WWW-Authenticate'] == (
            'Bearer realm="campaigns"')
        assert cookies(reply) == []


def test_several_headers_are_refused(campaign, site, token):
    given = f'Bearer {token().secret}'
    reply = Machine(site, given).send(GATE, headers=[
        ('Authorization', given)])
    assert (reply.status, reply.problem) == (401, 'There is no such token.')


def test_address_that_is_no_utf8_is_judged_as_well(campaign, site, machine):
    """Trac answers it before any filter is asked."""
    address = '/campaign/%c0%af/gate'
    reply = Machine(site, 'Bearer nonsense').send(address)
    assert (reply.status, reply.problem) == (401, 'There is no such token.')
    assert cookies(reply) == []
    reply = machine().send(address)
    assert (reply.status, reply.kind) == (404, PROBLEM)
    assert cookies(reply) == []


def test_secret_with_one_letter_changed_is_refused(campaign, token, machine):
    secret = token().secret
    assert machine(secret=secret).send(GATE).status == 409
    assert machine(secret=other(secret)).send(GATE).status == 401


def test_header_means_nothing_elsewhere(campaign, machine):
    sent = machine('gate:read,feed:read,hold,evidence:write')
    assert 'logged in as' not in sent.send('/about').text
    assert sent.send('/ticket/1').status in (200, 403)
    assert 'logged in as' not in sent.send('/ticket/1').text
    assert sent.send('/login').status == 401  # it asks for a password
    assert 'logged in as' not in sent.send('/campaigns').text
    wrong = Machine(f'http://{sent.address.netloc}', 'Bearer nonsense')
    assert wrong.send('/about').status == 200


def test_password_means_what_it_meant(campaign, site):
    """Trac asks for passwords at /login; elsewhere such a header is idle."""
    assert Machine(site, 'Basic YW5uYTphbm5h').send(GATE).status == 409


def test_token_gets_no_page_of_the_site(campaign, machine):
    sent = machine('gate:read,feed:read,hold,evidence:write')
    for path in ('/campaign', PAGE, f'{PAGE}/launch', f'{PAGE}/meeting',
                 '/campaign/nonsense/nothing', f'{PAGE}/badge.svg'):
        reply = sent.send(path)
        assert reply.status == 403, path
        assert reply.problem == ('This is done by people: a token reports, '
                                 'asks and holds.')


def test_revoked_token_is_refused_at_once(campaign, system, token, machine):
    made = token(name='nightly')
    assert machine(secret=made.secret).send(GATE).status == 409
    system.tokens.revoke('nightly')
    reply = machine(secret=made.secret).send(GATE)
    assert (reply.status, reply.problem) == (401, 'The token was revoked.')
    assert reply.headers['WWW-Authenticate'].startswith('Bearer')


def test_expired_token_is_refused(campaign, env, token, machine):
    made = token(expires='2099-12-31')
    assert machine(secret=made.secret).send(GATE).status == 409
    env.db_transaction('UPDATE prodworkflow_token SET expires=%s',
                       (clock.now(),))
    reply = machine(secret=made.secret).send(GATE)
    assert reply.status == 401
    assert reply.problem.startswith('The token expired at 2')


def test_token_of_a_campaign_that_is_gone_is_refused(create, system, token,
                                                     machine):
    create()
    made = token(campaign=NAME)
    system.lifecycle.remove_with_tickets(NAME, COORDINATOR, 'A mistake.')
    create()  # another one, of the same name
    reply = machine(secret=made.secret).send(GATE)
    assert (reply.status, reply.problem) == (
        401, 'The campaign of the token is gone.')


def test_token_of_nobody_is_refused(campaign, env, token, machine):
    made = token(owner='bruno')
    env.db_transaction("DELETE FROM session WHERE sid='bruno'")
    env.invalidate_known_users_cache()
    reply = machine(secret=made.secret).send(GATE)
    assert (reply.status, reply.problem) == (
        403, 'bruno, who owns the token, is no user of Trac any more.')


def test_token_does_no_more_than_its_owner_may(campaign, env, token, machine):
    rights = PermissionSystem(env)
    for user, action in rights.get_all_permissions():
        if action in ('ROADMAP_VIEW', 'CAMPAIGN_VIEW', 'TRAC_ADMIN'):
            rights.revoke_permission(user, action)
    for path in (GATE, FEED, CALENDAR):
        reply = machine('gate:read,feed:read').send(path)
        assert reply.status == 403
        assert 'CAMPAIGN_VIEW' in reply.problem


def test_what_is_hidden_from_its_owner_is_hidden_from_a_token(
        hiding, machine):
    gate = f'/campaign/{quote(HIDING)}/gate'
    told = machine(owner='eve').send(gate).text
    assert '"veiled": true' in told
    assert 'zircon' not in told.lower()


def test_session_beside_a_token_counts_for_nothing(campaign, client, token):
    """It neither lets in where the token is wrong, nor adds to it."""
    admin = client('coordinator')
    jar = '; '.join(f'{c.name}={c.value}' for c in admin.jar)
    beside = [('Cookie', jar)]
    assert Machine(admin.site).send('/campaign', headers=beside).status == 200
    wrong = Machine(admin.site, 'Bearer nonsense')
    assert wrong.send(GATE, headers=beside).status == 401
    right = Machine(admin.site, f'Bearer {token("feed:read").secret}')
    assert right.send(GATE, headers=beside).status == 403
    assert right.send('/campaign', headers=beside).status == 403
    reply = right.send(f'{PAGE}/sign', 'POST', b'{}', [
        *beside, *JSON])
    assert reply.status == 403
    assert cookies(reply) == []


def test_token_leaves_no_session_and_sends_no_cookie(campaign, env, machine):
    """Neither of its owner, nor of the one whose cookie came with it."""
    env.db_transaction("DELETE FROM session WHERE sid='bruno'")
    sent = machine('gate:read,feed:read', owner='anna')
    before = [rows(env, t) for t in ('session', 'session_attribute')]
    beside = [('Cookie', 'trac_session=0123456789abcdef01234567')]
    for path in (GATE, FEED, CALENDAR, PAGE):
        for headers in ((), beside):
            assert cookies(sent.send(path, headers=headers)) == [], path
    assert [rows(env, t) for t in ('session', 'session_attribute')] == before


def test_machine_sends_no_form(campaign, machine):
    """Trac would ask a form for the token of a session."""
    form = (b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'
            b'--x--\r\n')
    for kind in ('application/x-www-form-urlencoded',
                 'multipart/form-data; boundary=x'):
        reply = machine().send(GATE, 'POST', form, [('Content-Type', kind)])
        assert reply.status == 415
        assert 'Content-Type' in reply.problem


@pytest.mark.parametrize('method', ['POST', 'PUT', 'DELETE'])
def test_what_is_read_is_not_written_to(campaign, machine, method):
    sent = machine('gate:read,feed:read')
    for address in (GATE, FEED, CALENDAR):
        reply = sent.send(address, method, b'{}', JSON)
        assert reply.status == 405
        assert reply.problem
        assert reply.headers['Allow'] == 'GET, HEAD'


@pytest.mark.parametrize(('address', 'status'), [
    pytest.param('/campaign/Nothing/gate', 404, id='no such campaign'),
    pytest.param(f'{GATE}?stage=nothing', 404, id='no such stage'),
    pytest.param(f'{GATE}?at=never', 400, id='no moment'),
    pytest.param('/campaign/Nothing/feed', 404, id='no such feed'),
    pytest.param('/campaign/due.ics?campaign=Nothing', 404, id='no calendar'),
    pytest.param('/campaign/due.ics?mine=2', 400, id='not whose calendar')])
def test_mistakes_of_machines_are_problem_documents(campaign, machine, address,
                                                    status):
    reply = machine('gate:read,feed:read').send(address)
    assert reply.status == status
    assert reply.problem


def test_last_use_is_noted_once_a_minute(campaign, env, system, token,
                                         machine):
    made = token()
    sent = machine(secret=made.secret)
    sent.send(GATE)
    [first] = system.tokens.listed('anna')
    assert 0 < first.last_used <= clock.now()
    sent.send(GATE)
    assert system.tokens.listed('anna') == [first]
    earlier = first.last_used - 61_000_000
    env.db_transaction('UPDATE prodworkflow_token SET last_used=%s',
                       (earlier,))
    sent.send(GATE)
    assert system.tokens.listed('anna')[0].last_used >= first.last_used


def test_refused_request_is_no_use(campaign, system, machine):
    machine('feed:read').send(GATE)
    assert system.tokens.listed('anna')[0].last_used == 0


def test_reading_goes_on_where_the_last_use_cannot_be_written(
        campaign, env, system, machine):
    sent = machine()
    for statement in FULL_DISK[
            env.config.get('trac', 'database').partition(':')[0]]:
        env.db_transaction(statement)
    assert sent.send(GATE).status == 409
    assert system.tokens.listed('anna')[0].last_used == 0


def test_without_its_component_there_are_no_tokens(campaign, env, site,
                                                   token):
    """The header means nothing then: who sends it is a stranger."""
    made = token('feed:read')
    env.config.set('components', 'prodworkflow.web.machines.bearer.*',
                   'disabled')
    env.config.save()
    sent = Machine(site, f'Bearer {made.secret}')
    stranger = Machine(site)
    for address in (FEED, GATE, PAGE):
        assert sent.send(address).status == stranger.send(address).status
    assert sent.send(FEED).status == 403
