"""A release there must be: to approve what is bound to it, and to launch."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timezone

import pytest

from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.vocabulary import Verdict
from prodworkflow.domain.planning.request import start_notices
from prodworkflow.domain.rules.bases import refusal
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.rules.verdicts import offered_verdicts
from support.factories import ASKED, campaign, requirement, snapshot, state

NOON = int(datetime(2026, 6, 10, 12,
                    tzinfo=timezone.utc).timestamp()) * 10**6
FREEZE = 'feature-freeze'
REMEDY = ('a holder of CAMPAIGN_ADMIN sets it on the admin page of the '
          'campaign or by "trac-admin ENV campaign release NAME RELEASE"')


def found(**changes):
    asked = [requirement(k, release_bound=k == FREEZE) for k in ASKED]
    return replace(snapshot(), state=state((), asked, **changes))


def test_without_a_release_nothing_bound_to_one_is_approved():
    bare = found(release='')
    answer = decide(bare, NOON).answer(FREEZE)
    assert refusal(answer.requirement, bare.state, answer.bases) == (
        '#1 Feature Freeze cannot be approved yet: it is bound to a release, '
        f'and 2011 Prod has none yet; {REMEDY}')
    assert answer.words == 'awaits the release, then anna'
    other = decide(bare, NOON).answer('software-quality')
    assert refusal(other.requirement, bare.state, ()) == ''
    assert other.words == 'awaits anna'
    assert refusal(answer.requirement, found().state, ()) == ''


def test_approving_is_not_offered_without_the_release():
    def offered(decision, key):
        return Verdict.APPROVED in offered_verdicts(
            decision, decision.answer(key), Person('anna'))

    bare = decide(found(release=''), NOON)
    assert not offered(bare, FREEZE)
    assert offered(bare, 'software-quality')
    assert offered(decide(found(), NOON), FREEZE)
    assert offered(decide(found(release='', enforcement='advisory'), NOON),
                   FREEZE)


@pytest.mark.parametrize(('changes', 'kinds'), [
    pytest.param({'release': ''}, ['no-release'], id='none'),
    pytest.param({}, [], id='one'),
    pytest.param({'release': '', 'launched': 9, 'phase': 'launched'}, [],
                 id='launched long ago'),
])
def test_nothing_is_launched_without_a_release(changes, kinds):
    signed = snapshot(tuple(ASKED))
    decision = decide(replace(signed, state=replace(
        signed.state, campaign=campaign(**changes))), NOON)
    assert [o.kind for o in decision.launch.obstacles] == kinds
    assert decision.launch.open is not bool(kinds)
    assert decision.gate('3').open
    assert [o.words for o in decision.launch.obstacles] == [
        f'2011 Prod has no release yet; {REMEDY}'] * len(kinds)


@pytest.mark.parametrize(('start', 'today', 'words'), [
    pytest.param(date(2026, 6, 9), date(2026, 6, 10), [
        'The start 2026-06-09 is in the past (today is 2026-06-10): '
        'everything will be late from the beginning. Plan another day, '
        'unless you mean it.'], id='past'),
    pytest.param(date(2026, 6, 10), date(2026, 6, 10), [], id='today'),
    pytest.param(date(2026, 6, 9), None, [], id='no day known'),
    pytest.param(None, date(2026, 6, 10), [], id='no start'),
])
def test_a_start_in_the_past_is_pointed_out(start, today, words):
    assert list(start_notices(campaign(start=start), today)) == words
