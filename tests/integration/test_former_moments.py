"""The gate of any moment of a random history says what was answered then.

Days pass, so that waivers lapse; people sign, report, waive, hold and object;
tickets are closed past the rules; releases, contacts and files change.
"""

from __future__ import annotations

import contextlib
import io
import random
from datetime import timedelta

import pytest
from trac.attachment import Attachment
from trac.core import TracError
from trac.resource import ResourceNotFound
from trac.ticket.model import Milestone, Ticket
from trac.util.datefmt import datetime_now, utc

from prodworkflow.api import (
    CampaignRequest,
    DeputyRequest,
    EvidenceInput,
    GateShut,
    InvalidRequest,
    KnownIssueRequest,
    ReleaseRequest,
    SignOffRequest,
    Verdict,
)
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.rules.waivers.requests import WaiverRequest
from prodworkflow.services.campaigns.changes import CampaignChanges
from prodworkflow.services.campaigns.signers import SignerChanges
from support.campaigns import ADMIN
from support.earlier_days import days_ago

NAME = 'Former'
TEMPLATE = '''
title = "Former"
[waivers]
days = 30
[[stage]]
key = "one"
title = "One"
[[stage.requirement]]
key = "leaks"
title = "Leaks"
plots = ["memory"]
[[stage.requirement.value]]
name = "growth"
title = "Growth"
unit = "kB/event"
at_most = "1 kB/event"
[[stage.requirement]]
key = "estimated"
title = "Estimated"
[[stage.requirement.value]]
name = "size"
title = "Size"
unit = "TB"
[[stage.requirement]]
key = "crashes"
title = "Crashes"
automatic = true
release_bound = true
[[stage.requirement.value]]
name = "crash_rate"
title = "Crash rate"
unit = "%"
at_most = "1 %"
confidence = "95 %"
[[stage]]
key = "two"
title = "Two"
[[stage.requirement]]
key = "validated"
title = "Validated"
release_bound = true
inputs = ["sites"]
rests_on = ["leaks"]
[[stage.requirement.value]]
name = "size"
title = "Size"
unit = "TB"
compare_with = "estimated"
tolerance = "20 %"
[[stage.requirement]]
key = "physics"
title = "Physics"
release_bound = true
inputs = ["emc"]
quorum = 2
'''
KEYS = ('leaks', 'estimated', 'crashes', 'validated', 'physics')
VALUES = {'leaks': ('growth', ('0.5', '0.5', '2')),
          'estimated': ('size', ('10 TB', '11 TB')),
          'crashes': ('crash_rate', ('0/20', '0/400', '9/100')),
          'validated': ('size', ('10 TB', '11 TB', '20 TB'))}
FILES = ('new.png', 'old.png')
REFUSALS = (GateShut, InvalidRequest, TracError, ResourceNotFound)
ASKED = 125


def told(decision):
    """What a decision says of gates, requirements and other tickets."""
    state = decision.snapshot.state
    return {
        'gates': [(g.stage.key, g.stage.milestone, g.open)
                  for g in decision.gates],
        'launch': decision.launch.open,
        'passes': decision.passes(decision.launch),
        'answers': {a.requirement.key: (
            a.state, a.reason and a.reason.value, a.signers, a.covered)
            for a in decision.launch.answers},
        'evidence': [(e.name, e.proof and e.proof.text, e.fault)
                     for a in decision.launch.answers for e in a.evidence],
        'obstacles': sorted((o.kind, o.ticket or 0)
                            for o in decision.launch.obstacles),
        'issues': [(i.issue.ticket, i.in_force) for i in decision.issues],
        'campaign': (state.campaign.release, state.campaign.phase,
                     state.campaign.held_by, state.campaign.enforcement)}


class History:
    """One campaign, and what people do to it as chance has it."""

    def __init__(self, env, system, seed, clock):
        self.env, self.system, self.clock = env, system, clock
        self.chance = random.Random(seed)
        self.others, self.releases = [], 1
        system.create(CampaignRequest(
            NAME, 'former', 'V1', template_text=TEMPLATE,
            contacts=dict.fromkeys(KEYS, ('anna', 'bruno'))), 'coordinator')
        for name in FILES:
            self._put(name, name.encode())

    def act(self):
        """Something that somebody does; the rules may refuse it."""
        name = self.chance.choice([*ACTS, *['sign', 'report', 'waive'] * 4])
        with contextlib.suppress(*REFUSALS, IndexError):
            getattr(self, name)()

    def pass_time(self):
        """Minutes or days go by."""
        self.clock[0] += timedelta(minutes=self.chance.choice(
            [1, 7, 90, 60 * 30]))

    def sign(self):
        for key in KEYS:
            for who in ('anna', 'bruno'):
                with contextlib.suppress(*REFUSALS):
                    self._say(key, who, Verdict.APPROVED, self._typed(key))

    def report(self):
        key = self.chance.choice([*VALUES])
        self._say(key, 'anna', Verdict.REPORTED, self._typed(key))

    def reject(self):
        self._say(self._key(), 'anna', Verdict.REJECTED)

    def withdraw(self):
        self._say(self._key(), 'bruno', Verdict.WITHDRAWN)

    def object(self):
        self._say(self._key(), 'eve', Verdict.OBJECTED)

    def answer(self):
        self._say(self._key(), 'anna', Verdict.ANSWERED)

    def waive(self):
        unmet = [a for a in self.system.queries.decision(NAME).launch.answers
                 if not a.met]
        answer = self.chance.choice(unmet)
        key, reason = answer.requirement.key, answer.reason.value
        name, _values = VALUES.get(key, ('', ()))
        until = self.clock[0].date() + timedelta(self.chance.randint(0, 3))
        self.system.record(NAME, key, ADMIN, SignOffRequest(
            Verdict.WAIVED, 'Small.', leave=WaiverRequest(
                reason, until.isoformat(), {
                    name: ('', f'100 {self._unit(key)}')}
                if reason == 'out-of-bounds' else {})))

    def hold(self):
        self.system.lifecycle.hold(NAME, Person('coordinator', grants=(
            ADMIN.grants)), 'Wait.')

    def resume(self):
        self.system.lifecycle.resume(NAME, ADMIN, 'Go on.')

    def launch(self):
        self.system.lifecycle.launch(NAME, ADMIN, 'Go.')

    def move(self):
        self.releases += 1
        self.system.release(NAME, ADMIN, ReleaseRequest(
            f'V{self.releases}', self.chance.choice(
                [(), ('emc',), ('sites',)]), 'A patch.'))

    def restaff(self):
        self.system.change(NAME, ADMIN, CampaignChanges(
            'So.', None, ((self._key(), SignerChanges(
                self.chance.choice([('anna',), ('anna', 'bruno')]),
                quorum=self.chance.choice('12'))),)))

    def enforce(self):
        self.system.change(NAME, ADMIN, CampaignChanges(
            'Try.', self.chance.choice(['standard', 'advisory', 'strict'])))

    def depute(self):
        today = self.clock[0].date()
        self.system.deputies.name(ADMIN, DeputyRequest(
            f'eve for anna {today}..{today + timedelta(2)}'))

    def know(self):
        until = self.clock[0].date() + timedelta(self.chance.randint(0, 2))
        if self.others:
            self.system.lifecycle.tolerate(NAME, ADMIN, KnownIssueRequest(
                str(self.chance.choice(self.others)), 'Cosmetic.',
                until.isoformat()))

    # What happens at Trac's doors

    def change_file(self):
        self._put(self.chance.choice(FILES), self.chance.choice(
            [b'', b'x', *(name.encode() for name in FILES)]))

    def side_door(self):
        ticket = self._ticket()
        ticket['status'], ticket['resolution'] = 'closed', 'fixed'
        ticket.save_changes('eve', 'Closed.')

    def reopen(self):
        ticket = self._ticket()
        ticket['status'], ticket['resolution'] = 'reopened', ''
        ticket.save_changes('eve', 'Open.')

    def enter(self):
        ticket = Ticket(self.env)
        ticket.populate({'summary': 'Other', 'status': 'new',
                         'reporter': 'eve', 'milestone': self._milestone()})
        ticket.insert()
        self.others.append(ticket.id)

    def leave(self):
        if self.others:
            ticket = Ticket(self.env, self.chance.choice(self.others))
            done = self.chance.choice([
                {'status': 'closed', 'resolution': 'fixed'},
                {'status': 'reopened', 'resolution': ''},
                {'milestone': 'milestone1'},
                {'milestone': self._milestone()}])
            for field, text in done.items():
                ticket[field] = text
            ticket.save_changes('eve', 'Done.')

    def complete(self):
        milestone = Milestone(self.env, self._milestone())
        milestone.completed = (None if milestone.completed
                               else datetime_now(utc))
        milestone.update()

    def rename(self):
        milestone = Milestone(self.env, self._milestone())
        milestone.name = f'Renamed {self.chance.randint(1, 10 ** 6)}'
        milestone.update()

    # Internal methods

    def _key(self):
        return self.chance.choice(KEYS)

    def _typed(self, key):
        name, values = VALUES.get(key, ('', ()))
        plots = {'memory': FILES} if key == 'leaks' else {}
        return EvidenceInput({name: self.chance.choice(values)}
                             if values else {}, plots)

    @staticmethod
    def _unit(key):
        return {'leaks': 'kB/event', 'crashes': '%'}.get(key, 'TB')

    def _say(self, key, who, verdict, typed=None):
        self.system.record(NAME, key, Person(who), SignOffRequest(
            verdict, 'So.', **({'typed': typed} if typed else {})))

    def _ticket(self):
        return Ticket(self.env, self.system.queries.requirement(
            NAME, self._key()).ticket)

    def _milestone(self):
        state = self.system.queries.decision(NAME).snapshot.state
        return self.chance.choice(state.stages).milestone

    def _put(self, name, data):
        number = self.system.queries.requirement(NAME, 'leaks').ticket
        with contextlib.suppress(ResourceNotFound):
            Attachment(self.env, 'ticket', number, name).delete()
        if data:
            Attachment(self.env, 'ticket', number).insert(
                name, io.BytesIO(data), len(data))


ACTS = [name for name in vars(History)
        if not name.startswith('_') and name not in ('act', 'pass_time')]


@pytest.mark.parametrize('seed', range(4))
def test_any_moment_says_what_was_answered_then(env, system, seed):
    answers = []
    with days_ago(300) as clock:
        history = History(env, system, seed, clock)
        for _ in range(ASKED):
            if history.chance.random() < 0.5:
                history.act()
            history.pass_time()
            decision = system.queries.decision(NAME)
            answers.append((decision.asked, told(decision)))
    for moment, answer in answers:
        assert told(system.passages.gate_at(NAME, moment)) == answer, moment
    kinds = {state for _, each in answers
             for state in each['answers'].values()}
    assert len(kinds) > 9
    assert 'waived' in {state for state, *_ in kinds}
    assert any(each['launch'] for _, each in answers) or len(
        {tuple(each['gates']) for _, each in answers}) > 3
