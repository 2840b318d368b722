"""Allowed lifecycle actions: who may hold, resume, launch or end a campaign.

The one rule behind the controls on pages and the use cases.  Whether the
launch gate is open is not part of it: a launch may still be refused.
"""

from __future__ import annotations

import enum
from datetime import date

from prodworkflow.domain.model.permissions import ADMIN, HOLD, LAUNCH
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.state import State
from prodworkflow.domain.model.vocabulary import Phase
from prodworkflow.domain.rules.eligibility import capacity, signing_capacity
from prodworkflow.domain.text import Message


class LifecycleAction(enum.Enum):
    """An action on a campaign as a whole."""

    HOLD = 'hold'
    RESUME = 'resume'
    LAUNCH = 'launch'
    CLOSE = 'close'
    ABANDON = 'abandon'


# Closing says that production is over; one that never began is abandoned.
CLOSABLE = (Phase.LAUNCHED.value, Phase.OVER.value)


def lifecycle_refusal(action: LifecycleAction, state: State, person: Person,
                      day: date) -> Message | None:
    """Why a person may not act on a campaign on a day; None if they may."""
    if state.campaign.ended:
        return read_only(state)
    return (_no_right(action, state, person, day)
            or _out_of_phase(action, state))


def allowed_lifecycle_actions(state: State, person: Person, day: date
                              ) -> frozenset[LifecycleAction]:
    """The actions that a person may take on a campaign on a day (UTC)."""
    return frozenset(action for action in LifecycleAction
                     if not lifecycle_refusal(action, state, person, day))


def is_contact(state: State, person: Person, day: date) -> bool:
    """Whether a person may sign, or has signed, any requirement as a contact.

    Deputies are contacts; whose approval counts stays one.
    """
    return any(r.contacts and (capacity(r, state, person, day)
                               or signing_capacity(r, state, person))
               for r in state.requirements)


def may_hold(state: State, person: Person, day: date) -> bool:
    """Whether a person may stop a campaign: contacts, and by permission."""
    return person.may(HOLD) or is_contact(state, person, day)


def read_only(state: State) -> Message:
    """The refusal of every change to a campaign that has ended."""
    campaign = state.campaign
    return Message('%(campaign)s is %(phase)s: its record is read-only. To '
                   'set its milestones and tickets free, a holder of '
                   'CAMPAIGN_ADMIN removes it with "trac-admin ENV campaign '
                   'remove".', campaign=campaign.name, phase=campaign.phase)


def removal_refusal(state: State, said: int) -> Message | None:
    """Why a campaign cannot be removed with its tickets; None if it can.

    `said` is how many verdicts were ever recorded of it.
    """
    campaign = state.campaign
    if said:
        return Message('%(campaign)s cannot be removed with its tickets: '
                       '%(count)s verdicts are recorded. "campaign remove" '
                       'without --with-tickets leaves the tickets there, '
                       '"campaign abandon" ends it and keeps the record',
                       campaign=campaign.name, count=said)
    if campaign.launched or campaign.ended:
        return Message('%(campaign)s cannot be removed with its tickets: it '
                       'is %(phase)s, and what was done stays on record',
                       campaign=campaign.name, phase=campaign.phase)
    return None


PERMISSIONS = {LifecycleAction.RESUME: LAUNCH, LifecycleAction.LAUNCH: LAUNCH,
               LifecycleAction.CLOSE: ADMIN, LifecycleAction.ABANDON: ADMIN}


def _no_right(action: LifecycleAction, state: State, person: Person,
              day: date) -> Message | None:
    if action is LifecycleAction.HOLD:
        if may_hold(state, person, day):
            return None
        return Message('only its contacts and holders of %(permission)s may',
                       permission=HOLD)
    if action is LifecycleAction.RESUME and not state.campaign.launched:
        return _no_lifting(state, person)
    permission = PERMISSIONS[action]
    return None if person.may(permission) else Message(
        'only a holder of %(permission)s may', permission=permission)


def _no_lifting(state: State, person: Person) -> Message | None:
    """Before the launch, whoever placed a hold may lift it."""
    campaign = state.campaign
    if person.may(HOLD) or not campaign.held_since or (
            person.name == campaign.held_by):
        return None
    return Message('only %(by)s, who put it on hold, or a holder of '
                   '%(permission)s may', by=campaign.held_by, permission=HOLD)


def _out_of_phase(action: LifecycleAction, state: State) -> Message | None:
    campaign = state.campaign
    if action is LifecycleAction.HOLD and campaign.held_since:
        return Message('it is %(stopped)s', stopped=campaign.stopped)
    if action is LifecycleAction.RESUME and not campaign.held_since:
        return Message('it is not on hold; a contact or a holder of '
                       '%(permission)s would put it there', permission=HOLD)
    if action is LifecycleAction.LAUNCH and campaign.launched:
        return Message('it was launched already; a holder of %(permission)s '
                       'may close it when production is over',
                       permission=ADMIN)
    if action is LifecycleAction.CLOSE and campaign.phase not in CLOSABLE:
        return Message('it was never launched; a holder of %(permission)s '
                       'may abandon it instead', permission=ADMIN)
    return None
