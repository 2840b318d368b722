"""Styles of mails: text in place of an HTML in which an event is not written.

Trac sends nothing to those who chose a format that no formatter has for an
event.  Its own know only text; ours offer people HTML as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from trac.notification.api import NotificationSystem
from trac.notification.mail import EmailDistributor

EMAIL, PLAIN = 'email', 'text/plain'


def in_known_styles(env: Any, event: Any,
                    subscriptions: Iterable[Any]) -> Iterable[Any]:
    """The subscriptions of an event, those by email in formats it has."""
    offered, known = set[str](), set[str]()
    for formatter in EmailDistributor(env).formatters:
        for style, realm in formatter.get_supported_styles(EMAIL):
            offered.add(style)
            if realm == event.realm:
                known.add(style)
    if offered == known or PLAIN not in known:
        return subscriptions
    return _in_plain_text(env, subscriptions, offered - known)


def _in_plain_text(env: Any, subscriptions: Iterable[Any],
                   lacking: set[str]) -> Iterator[Any]:
    """The subscriptions, those as text that are in a style that is lacking."""
    system = NotificationSystem(env)
    for sid, known, address, transport, style in subscriptions:
        chosen = style or (transport == EMAIL and system.get_preferred_format(
            sid, known, transport))
        yield (sid, known, address, transport,
               PLAIN if transport == EMAIL and chosen in lacking else chosen)
