"""Asked people: what of a campaign waits for whom, counted in one way.

By it the head of a campaign's page, its table, cards, minutes and macros name
people with numbers; of one person it is what the navigation and the queue
count: see `my_signoffs`.
"""

from __future__ import annotations

from prodworkflow.domain.model.vocabulary import Reason
from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.views.my_signoffs import is_asked, is_due
from prodworkflow.domain.views.readiness import Readiness

# Where nobody can help, or only administrators can.
DESERTED, ADMINISTRATORS = '!', ''


def asked_people(told: Readiness) -> dict[str, tuple[Answer, ...]]:
    """What waits for each who can help, late or now; the busiest first.

    Groups stand behind an @.  Deputies are asked as those are for whom they
    stand.
    """
    found: dict[str, list[Answer]] = {}
    for answer in due_answers(told):
        for name in names(answer):
            found.setdefault(name, []).append(answer)
    return {name: tuple(answers) for name, answers in sorted(
        found.items(), key=lambda each: -len(each[1]))}


def asked_counts(told: Readiness) -> dict[str, int]:
    """How many sign-offs wait for each who can help; the busiest first."""
    return {name: len(answers)
            for name, answers in asked_people(told).items()
            if name != DESERTED}


def due_answers(told: Readiness) -> tuple[Answer, ...]:
    """The visible answers of a campaign that wait for somebody, late or now.
    """
    return () if told.campaign.ended else tuple(
        a for a in told.answers if is_due(told.decision, a))


def names(answer: Answer) -> tuple[str, ...]:
    """Whom an unmet answer asks, each once; DESERTED where nobody can sign.

    Nobody can without its ticket either; nobody has to where a report of
    evidence is awaited.
    """
    awaits = answer.awaits
    if answer.reason is Reason.TICKET_MISSING:
        return (DESERTED,)
    if awaits.reported:
        return ()
    found = (*awaits.contacts, *(d.person for d in awaits.deputies),
             *((ADMINISTRATORS,) if awaits.unstaffed and awaits.anybody
               else ()))
    return tuple(dict.fromkeys(
        name for name in found if is_asked(answer, name))) or (DESERTED,)
