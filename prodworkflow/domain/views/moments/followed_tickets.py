"""Sign-off tickets as the rules have them: closed where they are met.

So a campaign is evaluated of whose tickets nothing is stored: that of an
earlier moment, or one of which something is assumed.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from prodworkflow.domain.model.snapshot import Snapshot
from prodworkflow.domain.rules.gates import decide


def followed(snapshot: Snapshot, keys: Collection[str],
             now: int) -> Snapshot:
    """The snapshot with these requirements' tickets as the rules have them.

    Closed where they are met, or were closed past the rules; else open.
    `now` is the time in µs UTC.
    """
    state = snapshot.state
    seen = {r.key: r.seen for r in state.requirements if r.key in keys}
    closed = replace(snapshot, tickets={
        key: replace(facts, status='closed', changed=seen[key],
                     done=facts.done | {'closed'})
        if key in seen else facts
        for key, facts in snapshot.tickets.items()})
    stays = {a.requirement.key for a in decide(closed, now).launch.answers
             if a.met or a.requirement.unsigned}
    return replace(closed, tickets={
        key: facts if key in stays or key not in seen
        else facts.reopened(facts.changed)
        for key, facts in closed.tickets.items()})
