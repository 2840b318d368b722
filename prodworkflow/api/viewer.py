"""What one viewer may see: the readiness of a campaign by their permissions.

Of a ticket without `TICKET_VIEW` or a milestone without `MILESTONE_VIEW` a
viewer learns only that there is something more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from trac.perm import PermissionCache
from trac.resource import Resource

from prodworkflow import store
from prodworkflow.api.campaign_ids import campaign_id, no_requirement
from prodworkflow.domain.model.notifications import CampaignNews
from prodworkflow.domain.model.permissions import CHANGE, SEE, SignerFacts
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.precedent import Precedent
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.snapshot import Snapshot
from prodworkflow.domain.model.state import State
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.rules.duties.rights import refused
from prodworkflow.domain.text import Message
from prodworkflow.domain.views.my_signoffs import (
    keys_for,
    NOTHING,
    Waiting,
    waiting_keys,
)
from prodworkflow.domain.views.readiness import Readiness, readiness
from prodworkflow.domain.views.signed_list import SignedRow
from prodworkflow.domain.views.visibility import (
    HiddenWords,
    shown_news,
    StateFilter,
    VisibilityFilter,
)
from prodworkflow.gateways import users
from prodworkflow.gateways.rights import allowed, lacking, unseen
from prodworkflow.gateways.signer_register import signer_register
from prodworkflow.services.gates.told_decisions import told_of_signers


def readiness_for(env: Any, decision: Decision, perm: Any, *stages: str,
                  facts: SignerFacts | None = None) -> Iterator[Readiness]:
    """The readiness of each stage, as the holder of `perm` may see it.

    A stage is its key or number, or '' for the launch gate; KeyError if
    there is no such stage.  Permissions are looked up once for all of them.
    `facts` are what Trac says of signers, None where nobody asks; a decision
    that was made without is made again, so that it names who can help.
    """
    decision = told_of_signers(env, decision)
    snapshot = decision.snapshot
    person = users.person(env, perm.username, perm)
    keys = keys_for(decision, person)
    refused_ = _refused(decision, keys, perm)
    stages_ = frozenset(hidden_stages(snapshot, perm))
    hidden = (frozenset(hidden_tickets(snapshot, perm)), stages_,
              keys - {*refused_}, facts, refused_,
              _waiting(decision, person, refused_, stages_))
    return (readiness(decision, stage, *hidden) for stage in stages)


def gate_view(env: Any, decision: Decision, perm: Any, stage: str,
              facts: SignerFacts) -> tuple[Readiness, HiddenWords]:
    """What the holder of `perm` sees of a gate, and what is hidden of it.

    Without what waits for them, which is asked for on pages alone.  KeyError
    if there is no such stage.
    """
    decision = told_of_signers(env, decision)
    snapshot = decision.snapshot
    hidden = (frozenset(hidden_tickets(snapshot, perm)),
              frozenset(hidden_stages(snapshot, perm)))
    return (readiness(decision, stage, *hidden, facts=facts),
            HiddenWords.of(snapshot.state, *hidden))


def waiting_for(env: Any, decision: Decision, perm: Any) -> Waiting:
    """What of a campaign waits for the holder of `perm`; no statement.

    What Trac refuses them or hides from them does not.
    """
    person = users.person(env, perm.username, perm)
    keys = keys_for(decision, person)
    return _waiting(decision, person, _refused(decision, keys, perm),
                    hidden_stages(decision.snapshot, perm)) if keys \
        else NOTHING


def _waiting(decision: Decision, person: Person, refused_: Iterable[str],
             stages: Iterable[str]) -> Waiting:
    """What waits for a person of what Trac neither refuses nor hides."""
    hidden = {*stages}
    return waiting_keys(decision, person, {*refused_, *(
        r.key for r in decision.snapshot.state.requirements
        if r.stage in hidden)})


def _refused(decision: Decision, keys: Iterable[str],
             perm: Any) -> dict[str, str]:
    """Those of the requirements that Trac does not let the viewer sign.

    By their keys, with the reason: they are not offered.
    """
    found: dict[str, str] = {}
    for key in keys:
        ticket = decision.answer(key).requirement.ticket
        permission = lacking(perm, (SEE, *CHANGE), Resource('ticket', ticket))
        if not ticket or permission:
            found[key] = refused(perm.username, ticket, permission)
    return found


def visibility_for(decision: Decision, perm: Any) -> VisibilityFilter:
    """The filter of what the holder of `perm` may not see of a campaign."""
    snapshot = decision.snapshot
    return VisibilityFilter(decision,
                            frozenset(hidden_tickets(snapshot, perm)),
                            frozenset(hidden_stages(snapshot, perm)))


def hidden_words(snapshot: Snapshot, perm: Any) -> HiddenWords:
    """What no sentence may tell the holder of `perm` about a campaign."""
    return HiddenWords.of(snapshot.state,
                          frozenset(hidden_tickets(snapshot, perm)),
                          frozenset(hidden_stages(snapshot, perm)))


def shown_state(snapshot: Snapshot, state: State, perm: Any) -> State:
    """A state of the snapshot's campaign as the holder of `perm` sees it."""
    return StateFilter(state, frozenset(hidden_tickets(snapshot, perm)),
                       frozenset(hidden_stages(snapshot, perm))).seen


def news_as_seen(env: Any, snapshot: Snapshot,
                 news: CampaignNews) -> list[CampaignNews]:
    """News of a campaign for each of its recipients, by what they may see.

    Those who are told the same get one; without recipients it stays whole.
    """
    if not news.contacts:
        return [news]
    told: dict[CampaignNews, list[str]] = {}
    for person in news.contacts:
        shown = shown_news(replace(news, contacts=()), hidden_words(
            snapshot, PermissionCache(env, person)))
        if shown is not None:
            told.setdefault(shown, []).append(person)
    return [replace(each, contacts=tuple(people))
            for each, people in told.items()]


def hidden_tickets(snapshot: Snapshot, perm: Any) -> Iterable[int]:
    """The tickets of a campaign that the holder of `perm` may not view."""
    state = snapshot.state
    tickets = {r.ticket for r in (*state.requirements, *state.dropped)
               if r.ticket}
    for others in snapshot.others.values():
        tickets.update(others)
    tickets.update(i.ticket for i in state.known_issues)
    tickets.update(c.ticket for c in state.concerns)
    return unseen(perm, SEE, 'ticket', tickets)


def hidden_stages(snapshot: Snapshot, perm: Any) -> Iterable[str]:
    """The stages whose milestone the holder of `perm` may not view."""
    hidden = unseen(perm, 'MILESTONE_VIEW', 'milestone', (
        s.milestone for s in snapshot.state.stages))
    return (s.key for s in snapshot.state.stages if s.milestone in hidden)


def may_know(precedent: Precedent, perm: Any) -> bool:
    """Whether the holder of `perm` (None: everybody's) may know of it."""
    return (perm is None or precedent.ticket is None
            or allowed(perm, SEE, Resource('ticket', precedent.ticket)))


class ViewerQueries:
    """Answers what one viewer may see of a decision."""

    def __init__(self, env: Any) -> None:
        self.env = env
        self.signers = signer_register(env)

    def visibility_for(self, decision: Decision,
                       perm: Any) -> VisibilityFilter:
        """The filter of what the holder of `perm` may not see of it."""
        return visibility_for(decision, perm)

    def waiting_for(self, decision: Decision, perm: Any) -> Waiting:
        """What waits for the holder of `perm` in a campaign, by keys."""
        return waiting_for(self.env, decision, perm)

    def readiness_for(self, decision: Decision, perm: Any,
                      stage: str = '') -> Readiness:
        """The readiness of a stage, as the holder of `perm` may see it.

        `stage` is a stage's key or number, or '' for the launch gate;
        KeyError if there is no such stage.
        """
        return next(self.readiness_for_stages(decision, perm, stage))

    def readiness_for_stages(self, decision: Decision, perm: Any,
                             *stages: str) -> Iterator[Readiness]:
        """The same of several stages; permissions are looked up once."""
        return readiness_for(self.env, decision, perm, *stages,
                                    facts=self.signers.facts())

    def gate_view(self, decision: Decision, perm: Any,
                  stage: str = '') -> tuple[Readiness, HiddenWords]:
        """What the holder of `perm` sees of a gate, and what is hidden."""
        return gate_view(self.env, decision, perm, stage,
                         self.signers.facts())

    def visible_requirement(self, name: str, key: str,
                            perm: Any) -> Requirement:
        """A campaign's requirement; NoSuchCampaign if there is neither.

        Also where it is hidden from the holder of `perm`. Nothing is decided.
        """
        found = store.snapshot(self.env, campaign_id(self.env, name))
        seen = found and shown_state(found, found.state, perm).by_key.get(key)
        if not seen:
            raise no_requirement(name, key)
        return seen

    def signed_in_finished(self, perm: Any, since: int) -> list[SignedRow]:
        """What the holder of `perm` signed in campaigns that are over.

        Since a time in µs UTC; what they may not see any more is left out.
        """
        return [SignedRow(
            row.campaign, row.ticket, row.title, row.signoff,
            Message('the campaign is %(phase)s', phase=row.phase))
            for row in store.finished_signoffs(self.env, perm.username, since)
            if allowed(perm, SEE, Resource('ticket', row.ticket))
            and allowed(perm, 'MILESTONE_VIEW',
                        Resource('milestone', row.milestone))]
