"""The gate of an earlier moment says what it said then."""

from __future__ import annotations

import contextlib
import random

import pytest
from trac.ticket.model import Ticket

from prodworkflow.api import (
    GateShut,
    InvalidRequest,
    NoSuchCampaign,
    ReleaseRequest,
    SignOffRequest,
    Verdict,
)
from prodworkflow.domain.model.person import Person
from prodworkflow.gateways.clock import now
from support.campaigns import ADMIN, CONTACTS, NAME


def told(decision):
    """What a decision says of gates, requirements and other tickets."""
    return ([(g.stage.key, g.open) for g in decision.gates],
            {a.requirement.key: (a.met, a.reason and a.reason.value)
             for a in decision.launch.answers},
            sorted((o.kind, o.ticket or 0)
                   for o in decision.launch.obstacles),
            decision.launch.open)


class History:
    """Random acts, each of which the rules may refuse."""

    def __init__(self, env, system, chance):
        self.env, self.system, self.chance = env, system, chance
        self.others = []
        self.release = 1

    def act(self):
        getattr(self, self.chance.choice((
            'sign', 'sign', 'sign', 'sign', 'reject', 'withdraw', 'object',
            'other', 'close_other', 'move')))()

    def say(self, verdict, person=None):
        key = self.chance.choice(list(CONTACTS))
        with contextlib.suppress(GateShut, InvalidRequest):
            self.system.record(NAME, key, Person(
                person or CONTACTS[key][0]), SignOffRequest(verdict, 'So.'))

    def sign(self):
        self.say(Verdict.APPROVED)

    def reject(self):
        self.say(Verdict.REJECTED)

    def withdraw(self):
        self.say(Verdict.WITHDRAWN)

    def object(self):
        self.say(Verdict.OBJECTED, 'eve')

    def other(self):
        ticket = Ticket(self.env)
        ticket.populate({
            'summary': 'Other', 'status': 'new', 'reporter': 'eve',
            'milestone': f'{NAME}: 1. Software preparation'})
        ticket.insert()
        self.others.append(ticket.id)

    def close_other(self):
        if self.others:
            ticket = Ticket(self.env, self.others.pop())
            ticket['status'], ticket['resolution'] = 'closed', 'fixed'
            ticket.save_changes('eve', 'Done.')

    def move(self):
        self.release += 1
        self.system.release(NAME, ADMIN, ReleaseRequest(
            f'V{self.release}', reason='Next.'))


@pytest.mark.parametrize('seed', range(4))
def test_every_answer_is_what_was_answered_then(campaign, env, system, seed):
    history = History(env, system, random.Random(seed))
    answers = []
    for _ in range(30):
        answers.append((now(), told(system.queries.decision(NAME))))
        history.act()
    for moment, answer in answers:
        assert told(system.passages.gate_at(NAME, moment)) == answer


def test_nothing_is_told_of_what_was_not_yet_or_will_be(campaign, system):
    with pytest.raises(NoSuchCampaign, match='was not there yet'):
        system.passages.gate_at(NAME, 1)
    with pytest.raises(InvalidRequest, match='not known'):
        system.passages.gate_at(NAME, now() + 10**9)


def test_ledger_that_was_changed_opens_no_former_gate(
        campaign, env, system, sign):
    sign(*CONTACTS)
    moment = now()
    assert system.passages.gate_at(NAME, moment).launch.open
    env.db_transaction("""UPDATE prodworkflow_ledger SET payload='{}'
                          WHERE number=3""")
    assert not system.passages.gate_at(NAME, moment).launch.open
