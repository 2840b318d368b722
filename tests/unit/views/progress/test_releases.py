"""Releases that a campaign was on: since when, by whom, what they asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.progress.releases import (
    CampaignRelease,
    releases,
)
from prodworkflow.domain.views.readiness import readiness
from support.days import created, day, numbered, on
from support.factories import moment, snapshot, state

PATCH = {'release': 'V2', 'touches': ['emc'], 'stale': [
    'feature-freeze', 'software-quality'], 'carried': ['release-validated']}


def told(hidden=(), **campaign):
    found = snapshot()
    found = replace(found, state=replace(found.state, campaign=replace(
        found.state.campaign, **campaign)))
    return readiness(decide(found, moment(day(30))),
                     hidden_tickets=frozenset(hidden))


def test_latest_comes_first_and_is_the_present_one():
    entries = numbered(created(), on(3, 'held'), on(5, 'released', **PATCH))
    assert releases(entries, told()) == [
        CampaignRelease('V2', moment(day(5)), 'anna', 3, ('emc',), 2, 1,
                        present=True),
        CampaignRelease('V1', moment(day(0)), 'anna', 1)]


def test_what_is_hidden_is_not_counted():
    found = releases([created(), on(5, 'released', **PATCH)], told([1]))
    assert (found[0].asked, found[0].carried) == (1, 1)


def test_renamed_release_is_the_same_release():
    found, = releases([created(), on(
        5, 'release-renamed', release='V1.0', was='V1')], told())
    assert (found.name, found.was, found.time) == (
        'V1.0', ('V1',), moment(day(0)))


def test_none_is_present_after_the_end():
    assert not any(r.present for r in releases(
        [created()], told(phase='closed')))


@pytest.mark.parametrize('entries', [
    [], [on(1, 'release-renamed', release='V2')], [on(1, 'released')],
    [on(1, 'created')], [created(state(release=''))]])
def test_campaign_without_a_release_or_a_readable_ledger_has_none(entries):
    assert releases(entries, told()) == []
