"""Receivers as they are asked for, and what is told of them."""

from __future__ import annotations

import base64
from dataclasses import dataclass

import pytest

from prodworkflow.domain.events.event import EventType
from prodworkflow.domain.events.pauses import (
    is_given_up,
    PATIENCE,
    pause,
    PAUSES,
    SECOND,
)
from prodworkflow.domain.events.receiver import (
    made_secret,
    Receiver,
    ReceiverKind,
    ReceiverRequest,
)
from prodworkflow.domain.events.receiver_findings import (
    IDLE,
    receiver_findings,
)
from prodworkflow.domain.text import SHOWN

URL = 'https://example.org/hook'
SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'


@pytest.mark.parametrize('wish', [
    ReceiverRequest(URL),
    ReceiverRequest('http://10.0.0.7:8065/hooks/1a2b?x=1'),
    ReceiverRequest('http://localhost/'),
    ReceiverRequest('http://[::1]:80/'),
    ReceiverRequest(URL, secret=SECRET),
    ReceiverRequest(URL, 'slack', types=('signed', 'gate-opened')),
    ReceiverRequest(URL, 'mattermost'),
], ids=str)
def test_receiver_is_taken(wish):
    assert wish.problems() == []


def secret_of(size):
    return 'whsec_' + base64.b64encode(bytes(size)).decode()


@pytest.mark.parametrize(('wish', 'field', 'words'), [
    (ReceiverRequest('ftp://example.org/'), 'url', 'begin with http'),
    (ReceiverRequest('file:///etc/passwd'), 'url', 'begin with http'),
    (ReceiverRequest('example.org/hook'), 'url', 'begin with http'),
    (ReceiverRequest('http:///hook'), 'url', 'begin with http'),
    (ReceiverRequest(''), 'url', 'begin with http'),
    (ReceiverRequest('http://[::1/'), 'url', 'no address'),
    (ReceiverRequest('http://h:99999/'), 'url', 'no address'),
    (ReceiverRequest('http://a:b@h/'), 'url', 'user or a password'),
    (ReceiverRequest('http://h/#part'), 'url', 'behind #'),
    (ReceiverRequest('http://h/a b'), 'url', 'percent-encoded'),
    (ReceiverRequest('http://h/ü'), 'url', 'percent-encoded'),
    (ReceiverRequest('http://h/\r\nX: y'), 'url', 'percent-encoded'),
    (ReceiverRequest('http://h/' + 'x' * 1000), 'url', '1000 are allowed'),
    (ReceiverRequest(URL, 'irc'), 'kind', 'webhook, mattermost and slack'),
    (ReceiverRequest(URL, secret='geheim'), 'secret', '16 to 64 bytes'),
    (ReceiverRequest(URL, secret='whsec_???'), 'secret', '16 to 64 bytes'),
    (ReceiverRequest(URL, secret='whsec_ü'), 'secret', '16 to 64 bytes'),
    (ReceiverRequest(URL, secret=secret_of(15)), 'secret', '16 to 64'),
    (ReceiverRequest(URL, secret=secret_of(65)), 'secret', '16 to 64'),
    (ReceiverRequest(URL, 'slack', SECRET), 'secret', 'takes no secret'),
    (ReceiverRequest(URL, types=('sined',)), 'types',
     'Did you mean signed'),
], ids=str)
def test_receiver_is_refused_with_the_place(wish, field, words):
    (place, told), = wish.problems()
    assert place == field
    assert words in told


def exact(**wish):
    """The sentences that a wish with one fault gets."""
    return [str(told) for _, told in ReceiverRequest(
        **{'url': URL, **wish}).problems()]


SECRETS = ('A secret is whsec_ and 16 to 64 bytes in base64. Leave it out, '
           'and one is made.')
TYPES_TOLD = ('there is asked, signed, rejected, withdrawn, stale, '
              'gate-opened, gate-shut, held, resumed, launched and '
              'waiver-ending.')


@pytest.mark.parametrize(('wish', 'words'), [
    ({'url': 'http://[::1/'}, 'It is no address; write one like '
     'https://chat.example.org/hooks/1a2b.'),
    ({'url': 'http://h/' + 'x' * 992},
     'It has 1001 characters; 1000 are allowed.'),
    ({'url': 'http://h/a b'}, 'It holds blanks or letters that an address '
     'cannot hold; write them percent-encoded.'),
    ({'url': 'ftp://h/'},
     'It has to begin with http:// or https:// and a host.'),
    ({'url': 'http://a:b@h/'}, 'It names a user or a password, which would '
     'be sent nowhere; leave them out.'),
    ({'url': 'http://h/#'},
     'It has a part behind #, which is never sent; leave it out.'),
    ({'kind': 'q' * 65}, f'There is no kind "{"q" * SHOWN}"; '
     'there is webhook, mattermost and slack.'),
    ({'kind': 'slack', 'secret': SECRET}, 'A chat takes no secret: whoever '
     'knows its address writes there. Leave the secret out.'),
    ({'secret': 'whsec_'}, SECRETS),
    ({'secret': SECRET[len('whsec_'):] + 'AAAAAA'}, SECRETS),
    ({'secret': SECRET + '!!'}, SECRETS),
    ({'types': ('sined',)}, f'There is no type "sined"; {TYPES_TOLD} Did you '
     'mean signed or asked?'),
    ({'types': ('q' * 65,)},
     f'There is no type "{"q" * SHOWN}"; {TYPES_TOLD}'),
])
def test_refusal_says_what_to_write_instead(wish, words):
    assert exact(**wish) == [words]


@pytest.mark.parametrize('wish', [
    {'url': 'http://h/' + 'x' * 991}, {'secret': secret_of(16)},
    {'secret': secret_of(64)}], ids=str)
def test_longest_and_shortest_are_taken(wish):
    assert exact(**wish) == []


def test_all_problems_come_at_once():
    assert [field for field, _ in ReceiverRequest(
        'ftp://x', 'irc', types=('a', 'b')).problems()] == [
        'url', 'kind', 'types', 'types']


def test_secret_is_made_of_random_bytes():
    secret = made_secret(lambda size: b'\x01' * size)
    assert secret == secret_of(32).replace('A' * 43, 'AQEB' * 10 + 'AQE')
    assert ReceiverRequest(URL, secret=secret).problems() == []


@pytest.mark.parametrize(('kind', 'url', 'shown'), [
    (ReceiverKind.WEBHOOK, URL, URL),
    (ReceiverKind.WEBHOOK, 'http://h:8080/a?key=1', 'http://h:8080/a?…'),
    (ReceiverKind.SLACK, 'https://hooks.example.org/T1/B2/abc',
     'https://hooks.example.org/…'),
])
def test_what_may_be_a_secret_in_an_address_is_not_shown(kind, url, shown):
    assert Receiver(1, kind, url, '', (), 0, 'root').shown == shown


def test_receiver_gets_the_types_that_it_wants():
    every = Receiver(1, ReceiverKind.WEBHOOK, URL, '', (), 0, 'root')
    some = Receiver(1, ReceiverKind.WEBHOOK, URL, '', ('signed',), 0, 'root')
    assert every.wants(EventType.HELD)
    assert some.wants(EventType.SIGNED)
    assert not some.wants(EventType.HELD)


def test_pauses_grow_up_to_a_day():
    found = [pause(n, 0) for n in range(1, 20)]
    assert found == sorted(found)
    assert found[0] == 5 * SECOND
    assert found[-1] == 86400 * SECOND
    assert pause(1, 1) == 6 * SECOND


def test_after_an_hour_the_next_try_comes_within_minutes():
    times, passed = [], 0
    for each in PAUSES:
        passed += each
        times.append(passed)
    assert 3600 < next(t for t in times if t > 3600) < 3600 + 300


def test_event_is_given_up_after_five_days():
    assert not is_given_up(1, PATIENCE)
    assert is_given_up(1, PATIENCE + 1)


@dataclass(frozen=True)
class Lacking:
    waiting: int = 0
    failing: int = 0
    given_up: int = 0
    oldest: int = 0
    error: str = ''


@pytest.mark.parametrize(('lacking', 'words'), [
    (Lacking(), []),
    (Lacking(2, oldest=IDLE), []),
    (Lacking(2, 1, oldest=IDLE, error='Refused.'),
     ['does not take events: 2 wait since 1970-01-01T00:15:00+00:00. '
      'Refused.']),
    (Lacking(2, oldest=1), [
        'is sent nothing: 2 wait since 1970-01-01T00:00:00+00:00. '
        'Let cron run "campaign deliver".']),
    (Lacking(given_up=3, error='Refused.'),
     ['has not got 3 of its events, given up after 5 days. Refused.']),
], ids=str)
def test_check_tells_of_a_receiver_that_lacks_events(lacking, words):
    assert list(receiver_findings(lacking, IDLE + 1)) == words
