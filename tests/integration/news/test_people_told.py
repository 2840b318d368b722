"""Who is told what, once each cause is stored."""

from __future__ import annotations

from support.campaigns import CONTACTS


def test_creation_tells_each_contact_once_of_all_their_sign_offs(
        told, create):
    create()
    assert told() == {
        'anna': {'made': [k for k, c in CONTACTS.items() if 'anna' in c]},
        'bruno': {'made': [k for k, c in CONTACTS.items() if 'bruno' in c]}}
