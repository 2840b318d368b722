"""Gates: evaluate a campaign and decide which stages may be closed.

`decide()` is the only place that decides; pages, JSON and commands show its
answer. docs/development/rules.rst has the rules in prose.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from prodworkflow.domain.dates import day_of
from prodworkflow.domain.model.campaign import Stage
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.snapshot import Snapshot
from prodworkflow.domain.model.state import State
from prodworkflow.domain.model.vocabulary import Enforcement, Phase
from prodworkflow.domain.rules.answers import (
    Answer,
    ENDED,
    IN_DOUBT,
    Obstacle,
    ON_HOLD,
)
from prodworkflow.domain.rules.bases import SET_RELEASE
from prodworkflow.domain.rules.decision import Decision, Gate
from prodworkflow.domain.rules.evaluation import CampaignEvaluation, evaluate
from prodworkflow.domain.rules.groups import coverages, unread
from prodworkflow.domain.rules.launch.open_tickets import (
    open_issues,
    OPEN_TICKET,
    open_tickets,
    OpenIssue,
)
from prodworkflow.domain.text import Message

NO_RELEASE = 'no-release'


# The open tickets in the milestone of each stage, by its key.
TicketsByStage = Mapping[str, tuple[Obstacle, ...]]


NO_STAGE = Stage('', 0, Message('no stage'), '', None)


PHASES = {p.value for p in Phase} - {Phase.REMOVED.value}


def decide(snapshot: Snapshot, now: int) -> Decision:
    """Decide for every stage of a campaign whether it may be closed, and why.

    `now` is the time in µs UTC.
    """
    day = day_of(now)
    found = CampaignEvaluation(snapshot, day)
    answers = tuple(found.answer(r.key) for r in snapshot.state.requirements)
    enough = {g.group.key for g in coverages(snapshot.state, answers)
              if g.reached}
    answers = tuple(
        replace(a, covered=True)
        if not a.met and a.requirement.group in enough else a
        for a in answers)
    groups = coverages(snapshot.state, answers)
    numbers = {s.key: s.number for s in snapshot.state.stages}
    issues = open_issues(snapshot, day)
    tickets = {s.key: tuple(open_tickets(snapshot, s))
               for s in snapshot.state.stages}
    gates = tuple(
        Gate(stage, tuple(a for a in answers if numbers.get(
            a.requirement.stage, 0) <= stage.number),
            _obstacles(snapshot, stage, tickets),
            tuple(g for g in groups if numbers.get(
                g.group.stage, 0) <= stage.number))
        for stage in snapshot.state.stages or (NO_STAGE,))
    return Decision(snapshot, now, gates,
                    _before_launch(snapshot, gates[-1], tickets, issues),
                    _stops(snapshot), issues)


def evaluate_as_closed(snapshot: Snapshot, key: str, now: int) -> Answer:
    """Evaluate a requirement as if its ticket were closed by a sign-off.

    `now` is the time in µs UTC; KeyError if there is no such requirement or
    its ticket is gone.
    """
    requirement = snapshot.state.requirement(key)
    if not requirement.rests_on:
        return evaluate(_with_closed(snapshot, requirement), requirement,
                        day_of(now))
    return CampaignEvaluation(_with_closed(snapshot, requirement),
                              day_of(now)).answer(key)


def as_closed(decision: Decision, answer: Answer) -> Answer:
    """The same of an answer of a decision, which knows what it rests on."""
    requirement = answer.requirement
    return evaluate(_with_closed(decision.snapshot, requirement), requirement,
                    day_of(decision.asked), answer.bases)


def _with_closed(snapshot: Snapshot, requirement: Requirement) -> Snapshot:
    key = requirement.key
    closed = replace(snapshot.tickets[key], status='closed',
                     changed=requirement.seen)
    return replace(snapshot, tickets={**snapshot.tickets, key: closed})


def _stops(snapshot: Snapshot) -> tuple[Obstacle, ...]:
    """What keeps production from starting apart from the stages."""
    campaign = snapshot.state.campaign
    if campaign.ended:
        return (Obstacle(ENDED, Message('the campaign is %(phase)s',
                                        phase=campaign.phase)),)
    if campaign.held_since:
        return (Obstacle(ON_HOLD, Message('the campaign is %(stopped)s',
                                          stopped=campaign.stopped)),)
    return ()


def _obstacles(snapshot: Snapshot, stage: Stage,
               tickets: TicketsByStage) -> tuple[Obstacle, ...]:
    """What keeps the gate of a stage shut apart from requirements."""
    found = [Obstacle(IN_DOUBT, words) for words in _doubts(snapshot)]
    for earlier in snapshot.state.stages:
        if earlier.number <= stage.number:
            found += _out_of_place(snapshot, earlier)
        if earlier.number < stage.number:
            found += tickets[earlier.key]
    return tuple(found)


def _before_launch(snapshot: Snapshot, last: Gate, tickets: TicketsByStage,
                   issues: tuple[OpenIssue, ...]) -> tuple[Obstacle, ...]:
    """What keeps the launch gate shut apart from requirements and stops.

    Every stage is upstream of the launch; known issues in force pass.
    """
    found = [*_no_release(snapshot), *last.obstacles]
    for stage in snapshot.state.stages:
        if stage.number >= last.stage.number:
            found += tickets[stage.key]
    tolerated = {i.issue.ticket for i in issues if i.in_force}
    return tuple(o for o in found
                 if o.kind != OPEN_TICKET or o.ticket not in tolerated)


def _no_release(snapshot: Snapshot) -> list[Obstacle]:
    """That nobody knows yet on which release production would run."""
    campaign = snapshot.state.campaign
    if campaign.release or campaign.launched:
        return []
    return [Obstacle(NO_RELEASE, Message(
        '%(campaign)s has no release yet; %(remedy)s',
        campaign=campaign.name, remedy=SET_RELEASE))]


def _doubts(snapshot: Snapshot) -> list[str]:
    """What is inconsistent or unreadable; any doubt keeps all gates shut."""
    campaign = snapshot.state.campaign
    doubts = list(snapshot.doubts)
    if campaign.enforcement not in {e.value for e in Enforcement}:
        doubts.append(Message('unknown enforcement "%(enforcement)s"',
                              enforcement=campaign.enforcement))
    if campaign.phase not in PHASES:
        doubts.append(Message('the campaign is %(phase)s',
                              phase=campaign.phase
                              or Message('in no phase')))
    stages = {s.key for s in snapshot.state.stages}
    if not stages:
        doubts.append(Message('the campaign has no stages'))
    doubts += [Message('%(title)s belongs to no stage', title=r.title)
               for r in snapshot.state.requirements if r.stage not in stages]
    doubts += _group_doubts(snapshot.state)
    doubts += [Message('stage %(label)s asks for nothing', label=s.label)
               for s in snapshot.state.stages
               if not any(r.stage == s.key
                          for r in snapshot.state.requirements)]
    return doubts


def _group_doubts(state: State) -> list[str]:
    """Inconsistencies of groups and their members."""
    groups = {g.key: g for g in state.groups}
    asked = {r.group for r in state.requirements}
    doubts: list[str] = [Message('%(title)s asks for nothing',
                                 title=g.title) for g in state.groups
                         if g.key not in asked]
    doubts += [Message('%(title)s belongs to no group of its stage',
                       title=r.title)
               for r in state.requirements if r.group
               and (r.group not in groups
                    or groups[r.group].stage != r.stage)]
    return doubts + [Message('the rule of %(title)s cannot be read: '
                             '%(words)s',
                             title=g.title, words=words)
                     for g in state.groups for words in [unread(g)] if words]


def _out_of_place(snapshot: Snapshot, stage: Stage) -> list[Obstacle]:
    """Missing milestone of a stage, and tickets in another milestone."""
    found = []
    if stage.key not in snapshot.milestones:
        found.append(Obstacle('milestone-missing',
                              Message('there is no milestone %(milestone)s',
                                      milestone=stage.milestone),
                              stage=stage.key))
    for requirement in snapshot.state.requirements:
        facts = snapshot.tickets.get(requirement.key)
        if (requirement.stage == stage.key and facts
                and facts.milestone != stage.milestone):
            where = facts.milestone or Message('no milestone')
            found.append(Obstacle(
                'ticket-moved', Message(
                    '#%(ticket)s %(title)s is in %(where)s, not in '
                    '%(milestone)s',
                    ticket=requirement.ticket, title=requirement.title,
                    where=where, milestone=stage.milestone),
                requirement.ticket, stage.key))
    return found
