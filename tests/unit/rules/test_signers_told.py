"""How those who signed are told, with what is special about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.rules.approvals import Approvals
from support.factories import facts, requirement, signoff, state

FREEZE = 'feature-freeze'
BOUND = requirement(FREEZE, release_bound=True, carried=('V0', ''),
                    contacts=('anna', 'A, B'))
TOLD = [
    pytest.param(signoff(2), 'anna', id='a contact, for the release'),
    pytest.param(signoff(2, release='V0'), 'anna (for V0, carried over)',
                 id='carried over'),
    pytest.param(signoff(2, release=''),
                 'anna (for no release, carried over)',
                 id='given before there was a release'),
    pytest.param(signoff(2, signer='dora', role='deputy', contact='anna',
                         release='V0', statement=' '),
                 'dora (for anna; for V0, carried over; without a '
                 'statement)', id='all at once'),
    pytest.param(signoff(2, signer='Doe, Jane', role='deputy',
                         contact='A, B'), '"Doe, Jane" (for "A, B")',
                 id='quoted logins'),
]


def told(given, asked=BOUND, full=True):
    found = state((given,), [asked])
    return Approvals(found, asked, facts(FREEZE, 'closed'),
                     date(2026, 6, 1)).signers(full)


@pytest.mark.parametrize(('given', 'words'), TOLD)
def test_a_signer_is_told_with_what_is_special(given, words):
    assert told(given) == (words,)
    assert told(given, full=False) == (given.signer,)


def test_of_what_is_bound_to_no_release_none_is_told():
    assert told(signoff(2, release='V0'),
                replace(BOUND, release_bound=False)) == ('anna',)
