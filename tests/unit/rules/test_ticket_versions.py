"""The version of a sign-off ticket is the campaign's release."""

from __future__ import annotations

import pytest

from prodworkflow.domain.rules.ticket_versions import (
    version_deviation,
    version_refusal,
)
from support.factories import requirement, state

FREEZE = requirement('feature-freeze')


@pytest.mark.parametrize('version', [None, 'V1'])
def test_it_may_stay_and_may_be_put_right(version):
    assert version_refusal(state(), FREEZE, version) is None


@pytest.mark.parametrize(('release', 'version', 'told'), [
    ('V1', 'V2', 'V1'), ('V1', '', 'V1'), ('', 'V1', 'none')])
def test_another_one_is_refused_with_the_remedy(release, version, told):
    assert version_refusal(state(release=release), FREEZE, version) == (
        '#1 is the sign-off ticket "Feature Freeze" of campaign 2011 Prod and '
        f'stays on version {told}; a holder of CAMPAIGN_ADMIN moves the whole '
        'campaign with "campaign release" or on its page.')


@pytest.mark.parametrize(('release', 'version', 'words'), [
    ('V1', 'V1', None), ('', '', None),
    ('V1', 'V2', '#1 Feature Freeze has version V2, not V1'),
    ('V1', '', '#1 Feature Freeze has no version, not V1'),
    ('', 'V2', '#1 Feature Freeze has version V2, not none')])
def test_what_departs_is_told(release, version, words):
    assert version_deviation(state(release=release), FREEZE, version) == words
