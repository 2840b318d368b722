"""What approvals keep of what they rest on: ledgers hold it for ever."""

from __future__ import annotations

from hashlib import sha256

import pytest

from prodworkflow.domain.rules.bases import Base, left_behind
from support.factories import requirement, signoff, state

KEY = 'feature-freeze'


def base(**changes):
    asked = requirement(KEY, **changes)
    return Base(state((), [asked]), KEY, '#1 Feature Freeze', True, '', '',
                (asked,))


@pytest.mark.parametrize(('changes', 'text'), [
    pytest.param({}, '["",[]]', id='for any release'),
    pytest.param({'release_bound': True}, '["V1",[]]', id='for one'),
])
def test_an_approval_keeps_the_digest_of_release_and_evidence(changes, text):
    assert base(**changes).digest == sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(('order', 'stale', 'what'), [
    ((3, 5), 4, 'evidence'), ((5, 3), 4, 'evidence'), ((3, 5), 6, 'release'),
    ((3, 5), 5, 'evidence'),
])
def test_the_last_of_several_approvals_says_why_they_count_no_more(
        order, stale, what):
    approvals = [signoff(number, 'software-quality') for number in order]
    assert left_behind(approvals, [base(stale=stale)]) == (
        'was signed before #1 Feature Freeze was approved for '
        f'{"other" if what == "evidence" else "another"} {what}')
