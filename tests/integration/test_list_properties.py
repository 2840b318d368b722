"""Lists of a running campaign under random operations, on a real database.

Whatever joins, drops out, returns or is weighed: the tables hold what the
ledger gives, and no gate opens that counts what was agreed.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    invariant,
    rule,
    RuleBasedStateMachine,
    run_state_machine_as_test,
)
from trac.env import Environment
from trac.ticket.model import Ticket

from prodworkflow.api import (
    CampaignChanges,
    CampaignRequest,
    CampaignSystem,
    GateShut,
    InvalidRequest,
    ItemAddition,
    ItemRemoval,
    ItemWeight,
    ReleaseRequest,
    SignOffRequest,
    Verdict,
)
from prodworkflow.domain import ledger
from prodworkflow.domain.ledger.comparison import differences
from prodworkflow.domain.model.permissions import GRANTS
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.rules.waivers.requests import WaiverRequest
from support.environment_copies import copied
from support.examples import examples
from support.signoffs import TOMORROW

NAME = 'L'
TEMPLATE = '''
title = "Lists"
[lists]
sites = [{name = "A", weight = 40}, {name = "B", weight = 30},
         {name = "C", weight = 20}]
[[stage]]
key = "one"
title = "One"
[[stage.requirement]]
key = "site"
title = "Validated at {site}"
for_each = "sites"
coverage = "weight >= 0.7"
of = "agreed"
contacts = ["anna"]
release_bound = true
'''
names = st.sampled_from(['A', 'B', 'C', 'D'])
ADMIN = Person('coordinator', grants=frozenset(GRANTS))
REFUSALS = (GateShut, InvalidRequest)


class Lists(RuleBasedStateMachine):
    """One campaign, of whose list anything becomes."""

    made_once: Path
    database: Any

    @initialize()
    def begin(self):
        self.folder = tempfile.mkdtemp()
        path = Path(self.folder) / 'trac'
        self.uri = copied(self.database, self.made_once, path)
        self.env = Environment(str(path))
        self.system = CampaignSystem(self.env)
        self.system.create(CampaignRequest(
            NAME, 'lists', 'V1', template_text=TEMPLATE), 'coordinator')

    def teardown(self):
        if hasattr(self, 'env'):
            self.env.shutdown()
            self.database.drop(self.uri)
            shutil.rmtree(self.folder, ignore_errors=True)

    def say(self, name, request, person=ADMIN):
        with contextlib.suppress(KeyError, *REFUSALS):
            self.system.record(NAME, f'site.{name.lower()}', person, request)

    def change(self, **wanted):
        with contextlib.suppress(*REFUSALS):
            self.system.change(NAME, ADMIN, CampaignChanges('Why.', **wanted))

    @rule(name=names, verdict=st.sampled_from(
        [Verdict.APPROVED, Verdict.APPROVED, Verdict.REJECTED]))
    def judge(self, name, verdict):
        self.say(name, SignOffRequest(verdict, 'Said.'), Person('anna'))

    @rule(name=names)
    def waive(self, name):
        self.say(name, SignOffRequest(
            Verdict.WAIVED, 'No time.',
            leave=WaiverRequest('awaiting', TOMORROW)))

    @rule(name=names)
    def drop(self, name):
        self.change(leavers=(ItemRemoval('sites', name.lower()),))

    @rule(name=names, weight=st.sampled_from(['', '1', '200']))
    def add(self, name, weight):
        self.change(joiners=(ItemAddition('sites', name, weight),))

    @rule(name=names, weight=st.sampled_from(['0.1', '40', '900']))
    def weigh(self, name, weight):
        self.change(weights=(ItemWeight('sites', name.lower(), weight),))

    @rule(name=st.sampled_from(['V1', 'V2']))
    def release(self, name):
        with contextlib.suppress(*REFUSALS):
            self.system.release(NAME, ADMIN,
                                ReleaseRequest(name, (), 'A patch.'))

    @rule(number=st.integers(1, 4))
    def close_by_a_side_door(self, number):
        with contextlib.suppress(Exception):
            ticket = Ticket(self.env, number)
            ticket['status'], ticket['resolution'] = 'closed', 'fixed'
            ticket.save_changes('eve', 'Closed.')

    @invariant()
    def an_open_gate_has_enough_of_what_was_agreed(self):
        """By the weights with which all were created, or joined first."""
        decision = self.system.queries.decision(NAME)
        first = {}
        for entry in self.system.queries.ledger(NAME):
            items = [i for x in entry.payload.get('lists', ())
                     for i in x['items']]
            if entry.verb == 'item-added':
                items = [entry.payload['item']]
            first.update({i['key']: Fraction(i['weight']) for i in items})
        met = [first[a.requirement.item] for a in decision.launch.answers
               if a.met]
        assert (not decision.launch.open
                or sum(met) >= Fraction(7, 10) * sum(first.values()))

    @invariant()
    def the_record_is_what_its_ledger_gives(self):
        entries = self.system.queries.ledger(NAME)
        stored = self.system.queries.decision(NAME).snapshot.state
        assert differences(ledger.fold(entries), stored) == []

    @invariant()
    def nothing_is_left_to_repair(self):
        assert self.system.check(NAME, False, 'root') == []


@pytest.fixture
def machine(database, made_once):
    return type('Case', (Lists,), {'database': database,
                                   'made_once': made_once})


@pytest.mark.parametrize('said', ['waived', 'approved', 'nothing'])
def test_who_closes_an_ordinary_ticket_closes_none_that_comes_back(
        machine, said):
    """C drops out, somebody closes its ticket, and C takes part again."""
    case = machine()
    case.begin()
    if said == 'waived':
        case.waive('C')
    elif said == 'approved':
        case.judge('C', Verdict.APPROVED)
    case.drop('C')
    case.close_by_a_side_door(3)
    case.add('C', '')
    case.nothing_is_left_to_repair()
    case.the_record_is_what_its_ledger_gives()
    case.an_open_gate_has_enough_of_what_was_agreed()
    [answer] = [a for a in case.system.queries.decision(NAME).launch.answers
                if a.requirement.item == 'c']
    assert answer.met == (said != 'nothing')
    case.teardown()


def test_no_change_of_a_list_opens_what_was_agreed(machine):
    run_state_machine_as_test(machine, settings=settings(
        max_examples=examples(8), stateful_step_count=20, deadline=None,
        suppress_health_check=list(HealthCheck)))
