"""Who is waited for: the people who may sign what keeps the gate shut."""

from __future__ import annotations

from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.views.readiness import Readiness


def awaited_people(told: Readiness) -> dict[str, list[Answer]]:
    """What blocks the gate, by the name of each who can help.

    Who is waited for most comes first; '' stands for nobody in particular.
    """
    found: dict[str, list[Answer]] = {}
    for answer in told.waiting:
        for name in answer.awaits.names or ['']:
            found.setdefault(name, []).append(answer)
    return dict(sorted(found.items(), key=lambda each: (
        not each[0], -len(each[1]), each[0])))
