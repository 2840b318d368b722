"""Property: an older form does what a fresh one would, or nothing at all."""

from __future__ import annotations

from types import MappingProxyType

import pytest
from hypothesis import given, HealthCheck, settings
from hypothesis import strategies as st

from prodworkflow.api import (
    CampaignChanges,
    ChangedMeanwhile,
    FormRevision,
    InvalidRequest,
    SignerChanges,
)
from prodworkflow.domain.model.person import Person
from prodworkflow.web.signer_form import signer_changes
from support.campaigns import ADMIN, CONTACTS, NAME
from support.examples import examples

CARL = Person('carl', grants=ADMIN.grants)
KEYS = ('feature-freeze', 'resources-estimate')
PEOPLE = ('anna', 'bruno', 'anna, bruno', 'eve, bruno')
QUORUMS = ('1', '2')
FIRMNESS = ('standard', 'strict', 'advisory')
FIELDS = MappingProxyType({
    **{f'contact:{key}': PEOPLE for key in KEYS},
    **{f'quorum:{key}': QUORUMS for key in KEYS}, 'enforcement': FIRMNESS})
CHANGES = st.dictionaries(st.sampled_from(sorted(FIELDS)), st.integers(0, 3),
                          max_size=3).map(
    lambda found: {f: FIELDS[f][n % len(FIELDS[f])]
                   for f, n in found.items()})


def shown(state):
    """The fields of the form, as a page shows this state."""
    found = {'enforcement': state.campaign.enforcement}
    for key in KEYS:
        asked = state.requirement(key)
        found[f'contact:{key}'] = ', '.join(asked.contacts)
        found[f'quorum:{key}'] = str(asked.quorum)
    return found


def staff(fields):
    return tuple((key, SignerChanges(
        tuple(fields[f'contact:{key}'].split(', '))
        if f'contact:{key}' in fields else None, None,
        fields.get(f'quorum:{key}'))) for key in KEYS
        if {f'contact:{key}', f'quorum:{key}'} & set(fields))


@pytest.fixture
def now(system):
    return lambda: system.queries.decision(NAME)


@pytest.fixture
def post(system):
    """Sends a form made from a revision; what was refused, if anything."""
    def sending(fields, revision):
        made = FormRevision(revision)
        state = system.previews.state_at(NAME, made)
        args = dict(fields)
        word = args.pop('enforcement')
        wish = CampaignChanges(
            'Mine.', None if word == state.campaign.enforcement else word,
            signer_changes(args, state, state), revision=made)
        try:
            system.change(NAME, ADMIN, wish)
        except (ChangedMeanwhile, InvalidRequest) as error:
            return error
        return None
    return sending


@pytest.fixture
def meanwhile(system):
    """Lets another coordinator change fields, as far as it can be."""
    def changing(fields):
        try:
            system.change(NAME, CARL, CampaignChanges(
                'Meanwhile.', fields.get('enforcement'), staff(fields)))
        except InvalidRequest:
            return
    return changing


@given(changes=st.lists(CHANGES, min_size=1, max_size=3), typed=CHANGES)
@settings(max_examples=examples(40), deadline=None, suppress_health_check=[
    HealthCheck.function_scoped_fixture])
def test_an_older_form_changes_no_field_but_those_that_were_typed(
        create, system, env, now, post, meanwhile, sign, changes, typed):
    if NAME in system.queries.names():
        system.lifecycle.remove(NAME, 'root', '')
        env.db_transaction('DELETE FROM ticket')
        env.db_transaction('DELETE FROM milestone')
    create()
    for key in CONTACTS:
        sign(key)
    first = now().snapshot
    form = {**shown(first.state), **typed}
    touched = {f for f in typed if typed[f] != shown(first.state)[f]}
    for each in changes:
        meanwhile(each)
    before = now()
    refused = post(form, first.revision)
    after = now()
    was, is_ = (shown(d.snapshot.state) for d in (before, after))
    assert {f for f in was if was[f] != is_[f]} <= (
        set() if refused else touched)
    if isinstance(refused, ChangedMeanwhile):
        assert any(was[f] != shown(first.state)[f] for f in touched)
    if refused or not touched:
        assert after.launch.open == before.launch.open
    if refused is None:
        assert all(is_[f] == typed[f] for f in touched)
