"""Why a sign-off waits; nothing is said where it is only its turn."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from prodworkflow.domain.rules.answers import Answer, Reason
from prodworkflow.domain.views.waits.reasons import why
from support.factories import requirement, signoff, state

KEY = 'feature-freeze'


def reason(found, *signoffs, **changes):
    return why(Answer(requirement(KEY, quorum=2), found, 'words',
                      **changes), state(signoffs))


@pytest.mark.parametrize('found', [None, Reason.AWAITING])
def test_nothing_is_said_of_what_is_merely_awaited(found):
    assert reason(found) == ''


@pytest.mark.parametrize('verdict', ['rejected', 'withdrawn'])
def test_a_no_is_told_with_its_words(verdict):
    assert reason(Reason(verdict), signoff(
        2, verdict=verdict, signer='bruno', statement='A\nhole.')) == (
            f'{verdict} by bruno: “A hole.”')


def test_a_no_that_nobody_sees_is_told_without_them():
    assert reason(Reason.REJECTED) == 'rejected'


def test_the_number_of_signatures_is_told():
    assert reason(Reason.QUORUM_SHORT, signers=('anna',)) == '1 of 2 signed'


def test_what_is_out_of_bounds_is_told_by_its_value():
    lines = (SimpleNamespace(fault='RSS is 4 GB, more than 2 GB'),
             SimpleNamespace(fault=''))
    assert reason(Reason.OUT_OF_BOUNDS, evidence=lines) == (
        'RSS is 4 GB, more than 2 GB')
    assert reason(Reason.OUT_OF_BOUNDS, evidence=(
        *lines, SimpleNamespace(fault='it is slow'))) == (
            'RSS is 4 GB, more than 2 GB; it is slow')
    assert reason(Reason.OUT_OF_BOUNDS) == 'out of bounds'


def test_other_reasons_are_told_in_a_few_words():
    assert reason(Reason.EVIDENCE_MISSING) == 'evidence is missing'
