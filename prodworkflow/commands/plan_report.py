"""Text report of a plan: what `campaign create` makes, or would make."""

from __future__ import annotations

from collections.abc import Iterator

from prodworkflow.domain.logins import join_logins
from prodworkflow.domain.model.state import State
from prodworkflow.domain.planning.cloning import Likeness
from prodworkflow.domain.planning.plan import Plan
from prodworkflow.translation import _


def plan_lines(plan: Plan, tickets: list[int],
               like: Likeness | None) -> Iterator[str]:
    """Milestones with their tickets, and what to know of them.

    `tickets` are the ids of those that were made, none of a dry run.
    """
    yield from _milestones(plan, tickets)
    yield from plan.notices
    if like:
        yield from _last_time(like, plan.state)
    for requirement in plan.state.requirements:
        if not requirement.contacts:
            yield _('%(key)s has no contacts: only holders of CAMPAIGN_ADMIN '
                    'can sign it.', key=requirement.key)


def _milestones(plan: Plan, tickets: list[int]) -> Iterator[str]:
    state = plan.state
    name = state.campaign.name
    yield (_('%(campaign)s: made.', campaign=name) if tickets else
           _('%(campaign)s: would be made (nothing was).', campaign=name))
    numbers = dict(zip((r.key for r in state.requirements), tickets))
    for stage in state.stages:
        yield (_('milestone %(name)s (due %(due)s)', name=stage.milestone,
                 due=stage.due) if stage.due else
               _('milestone %(name)s', name=stage.milestone))
        for r in state.requirements:
            if r.stage == stage.key:
                number = numbers.get(r.key)
                ticket = f'#{number}' if number else _('ticket')
                yield (f'  {ticket} {r.title}: '
                       f'{join_logins(r.contacts) or "-"}'
                       + ''.join(f'; {words!s}' for words in plan.own(r)))


def _last_time(like: Likeness, state: State) -> Iterator[str]:
    """What to know of the campaign that a new one takes after."""
    for line in like.lines:
        yield _('Last time, in %(campaign)s: %(line)s',
                campaign=like.wish.like, line=line)
    if not state.campaign.start:
        yield _('No start is planned, so nothing has a due date; give '
                '--start=YYYY-MM-DD, or plan it later by "campaign change".')
