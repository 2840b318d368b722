"""Outcome of a verdict: what it recorded, and what that did to its stage."""

from __future__ import annotations

from dataclasses import replace

from prodworkflow.domain.model.coverage_rule import percent
from prodworkflow.domain.model.signoff import SignOff
from prodworkflow.domain.model.state import State
from prodworkflow.domain.rules.decision import Coverage, Decision
from prodworkflow.domain.rules.eligibility import is_signed
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.text import Message
from prodworkflow.domain.views.stage import StageReadiness


def recorded(state: State, key: str, person: str,
             verdict: str) -> SignOff | None:
    """The last verdict of that kind that a person gave of a requirement."""
    return max((s for s in state.said_of(key)
                if (s.signer, s.verdict) == (person, verdict)),
               key=lambda s: s.number, default=None)


def before(decision: Decision, signoff: SignOff) -> Decision:
    """The decision as it would be had that not been said."""
    snapshot, key = decision.snapshot, signoff.requirement
    requirement = snapshot.state.requirement(key)
    former = replace(snapshot.state, signoffs=tuple(
        s for s in snapshot.state.signoffs if s.number != signoff.number))
    tickets = dict(snapshot.tickets)
    if key in tickets:
        signed = is_signed(requirement, former)
        tickets[key] = replace(tickets[key], changed=requirement.seen,
                               status=min(tickets[key].done) if signed
                               else '')
    return decide(replace(snapshot, state=former, tickets=tickets),
                  decision.asked)


def effect(was: StageReadiness, now: StageReadiness,
           key: str) -> Message | None:
    """What became of a stage, or of a requirement's group in it.

    `Sites on the release: 81.8 → 86.5 % of capacity, needs 90 %`; None where
    the numbers are the same.
    """
    former = {g.group.key: g for g in was.groups}
    for group in now.groups:
        if any(a.requirement.key == key for a in group.answers):
            return _of_group(former.get(group.group.key, group), group)
    if was.signed == now.signed:
        return None
    return Message('%(stage)s: %(was)s → %(now)s of %(needed)s sign-offs',
                   stage=now.stage.label, was=was.signed, now=now.signed,
                   needed=now.needed)


def _of_group(was: Coverage, now: Coverage) -> Message | None:
    told = _counted(was, now)
    if told is None or now.reached:
        return told and Message('%(words)s, enough', words=told)
    return Message('%(words)s, needs %(rule)s', words=told, rule=now.rule)


def _counted(was: Coverage, now: Coverage) -> Message | None:
    if was.met == now.met:
        return None
    said = {'group': now.group.title, 'list': now.group.list}
    if was.share is None or now.share is None:
        return Message('%(group)s: %(was)s → %(now)s of %(count)s %(list)s',
                       was=was.met, now=now.met, count=len(now.answers),
                       **said)
    return Message('%(group)s: %(was)s → %(now)s of capacity',
                   group=now.group.title, now=percent(now.share),
                   was=percent(was.share).partition(' ')[0])
