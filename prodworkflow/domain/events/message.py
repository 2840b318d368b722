"""Messages: an event as one of its receivers takes it, headers and body."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from prodworkflow.domain.events.chat import chat_text
from prodworkflow.domain.events.event import CampaignEvent
from prodworkflow.domain.events.receiver import (
    Receiver,
    ReceiverKind,
    signature,
)
from prodworkflow.domain.text import Message

EVENTS = 'application/cloudevents+json;charset=utf-8'


@dataclass(frozen=True)
class OutgoingMessage:
    """What is posted to a receiver."""

    url: str
    headers: Mapping[str, str]
    body: bytes


def kept_text(event: CampaignEvent, envelope: Mapping[str, Any],
              link: str) -> str:
    """An event as the outbox keeps it: JSON for all kinds of receivers."""
    return json.dumps({'event': envelope, 'line': event.line.as_dict(),
                       'link': link}, ensure_ascii=False)


def message_for(receiver: Receiver, uid: str, kept: str,
                seconds: int) -> OutgoingMessage:
    """A kept event for a receiver, at a time in seconds UTC.

    The id and the body of a webhook's message are the same at each try; the
    line of a chat is in the language of this thread.
    """
    found = json.loads(kept)
    headers = {'webhook-id': uid, 'webhook-timestamp': str(seconds)}
    if receiver.kind is not ReceiverKind.WEBHOOK:
        text = chat_text(receiver.kind, str(Message.of(found['line'])),
                         found['link'])
        return OutgoingMessage(
            receiver.url, {**headers, 'Content-Type': 'application/json'},
            _json({'text': text, **(
                # Slack has no sign that makes a star one.
                {'mrkdwn': False} if receiver.kind is ReceiverKind.SLACK
                else {})}))
    body = _json(found['event'])
    return OutgoingMessage(receiver.url, {
        **headers, 'Content-Type': EVENTS,
        'webhook-signature': signature(receiver.secret, uid, seconds, body),
        }, body)


def _json(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode('utf-8')
