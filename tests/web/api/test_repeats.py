"""Idempotency keys: what is sent again is done once and answered alike."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from support.api_client import of
from support.campaigns import CONTACTS, FULL, NAME

KEY = {'Idempotency-Key': 'job-4711'}
WHY = {'reason': 'Because.'}
EVIDENCE = of(FULL, 'requirements', 'memory-leaks', 'evidence')
VALUE = {'values': {'memory_growth': '0.5 kB/event'}}


def entries(system, name=FULL, verb='reported'):
    return [e for e in system.queries.ledger(name) if e.verb == verb]


def test_what_is_sent_again_gets_the_same_answer(full, api, system):
    first = api('anna').post(EVIDENCE, VALUE, KEY)
    again = api('anna').post(EVIDENCE, VALUE, KEY)
    assert first.status == again.status == 201, again.text
    assert first.text == again.text
    assert 'idempotent-replayed' not in first.headers
    assert again.headers['idempotent-replayed'] == 'true'
    assert len(entries(system)) == 1


def test_key_of_another_request_is_refused(full, api, system):
    anna = api('anna')
    assert anna.post(EVIDENCE, VALUE, KEY).status == 201
    other = {'values': {'memory_growth': '0.6 kB/event'}}
    assert 'another request' in anna.post(EVIDENCE, other, KEY).problem(422)
    assert 'another request' in anna.post(
        of(FULL, 'hold'), WHY, KEY).problem(422)
    assert len(entries(system)) == 1


def test_keys_of_different_persons_are_apart(full, api, system):
    for who in ('anna', 'coordinator'):
        answer = api(who).post(EVIDENCE, VALUE, KEY)
        assert answer.status == 201
        assert 'idempotent-replayed' not in answer.headers
    assert [e.actor for e in entries(system)] == ['anna', 'coordinator']


def test_eight_at_once_make_one_entry(full, api, system):
    clients = [api('anna') for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(
            lambda each: each.post(EVIDENCE, VALUE, KEY), clients))
    assert {a.status for a in answers} == {201}, [a.text for a in answers]
    assert len({a.text for a in answers}) == 1
    assert len(entries(system)) == 1


def test_refusal_leaves_the_key_free(campaign, api, system, sign):
    coordinator, path = api('coordinator'), of(NAME, 'launch')
    assert coordinator.post(path, WHY, KEY).problem(409)
    sign(*CONTACTS)
    assert coordinator.post(path, WHY, KEY).status == 201
    assert len(entries(system, NAME, 'launched')) == 1


def test_created_campaign_is_created_once(api, system):
    sent = {'name': NAME, 'contacts': {
        key: list(people) for key, people in CONTACTS.items()}}
    clients = [api('coordinator') for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(
            lambda each: each.post('/campaigns', sent, KEY), clients))
    assert {a.status for a in answers} == {201}, [a.text for a in answers]
    assert len({a.headers['location'] for a in answers}) == 1
    assert system.queries.names() == [NAME]


def test_key_is_short_ascii(full, api, system):
    for key in ('', ' ', 'x' * 256, 'a b'):
        assert api('anna').post(EVIDENCE, VALUE, {
            'Idempotency-Key': key}).problem(400)
    assert entries(system) == []
