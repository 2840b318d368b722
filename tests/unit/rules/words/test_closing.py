"""What is said to who closes a sign-off ticket otherwise than it is signed."""

from __future__ import annotations

import pytest

from prodworkflow.domain.model.evidence import EvidenceSpec, ValueSpec
from prodworkflow.domain.rules.words.closing import (
    asks_for_more,
    beyond_closing,
    signed_in_box,
    wrong_end,
    wrong_resolution,
)
from support.factories import requirement

FREEZE = requirement('feature-freeze')
MEASURED = (ValueSpec('v', 'V', ''),)


def test_another_end_than_closed_approves_nothing():
    assert wrong_end(FREEZE, 'P', 'verified', 'anna or bruno') == (
        'Only "closed" approves "Feature Freeze" (P); "verified" would end #1 '
        'without a sign-off. Sign it off in its box, which closes it, or, if '
        'it cannot be approved, leave it open and reject it there. It may be '
        'signed by anna or bruno.')


@pytest.mark.parametrize(('approving', 'given', 'needs', 'told'), [
    pytest.param('done', 'later', 'done', 'later', id='another'),
    pytest.param('', '', 'none', 'none', id='none'),
])
def test_another_resolution_approves_nothing(approving, given, needs, told):
    assert wrong_resolution(FREEZE, 'P', approving, given, 'anna') == (
        'Closing #1 records the approval of "Feature Freeze" (P) and needs '
        f'the resolution "{needs}", not "{told}": choose that, or sign it off '
        'in its box, which closes it. If it cannot be approved, leave it open '
        'and reject it in its box. It may be signed by anna.')


def test_who_is_asked_for_more_is_sent_to_the_box():
    found = asks_for_more(requirement('feature-freeze', quorum=2), 'anna')
    assert found == (
        '#1 asks for the approvals of 2 contacts: sign it off in the box of '
        'its page, which closes it. It may be signed by anna.')


@pytest.mark.parametrize(('changes', 'words'), [
    pytest.param({}, '', id='nothing'),
    pytest.param({'quorum': 1}, '', id='one'),
    pytest.param({'quorum': 3}, 'the approvals of 3 contacts', id='quorum'),
    pytest.param({'asks': EvidenceSpec(MEASURED)}, 'measured values',
                 id='values'),
    pytest.param({'asks': EvidenceSpec(plots=('a',))}, 'evidence', id='plots'),
    pytest.param({'asks': EvidenceSpec(links=('a',))}, 'evidence', id='links'),
    pytest.param({'quorum': 2, 'asks': EvidenceSpec(MEASURED, ('a',))},
                 'the approvals of 2 contacts, measured values and evidence',
                 id='all'),
])
def test_what_a_plain_closing_cannot_say(changes, words):
    assert beyond_closing(requirement('feature-freeze', **changes)) == words


def test_the_box_closes_a_ticket_and_changes_nothing_else():
    assert signed_in_box(FREEZE) == (
        'Sign it off in the box on the page of #1: that closes it and '
        'changes nothing else.')
