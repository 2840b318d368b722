"""The campaign that pages of a meeting are tried on is sound."""

from __future__ import annotations

from collections import Counter


def test_campaign_of_a_meeting_has_every_state_and_a_sound_record(
        meeting, system):
    decision = system.queries.decision(meeting.name)
    reasons = Counter(a.reason.value for a in decision.launch.unmet)
    assert {'awaiting', 'stale', 'withdrawn', 'rejected',
            'out-of-bounds'} <= set(reasons)
    assert sum(a.state == 'waived' for a in decision.launch.answers) == 2
    assert len(meeting.tickets) == 115
    assert system.check(meeting.name, False, 'root') == []


def test_life_of_a_meetings_campaign_went_on_day_by_day(meeting, system):
    entries = system.queries.ledger(meeting.name)
    times = [e.time for e in entries]
    assert times == sorted(times)
    assert {'held', 'resumed', 'released', 'rescheduled', 'item-added',
            'item-dropped', 'tolerated', 'stage-closed'} <= {
                e.verb for e in entries}
