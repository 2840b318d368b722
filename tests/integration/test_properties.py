"""The properties of docs/development/rules.rst under random operations.

Each example is a real environment on a real database.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import shutil
import tempfile
from dataclasses import replace
from datetime import date, timedelta
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
from trac.attachment import Attachment
from trac.core import TracError
from trac.env import Environment
from trac.resource import ResourceNotFound
from trac.ticket.model import Milestone, Ticket
from trac.util.datefmt import datetime_now, utc

from prodworkflow.api import (
    CampaignRequest,
    CampaignSystem,
    DeputyRequest,
    EvidenceInput,
    GateShut,
    InvalidRequest,
    KnownIssueRequest,
    SignOffRequest,
    Verdict,
)
from prodworkflow.domain import ledger
from prodworkflow.domain.ledger.comparison import differences
from prodworkflow.domain.ledger.creation import NOTHING
from prodworkflow.domain.model.permissions import GRANTS
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.requirement import Objection
from prodworkflow.domain.model.submission import basis, evidence_basis
from prodworkflow.domain.rules.gates import decide, evaluate_as_closed
from prodworkflow.domain.rules.waivers.requests import WaiverRequest
from prodworkflow.services.campaigns.changes import CampaignChanges
from prodworkflow.services.campaigns.releases import ReleaseRequest
from prodworkflow.services.campaigns.signers import SignerChanges
from support.environment_copies import copied
from support.examples import examples

NAME = 'P'
TEMPLATE = '''
title = "Small"
[freeze]
requirement = "frozen"
[[stage]]
key = "one"
title = "One"
[[stage.requirement]]
key = "frozen"
title = "Frozen"
[[stage.requirement]]
key = "leaks"
title = "Leaks"
plots = ["memory"]
[[stage.requirement.value]]
name = "memory_growth"
title = "Memory growth"
unit = "kB/event"
at_most = "1 kB/event"
[[stage.requirement]]
key = "estimated"
title = "Estimated"
[[stage.requirement.value]]
name = "size"
title = "Size"
unit = "TB"
[[stage]]
key = "two"
title = "Two"
[[stage.requirement]]
key = "validated"
title = "Validated"
release_bound = true
inputs = ["sites"]
[[stage.requirement.value]]
name = "size"
title = "Size"
unit = "TB"
compare_with = "estimated"
tolerance = "+20 %"
[[stage.requirement]]
key = "physics"
title = "Physics"
release_bound = true
inputs = ["emc"]
rests_on = ["leaks"]
quorum = 2
'''
KEYS = ('frozen', 'leaks', 'estimated', 'validated', 'physics')
FILES = ('new.png', 'old.png')
SIZES = ('10 TB', '11 TB', '13 TB')
VERDICTS = ('approved', 'rejected', 'withdrawn', 'reported', 'waived')
keys = st.sampled_from(KEYS)
people = st.sampled_from(['anna', 'bruno', 'eve'])
ADMIN = Person('coordinator', grants=frozenset(GRANTS))
TODAY = datetime_now(utc).date().isoformat()
LAST_DAY = (date.today() + timedelta(days=30)).isoformat()
REFUSALS = (GateShut, InvalidRequest, TracError, ResourceNotFound)


class Campaign(RuleBasedStateMachine):
    """One campaign, to which people do whatever comes to their minds."""

    made_once: Path
    database: Any
    enforcement: str

    @initialize()
    def begin(self):
        self.folder = tempfile.mkdtemp()
        path = Path(self.folder) / 'trac'
        self.uri = copied(self.database, self.made_once, path)
        self.env = Environment(str(path))
        self.system = CampaignSystem(self.env)
        self.system.create(CampaignRequest(
            NAME, 'small', 'V1', template_text=TEMPLATE,
            enforcement=self.enforcement,
            contacts=dict.fromkeys(KEYS, ('anna', 'bruno'))), 'coordinator')
        self.releases = itertools.count(2)
        for name in FILES:
            self.put_file(name, name)

    def teardown(self):
        if hasattr(self, 'env'):
            self.env.shutdown()
            self.database.drop(self.uri)
            shutil.rmtree(self.folder, ignore_errors=True)

    def ticket(self, key):
        return Ticket(self.env,
                      self.system.queries.requirement(NAME, key).ticket)

    def milestone(self, number):
        stages = self.system.queries.decision(NAME).snapshot.state.stages
        return Milestone(self.env, stages[number].milestone)

    # What people say

    @rule(key=keys, who=people, growth=st.sampled_from(['', '0.5', '2', '9']),
          size=st.sampled_from(['', *SIZES]))
    def approve(self, key, who, growth, size='10 TB'):
        values = {'leaks': {'memory_growth': growth},
                  'estimated': {'size': size}, 'validated': {'size': size}}
        plots = {'memory': FILES} if growth and key == 'leaks' else {}
        with contextlib.suppress(*REFUSALS):
            self.system.record(NAME, key, Person(who), SignOffRequest(
                Verdict.APPROVED, 'Fine.',
                EvidenceInput(values.get(key, {}), plots)))

    @rule()
    def approve_all(self):
        for key in KEYS:
            for who in ('anna', 'bruno'):
                self.approve(key, who, '0.5')

    @rule(key=keys, who=people,
          verdict=st.sampled_from([Verdict.REJECTED, Verdict.WITHDRAWN]))
    def stop(self, key, who, verdict):
        with contextlib.suppress(*REFUSALS):
            self.system.record(NAME, key, Person(who),
                               SignOffRequest(verdict, 'No.'))

    @rule(growth=st.sampled_from(['0.5', '2 kB/event', '3 MB/1000 events']))
    def report(self, growth):
        with contextlib.suppress(*REFUSALS):
            self.system.record(NAME, 'leaks', Person('anna'), SignOffRequest(
                Verdict.REPORTED, '',
                EvidenceInput({'memory_growth': growth})))

    @rule(key=st.sampled_from(['estimated', 'validated']),
          size=st.sampled_from(SIZES))
    def revise(self, key, size):
        with contextlib.suppress(*REFUSALS):
            self.system.record(NAME, key, Person('bruno'), SignOffRequest(
                Verdict.REPORTED, 'Another.', EvidenceInput({'size': size})))

    @rule(key=keys, lifts=st.sampled_from(
        ['awaiting', 'quorum-short', 'stale', 'rejected', 'closed-unsigned',
         'evidence-changed']))
    def waive(self, key, lifts):
        with contextlib.suppress(*REFUSALS):
            self.system.record(NAME, key, ADMIN, SignOffRequest(
                Verdict.WAIVED, 'No time.',
                leave=WaiverRequest(lifts, LAST_DAY)))

    @rule(bound=st.sampled_from(['2 kB/event', '4']))
    def tolerate(self, bound):
        with contextlib.suppress(*REFUSALS):
            self.system.record(NAME, 'leaks', ADMIN, SignOffRequest(
                Verdict.WAIVED, 'Small.', leave=WaiverRequest(
                    'out-of-bounds', LAST_DAY,
                    {'memory_growth': ('', bound)})))

    @rule(place=st.integers(0, 3), end=st.booleans())
    def know(self, place, end):
        """Tolerate an open ticket at the launch, or no more."""
        snapshot = self.system.queries.decision(NAME).snapshot
        tickets = [t for each in snapshot.others.values() for t in each]
        if tickets:
            with contextlib.suppress(*REFUSALS):
                self.system.lifecycle.tolerate(NAME, ADMIN, KnownIssueRequest(
                    str(tickets[place % len(tickets)]), 'Cosmetic.',
                    '' if end else LAST_DAY, end))

    # What happens at Trac's doors

    @rule(name=st.sampled_from(FILES), data=st.sampled_from(['', 'x', *FILES]))
    def put_file(self, name, data):
        """Replace an attachment, put it back, or remove it."""
        with contextlib.suppress(*REFUSALS):
            number = self.ticket('leaks').id
            with contextlib.suppress(ResourceNotFound):
                Attachment(self.env, 'ticket', number, name).delete()
            if data:
                Attachment(self.env, 'ticket', number).insert(
                    name, io.BytesIO(data.encode()), len(data))

    @rule(key=keys, resolution=st.sampled_from(['fixed', 'invalid']))
    def close_by_a_side_door(self, key, resolution):
        with contextlib.suppress(*REFUSALS):
            ticket = self.ticket(key)
            ticket['status'], ticket['resolution'] = 'closed', resolution
            ticket.save_changes('eve', 'Closed.')

    @rule(key=keys)
    def reopen(self, key):
        with contextlib.suppress(*REFUSALS):
            ticket = self.ticket(key)
            ticket['status'], ticket['resolution'] = 'reopened', ''
            ticket.save_changes('eve', 'Open.')

    @rule(key=keys, who=people)
    def object_in_the_box(self, key, who):
        with contextlib.suppress(*REFUSALS):
            self.system.record(NAME, key, Person(who), SignOffRequest(
                Verdict.OBJECTED, 'It crashes.'))

    @rule(key=keys, who=people)
    def answer(self, key, who):
        with contextlib.suppress(*REFUSALS):
            self.system.record(NAME, key, Person(who), SignOffRequest(
                Verdict.ANSWERED, 'It does not.'))

    @rule()
    def repair(self):
        self.system.check(NAME, True, 'root')
        before = len(self.system.queries.ledger(NAME))
        self.system.check(NAME, True, 'root')
        assert len(self.system.queries.ledger(NAME)) == before

    @rule(key=keys, back=st.booleans())
    def move(self, key, back):
        with contextlib.suppress(*REFUSALS):
            ticket = self.ticket(key)
            stage = self.system.queries.requirement(NAME, key).stage
            state = self.system.queries.decision(NAME).snapshot.state
            ticket['milestone'] = (state.stage(stage).milestone if back
                                   else 'milestone1')
            ticket.save_changes('eve', 'Moved.')

    @rule(key=keys)
    def delete_and_repair(self, key):
        with contextlib.suppress(*REFUSALS):
            self.ticket(key).delete()
        self.system.check(NAME, True, 'root')

    @rule(number=st.integers(0, 1), urgent=st.booleans())
    def new_ticket(self, number, urgent):
        with contextlib.suppress(*REFUSALS):
            ticket = Ticket(self.env)
            ticket.populate({
                'summary': 'x', 'status': 'new', 'reporter': 'eve',
                'type': 'defect', 'milestone': self.milestone(number).name,
                'priority': 'blocker' if urgent else 'minor'})
            ticket.insert()

    @rule(number=st.integers(0, 1), done=st.booleans())
    def complete(self, number, done):
        with contextlib.suppress(*REFUSALS):
            milestone = self.milestone(number)
            milestone.completed = datetime_now(utc) if done else None
            milestone.update()

    # What coordinators do

    @rule(touches=st.sampled_from([(), ('emc',), ('sites',)]))
    def release(self, touches):
        with contextlib.suppress(*REFUSALS):
            self.system.release(NAME, ADMIN, ReleaseRequest(
                f'V{next(self.releases)}', touches, 'A patch.'))

    @rule(act=st.sampled_from(['hold', 'resume', 'launch', 'launch']))
    def steer(self, act):
        with contextlib.suppress(*REFUSALS):
            getattr(self.system.lifecycle, act)(NAME, ADMIN, 'So.')

    @rule(key=keys, contacts=st.sampled_from(
        [('anna',), ('bruno',), ('anna', 'bruno')]),
        quorum=st.sampled_from(['1', '2']))
    def restaff(self, key, contacts, quorum):
        with contextlib.suppress(*REFUSALS):
            self.system.change(NAME, ADMIN, CampaignChanges(
                'So.', None, ((key, SignerChanges(contacts, quorum=quorum)),)))

    @rule(who=people, stands_for=people, end=st.booleans())
    def depute(self, who, stands_for, end):
        """Name a deputy, or end one: that opens nothing."""
        before = self.system.queries.decision(NAME)
        words = f'{who} for {stands_for}'
        with contextlib.suppress(*REFUSALS):
            self.system.deputies.name(ADMIN, DeputyRequest(
                words if end else f'{words} {TODAY}..{LAST_DAY}', end=end))
        after = self.system.queries.decision(NAME)
        for was, now in zip(before.gates, after.gates):
            assert was.open or not now.open

    # What has to hold after each of these

    @invariant()
    def record_and_ledger_agree(self):
        decision = self.system.queries.decision(NAME)
        entries = self.system.queries.ledger(NAME)
        assert ledger.broken(entries, decision.snapshot.head) == []
        assert differences(ledger.fold(entries),
                           decision.snapshot.state) == []
        assert decision.snapshot.doubts == ()

    @invariant()
    def no_stage_is_closed_behind_a_shut_gate(self):
        decision = self.system.queries.decision(NAME)
        for gate in decision.gates:
            assert gate.open or not decision.closed(gate.stage), (
                gate.stage.key, gate.reasons())

    @invariant()
    def a_launched_campaign_runs_or_is_on_hold(self):
        decision = self.system.queries.decision(NAME)
        campaign = decision.snapshot.state.campaign
        if campaign.launched and not campaign.held_since:
            assert decision.launch.open

    @invariant()
    def an_unanswered_objection_keeps_its_gates_shut(self):
        decision = self.system.queries.decision(NAME)
        for gate in decision.gates:
            assert not gate.open or not any(
                a.requirement.objection and not a.waived
                for a in gate.answers)

    @invariant()
    def what_is_met_is_closed_and_what_is_open_is_unmet(self):
        decision = self.system.queries.decision(NAME)
        for answer in decision.gates[-1].answers:
            facts = decision.snapshot.tickets.get(answer.requirement.key)
            if facts and not facts.closed and not (
                    answer.requirement.unsigned):
                assert not evaluate_as_closed(
                    decision.snapshot, answer.requirement.key,
                    decision.asked).met

    @invariant()
    def objecting_opens_nothing_and_voids_nothing(self):
        decision = self.system.queries.decision(NAME)
        state = decision.snapshot.state
        for requirement in state.requirements:
            opposed = state.having(replace(
                requirement, objection=Objection('eve', 1, 'No.', 1)))
            after = decide(replace(decision.snapshot, state=opposed),
                           decision.asked)
            for before, now in zip(decision.gates, after.gates):
                assert before.open or not now.open
            assert after.answer(requirement.key).signers == decision.answer(
                requirement.key).signers

    @invariant()
    def taking_an_approval_away_opens_nothing(self):
        decision = self.system.queries.decision(NAME)
        snapshot, state = decision.snapshot, decision.snapshot.state
        for taken in state.signoffs:
            if taken.verdict == 'approved':
                without = replace(state, signoffs=tuple(
                    replace(s, verdict='reported') if s == taken else s
                    for s in state.signoffs))
                after = decide(replace(snapshot, state=without),
                               decision.asked)
                for before, now in zip(decision.gates, after.gates):
                    assert before.open or not now.open

    @invariant()
    def no_gate_is_open_for_evidence_that_nobody_approved(self):
        decision = self.system.queries.decision(NAME)
        state = decision.snapshot.state
        for answer in decision.launch.answers:
            requirement = answer.requirement
            given = basis(requirement, state) or ()
            fit = {s.signer for s in state.said_of(requirement.key)
                   if s.verdict == 'approved' and evidence_basis(s) == given}
            assert answer.reason or len(fit) >= requirement.quorum

    @invariant()
    def taking_known_issues_back_opens_nothing(self):
        decision = self.system.queries.decision(NAME)
        snapshot, state = decision.snapshot, decision.snapshot.state
        after = decide(replace(snapshot, state=replace(
            state, known_issues=())), decision.asked)
        assert [g.open for g in after.gates] == [
            g.open for g in decision.gates]
        assert decision.launch.open or not after.launch.open

    @invariant()
    def the_order_of_different_requirements_does_not_matter(self):
        decision = self.system.queries.decision(NAME)
        state = NOTHING
        for entry in reordered(self.system.queries.ledger(NAME)):
            state = ledger.apply(state, entry)
        again = decide(replace(decision.snapshot, state=state),
                       decision.asked)
        assert judged(again) == judged(decision)


def judged(decision):
    """Gates and answers; words may tell what was measured before what."""
    return [g.open for g in decision.gates], [
        (a.requirement.key, a.reason, a.waived, a.signers)
        for a in decision.launch.answers]


def reordered(entries):
    """The same entries; of what was said between two others, the sayings of
    one requirement come before those of the next.
    """
    numbers = itertools.count(1)
    for said, run in itertools.groupby(entries,
                                       lambda e: e.verb in VERDICTS):
        each = list(run)
        if said:
            each.sort(key=lambda e: e.requirement)
        for entry in each:
            yield replace(entry, number=next(numbers))


@pytest.mark.parametrize('enforcement', ['standard', 'strict'])
def test_four_properties_of_a_campaign_hold_whatever_people_do(
        database, made_once, enforcement):
    machine = type('Case', (Campaign,), {
        'database': database, 'made_once': made_once,
        'enforcement': enforcement})
    run_state_machine_as_test(machine, settings=settings(
        max_examples=examples(12), stateful_step_count=25, deadline=None,
        suppress_health_check=list(HealthCheck)))
