"""What came in after the launch."""

from __future__ import annotations

from dataclasses import replace

import pytest

from prodworkflow.domain.model.known_issue import Concern
from prodworkflow.domain.model.person import Deputy
from prodworkflow.domain.news.kinds.findings import upstream_notices
from prodworkflow.domain.news.notices import Kind
from support.changes import changed, said, standing, TODAY
from support.factories import KEYS, requirement

ASKED = [requirement('feature-freeze'),
         requirement('release-validated', contacts=('bruno',)),
         requirement('runtime-performance')]
NOTED = Concern(12, 'eve', 1, 'It crashes', 60)
WISH = Concern(1, 'eve', 1, 'The freeze is off', 61, 'feature-freeze')


def launched(*concerns, **campaign):
    there = standing(ASKED, **{'launched': 1, **campaign})
    return replace(there, state=replace(there.state, concerns=concerns))


@pytest.mark.parametrize(('concern', 'title', 'words', 'ticket'), [
    pytest.param(NOTED, 'It crashes', 'eve filed #12: “It crashes”', 12,
                 id='ticket'),
    pytest.param(WISH, 'Feature Freeze',
                 'eve wanted to reopen #1: “The freeze is off”', 1,
                 id='objection'),
])
def test_what_stops_nothing_is_told_to_all_contacts(concern, title, words,
                                                    ticket):
    notice, = upstream_notices(changed(launched(), launched(concern)))
    assert (notice.kind.value, notice.contacts, notice.holders) == (
        'upstream ticket', ('anna', 'bruno'), ())
    line = notice.line
    assert (line.title, line.words, line.ticket, line.concern,
            line.requirement) == (title, words, ticket, concern.number, '')
    assert notice.subject == f'#{ticket}, after the launch'
    assert notice.head == (
        'Production of 2011 Prod goes on. You can put the campaign on hold '
        'on its page.')


@pytest.mark.parametrize(('before', 'after'), [
    pytest.param(launched(NOTED), launched(NOTED), id='known'),
    pytest.param(launched(NOTED), launched(), id='it left'),
    pytest.param(launched(), launched(), id='nothing'),
])
def test_nothing_is_told_twice(before, after):
    assert list(upstream_notices(changed(before, after))) == []


ENTERED = said('ticket-entered', by='eve', ticket=12, stage=KEYS[0])


def test_what_shuts_a_gate_after_the_launch_is_told_as_well():
    notice, = upstream_notices(changed(
        launched(), launched(deputies=(Deputy('fred', 'anna', TODAY,
                                              TODAY),)), ENTERED))
    assert (notice.kind, notice.contacts) == (Kind.UPSTREAM,
                                              ('fred', 'bruno'))
    assert notice.subject == '#12, after the launch'
    line = notice.line
    assert (line.title, line.words, line.ticket, line.concern) == (
        '2011 Prod: 1. Software preparation', 'it came in by eve', 12, 0)


def test_a_ticket_of_a_stage_that_is_gone_is_told_without_its_place():
    there = launched()
    notice, = upstream_notices(changed(there, there, said(
        'ticket-entered', by='eve', ticket=12, stage='gone')))
    assert (notice.line.title, notice.line.ticket) == ('', 12)


@pytest.mark.parametrize(('held', 'head'), [
    pytest.param(0, 'Production of 2011 Prod goes on. You can put the '
                 'campaign on hold on its page.', id='it goes on'),
    pytest.param(1, 'A ticket came into 2011 Prod after its launch',
                 id='on hold'),
])
def test_where_a_hold_is_placed_is_told_as_long_as_there_is_none(held, head):
    there = launched(held_since=held)
    notice, = upstream_notices(changed(there, there, ENTERED))
    assert notice.head == head


def test_what_comes_in_before_the_launch_is_told_to_nobody():
    assert list(upstream_notices(changed(
        standing(ASKED), standing(ASKED), ENTERED))) == []


def test_a_concern_of_a_campaign_that_was_just_made_is_told():
    assert len(list(upstream_notices(changed(None, launched(NOTED))))) == 1
