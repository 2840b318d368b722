"""What is signed stays signed through `check --repair`, after any mess.

Each example is a real environment: people sign, then Trac's tables change as
they do while the plugin is off, then it is repaired.
"""

from __future__ import annotations

import contextlib
import itertools
import re
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, HealthCheck, settings
from hypothesis import strategies as st
from trac.core import TracError
from trac.env import Environment

from prodworkflow.api import (
    CampaignChanges,
    CampaignRequest,
    CampaignSystem,
    EvidenceInput,
    GateShut,
    InvalidRequest,
    SignerChanges,
    SignOffRequest,
    Verdict,
)
from prodworkflow.domain import ledger
from prodworkflow.domain.ledger.comparison import differences
from prodworkflow.domain.model.permissions import GRANTS
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.rules.eligibility import valid_approvals
from support.environment_copies import copied
from support.examples import examples

NAME = 'P'
TEMPLATE = '''
title = "Small"
[[stage]]
key = "one"
title = "One"
[[stage.requirement]]
key = "plain"
title = "Plain"
[[stage.requirement]]
key = "double"
title = "Double"
quorum = 2
[[stage]]
key = "two"
title = "Two"
[[stage.requirement]]
key = "last"
title = "Last"
release_bound = true
'''
KEYS = ('plain', 'double', 'last')
ADMIN = Person('coordinator', grants=frozenset(GRANTS))
REFUSALS = (GateShut, InvalidRequest, TracError)
keys = st.sampled_from(KEYS)
people = st.sampled_from(['anna', 'bruno', 'eve', 'coordinator', ''])
stages = st.sampled_from(['one', 'two'])
DEEDS = st.lists(st.one_of(
    st.tuples(st.just('sign'), keys, st.sampled_from(['anna', 'bruno'])),
    st.tuples(st.just('sign all')),
    st.tuples(st.just('reject'), keys),
    st.tuples(st.just('object'), keys),
    st.tuples(st.just('answer'), keys),
    st.tuples(st.just('quorum'), keys, st.sampled_from('12')),
    st.tuples(st.just('contacts'), keys, st.sampled_from(
        [('anna',), ('anna', 'bruno')])),
    st.tuples(st.just('complete'), stages),
    st.tuples(st.just('launch')),
    st.tuples(st.just('release'))), max_size=6)
MESSES = st.lists(st.one_of(
    st.tuples(st.just('status'), keys, st.sampled_from(
        ['closed', 'reopened', 'accepted']), people, st.booleans()),
    st.tuples(st.just('relabel'), keys),
    st.tuples(st.just('move'), keys),
    st.tuples(st.just('lose'), keys),
    st.tuples(st.just('milestone'), stages, st.sampled_from([0, 10**15])),
    st.tuples(st.just('no milestone'), stages),
    st.tuples(st.just('ticket'), stages, people)), max_size=5)


class Site:
    """A campaign of which two thirds are signed, and what happens to it."""

    def __init__(self, database, made_once, enforcement):
        self.folder = tempfile.mkdtemp()
        path = Path(self.folder) / 'trac'
        self.database = database
        self.uri = copied(database, made_once, path)
        self.env = Environment(str(path))
        self.system = CampaignSystem(self.env)
        self.system.create(CampaignRequest(
            NAME, 'small', 'V1', template_text=TEMPLATE,
            enforcement=enforcement,
            contacts=dict.fromkeys(KEYS, ('anna', 'bruno'))), 'coordinator')
        self.times = itertools.count(2 * 10**15)
        self.releases = itertools.count(2)

    def close(self):
        self.env.shutdown()
        self.database.drop(self.uri)
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def state(self):
        return self.system.queries.decision(NAME).snapshot.state

    def ticket(self, key):
        return self.system.queries.requirement(NAME, key).ticket

    def entries(self):
        return self.system.queries.ledger(NAME)

    # What people do while the plugin is on

    def say(self, key, who, verdict):
        with contextlib.suppress(*REFUSALS):
            self.system.record(NAME, key, Person(who), SignOffRequest(
                verdict, 'So.', EvidenceInput()))

    def do(self, deed, *args):
        if deed == 'sign':
            self.say(*args, Verdict.APPROVED)
        elif deed == 'sign all':
            for key, who in itertools.product(KEYS, ('anna', 'bruno')):
                self.say(key, who, Verdict.APPROVED)
        elif deed == 'reject':
            self.say(*args, 'anna', Verdict.REJECTED)
        elif deed == 'object':
            self.say(*args, 'eve', Verdict.OBJECTED)
        elif deed == 'answer':
            self.say(*args, 'anna', Verdict.ANSWERED)
        else:
            with contextlib.suppress(*REFUSALS):
                self.steer(deed, *args)

    def steer(self, deed, *args):
        if deed in ('quorum', 'contacts'):
            change = (SignerChanges(quorum=args[1]) if deed == 'quorum'
                      else SignerChanges(args[1]))
            self.system.change(NAME, ADMIN, CampaignChanges(
                'So.', None, ((args[0], change),)))
        elif deed == 'complete':
            self.sql('UPDATE milestone SET completed=%s WHERE name=%s',
                     10**15, self.state.stage(args[0]).milestone)
            self.system.check(NAME, True, 'root')
        elif deed == 'launch':
            self.system.lifecycle.launch(NAME, ADMIN, 'Go.')

    # What happens to Trac's tables while it is off

    def sql(self, statement, *args):
        with self.env.db_transaction as db:
            db(statement, args)

    def mess(self, what, *args):
        getattr(self, '_' + what.replace(' ', '_'))(*args)

    def _status(self, key, status, who, traced):
        number = self.ticket(key)
        was = list(self.env.db_query('SELECT status FROM ticket WHERE id=%s',
                                     (number,)))
        if not was or was[0][0] == status:
            return
        self.sql('UPDATE ticket SET status=%s WHERE id=%s', status, number)
        if traced:
            self.sql("""INSERT INTO ticket_change
                        (ticket, time, author, field, oldvalue, newvalue)
                        VALUES (%s, %s, %s, 'status', %s, %s)""", number,
                     next(self.times), who, was[0][0], status)

    def _relabel(self, key):
        self.sql("UPDATE ticket SET resolution='invalid' WHERE id=%s",
                 self.ticket(key))

    def _move(self, key):
        self.sql("UPDATE ticket SET milestone='milestone1' WHERE id=%s",
                 self.ticket(key))

    def _lose(self, key):
        self.sql('DELETE FROM ticket WHERE id=%s', self.ticket(key))

    def _milestone(self, stage, completed):
        self.sql('UPDATE milestone SET completed=%s WHERE name=%s',
                 completed, self.state.stage(stage).milestone)

    def _no_milestone(self, stage):
        self.sql('DELETE FROM milestone WHERE name=%s',
                 self.state.stage(stage).milestone)

    def _ticket(self, stage, who):
        self.sql("""INSERT INTO ticket (time, changetime, reporter, status,
                                        milestone, summary)
                    VALUES (1, 1, %s, 'new', %s, 'x')""", who,
                 self.state.stage(stage).milestone)

    # What has to hold

    def signed(self):
        """The approvals that count, by requirement and ticket.

        SQLite may give the number of a lost ticket again.
        """
        state = self.state
        return {(r.key, r.ticket, r.ticket_time): [
            s.number for s in valid_approvals(r, state)]
            for r in state.requirements}


def bare(words):
    """The tickets and stages that are foretold to open and to close."""
    return sorted(
        (m[1], m[2]) for text in words for m in [re.match(
            r'would (reopen|close) (?:#(\d+)|stage (\d)\.)', text)] if m
        and m[2])


def done(entries, state):
    """The tickets that a repair has reopened and closed, by its entries."""
    verbs = {'reopened': 'reopen', 'restored': 'close'}
    return sorted((verbs[e.verb], str(e.payload['ticket'])) for e in entries
                  if e.verb in verbs and e.actor == 'prodworkflow')


@pytest.mark.parametrize('enforcement', ['standard', 'advisory'])
def test_what_is_signed_stays_signed_through_repair_after_any_mess(
        database, made_once, enforcement):
    @settings(max_examples=examples(15), deadline=None,
              suppress_health_check=list(HealthCheck))
    @given(DEEDS, MESSES)
    def hold(deeds, messes):
        site = Site(database, made_once, enforcement)
        try:
            repaired(site, deeds, messes)
        finally:
            site.close()
    hold()


def repaired(site, deeds, messes):
    for deed in deeds:
        site.do(*deed)
    for mess in messes:
        site.mess(*mess)
    before, count = site.signed(), len(site.entries())
    forecast = site.system.check(NAME, True, 'root', True)
    assert len(site.entries()) == count
    assert site.signed() == before
    site.system.check(NAME, True, 'root')
    made = site.entries()[count:]
    assert not {e.verb for e in made} & {'withdrawn', 'rejected', 'approved',
                                         'answered'}
    after = site.signed()
    for where, approvals in before.items():
        assert after.get(where, approvals) == approvals
    lost = {key for key, *_ in set(before) - set(after)}
    assert lost == {e.requirement for e in made
                    if e.verb == 'ticket-replaced'}
    assert bare(f.words for f in forecast) == done(made, site.state)
    nothing_opens_against_the_facts(site)
    again = len(site.entries())
    site.system.check(NAME, True, 'root')
    assert site.entries()[again:] == []


def nothing_opens_against_the_facts(site):
    decision = site.system.queries.decision(NAME)
    entries, state = site.entries(), decision.snapshot.state
    assert differences(ledger.fold(entries), state) == []
    signed = site.signed()
    for answer in decision.gates[-1].answers:
        requirement = answer.requirement
        if answer.met:
            assert len(signed[requirement.key, requirement.ticket,
                              requirement.ticket_time]
                       ) >= requirement.quorum
            assert requirement.objection is None
            assert not requirement.unsigned
    if state.campaign.blocks:
        for gate in decision.gates:
            assert gate.open or not decision.closed(gate.stage)
