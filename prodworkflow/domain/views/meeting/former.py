"""The forecast as it was at an earlier moment.

The ledger tells the campaign of then.  What Trac said of its tickets then is
known from nowhere: each counts as closed by what was signed, in its stage's
milestone, and no other ticket as open; whoever is named may sign.  How fast
people are is what is known of it now.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from prodworkflow.domain.dates import day_of
from prodworkflow.domain.forecast.estimate import forecast, Pace, stopped
from prodworkflow.domain.forecast.result import Forecast
from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.ledger.replay import fold, LedgerError
from prodworkflow.domain.model.snapshot import Snapshot, TicketFacts
from prodworkflow.domain.model.state import State
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.rules.gates import decide

# A moment that is past does not change: what was found for it is kept, by the
# hash that seals the ledger until then.  So many are kept.
MOST = 200
_KEPT: dict[object, Forecast] = {}


def former_forecast(present: Decision, entries: Sequence[Entry],
                    moment: int) -> Forecast | None:
    """The days of the launch gate's forecast as of a moment (µs UTC).

    None before the campaign began, after the present decision, where forecasts
    are off, and where the ledger cannot be read.
    """
    pace = present.snapshot.pace
    earlier = [e for e in entries if e.time < moment]
    if pace is None or not earlier or moment > present.asked:
        return None
    key = (earlier[-1].hash, moment,
           tuple(sorted((c, tuple(p)) for c, p in pace.items())))
    found = _KEPT.get(key)
    if found is None:
        try:
            state = _state(present.snapshot, earlier)
        except LedgerError:
            return None
        found = _forecast(present.snapshot.id, earlier, state, pace, moment)
        if len(_KEPT) >= MOST:
            _KEPT.clear()
        _KEPT[key] = found
    return found


def _state(present: Snapshot, earlier: Sequence[Entry]) -> State:
    """The state that earlier entries lead to, of people named alone.

    It is the present one where there are no later entries.
    """
    if earlier[-1].hash == present.head and not present.doubts:
        return replace(present.state, signers=None)
    return fold(earlier)


def _forecast(campaign: int, earlier: Sequence[Entry], state: State,
              pace: Pace, moment: int) -> Forecast:
    """The forecast of a ledger, without the sign-off that decides it.

    Of a campaign that had ended or was on hold it takes no decision.
    """
    found = stopped(state.campaign, day_of(moment))
    if found:
        return found
    decision = decide(former_snapshot(campaign, earlier, state), moment)
    return replace(forecast(decision, decision.launch, pace), critical=None)


def former_snapshot(campaign: int, earlier: Sequence[Entry],
                    state: State) -> Snapshot:
    """What Trac must have said for a ledger to be what it is."""
    milestones = {s.key: s.milestone for s in state.stages}
    closed = {e.payload['stage']: e.time for e in earlier
              if e.verb == 'stage-closed'}
    times = {e.number: e.time for e in earlier}
    return Snapshot(
        campaign, len(earlier), state,
        {r.key: TicketFacts('closed', '', milestones.get(r.stage, ''), r.seen)
         for r in state.requirements if r.ticket},
        {s.key: closed.get(s.key, 0) if s.closed else 0
         for s in state.stages},
        voided={r.key: times[r.stale] for r in state.requirements if r.stale})
