"""The rules: which requirement is met and which gate is open, and why.

Everything here takes values and returns values; see DESIGN.md, section 5.
`decide()` is the one place that says what is true; pages, JSON and commands
only show its answer.
"""

from __future__ import annotations

from collections.abc import Iterable

from .decision import (
    Answer,
    Decision,
    Gate,
    joined,
    Obstacle,
    Reason,
)
from .model import (
    Enforcement,
    Phase,
    Requirement,
    Role,
    SignOff,
    Snapshot,
    Stage,
    TicketFacts,
    Verdict,
)

NO_STAGE = Stage('', 0, 'no stage', '', None)


def decide(snapshot: Snapshot, now: int) -> Decision:
    """Say of every stage of a campaign whether it may be closed, and why.

    `now` is the moment of asking in microseconds UTC.
    """
    answers = tuple(_answer(snapshot, r) for r in snapshot.state.requirements)
    return Decision(snapshot, now, tuple(
        Gate(stage, _upto(snapshot, answers, stage),
             _obstacles(snapshot, stage))
        for stage in snapshot.state.stages or (NO_STAGE,)))


def may_sign(requirement: Requirement, person: str,
             administrator: bool) -> Role | None:
    """In which role a person may sign a requirement; None if they may not.

    A requirement without contacts is left to campaign administrators; nobody
    else signs in a contact's place.
    """
    if not person or person == 'anonymous':
        return None
    if person in requirement.contacts:
        return Role.CONTACT
    if administrator and not requirement.contacts:
        return Role.ADMINISTRATOR
    return None


def signers_of(requirement: Requirement) -> str:
    """Who may sign a requirement, in words."""
    if requirement.contacts:
        return joined(requirement.contacts, 'or')
    return 'a holder of CAMPAIGN_ADMIN (no contacts are named)'


def standing(requirement: Requirement,
             signoffs: tuple[SignOff, ...]) -> list[SignOff]:
    """The approvals of eligible signers that nothing has voided.

    A later `rejected` or `withdrawn`, whoever gave it, voids all approvals
    before it: one person can stop, going on needs the quorum.
    """
    last = _last_no(requirement, signoffs)
    since = max(requirement.since, last.number if last else 0)
    return [s for s in signoffs
            if s.requirement == requirement.key and s.number > since
            and s.verdict == Verdict.APPROVED.value
            and _eligible(requirement, s)]


def _last_no(requirement: Requirement,
             signoffs: tuple[SignOff, ...]) -> SignOff | None:
    """The latest `rejected` or `withdrawn` since the ticket was made."""
    return max((s for s in signoffs if s.requirement == requirement.key
                and s.number > requirement.since
                and s.verdict != Verdict.APPROVED.value),
               key=lambda s: s.number, default=None)


def _eligible(requirement: Requirement, signoff: SignOff) -> bool:
    if requirement.contacts:
        return signoff.signer in requirement.contacts
    return signoff.role == Role.ADMINISTRATOR.value


def _upto(snapshot: Snapshot, answers: tuple[Answer, ...],
          stage: Stage) -> tuple[Answer, ...]:
    numbers = {s.key: s.number for s in snapshot.state.stages}
    return tuple(a for a in answers
                 if numbers.get(a.requirement.stage, 0) <= stage.number)


def _answer(snapshot: Snapshot, requirement: Requirement) -> Answer:
    facts = snapshot.tickets.get(requirement.key)
    approvals = standing(requirement, snapshot.state.signoffs)
    if facts is None:
        return Answer(requirement, Reason.TICKET_MISSING,
                      'has lost its sign-off ticket; "campaign check '
                      '--repair" makes a new one')
    counted = _people(s for s in approvals if not requirement.release_bound
                      or s.release == snapshot.state.campaign.release)
    if len(counted) >= max(requirement.quorum, 1):
        return _signed(requirement, facts, counted)
    return _unsigned(snapshot, requirement, facts, counted,
                     _people(approvals))


def _people(approvals: Iterable[SignOff]) -> tuple[str, ...]:
    return tuple(sorted({s.signer for s in approvals}))


def _signed(requirement: Requirement, facts: TicketFacts,
            signers: tuple[str, ...]) -> Answer:
    if not facts.closed:
        return Answer(requirement, Reason.WITHDRAWN,
                      'was signed, but its ticket is open again; '
                      f'awaits {signers_of(requirement)}')
    if _unaccounted(requirement, facts):
        return _closed_unsigned(requirement, facts)
    return Answer(requirement, None, f'signed off by {joined(signers)}',
                  signers)


def _unaccounted(requirement: Requirement, facts: TicketFacts) -> bool:
    return requirement.unsigned or facts.changed > requirement.seen


def _unsigned(snapshot: Snapshot, requirement: Requirement,
              facts: TicketFacts, counted: tuple[str, ...],
              ever: tuple[str, ...]) -> Answer:
    awaits = f'awaits {signers_of(requirement)}'
    if len(ever) >= max(requirement.quorum, 1):
        release = snapshot.state.campaign.release
        return Answer(requirement, Reason.STALE,
                      'was signed for another release than '
                      f'{release or "the present one"}; {awaits}', ever)
    if facts.closed and (not ever or _unaccounted(requirement, facts)):
        return _closed_unsigned(requirement, facts)
    if ever:
        return Answer(requirement, Reason.QUORUM_SHORT,
                      f'has {len(counted)} of {requirement.quorum} '
                      f'approvals; {awaits}', counted)
    last = _last_no(requirement, snapshot.state.signoffs)
    if last is None:
        return Answer(requirement, Reason.AWAITING, awaits)
    reason = (Reason.REJECTED if last.verdict == Verdict.REJECTED.value
              else Reason.WITHDRAWN)
    return Answer(requirement, reason,
                  f'was {reason.value} by {last.signer}; {awaits}')


def _closed_unsigned(requirement: Requirement, facts: TicketFacts) -> Answer:
    how = facts.resolution or 'no resolution'
    return Answer(requirement, Reason.CLOSED_UNSIGNED,
                  f'was closed ({how}) without a sign-off; '
                  f'awaits {signers_of(requirement)}')


def _obstacles(snapshot: Snapshot, stage: Stage) -> tuple[Obstacle, ...]:
    found = [Obstacle('in-doubt', words) for words in _doubts(snapshot)]
    for earlier in snapshot.state.stages:
        if earlier.number <= stage.number:
            found += _out_of_place(snapshot, earlier)
        if earlier.number < stage.number:
            found += [Obstacle('open-ticket', f'#{ticket} is open in '
                               f'{earlier.milestone}', ticket, earlier.key)
                      for ticket in snapshot.others.get(earlier.key, ())]
    return tuple(found)


def _doubts(snapshot: Snapshot) -> list[str]:
    campaign = snapshot.state.campaign
    doubts = list(snapshot.doubts)
    if campaign.enforcement not in {e.value for e in Enforcement}:
        doubts.append(f'unknown enforcement "{campaign.enforcement}"')
    if campaign.phase not in {Phase.UNDERWAY.value, Phase.OVER.value}:
        doubts.append(f'the campaign is {campaign.phase or "in no phase"}')
    stages = {s.key for s in snapshot.state.stages}
    if not stages:
        doubts.append('the campaign has no stages')
    doubts += [f'{r.title} belongs to no stage'
               for r in snapshot.state.requirements if r.stage not in stages]
    doubts += [f'stage {s.label} asks for nothing'
               for s in snapshot.state.stages
               if not any(r.stage == s.key
                          for r in snapshot.state.requirements)]
    return doubts


def _out_of_place(snapshot: Snapshot, stage: Stage) -> list[Obstacle]:
    found = []
    if stage.key not in snapshot.milestones:
        found.append(Obstacle('milestone-missing',
                              f'there is no milestone {stage.milestone}',
                              stage=stage.key))
    for requirement in snapshot.state.requirements:
        facts = snapshot.tickets.get(requirement.key)
        if (requirement.stage == stage.key and facts
                and facts.milestone != stage.milestone):
            where = facts.milestone or 'no milestone'
            found.append(Obstacle(
                'ticket-moved', f'#{requirement.ticket} {requirement.title} '
                f'is in {where}, not in {stage.milestone}',
                requirement.ticket, stage.key))
    return found
