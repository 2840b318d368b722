"""Requests about list items: who joins, drops out, or has another weight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class ItemAddition:
    """An item to be added to a list, as typed.

    '' for no weight, or for the key that its name gives.  `bounds` are texts
    like `crash_rate <= 2 %`.
    """

    list: str
    name: str
    weight: str = ''
    key: str = ''
    contacts: tuple[str, ...] = ()
    plots: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    bounds: tuple[str, ...] = ()


@dataclass(frozen=True)
class ItemRemoval:
    """An item to be dropped from a list, by its key or name, as typed."""

    list: str
    key: str


@dataclass(frozen=True)
class Signers:
    """Contacts and quorums for a new item, by requirement or group.

    With `unknown_contacts` people may be named whom Trac does not know.
    """

    contacts: Mapping[str, tuple[str, ...]]
    quorums: Mapping[str, str]
    unknown_contacts: bool = False


@dataclass(frozen=True)
class ItemWeight:
    """A new weight of an item, given by list and key or name, as typed."""

    list: str
    key: str
    weight: str
