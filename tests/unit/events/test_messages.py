"""Events as receivers take them: CloudEvents, signatures, chat lines."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import replace
from urllib.parse import quote

import pytest

from prodworkflow.domain.events.cloud_event import cloud_event, link_of
from prodworkflow.domain.events.event import CampaignEvent, EventType
from prodworkflow.domain.events.message import kept_text, message_for
from prodworkflow.domain.events.receiver import Receiver, ReceiverKind
from prodworkflow.domain.text import Message
from support.changes import NOW, standing
from support.factories import requirement

FREEZE = requirement('feature-freeze')
SNAPSHOT = standing([FREEZE])
SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
HOOK = Receiver(1, ReceiverKind.WEBHOOK, 'https://example.org/hook', SECRET,
                (), 0, 'root')
SIGNED = CampaignEvent(EventType.SIGNED, Message(
    '%(by)s has signed', by='anna'), 'feature-freeze', FREEZE,
    {'by': 'anna', 'statement': 'Größe gut.'})
HELD = CampaignEvent(EventType.HELD, Message('On hold.'))


def address(*path):
    return 'https://trac/' + '/'.join(quote(str(p)) for p in path)


def kept(event):
    return kept_text(event, cloud_event(event, SNAPSHOT, 'msg_1', NOW,
                                        address),
                     link_of(event, SNAPSHOT, address))


def test_cloud_event_says_what_happened_and_where():
    assert json.loads(message_for(HOOK, 'msg_1', kept(SIGNED), 7).body) == {
        'specversion': '1.0', 'id': 'msg_1',
        'source': 'https://trac/campaign/2011%20Prod',
        'type': 'org.prodworkflow.campaign.signed',
        'subject': 'feature-freeze', 'time': '2026-05-20T12:00:00Z',
        'datacontenttype': 'application/json',
        'data': {
            'campaign': '2011 Prod',
            'campaign_url': 'https://trac/campaign/2011%20Prod',
            'release': 'V1', 'revision': SNAPSHOT.revision, 'by': 'anna',
            'statement': 'Größe gut.', 'requirement': 'feature-freeze',
            'title': 'Feature Freeze', 'stage': 'software-preparation',
            'ticket': 1, 'ticket_url': 'https://trac/ticket/1',
            'text': 'anna has signed'}}


def test_each_is_posted_to_its_receiver_as_it_is_written():
    """Letters are those of UTF-8, in the outbox and on the way."""
    room = replace(HOOK, kind=SLACK, url='https://example.org/room')
    line = Message('%(by)s: Größe gut', by='anna')
    written = kept(replace(SIGNED, line=line))
    assert written.count('Größe gut') == 3
    for receiver in (HOOK, room):
        message = message_for(receiver, 'msg_1', written, 7)
        assert message.url == receiver.url
        assert 'Größe gut'.encode() in message.body


def test_link_leads_to_the_ticket_or_the_campaign():
    assert link_of(SIGNED, SNAPSHOT, address) == 'https://trac/ticket/1'
    assert link_of(HELD, SNAPSHOT, address) == (
        'https://trac/campaign/2011%20Prod')


def test_event_of_a_campaign_has_no_subject():
    found = json.loads(message_for(HOOK, 'msg_1', kept(HELD), 7).body)
    assert 'subject' not in found
    assert 'requirement' not in found['data']


def test_lost_ticket_has_no_address():
    lost = replace(SIGNED, requirement=replace(FREEZE, ticket=None))
    found = json.loads(message_for(HOOK, 'msg_1', kept(lost), 7).body)
    assert found['data']['ticket_url'] is None
    assert json.loads(kept(lost))['link'] == (
        'https://trac/campaign/2011%20Prod')


def test_signature_is_that_of_standard_webhooks():
    message = message_for(HOOK, 'msg_1', kept(SIGNED), 1614265330)
    assert message.headers['webhook-id'] == 'msg_1'
    assert message.headers['webhook-timestamp'] == '1614265330'
    assert message.headers['Content-Type'].startswith(
        'application/cloudevents+json')
    key = base64.b64decode(SECRET.partition('_')[2])
    made = hmac.new(key, b'msg_1.1614265330.' + message.body,
                    hashlib.sha256).digest()
    assert message.headers['webhook-signature'] == (
        'v1,' + base64.b64encode(made).decode())


def test_body_is_the_same_at_each_try():
    first, second = (message_for(HOOK, 'msg_1', kept(SIGNED), s)
                     for s in (1, 2))
    assert first.body == second.body
    assert (first.headers['webhook-signature']
            != second.headers['webhook-signature'])


def chat(kind, line, link='https://trac/ticket/1'):
    room = replace(HOOK, kind=kind, secret='')
    event = replace(SIGNED, line=Message('%(line)s', line=line))
    message = message_for(room, 'msg_1', kept_text(event, {}, link), 7)
    assert message.headers['Content-Type'] == 'application/json'
    assert 'webhook-signature' not in message.headers
    found = json.loads(message.body)
    # `*b*` is bold for Slack otherwise, and no sign in front ends that.
    assert found.get('mrkdwn', True) is (kind is MATTERMOST)
    return found['text']


SLACK, MATTERMOST = ReceiverKind.SLACK, ReceiverKind.MATTERMOST


@pytest.mark.parametrize(('kind', 'line', 'text'), [
    (SLACK, 'a <b> & c', 'a &lt;b&gt; &amp; c <https://trac/ticket/1>'),
    (MATTERMOST, 'a <b> & c', 'a &lt;b&gt; &amp; c https://trac/ticket/1'),
    (SLACK, '<!channel> now', '&lt;!channel&gt; now <https://trac/ticket/1>'),
    (MATTERMOST, '<!channel>', '&lt;!channel&gt; https://trac/ticket/1'),
    (SLACK, '@here', '@\u200bhere <https://trac/ticket/1>'),
    (MATTERMOST, '@all @channel',
     '@\u200ball @\u200bchannel https://trac/ticket/1'),
    (MATTERMOST, '[x](y) *b* `c`',
     '\\[x\\](y) \\*b\\* \\`c\\` https://trac/ticket/1'),
    (SLACK, 'two\n lines', 'two lines <https://trac/ticket/1>'),
])
def test_chat_line_mentions_nobody_and_marks_up_nothing(kind, line, text):
    assert chat(kind, line) == text


def test_long_line_is_cut_before_the_link():
    text = chat(SLACK, 'x' * 5000)
    assert len(text) < 700
    assert text.endswith('… <https://trac/ticket/1>')


@pytest.mark.parametrize('kind', [SLACK, MATTERMOST])
def test_link_ends_where_it_ends(kind):
    assert 'a%7Cb%3E%3C%40c' in chat(kind, 'x', 'https://trac/a|b><@c')
