"""Office: what is refused to whoever may not do it at all is 403, not 409.

So a token does no more than its owner may, and its client can tell that it
will never do, from what the rules forbid now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from prodworkflow.api import GateShut
from prodworkflow.domain.dates import day_of
from prodworkflow.domain.rules.eligibility import capacity
from prodworkflow.domain.rules.lifecycle_actions import may_hold
from prodworkflow.http_api.api.call import Call
from prodworkflow.http_api.problems import problem_of


def may_report(call: Call) -> bool:
    """Whether who asks may sign the requirement, and so report for it."""
    return capacity(call.requirement, call.decision.snapshot.state,
                    call.person, day_of(call.decision.asked)) is not None


def may_stop(call: Call) -> bool:
    """Whether who asks may put the campaign on hold."""
    return may_hold(call.decision.snapshot.state, call.person,
                    day_of(call.decision.asked))


@contextmanager
def office(call: Call, held: Callable[[Call], bool]) -> Iterator[None]:
    """Context manager: 403 for a refusal inside, unless the office is held."""
    try:
        yield
    except GateShut as refusal:
        if held(call):
            raise
        problem = problem_of(refusal)
        problem.status = 403
        raise problem from refusal
