"""Receivers of events: webhooks and chats, with addresses and secrets.

Secrets and signatures are those of Standard Webhooks:
https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from urllib.parse import urlsplit

from prodworkflow.domain.events.event import EventType, TYPES
from prodworkflow.domain.text import joined, Message, SHOWN, suggest

PREFIX = 'whsec_'
# Bytes of a secret; one that is made has MADE.
SHORTEST, MADE, LONGEST = 16, 32, 64
ADDRESS_MAX = 1000


class ReceiverKind(str, Enum):
    """What a receiver takes: events as JSON, or lines for people."""

    WEBHOOK = 'webhook'
    MATTERMOST = 'mattermost'
    SLACK = 'slack'


@dataclass(frozen=True)
class Receiver:
    """Where events are sent; `secret` is '' of a chat.

    `types` are those that it wants, () for all; `made` is in µs UTC.
    """

    id: int
    kind: ReceiverKind
    url: str
    secret: str
    types: tuple[str, ...]
    made: int
    author: str

    def wants(self, type_: EventType) -> bool:
        """Whether events of this type are sent to it."""
        return not self.types or type_.value in self.types

    @property
    def shown(self) -> str:
        """Its address without what may be a secret in it.

        That of a chat is one: who knows it writes there.
        """
        parts = urlsplit(self.url)
        path = (parts.path if self.kind is ReceiverKind.WEBHOOK
                else '/…')
        return f'{parts.scheme}://{parts.netloc}{path}' + (
            '?…' if parts.query else '')


@dataclass(frozen=True)
class ReceiverRequest:
    """A receiver as asked for, not checked yet; `types` are words."""

    url: str
    kind: str = ReceiverKind.WEBHOOK.value
    secret: str = ''
    types: tuple[str, ...] = ()

    def problems(self) -> list[tuple[str, str]]:
        """What is wrong with it, a field and a sentence each."""
        kinds = [k.value for k in ReceiverKind]
        found = [('url', words) for words in _address_problems(self.url)]
        if self.kind not in kinds:
            found.append(('kind', Message(
                'There is no kind "%(kind)s"; there is %(kinds)s.',
                kind=self.kind[:SHOWN], kinds=joined(kinds))))
        found += [('secret', w) for w in _secret_problems(self)]
        found += [('types', Message(
            'There is no type "%(word)s"; there is %(types)s.%(near)s',
            word=word[:SHOWN], types=joined(TYPES),
            near=suggest(word, TYPES)))
            for word in self.types if word not in TYPES]
        return found


def made_secret(random: Callable[[int], bytes]) -> str:
    """A new secret; `random` gives so many random bytes."""
    return PREFIX + base64.b64encode(random(MADE)).decode('ascii')


def signature(secret: str, uid: str, timestamp: int, body: bytes) -> str:
    """The header `webhook-signature` of a body, at a time in seconds."""
    signed = b'.'.join([uid.encode(), str(timestamp).encode(), body])
    made = hmac.new(_key(secret), signed, hashlib.sha256).digest()
    return f'v1,{base64.b64encode(made).decode("ascii")}'


def _key(secret: str) -> bytes:
    """The bytes of a secret; binascii.Error if it is not valid."""
    return base64.b64decode(secret[len(PREFIX):], validate=True)


def _secret_problems(wish: ReceiverRequest) -> list[str]:
    if not wish.secret:
        return []
    if wish.kind != ReceiverKind.WEBHOOK.value:
        return [Message('A chat takes no secret: whoever knows its address '
                        'writes there. Leave the secret out.')]
    try:
        size = (len(_key(wish.secret))
                if wish.secret.startswith(PREFIX) else 0)
    except (binascii.Error, ValueError):
        size = 0
    if SHORTEST <= size <= LONGEST:
        return []
    return [Message('A secret is %(prefix)s and %(least)s to %(most)s bytes '
                    'in base64. Leave it out, and one is made.',
                    prefix=PREFIX, least=SHORTEST, most=LONGEST)]


def _address_problems(url: str) -> list[str]:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return [Message('It is no address; write one like %(example)s.',
                        example='https://chat.example.org/hooks/1a2b')]
    if len(url) > ADDRESS_MAX:
        return [Message('It has %(count)s characters; %(most)s are allowed.',
                        count=len(url), most=ADDRESS_MAX)]
    if not url.isascii() or not url.isprintable() or ' ' in url:
        return [Message('It holds blanks or letters that an address cannot '
                        'hold; write them percent-encoded.')]
    if parts.scheme not in ('http', 'https') or not host:
        return [Message('It has to begin with http:// or https:// and a '
                        'host.')]
    if '@' in parts.netloc:
        return [Message('It names a user or a password, which would be sent '
                        'nowhere; leave them out.')]
    if parts.fragment or url.endswith('#'):
        return [Message('It has a part behind #, which is never sent; leave '
                        'it out.')]
    return []
