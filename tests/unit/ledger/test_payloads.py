"""What the ledger says of a campaign reads back as it was."""

from __future__ import annotations

import json
from dataclasses import fields, MISSING, replace
from datetime import date

import pytest

from prodworkflow.domain.canonical_json import plain
from prodworkflow.domain.ledger.creation import plan_payload
from prodworkflow.domain.ledger.payloads import (
    campaign_of,
    requirement_of,
    state_of,
)
from prodworkflow.domain.model.campaign import (
    Change,
    Freeze,
    SiteWord,
    WaiverRules,
)
from prodworkflow.domain.model.evidence import Evidence, EvidenceSpec, FileFact
from prodworkflow.domain.model.item_list import Group, Item, ItemList
from prodworkflow.domain.model.person import Deputy
from prodworkflow.domain.model.requirement import Objection
from prodworkflow.domain.model.signoff import Bound, SignOff, Waiver
from support.factories import campaign, KEYS, requirement, signoff, state

DAY = date(2026, 7, 1)
CHANGE = Change('anna', 5, 'was', 'why')
DEPUTY = Deputy('dora', 'anna', DAY, DAY)
CAMPAIGN = campaign(
    released=3, launched=4, held_since=5, held_by='eve',
    held_because='It crashes.', freeze=Freeze('feature-freeze'),
    changed=CHANGE, template_version=2, moved=CHANGE, deputies=(DEPUTY,),
    waivers=WaiverRules(60, ('rejected', 'out-of-bounds'), True),
    words=(SiteWord('type', 'defect', 'bug'),), newcomers=('fred',),
    remind=(5, 0, -1))
REQUIREMENT = requirement(
    'release-validated', quorum=2, release_bound=True, since=3, unsigned=True,
    deputies=(DEPUTY,), separate_from='feature-freeze', inputs=('emc',),
    asks=EvidenceSpec(links=('web',)), stale=4, carried=('V0',),
    changed=CHANGE, group='validated', item='cnaf', weight='2', due=DAY,
    dropped=CHANGE, rests_on=('feature-freeze',),
    objection=Objection('eve', 6, 'It crashes.', 7),
    files=(FileFact('phi.png', 'abc', 'eve'),), kept=('bruno',),
    past=(signoff(8),))
SIGNOFF = signoff(
    8, verdict='waived', evidence=(
        Evidence('value', 'leak', '1 kB', 'abc', 'ref.png', 'def'),),
    waiver=Waiver('awaiting', DAY, (Bound('leak', '1 kB', '2 kB'),)),
    waited=9, basis=(('value:leak', 'abc'),), persons=('anna', 'dora'))
# What only a site says is no part of the record.
OF_THE_SITE = ('waiver_days',)


def unsaid(value):
    """The fields of a value that have only their defaults."""
    return [f.name for f in fields(value) if f.default is not MISSING
            and getattr(value, f.name) == f.default]


def stored(value):
    """A value as plain data that went through JSON."""
    return json.loads(json.dumps(plain(value)))


@pytest.mark.parametrize(('value', 'decoder'), [
    pytest.param(CAMPAIGN, campaign_of, id='campaign'),
    pytest.param(REQUIREMENT, requirement_of, id='requirement'),
    pytest.param(SIGNOFF, SignOff.of, id='sign-off')])
def test_a_value_with_all_that_can_be_said_reads_back(value, decoder):
    assert unsaid(value) in ([], [*OF_THE_SITE])
    assert decoder(stored(value)) == value


@pytest.mark.parametrize(('value', 'decoder', 'first'), [
    pytest.param(campaign(), campaign_of,
                 ('name', 'template', 'release', 'start', 'enforcement',
                  'phase'), id='campaign'),
    pytest.param(requirement('feature-freeze'), requirement_of,
                 ('key', 'stage', 'title', 'ticket', 'ticket_time',
                  'contacts', 'seen'), id='requirement'),
    pytest.param(signoff(8), SignOff.of,
                 ('number', 'requirement', 'verdict', 'signer', 'role',
                  'release', 'time', 'statement', 'contact', 'evidence'),
                 id='sign-off')])
def test_an_entry_of_the_first_release_reads_back(value, decoder, first):
    data = {name: each for name, each in stored(value).items()
            if name in first}
    assert decoder(data) == value


def test_a_whole_campaign_reads_back_from_its_first_entry():
    whole = replace(
        state(), campaign=CAMPAIGN, requirements=(REQUIREMENT,),
        lists=(ItemList('sites', (Item('cnaf', 'CNAF', '2', ('anna',)),),
                        (Item('ral', 'RAL', left=7),)),),
        groups=(Group('validated', KEYS[1], 'Validated', 'sites', '90 %'),))
    payload = json.loads(json.dumps(plan_payload(whole)))
    assert state_of(payload) == whole


def test_an_older_campaign_had_neither_lists_nor_groups():
    payload = json.loads(json.dumps(plan_payload(state())))
    del payload['lists'], payload['groups']
    assert state_of(payload) == state()
