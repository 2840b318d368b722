"""What Trac says of signers is kept as briefly as Trac keeps permissions."""

from __future__ import annotations

from trac.perm import PermissionSystem

from prodworkflow.gateways.signer_register import SignerRegister


def test_facts_are_kept_until_permissions_change(env):
    register = SignerRegister(env)
    first = register.facts()
    assert register.facts() is first
    assert register.key() == register.key()
    PermissionSystem(env).grant_permission('anna', 'core')
    assert register.facts() is not first
    assert register.facts().members['core'] == {'anna'}


def test_for_some_seconds_after_a_change_each_key_is_another_one(env):
    register = SignerRegister(env)
    assert register.key() == register.key()
    PermissionSystem(env).grant_permission('anna', 'core')
    assert register.key() != register.key()
