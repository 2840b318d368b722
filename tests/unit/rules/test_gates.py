"""The rules of docs/development/rules.rst as a table; no environment."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest

from prodworkflow.domain.dates import day_of
from prodworkflow.domain.model.evidence import (
    Evidence,
    EvidenceSpec,
    ValueSpec,
)
from prodworkflow.domain.model.person import Deputy, Person
from prodworkflow.domain.model.requirement import Objection
from prodworkflow.domain.model.signoff import Bound, Waiver
from prodworkflow.domain.model.vocabulary import Role
from prodworkflow.domain.rules.answers import Reason
from prodworkflow.domain.rules.eligibility import capacity
from prodworkflow.domain.rules.gates import decide
from support.factories import (
    ASKED,
    facts,
    KEYS,
    requirement,
    signoff,
    snapshot,
    state,
)
from support.instruction_counter import steps

FREEZE = 'feature-freeze'
NOON = int(datetime(2026, 6, 10, 12,
                    tzinfo=timezone.utc).timestamp()) * 10**6


def answer(signoffs=(), status='new', now='V1', resolution=None, **changes):
    """The answer about the feature freeze; `now` is the present release."""
    asked = [requirement(FREEZE, **changes)] + [
        requirement(k) for k in list(ASKED)[1:]]
    ticket = facts(FREEZE, status)
    if resolution is not None:
        ticket = replace(ticket, resolution=resolution)
    found = snapshot(state=state(signoffs, asked, release=now),
                     tickets={FREEZE: ticket})
    return decide(found, NOON).answer(FREEZE)


OPPOSED = Objection('eve', 5, 'It crashes.', 3)
CASES = [
    pytest.param({}, 'awaiting', 'awaits anna', id='not yet asked'),
    pytest.param({'contacts': ('anna', 'bruno')}, 'awaiting',
                 'awaits anna or bruno', id='two contacts'),
    pytest.param({'contacts': ()}, 'awaiting',
                 'awaits a holder of CAMPAIGN_ADMIN (no contacts are named)',
                 id='no contacts'),
    pytest.param({'signoffs': [signoff(2)], 'status': 'closed'}, None,
                 'signed off by anna', id='approved'),
    pytest.param({'signoffs': [signoff(2, statement=' ')],
                  'status': 'closed'}, None,
                 'signed off by anna (without a statement)',
                 id='approved without a statement'),
    pytest.param({'signoffs': [signoff(2, signer='eve')],
                  'status': 'closed'}, 'closed-unsigned',
                 'was closed (fixed) without a sign-off; awaits anna',
                 id='approved by a stranger'),
    pytest.param({'signoffs': [signoff(2, role='administrator')],
                  'contacts': (), 'status': 'closed'}, None,
                 'signed off by anna', id='administrator, no contacts'),
    pytest.param({'signoffs': [signoff(2, signer='root',
                                       role='administrator')],
                  'status': 'closed'}, 'closed-unsigned', 'awaits anna',
                 id='administrator in the place of a contact'),
    pytest.param({'signoffs': [signoff(2)], 'contacts': (),
                  'status': 'closed'}, 'closed-unsigned', 'CAMPAIGN_ADMIN',
                 id='contact no more'),
    pytest.param({'status': 'closed'}, 'closed-unsigned',
                 'was closed (fixed) without a sign-off; awaits anna',
                 id='closed by nobody known'),
    pytest.param({'signoffs': [signoff(2)]}, 'withdrawn',
                 'was signed, but its ticket is open again',
                 id='open again, unrecorded'),
    pytest.param({'signoffs': [signoff(2)], 'status': 'closed',
                  'unsigned': True}, 'closed-unsigned', 'without a sign-off',
                 id='closed again by a side door'),
    pytest.param({'signoffs': [signoff(2)], 'status': 'closed', 'seen': 99},
                 'closed-unsigned', 'without a sign-off',
                 id='changed after the last known change'),
    pytest.param({'signoffs': [signoff(2)], 'status': 'closed', 'since': 2},
                 'closed-unsigned', 'without a sign-off',
                 id='approved before its ticket was replaced'),
    pytest.param({'signoffs': [signoff(2),
                               signoff(3, verdict='rejected',
                                       signer='bruno')]}, 'rejected',
                 'was rejected by bruno; awaits anna', id='rejected later'),
    pytest.param({'signoffs': [signoff(2, verdict='rejected'), signoff(3)],
                  'status': 'closed'}, None, 'signed off by anna',
                 id='rejected earlier'),
    pytest.param({'signoffs': [signoff(2),
                               signoff(3, verdict='withdrawn', signer='eve',
                                       role='anyone')]}, 'withdrawn',
                 'was withdrawn by eve; awaits anna', id='withdrawn later'),
    pytest.param({'signoffs': [signoff(2)], 'objection': OPPOSED},
                 'objected', 'was objected to by eve: “It crashes.”; awaits '
                 'an answer by anna', id='objected'),
    pytest.param({'signoffs': [signoff(2)], 'objection': OPPOSED,
                  'status': 'closed'}, 'objected', 'awaits an answer by anna',
                 id='objected, closed'),
    pytest.param({'signoffs': [signoff(2)], 'objection': replace(
        OPPOSED, words='')}, 'objected',
                 'was objected to by eve; awaits an answer by anna',
                 id='objected without a word'),
    pytest.param({'objection': OPPOSED}, 'objected', 'was objected to by eve',
                 id='objected and not signed'),
    pytest.param({'signoffs': [signoff(2), signoff(3, verdict='rejected')],
                  'objection': OPPOSED}, 'rejected', 'was rejected by anna',
                 id='objected and rejected'),
    pytest.param({'signoffs': [signoff(2), signoff(3, verdict='withdrawn')],
                  'objection': OPPOSED}, 'withdrawn',
                 'was withdrawn by anna', id='objected and withdrawn'),
    pytest.param({'signoffs': [signoff(2, release='V0')], 'objection':
                  OPPOSED, 'release_bound': True}, 'objected',
                 'was objected to by eve', id='objected and stale'),
    pytest.param({'signoffs': [signoff(2)], 'quorum': 2,
                  'contacts': ('anna', 'bruno')}, 'quorum-short',
                 'has 1 of 2 approvals', id='one of two'),
    pytest.param({'signoffs': [signoff(2), signoff(3)], 'quorum': 2,
                  'contacts': ('anna', 'bruno')}, 'quorum-short',
                 'has 1 of 2 approvals', id='the same person twice'),
    pytest.param({'signoffs': [signoff(2), signoff(3, signer='bruno')],
                  'quorum': 2, 'contacts': ('anna', 'bruno'),
                  'status': 'closed'}, None, 'signed off by anna and bruno',
                 id='two of two'),
    pytest.param({'signoffs': [signoff(2),
                               signoff(3, verdict='withdrawn'),
                               signoff(4, signer='bruno')], 'quorum': 2,
                  'contacts': ('anna', 'bruno')}, 'quorum-short',
                 'has 1 of 2', id='withdrawn between two'),
    pytest.param({'signoffs': [signoff(2, release='V0')],
                  'release_bound': True, 'status': 'closed'}, 'stale',
                 'was signed for another release than V1; awaits anna',
                 id='another release'),
    pytest.param({'signoffs': [signoff(2, release='V0')],
                  'status': 'closed'}, None, 'signed off',
                 id='another release, not bound'),
    pytest.param({'signoffs': [signoff(2, key='software-quality')]},
                 'awaiting', 'awaits anna', id='approved for another'),
    pytest.param({'signoffs': [signoff(2, key='software-quality')],
                  'status': 'closed'}, 'closed-unsigned', 'awaits anna',
                 id='approved for another, closed'),
    pytest.param({'signoffs': [signoff(3), signoff(2, verdict='rejected')],
                  'status': 'closed'}, None, 'signed off by anna',
                 id='later by number, not by place'),
    pytest.param({'signoffs': [signoff(2), signoff(3, verdict='doubted')]},
                 'withdrawn', 'was withdrawn by anna', id='unknown verdict'),
    pytest.param({'signoffs': [signoff(2, verdict='rejected',
                                       signer='bruno')], 'since': 2},
                 'awaiting', 'awaits anna',
                 id='rejected before its ticket was replaced'),
    pytest.param({'signoffs': [signoff(2, verdict='rejected')],
                  'status': 'closed'}, 'closed-unsigned',
                 'was closed (fixed) without a sign-off',
                 id='rejected, then closed by a side door'),
    pytest.param({'signoffs': [signoff(2)], 'status': 'closed', 'seen': 101},
                 None, 'signed off by anna', id='seen later than changed'),
    pytest.param({'status': 'closed', 'resolution': ''}, 'closed-unsigned',
                 'was closed (no resolution) without a sign-off',
                 id='closed without resolution'),
    pytest.param({'status': 'closed', 'resolution': 'invalid'},
                 'closed-unsigned', 'was closed (invalid) without',
                 id='closed as invalid'),
    pytest.param({'signoffs': [signoff(2, release='V0')], 'now': '',
                  'release_bound': True, 'status': 'closed'}, 'stale',
                 'was signed for another release than the present one; ',
                 id='release taken away'),
    pytest.param({'signoffs': [signoff(2, release='V0'), signoff(3)],
                  'release_bound': True, 'status': 'closed'}, None,
                 'signed off by anna', id='signed anew'),
    pytest.param({'signoffs': [signoff(2, release='V0'),
                               signoff(3, signer='bruno')], 'quorum': 2,
                  'contacts': ('anna', 'bruno'), 'release_bound': True,
                  'status': 'closed'}, 'stale', 'another release than V1',
                 id='one of two for another release'),
    pytest.param({'signoffs': [signoff(2, signer='dora'),
                               signoff(3, signer='bruno'), signoff(4)],
                  'quorum': 2, 'contacts': ('anna', 'bruno', 'dora'),
                  'status': 'closed'}, None,
                 'signed off by anna, bruno and dora', id='more than asked'),
    pytest.param({'signoffs': [signoff(2), signoff(3, release='V0')],
                  'release_bound': True, 'status': 'closed'}, None,
                 'signed off by anna', id='signed for another later'),
    pytest.param({'signoffs': [signoff(2, verdict='rejected',
                                       signer='bruno'),
                               signoff(3, signer='eve')]}, 'rejected',
                 'was rejected by bruno', id='rejected, a stranger after'),
    pytest.param({'signoffs': [signoff(2, release='V0')], 'quorum': 2,
                  'contacts': ('anna', 'bruno'), 'release_bound': True},
                 'quorum-short', 'has 0 of 2',
                 id='short, and for another release'),
    pytest.param({'signoffs': [signoff(2)], 'quorum': 2,
                  'contacts': ('anna', 'bruno'), 'status': 'closed'},
                 'quorum-short', 'has 1 of 2', id='one of two, closed'),
]


# Who counts: groups, deputies, and people who have to be different.

DAY = date(2026, 6, 10)
GROUP = {'contacts': ('@physics',), 'quorum': 2}
DEPUTY = signoff(3, signer='bruno', role='deputy', contact='anna')
CASES += [
    pytest.param({'contacts': ('@physics', 'anna')}, 'awaiting',
                 'awaits a member of physics or anna', id='a group'),
    pytest.param({**GROUP, 'status': 'closed', 'signoffs': [
        signoff(2, signer='dora', contact='@physics'),
        signoff(3, signer='emil', contact='@physics')]}, None,
        'signed off by dora and emil', id='two of a group'),
    pytest.param({**GROUP, 'signoffs': [
        signoff(2, signer='dora', contact='@physics'),
        signoff(3, signer='dora', contact='@physics')]}, 'quorum-short',
        'has 1 of 2', id='one of a group, twice'),
    pytest.param({'contacts': ('@physics',), 'status': 'closed',
                  'signoffs': [signoff(2, signer='dora', contact='@emc')]},
                 'closed-unsigned', 'a member of physics',
                 id='a member of another group'),
    pytest.param({'status': 'closed', 'signoffs': [DEPUTY]}, None,
                 'signed off by bruno (for anna)', id='a deputy'),
    pytest.param({'quorum': 2, 'contacts': ('anna', 'dora'), 'signoffs': [
        signoff(2), DEPUTY]}, 'quorum-short', 'has 1 of 2',
        id='a contact and their deputy'),
    pytest.param({'quorum': 2, 'contacts': ('anna', 'bruno'), 'signoffs': [
        signoff(2, signer='bruno'), DEPUTY]}, 'quorum-short', 'has 1 of 2',
        id='one person for two contacts'),
    pytest.param({'quorum': 2, 'contacts': ('anna', 'dora'),
                  'status': 'closed', 'signoffs': [
                      signoff(2, signer='dora'), DEPUTY]}, None,
                 'signed off by bruno (for anna) and dora',
                 id='a contact and the deputy of another'),
    pytest.param({'contacts': ('dora',), 'status': 'closed',
                  'signoffs': [DEPUTY]}, 'closed-unsigned', 'awaits dora',
                 id='the deputy of who is no contact any more'),
    pytest.param({'deputies': (Deputy('bruno', 'anna', DAY, DAY),)},
                 'awaiting', 'awaits anna or bruno (for anna)',
                 id='a deputy today'),
    pytest.param({'deputies': (Deputy('bruno', 'anna', date(2026, 6, 11),
                                      date(2026, 6, 12)),)},
                 'awaiting', 'awaits anna', id='a deputy tomorrow'),
    pytest.param({'separate_from': 'software-quality', 'status': 'closed',
                  'signoffs': [signoff(2), signoff(3, 'software-quality')]},
                 'closed-unsigned', 'awaits nobody', id='signed both'),
    pytest.param({'separate_from': 'software-quality', 'status': 'closed',
                  'signoffs': [signoff(2), signoff(3, 'software-quality'),
                               signoff(4, 'software-quality',
                                       'withdrawn')]}, None, 'signed off',
                 id='signed both, withdrew the other'),
    pytest.param({'separate_from': 'software-quality', 'status': 'closed',
                  'signoffs': [replace(DEPUTY, persons=('anna', 'bruno')),
                               signoff(4, 'software-quality')]},
                 'closed-unsigned', 'awaits nobody',
                 id='the deputy of who signed the other'),
    pytest.param({'separate_from': 'software-quality', 'status': 'closed',
                  'signoffs': [signoff(2), signoff(
                      4, 'software-quality', signer='bruno', contact='anna',
                      persons=('anna', 'bruno'))]},
                 'closed-unsigned', 'awaits nobody',
                 id='whose deputy signed the other'),
    pytest.param({'separate_from': 'software-quality', 'status': 'closed',
                  'signoffs': [DEPUTY, signoff(4, 'software-quality')]}, None,
                 'signed off by bruno (for anna)',
                 id='the deputy of who signed the other, before that counted'),
    pytest.param({'separate_from': 'software-quality', 'status': 'closed',
                  'contacts': ('anna', 'dora'), 'signoffs': [
                      signoff(2, signer='dora'),
                      replace(DEPUTY, persons=('anna', 'bruno')),
                      signoff(4, 'software-quality')]}, None,
                 'signed off by bruno (for anna) and dora',
                 id='the deputy of who signed the other, beside another'),
    pytest.param({'quorum': 2, 'contacts': ('anna', 'dora'),
                  'signoffs': [signoff(2)]}, 'quorum-short',
                 'awaits dora', id='who has signed is not awaited'),
    pytest.param({'quorum': 2, 'contacts': ('anna', 'dora'), 'deputies': (
        Deputy('bruno', 'anna', DAY, DAY),), 'signoffs': [signoff(2)]},
        'quorum-short', 'awaits dora', id='nor is their deputy'),
]

# Releases and patches.

CASES += [
    pytest.param({'signoffs': [signoff(2, release='V0')], 'status': 'closed',
                  'release_bound': True, 'carried': ('V0',)}, None,
                 'signed off by anna', id='carried over'),
    pytest.param({'signoffs': [signoff(2)], 'status': 'closed',
                  'release_bound': True, 'stale': 3}, 'stale',
                 'another release', id='stale, and back on the release'),
    pytest.param({'signoffs': [signoff(2), signoff(4)], 'status': 'closed',
                  'release_bound': True, 'stale': 3}, None, 'signed off',
                 id='signed again after it went stale'),
    pytest.param({'signoffs': [signoff(2)], 'status': 'closed', 'stale': 3},
                 None, 'signed off', id='stale, but not bound'),
    pytest.param({'signoffs': [signoff(2, release='V0'),
                               signoff(3, signer='bruno')], 'quorum': 2,
                  'contacts': ('anna', 'bruno'), 'release_bound': True},
                 'stale', 'another release',
                 id='one of two is of the old release'),
]


@pytest.mark.parametrize(('given', 'reason', 'words'), CASES)
def test_a_requirement_is_met_or_says_why_not(given, reason, words):
    found = answer(**given)
    assert (found.reason.value if found.reason else None) == reason
    assert words in found.words
    assert found.met is (reason is None)


# Evidence and waivers, of a requirement that asks for a bounded value.

LEAK = ValueSpec('memory_growth', 'Memory growth', 'kB/event',
                 at_most='1 kB/event')
LEAKS = EvidenceSpec((LEAK,))
SURE = EvidenceSpec((replace(LEAK, confidence='95 %'),))
APPROVED = signoff(2)


def measured(number, text, verdict='reported', name='memory_growth',
             **changes):
    proof = Evidence('value', name, text, f'digest of {text}')
    return signoff(number, verdict=verdict, evidence=(proof,), **changes)


def waived(number, reason='out-of-bounds', until=date(2026, 6, 30),
           bound='5 kB/event', **changes):
    bounds = (Bound('memory_growth', at_most=bound),) if bound else ()
    return signoff(number, verdict='waived', signer='dora', contact='',
                   role='administrator', **{
                       'waiver': Waiver(reason, until, bounds), **changes})


def proven(said, status='closed', asks=LEAKS, released=0, **changes):
    """The answer on 10 June about a freeze that asks for evidence."""
    asked = [requirement(FREEZE, asks=asks, **changes)] + [
        requirement(k) for k in list(ASKED)[1:]]
    found = snapshot(state=state(said, asked, released=released),
                     tickets={FREEZE: facts(FREEZE, status)})
    return decide(found, NOON).answer(FREEZE)


TWO = {'quorum': 2, 'contacts': ('anna', 'bruno')}
PROVEN = [
    pytest.param([APPROVED], {}, 'evidence-missing',
                 'lacks Memory growth; awaits anna', id='value missing'),
    pytest.param([APPROVED], {'asks': EvidenceSpec(plots=('phi',),
                                                   links=('report',))},
                 'evidence-missing', 'lacks the plot phi and the link report',
                 id='plot and link missing'),
    pytest.param([measured(2, '0.5')], {'status': 'new'}, 'awaiting',
                 'awaits anna', id='measured, not approved'),
    pytest.param([measured(2, '0.5 kB/event'), signoff(3)], {}, None,
                 'signed off by anna', id='measured, then approved'),
    pytest.param([measured(2, '0.5', 'approved')], {}, None, 'signed off',
                 id='approved with its value'),
    pytest.param([measured(2, '1 kB/event', 'approved')], {}, None,
                 'signed off', id='at its bound'),
    pytest.param([measured(2, '1.000001', 'approved')], {}, 'out-of-bounds',
                 'Memory growth is 1.000001, more than 1 kB/event; awaits '
                 'anna with better values, or a waiver by a holder of '
                 'CAMPAIGN_WAIVE', id='just beyond its bound'),
    pytest.param([measured(2, '999 B/event', 'approved')], {}, None,
                 'signed off', id='another unit'),
    pytest.param([measured(2, '1 MB/event', 'approved')], {},
                 'out-of-bounds', 'more than 1 kB/event',
                 id='another unit, beyond'),
    pytest.param([measured(2, '1 kg', 'approved')], {}, 'out-of-bounds',
                 'cannot be compared', id='another kind of unit'),
    pytest.param([measured(2, '0.5 ± 0.4', 'approved')], {'asks': SURE},
                 'not-enough-statistics', 'has not enough statistics: Memory '
                 'growth is 0.5 ± 0.4, too uncertain: 1 kB/event at 95 % '
                 'needs a smaller uncertainty; awaits anna with more of it, '
                 'or a waiver by a holder of CAMPAIGN_WAIVE',
                 id='too uncertain'),
    pytest.param([measured(2, '0.5 ± 0.3', 'approved')], {'asks': SURE},
                 None, 'signed off', id='certain enough'),
    pytest.param([measured(2, '0.5 ± 0.4', 'approved'),
                  waived(3, 'not-enough-statistics', bound='')],
                 {'asks': SURE}, 'not-enough-statistics', 'waived by dora',
                 id='uncertain, waived'),
    pytest.param([measured(2, '2 ± 0.4', 'approved'), waived(3)],
                 {'asks': SURE}, 'out-of-bounds', 'waived by dora',
                 id='surely within a waiver'),
    pytest.param([measured(2, '4.9 ± 0.4', 'approved'), waived(3)],
                 {'asks': SURE}, 'out-of-bounds', 'more than 1 kB/event',
                 id='not surely within a waiver'),
    pytest.param([measured(2, '0.5'), measured(3, '2'), signoff(4)], {},
                 'out-of-bounds', 'is 2,', id='the latest counts'),
    pytest.param([measured(2, '2'), measured(3, '0.5'), signoff(4)], {},
                 None, 'signed off', id='better since'),
    pytest.param([measured(2, '2')], {'status': 'new'}, 'out-of-bounds',
                 'is out of bounds', id='out of bounds, not approved'),
    pytest.param([measured(2, '2'), signoff(3, verdict='rejected')],
                 {'status': 'new'}, 'rejected', 'was rejected by anna',
                 id='rejected and out of bounds'),
    pytest.param([measured(2, '2', 'approved')],
                 {'asks': EvidenceSpec((replace(LEAK, at_most='',
                                                at_least='3 kB/event'),))},
                 'out-of-bounds', 'less than 3 kB/event', id='too little'),
    pytest.param([measured(2, '2', 'approved')], {'since': 2},
                 'closed-unsigned', 'without a sign-off',
                 id='measured on a lost ticket'),
    pytest.param([measured(2, '0.5', release='V0'), signoff(3)],
                 {'release_bound': True}, 'evidence-missing',
                 'lacks Memory growth', id='measured on another release'),
    pytest.param([measured(2, '0.5', release='V0'), signoff(3)],
                 {'release_bound': True, 'carried': ('V0',)}, None,
                 'signed off', id='measured on a release carried over'),
    pytest.param([waived(2), measured(3, '4.9 MB per 1000 events',
                                      'approved')], {}, 'out-of-bounds',
                 'waived by dora until 2026-06-30', id='waiver covers'),
    pytest.param([waived(2), measured(3, '6 kB/event', 'approved')], {},
                 'out-of-bounds', 'more than 1', id='waiver does not cover'),
    pytest.param([waived(2), measured(3, '5 kB/event', 'approved'),
                  measured(4, '6 kB/event')], {}, 'out-of-bounds', 'is 6',
                 id='a later measurement left its bound'),
    pytest.param([waived(2), measured(3, '6 kB/event'),
                  measured(4, '4 kB/event', 'approved')], {},
                 'out-of-bounds', 'is 4', id='left its bound once'),
    pytest.param([measured(2, '6 kB/event'), waived(3),
                  measured(4, '4 kB/event', 'approved')], {},
                 'out-of-bounds', 'waived', id='was beyond before'),
    pytest.param([waived(2, bound=''), measured(3, '2', 'approved')], {},
                 'out-of-bounds', 'is 2,', id='waiver without a bound'),
    pytest.param([waived(2, until=date(2026, 6, 16)),
                  measured(3, '2', 'approved')], {}, 'out-of-bounds',
                 'waived by dora until 2026-06-16 (6 days left)',
                 id='about to end'),
    pytest.param([signoff(2, verdict='waived', waiver=Waiver(
        'out-of-bounds', date(2099, 1, 1),
        (Bound('memory_growth', at_most='500 kB/event'),))),
                  measured(3, '400', 'approved')],
                 {'asks': EvidenceSpec((replace(LEAK, tolerable='2'),))},
                 'out-of-bounds', 'waived by anna until 2099-01-01',
                 id='given before waivers had limits'),
    pytest.param([waived(2, until=date(2026, 6, 10)),
                  measured(3, '2', 'approved')], {}, 'out-of-bounds',
                 'waived', id='its last day'),
    pytest.param([waived(2, until=date(2026, 6, 9)),
                  measured(3, '2', 'approved')], {}, 'out-of-bounds',
                 'is 2,', id='the day after'),
    pytest.param([waived(2), measured(4, '2', 'approved')],
                 {'released': 3}, 'out-of-bounds', 'is 2,',
                 id='another release since'),
    pytest.param([waived(4), measured(5, '2', 'approved')],
                 {'released': 3}, 'out-of-bounds', 'waived',
                 id='given for this release'),
    pytest.param([waived(2), signoff(3, verdict='rejected'),
                  measured(4, '2', 'approved')], {}, 'out-of-bounds',
                 'is 2,', id='rejected since'),
    pytest.param([waived(2), measured(4, '2', 'approved')], {'since': 3},
                 'out-of-bounds', 'is 2,', id='given for a lost ticket'),
    pytest.param([waived(2, 'awaiting', bound='')], {},
                 'evidence-missing', 'lacks', id='lifts one reason only'),
    pytest.param([waived(2, 'awaiting', bound=''),
                  waived(3, 'evidence-missing', bound='')], {}, 'awaiting',
                 'nobody has signed it', id='lifts two by two'),
    pytest.param([waived(2, 'evidence-missing', bound='')],
                 {'status': 'new'}, 'awaiting', 'awaits anna',
                 id='lifts the other reason'),
    pytest.param([waived(2, 'awaiting', bound=''),
                  waived(3, 'evidence-missing', bound='')],
                 {'status': 'new'}, 'withdrawn',
                 'was waived, but its ticket is open again',
                 id='waived, ticket open'),
    pytest.param([waived(2, 'closed-unsigned', bound='')],
                 {'unsigned': True, 'asks': EvidenceSpec()}, 'closed-unsigned',
                 'waived', id='closed unsigned, waived'),
    pytest.param([waived(2, 'awaiting', bound='')],
                 {'unsigned': True, 'asks': EvidenceSpec()}, 'closed-unsigned',
                 'without a sign-off', id='closed unsigned, another waived'),
    pytest.param([waived(2, 'awaiting', until=date(2026, 6, 9), bound='')],
                 {'asks': EvidenceSpec()}, 'awaiting', 'awaits anna',
                 id='a lapsed waiver leaves what it lifted'),
    pytest.param([signoff(2, release='V0'),
                  waived(3, 'stale', bound='')],
                 {'release_bound': True, 'asks': EvidenceSpec()}, 'stale',
                 'waived by dora', id='stale, waived'),
    pytest.param([measured(2, '0.5', 'approved'), measured(3, '0.9')], {},
                 'evidence-changed',
                 'was approved by anna for other evidence: Memory growth was '
                 '0.5 and is 0.9, reported by anna; the approval of anna is '
                 'asked again; awaits anna', id='reported after approval'),
    pytest.param([measured(2, '0.5', 'approved'),
                  signoff(3, signer='bruno'), measured(4, '0.9')], TWO,
                 'evidence-changed', 'approved by anna and bruno for other '
                 'evidence: Memory growth was 0.5 and is 0.9, reported by '
                 'anna; the approval of anna and bruno is asked again',
                 id='reported after a quorum'),
    pytest.param([measured(2, '0.5', 'approved'),
                  signoff(3, signer='bruno'),
                  measured(4, '0.9', 'approved')], TWO,
                 'evidence-changed', 'the approval of bruno is asked again',
                 id='approved anew by one of two'),
    pytest.param([measured(2, '0.5', 'approved'),
                  signoff(3, signer='bruno'),
                  measured(4, '0.9', 'approved'),
                  signoff(5, signer='bruno')], TWO, None,
                 'signed off by anna and bruno',
                 id='approved anew by both'),
    pytest.param([measured(2, '0.5', 'approved'),
                  signoff(3, signer='bruno'), measured(4, '0.9'),
                  measured(5, '0.5')], TWO, None,
                 'signed off by anna and bruno', id='evidence put back'),
    pytest.param([measured(2, '0.5', 'approved'), measured(3, '0.5')], {},
                 None, 'signed off by anna', id='the same reported again'),
    pytest.param([measured(2, '0.5', 'approved'), measured(3, '500 B/event')],
                 {}, 'evidence-changed', 'was 0.5 and is 500 B/event',
                 id='the same in other words'),
    pytest.param([measured(2, '0.5', 'approved'), measured(3, '2')],
                 {}, 'out-of-bounds', 'more than 1 kB/event',
                 id='bounds before changed evidence'),
    pytest.param([measured(2, '0.5', 'approved'), measured(3, '0.9')],
                 {'unsigned': True}, 'evidence-changed', 'asked again',
                 id='changed before closed unsigned'),
    pytest.param([measured(2, '0.5', 'approved'), measured(3, '0.9'),
                  waived(4, 'evidence-changed', bound='')], {},
                 'evidence-changed', 'waived', id='changed, waived'),
    pytest.param([measured(2, '0.5', 'approved'), measured(3, '0.9'),
                  waived(4, 'evidence-changed', bound='')],
                 {'unsigned': True}, 'closed-unsigned', 'without a sign-off',
                 id='changed and waived, closed unsigned'),
    pytest.param([measured(2, '0.5', 'approved'), measured(3, '0.9'),
                  waived(4, 'evidence-changed', bound=''),
                  measured(5, '0.8')], {}, 'evidence-changed',
                 'was 0.5 and is 0.8', id='changed again since waived'),
    pytest.param([measured(2, '0.5', 'approved', release='V0'),
                  measured(3, '0.9')], {'release_bound': True}, 'stale',
                 'another release', id='stale before changed evidence'),
    pytest.param([signoff(2), waived(3, 'quorum-short', bound='')],
                 {'quorum': 2, 'contacts': ('anna', 'bruno'),
                  'asks': EvidenceSpec()}, 'quorum-short', 'waived',
                 id='one of two, waived'),
]


@pytest.mark.parametrize(('said', 'given', 'reason', 'words'), PROVEN)
def test_evidence_and_waivers_are_weighed(said, given, reason, words):
    found = proven(said, **given)
    assert (found.reason.value if found.reason else None) == reason
    assert words in found.words
    assert found.waived is ('waived by' in found.words)
    assert found.met is (reason is None or found.waived)
    assert bool(found.lifts) >= found.waived


COMPARED = [
    pytest.param('8 kB/event', None, id='the lower end'),
    pytest.param('12 kB/event', None, id='the upper end'),
    pytest.param('12000.1 B/event', 'more than 20 % away from 10 kB/event '
                 '(Software quality ok)', id='above'),
    pytest.param('7.99 kB/event', 'more than 20 % away', id='below'),
]


@pytest.mark.parametrize(('text', 'words'), COMPARED)
def test_measured_value_is_compared_with_its_estimate(text, words):
    asks = EvidenceSpec((ValueSpec('memory_growth', 'Memory growth',
                                   'kB/event',
                                   compare_with='software-quality',
                                   tolerance='20 %'),))
    estimate = measured(2, '10 kB/event', 'approved', key='software-quality')
    found = proven([estimate, measured(3, text, 'approved')], asks=asks)
    assert found.met is (words is None)
    assert words is None or words in found.words
    alone = proven([measured(3, text, 'approved')], asks=asks)
    assert ('lacks Memory growth of Software quality ok, to compare with'
            in alone.words)


def test_at_least_60_cases_of_gates_are_answered_in_few_instructions():
    """By instructions of Python, of which a second has tens of millions."""
    assert len({row.id for row in [*CASES, *PROVEN]}) >= 60

    def answered():
        for row in CASES:
            answer(**row.values[0])
        for row in PROVEN:
            proven(row.values[0], **row.values[1])
    assert 0 < steps(answered) < 10_000_000


STOPPED = [
    pytest.param({}, True, [], id='under way'),
    pytest.param({'phase': 'launched', 'launched': 5}, True, [],
                 id='launched'),
    pytest.param({'held_since': 5, 'held_by': 'anna',
                  'held_because': 'crashes'}, False,
                 ['the campaign is on hold by anna: crashes; anna or a holder '
                  'of CAMPAIGN_HOLD may lift it'], id='on hold'),
    pytest.param({'phase': 'closed'}, False, ['the campaign is closed'],
                 id='closed'),
    pytest.param({'phase': 'abandoned'}, False,
                 ['the campaign is abandoned'], id='abandoned'),
    pytest.param({'phase': 'closed', 'held_since': 5}, False,
                 ['the campaign is closed'], id='closed while on hold'),
    pytest.param({'phase': 'removed'}, False, ['the campaign is removed'],
                 id='removed'),
]


@pytest.mark.parametrize(('changes', 'open_', 'reasons'), STOPPED)
def test_hold_shuts_the_launch_gate_alone(changes, open_, reasons):
    signed = [signoff(n, k) for n, k in enumerate(ASKED, 2)]
    found = decide(snapshot(
        state=state(signed, **changes),
        tickets={k: facts(k, 'closed') for k in ASKED}), 0)
    assert found.launch.open is open_
    assert found.launch.reasons() == reasons
    kinds = {'on-hold' if 'on hold' in r else 'ended' for r in reasons}
    assert {o.kind for o in found.stops} == (
        kinds if changes.get('phase') != 'removed' else set())
    assert found.gates[-1].open is (changes.get('phase') != 'removed')


def test_every_reason_but_a_lost_ticket_is_in_the_tables():
    assert {row.values[1] for row in CASES} | {
        row.values[2] for row in PROVEN} == {
        None, *(r.value for r in Reason)} - {'ticket-missing'}


def test_a_quorum_of_nobody_opens_nothing():
    assert not answer(status='closed', quorum=0).met


@pytest.mark.parametrize('word', ['standard', 'strict', 'advisory'])
@pytest.mark.parametrize('signed', [
    pytest.param([], id='none'), pytest.param(list(ASKED)[:4], id='some'),
    pytest.param(list(ASKED), id='all')])
def test_enforcement_changes_no_decision(word, signed):
    """What a shut gate stops is another question; it is shut for all."""
    plain = snapshot(signed)
    other = replace(plain, state=state(plain.state.signoffs,
                                       enforcement=word))
    assert ([g.reasons() for g in decide(other, 0).gates]
            == [g.reasons() for g in decide(plain, 0).gates])


def test_a_lost_ticket_is_told_whoever_signed():
    found = decide(snapshot(ASKED, tickets={}), 0).answer(FREEZE)
    assert found.reason.value == 'ticket-missing'
    assert 'campaign check --repair' in found.words


@pytest.mark.parametrize(('signed', 'opened'), [
    pytest.param([], [False, False, False], id='none'),
    pytest.param(list(ASKED)[:3], [True, False, False], id='first stage'),
    pytest.param(list(ASKED)[3:], [False, False, False], id='all but first'),
    pytest.param(list(ASKED)[:5], [True, True, False], id='two stages'),
    pytest.param(list(ASKED), [True, True, True], id='all'),
])
def test_a_gate_opens_when_all_up_to_it_is_met(signed, opened):
    decision = decide(snapshot(signed), 0)
    assert [g.open for g in decision.gates] == opened
    assert decision.launch == decision.gates[-1]


OBSTACLES = [
    pytest.param({'others': {KEYS[0]: (12,)}}, [True, False, False],
                 '#12 is open in 2011 Prod: 1. Software preparation',
                 id='open ticket upstream'),
    pytest.param({'crowded': frozenset(KEYS[:1])}, [True, False, False],
                 'more tickets are open in 2011 Prod: 1. Software preparation',
                 id='more open tickets upstream than are named'),
    pytest.param({'crowded': frozenset(KEYS[2:])}, [True, True, True],
                 'more tickets are open in 2011 Prod: 3. pre-production',
                 id='more in the last stage shut the launch gate alone'),
    pytest.param({'others': {KEYS[2]: (12,)}}, [True, True, True],
                 '#12 is open in 2011 Prod: 3. pre-production',
                 id='open ticket in the last stage shuts the launch gate'),
    pytest.param({'milestones': {KEYS[0]: 0, KEYS[2]: 0}},
                 [True, False, False],
                 'there is no milestone 2011 Prod: 2. Release validation',
                 id='milestone missing'),
    pytest.param({'tickets': {**snapshot(ASKED).tickets, 'physics-results':
                              facts('physics-results', 'closed',
                                    milestone='')}}, [True, True, False],
                 '#7 Physics results ok is in no milestone, not in',
                 id='ticket moved'),
    pytest.param({'doubts': ('who knows',)}, [False] * 3, 'who knows',
                 id='doubt'),
    pytest.param({'state': state(snapshot(ASKED).state.signoffs,
                                 enforcement='lenient')}, [False] * 3,
                 'unknown enforcement "lenient"', id='enforcement'),
    pytest.param({'state': state(snapshot(ASKED).state.signoffs,
                                 phase='moonphase')}, [False] * 3,
                 'the campaign is moonphase', id='phase'),
    pytest.param({'state': state(snapshot(ASKED).state.signoffs,
                                 phase='')}, [False] * 3,
                 'the campaign is in no phase', id='no phase'),
    pytest.param({'state': state(snapshot(ASKED).state.signoffs,
                                 phase='removed')}, [False] * 3,
                 'the campaign is removed', id='removed'),
    pytest.param({'state': state(snapshot(ASKED).state.signoffs,
                                 phase='over')}, [True] * 3, None, id='over'),
    pytest.param({'state': state(snapshot(ASKED).state.signoffs, [
        *(requirement(k) for k in list(ASKED)[:6]),
        requirement('physics-results', stage='lost')])}, [False] * 3,
        'Physics results ok belongs to no stage', id='no stage'),
    pytest.param({'state': state(snapshot(ASKED).state.signoffs, [
        requirement(k) for k in list(ASKED)[:5]])}, [False] * 3,
        'stage 3. pre-production asks for nothing', id='no requirement'),
    pytest.param({'state': replace(state(), stages=())}, [False],
                 'the campaign has no stages', id='no stages'),
]


@pytest.mark.parametrize(('changes', 'opened', 'words'), OBSTACLES)
def test_gate_in_doubt_stays_shut(changes, opened, words):
    decision = decide(snapshot(ASKED, **changes), 0)
    assert [g.open for g in decision.gates] == opened
    told = '; '.join(decision.launch.reasons())
    assert (words in told) if words else not told


def test_without_stages_the_one_gate_shows_all_that_was_asked():
    gate = decide(snapshot(state=replace(state(), stages=())), 0).launch
    assert [a.requirement.key for a in gate.answers] == list(ASKED)
    assert gate.reasons()[7:] == [
        'the campaign has no stages',
        *(f'{r.title} belongs to no stage' for r in state().requirements)]


LAST = datetime(9999, 12, 31, 23, 59, 59, 999999, timezone.utc)


@pytest.mark.parametrize(('moment', 'day'), [
    pytest.param(datetime(2026, 6, 10, tzinfo=timezone.utc), 10,
                 id='first moment'),
    pytest.param(datetime(2026, 6, 10, 23, 59, 59, 999999, timezone.utc), 10,
                 id='last moment'),
    pytest.param(LAST, 31, id='last moment of all'),
])
@pytest.mark.parametrize('zone', ['EAST-14', 'WEST+12', 'UTC0'])
def test_day_of_a_time_is_utc_whatever_the_time_zone_of_the_server(
        moment, day, zone, monkeypatch):
    """And no rounding brings the next one early."""
    micros = (moment - datetime(1970, 1, 1, tzinfo=timezone.utc)
              ) // timedelta(microseconds=1)
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv('TZ', zone)
        time.tzset()
        found = day_of(micros)
    time.tzset()
    assert (found, found.day) == (moment.date(), day)


def test_gates_are_found_by_key_and_number():
    decision = decide(snapshot(), 0)
    assert decision.gate('2') is decision.gate('release-validation')
    with pytest.raises(KeyError):
        decision.gate('4')
    with pytest.raises(KeyError):
        decision.answer('nothing')


@pytest.mark.parametrize(('person', 'administrator', 'contacts', 'role'), [
    pytest.param('anna', False, ('anna',), Role.CONTACT, id='contact'),
    pytest.param('anna', True, ('anna',), Role.CONTACT, id='both'),
    pytest.param('root', True, ('anna',), None, id='not for another'),
    pytest.param('root', True, (), Role.ADMINISTRATOR, id='no contacts'),
    pytest.param('eve', False, (), None, id='anybody'),
    pytest.param('anonymous', True, ('anonymous',), None, id='anonymous'),
    pytest.param('', True, (), None, id='nobody'),
    pytest.param('', True, ('',), None, id='nobody as contact'),
    pytest.param('Anna', False, ('anna',), None, id='another spelling'),
])
def test_contacts_and_administrators_without_contacts_may_sign(
        person, administrator, contacts, role):
    asked = requirement(FREEZE, contacts=contacts)
    grants = frozenset({'CAMPAIGN_ADMIN'} if administrator else ())
    found = capacity(asked, state(), Person(person, grants=grants),
                     date(2026, 6, 1))
    assert (found.role if found else None) is role


def test_answers_and_obstacles_are_plain_data():
    found = decide(snapshot(others={KEYS[0]: (12,)}), 0)
    assert found.answer(FREEZE).as_dict() == {
        'key': FREEZE, 'title': 'Feature Freeze', 'ticket': 1,
        'answer': 'unmet', 'reason': 'awaiting', 'words': 'awaits anna',
        'quorum': 1, 'signed_by': [], 'contacts': ['anna'], 'awaits': ['anna'],
        'group': '', 'item': '', 'covered': False, 'rests_on': [],
        'evidence': [],
        'waivers': []}
    assert found.launch.obstacles[0].as_dict() == {
        'kind': 'open-ticket', 'ticket': 12,
        'words': '#12 is open in 2011 Prod: 1. Software preparation'}


def test_decision_is_immutable():
    found = decide(snapshot(), 0)
    with pytest.raises(AttributeError):
        found.answer(FREEZE).words = 'met'
    assert replace(found.answer(FREEZE), reason=None).met


@pytest.mark.parametrize(('changes', 'words'), [
    pytest.param({'enforcement': 'lenient'}, 'unknown enforcement "lenient"',
                 id='enforcement'),
    pytest.param({'requirements': [requirement(k) for k in list(ASKED)[:5]]},
                 'stage 3. pre-production asks for nothing',
                 id='no requirement'),
])
def test_a_doubt_is_told_by_itself(changes, words):
    found = state(snapshot(ASKED).state.signoffs, **changes)
    assert words in decide(snapshot(ASKED, state=found), 0).launch.reasons()
