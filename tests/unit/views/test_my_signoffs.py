"""What of a campaign waits for somebody: late, now, early, or not yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.model.evidence import (
    Evidence,
    EvidenceSpec,
    ValueSpec,
)
from prodworkflow.domain.model.person import Deputy, Person
from prodworkflow.domain.model.requirement import Objection
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.my_signoffs import (
    due_day,
    keys_for,
    NOTHING,
    Waiting,
    waiting_keys,
)
from support.factories import (
    ASKED,
    facts,
    KEYS,
    moment,
    requirement,
    signoff,
    snapshot,
    state,
)
from support.groups import grouped

ANNA, BRUNO = Person('anna'), Person('bruno')
ADMIN = Person('carla', grants=frozenset({'CAMPAIGN_ADMIN'}))
FREEZE, QUALITY, RESOURCES, VALIDATED, REMOTE, SPEED, PHYSICS = ASKED
RATE = ValueSpec('crash_rate', 'Crash rate', '%', at_most='1 %',
                 confidence='95 %')
# Before the stages of the factories are due: 1, 2 and 3 June 2026.
MAY, JUNE = date(2026, 5, 20), date(2026, 6, 2)


def campaign(signed=(), day=MAY, given=(), closed=(), others=None,
             changes=None, **of_campaign):
    """A decision: anna signs the odd requirements, bruno the even ones."""
    asked = [replace(requirement(k, contacts=('anna',) if n % 2
                                 else ('bruno',)),
                     **(changes or {}).get(k, {}))
             for n, k in enumerate(ASKED, 1)]
    signers = {r.key: (*r.contacts, 'anna')[0] for r in asked}
    said = [signoff(n, k, signer=signers[k]) for n, k in enumerate(signed, 2)]
    return decide(snapshot(
        state=state([*said, *given], asked, **of_campaign),
        tickets={k: facts(k, 'closed' if k in signed else 'new')
                 for k in ASKED}, others=others or {},
        milestones={k: 1 if k in closed else 0 for k in KEYS}), moment(day))


def waiting(*args, person=ANNA, refused=(), **kwargs):
    return waiting_keys(campaign(*args, **kwargs), person, refused)


FIRST = (FREEZE, QUALITY, RESOURCES)


@pytest.mark.parametrize(('case', 'expected'), [
    pytest.param({}, Waiting(now=(FREEZE, RESOURCES), early=(REMOTE, PHYSICS)),
                 id='the first stage is due, the others may be signed early'),
    pytest.param({'enforcement': 'strict'},
                 Waiting(now=(FREEZE, RESOURCES), later=(REMOTE, PHYSICS)),
                 id='strict takes nothing before its turn'),
    pytest.param({'enforcement': 'strict', 'day': date(2026, 7, 1)},
                 Waiting(late=(FREEZE, RESOURCES), later=(REMOTE, PHYSICS)),
                 id='in strict nothing is late that cannot be signed'),
    pytest.param({'signed': FIRST}, Waiting(now=(REMOTE,), early=(PHYSICS,)),
                 id='the turn comes when the stage before may be closed'),
    pytest.param({'signed': FIRST[:2]},
                 Waiting(now=(RESOURCES,), early=(REMOTE, PHYSICS)),
                 id='it comes no earlier'),
    pytest.param({'closed': KEYS[:1]},
                 Waiting(now=(FREEZE, RESOURCES, REMOTE), early=(PHYSICS,)),
                 id='or when it is closed although its gate is shut'),
    pytest.param({'signed': FIRST, 'others': {KEYS[0]: (77,)}},
                 Waiting(now=(REMOTE,), early=(PHYSICS,)),
                 id='another open ticket in it keeps only others shut'),
    pytest.param({'signed': (*FIRST, VALIDATED, REMOTE), 'others':
                  {KEYS[0]: (77,)}}, Waiting(early=(PHYSICS,)),
                 id='another open ticket two stages before'),
    pytest.param({'day': JUNE}, Waiting(
        late=(FREEZE, RESOURCES), early=(REMOTE, PHYSICS)),
        id='it is late the day after it was due'),
    pytest.param({'day': date(2026, 6, 1)}, Waiting(
        now=(FREEZE, RESOURCES), early=(REMOTE, PHYSICS)),
        id='and not on the day itself'),
    pytest.param({'day': date(2026, 6, 3)}, Waiting(
        late=(FREEZE, RESOURCES, REMOTE), early=(PHYSICS,)),
        id='it is late also where the stage before is not done'),
    pytest.param({'changes': {RESOURCES: {'due': date(2026, 5, 3)}}},
                 Waiting(late=(RESOURCES,), now=(FREEZE,),
                         early=(REMOTE, PHYSICS)),
                 id='its own day counts before that of the stage'),
    pytest.param({'changes': {RESOURCES: {'due': date(2026, 5, 29)}}},
                 Waiting(now=(RESOURCES, FREEZE), early=(REMOTE, PHYSICS)),
                 id='what is due first comes first'),
    pytest.param({'changes': {FREEZE: {'rests_on': (QUALITY,)}}},
                 Waiting(now=(RESOURCES,), early=(REMOTE, PHYSICS),
                         later=(FREEZE,)),
                 id='what it rests on is not met'),
    pytest.param({'changes': {FREEZE: {'rests_on': (QUALITY,)}},
                  'day': JUNE}, Waiting(
                      late=(RESOURCES,), early=(REMOTE, PHYSICS),
                      later=(FREEZE,)), id='nor is it late then'),
    pytest.param({'changes': {FREEZE: {'rests_on': (QUALITY,)}},
                  'signed': (QUALITY,)}, Waiting(
                      now=(FREEZE, RESOURCES), early=(REMOTE, PHYSICS)),
                 id='what it rests on is met'),
    pytest.param({'changes': {FREEZE: {'rests_on': (QUALITY,)}},
                  'enforcement': 'advisory'}, Waiting(
                      now=(RESOURCES,), early=(FREEZE, REMOTE, PHYSICS)),
                 id='in advisory it may be signed early all the same'),
    pytest.param({'changes': {FREEZE: {'release_bound': True}},
                  'release': ''}, Waiting(
                      now=(RESOURCES,), early=(REMOTE, PHYSICS),
                      later=(FREEZE,)), id='there is no release yet'),
    pytest.param({'changes': {RESOURCES: {'ticket': None}}}, Waiting(
        now=(FREEZE,), early=(REMOTE, PHYSICS)), id='its ticket is gone'),
    pytest.param({'phase': 'abandoned'}, NOTHING, id='its end'),
    pytest.param({'refused': (FREEZE, PHYSICS)}, Waiting(
        now=(RESOURCES,), early=(REMOTE,)), id='what Trac refuses'),
    pytest.param({'person': Person('eve')}, NOTHING, id='no contact'),
    pytest.param({'person': Person('anonymous'),
                  'changes': {FREEZE: {'contacts': ()}}}, NOTHING,
                 id='not logged in'),
    pytest.param({'person': ADMIN, 'changes': {FREEZE: {'contacts': ()}}},
                 Waiting(now=(FREEZE,)),
                 id='what has no contacts waits for administrators'),
    pytest.param({'changes': {FREEZE: {'quorum': 2, 'contacts':
                                       ('anna', 'bruno')}},
                  'signed': (FREEZE,)}, Waiting(
                      now=(RESOURCES,), early=(REMOTE, PHYSICS)),
                 id='others have to sign what one has signed'),
    pytest.param({'changes': {FREEZE: {'objection': Objection(
        'eve', 5, 'It crashes.', 3)}}, 'signed': (FREEZE,)}, Waiting(
            now=(FREEZE, RESOURCES), early=(REMOTE, PHYSICS)),
        id='what they have signed, and somebody objects to'),
    pytest.param({'changes': {FREEZE: {'asks': EvidenceSpec((RATE,))}},
                  'signed': (FREEZE,), 'given': [signoff(
                      1, FREEZE, 'reported', evidence=(Evidence(
                          'value', 'crash_rate', '0/20', '0'),))]}, Waiting(
            now=(FREEZE, RESOURCES), early=(REMOTE, PHYSICS)),
        id='what they have signed, and is of too few'),
    pytest.param({'changes': {FREEZE: {'stage': 'gone'}}},
                 Waiting(now=(RESOURCES,), early=(REMOTE, PHYSICS)),
                 id='what belongs to no stage waits for nobody'),
])
def test_waiting(case, expected):
    assert waiting(**case) == expected


def test_what_enough_others_of_a_group_have_signed_waits_for_nobody():
    def parts(*met, rule='at_least = 2'):
        found = grouped(met, rule)
        requirements = [replace(r, contacts=('anna',)) if r.group else
                        replace(r, contacts=('bruno',))
                        for r in found.state.requirements]
        decision = decide(replace(found, state=replace(
            found.state, requirements=tuple(requirements))), moment(JUNE))
        waits = waiting_keys(decision, Person('anna'))
        return len(waits.due), len(waits.early)
    assert parts(0) == (3, 0)
    assert parts(0, 1) == (0, 2)
    assert parts(0, 1, rule='all') == (2, 0)


def test_what_is_asked_again_comes_first_of_what_may_be_signed_early():
    given = [signoff(3, PHYSICS), signoff(5, PHYSICS, verdict='withdrawn')]
    assert waiting(given=given).early == (PHYSICS, REMOTE)
    assert waiting(given=[signoff(3, PHYSICS, verdict='rejected')]
                   ).early == (REMOTE, PHYSICS)


def test_what_is_stale_is_asked_again():
    stale = {PHYSICS: {'release_bound': True, 'stale': 9}}
    found = waiting(given=[signoff(3, PHYSICS, release='V0')], changes=stale)
    assert found.early == (PHYSICS, REMOTE)


def test_deputy_has_the_sign_off_on_their_days():
    """By the day, in UTC, of the moment that was asked for."""
    deputies = (Deputy('emil', 'anna', MAY, MAY),)
    asked = campaign(changes={RESOURCES: {'deputies': deputies}})
    hour = 3600 * 10**6
    for moved, keys in ((-13, ()), (11, (RESOURCES,)), (12, ())):
        then = replace(asked, asked=asked.asked + moved * hour)
        assert waiting_keys(then, Person('emil')).now == keys


def test_what_is_waived_waits_for_nobody():
    decision = campaign()
    gates = tuple(replace(g, answers=tuple(
        replace(a, waived=True) if a.requirement.key == FREEZE else a
        for a in g.answers)) for g in decision.gates)
    assert waiting_keys(replace(decision, gates=gates), ANNA).now == (
        RESOURCES,)


def test_late_and_now_wait_and_early_may_be_signed_too():
    found = Waiting(('a',), ('b',), ('c',), ('d',))
    assert (found.due, found.signable) == (('a', 'b'), ('a', 'b', 'c'))
    assert found.without({'a', 'd', 'x'}) == Waiting((), ('b',), ('c',), ())


def test_the_keys_of_a_person_are_those_of_what_they_have_not_signed():
    assert keys_for(campaign([FREEZE]), ANNA) == {RESOURCES, REMOTE, PHYSICS}


def test_due_day_is_that_of_the_requirement_or_of_its_stage():
    own = date(2026, 5, 3)
    decision = campaign(changes={FREEZE: {'due': own}})
    assert [due_day(decision, decision.snapshot.state.requirement(k))
            for k in (FREEZE, RESOURCES)] == [own, date(2026, 6, 1)]
