"""Passages: may somebody pass a gate, or a freeze, and what is recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from trac.web.href import Href

from prodworkflow.api import viewer
from prodworkflow.api.campaign_ids import campaign_id
from prodworkflow.api.doors import Doors
from prodworkflow.api.queries import Queries
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.rules.items.item_gates import for_item, item_named
from prodworkflow.domain.text import Message
from prodworkflow.domain.views.assumptions import assumed, typed_assumptions
from prodworkflow.domain.views.gate_answer import GateAnswer
from prodworkflow.domain.views.readiness import readiness
from prodworkflow.gateways.mail.site_links import is_whole
from prodworkflow.gateways.signer_register import with_signers
from prodworkflow.services.gates import (
    feature_freeze,
    former_snapshots,
    passages,
)
from prodworkflow.services.refusals import NoSuchCampaign
from prodworkflow.services.signoffs import offered_actions


class Passages:
    """Answers scripts and hooks, and records what `advisory` lets pass."""

    def __init__(self, env: Any, queries: Queries, doors: Doors) -> None:
        self.env = env
        self._queries = queries
        self._doors = doors

    def ask_gate(self, name: str, stage: str, actor: str,
                 item: str = '', perm: Any = None) -> Decision:
        """One campaign's decision for who asks whether they may pass a gate.

        `stage` is a stage's key or number (KeyError if there is none), or ''
        for the launch gate. `item` asks for one item alone, by its key or name
        (InvalidRequest if there is none that the holder of `perm` may know;
        None: everybody). What `advisory` lets pass is recorded.
        """
        decision = self._of_item(self._queries.decision(name), item, perm)
        passage = passages.gate_passage(decision, stage, item)
        campaign, state = decision.snapshot.id, decision.snapshot.state
        if not passage or not passages.is_new(
                self.env, campaign, actor, passage, state.campaign.release):
            return decision
        with self._doors.transaction([campaign]):
            passages.record_gate(self.env, campaign, stage, actor, item)
        return self._of_item(self._queries.decision(name), item)

    def gate_at(self, name: str, moment: int, item: str = '',
                perm: Any = None) -> Decision:
        """The decision as it was at a moment (µs UTC), by the ledger.

        NoSuchCampaign before it was created; InvalidRequest for a moment that
        is yet to come, or an unknown item. Nothing is recorded.
        """
        present = self._queries.decision(name)
        if moment > present.asked:
            raise InvalidRequest([('at', Message(
                'What a gate will say is not known; ask for a moment that is '
                'past.'))])
        found = former_snapshots.snapshot_at(self.env, present.snapshot,
                                             moment)
        if found is None:
            raise NoSuchCampaign(Message(
                '%(campaign)s was not there yet at that moment.',
                campaign=name))
        return self._of_item(decide(with_signers(self.env, found), moment),
                             item, perm)

    def looked_at(self, name: str, moment: int, item: str,
                  perm: Any) -> Decision:
        """The decision now or, unless 0, at a moment; nothing is recorded.

        Raises what `gate_at` raises.
        """
        return (self.gate_at(name, moment, item, perm) if moment else
                self._of_item(self._queries.decision(name), item, perm))

    @staticmethod
    def _of_item(decision: Decision, item: str, perm: Any = None) -> Decision:
        """The decision for one item alone, by its key or name; '' for all.

        None that is hidden from the holder of `perm`.
        """
        if not item:
            return decision
        snapshot = decision.snapshot
        seen = (snapshot.state if perm is None else
                viewer.shown_state(snapshot, snapshot.state, perm))
        try:
            return for_item(decision, item_named(seen, item)[1].key)
        except KeyError:
            known = [i.name for each in seen.lists for i in each.items]
            raise InvalidRequest([('item', Message(
                'There is no item "%(item)s"; there is %(known)s.',
                item=item[:64], known=', '.join(known) or Message('none'))
            )]) from None

    def what_if(self, name: str, assumptions: Iterable[str], perm: Any,
                stage: str = '', item: str = '', href: Any = None
                ) -> GateAnswer:
        """What a gate would answer if something were said; never open.

        Assumptions are texts like `resources-estimate:approved`.  Nothing is
        recorded.  NoSuchCampaign; KeyError if there is no such stage;
        InvalidRequest for an unknown item, requirement or word.
        """
        decision = self._queries.decision(name)
        told = self.answer(decision, '', perm).told
        said = typed_assumptions(assumptions, [
            a.requirement.key for a in told.answers])
        found = self.answer(
            self._of_item(assumed(decision, said), item, perm), stage, perm,
            item, href=href)
        return replace(found, assumed={k: v.value for k, v in said.items()})

    def answer(self, decision: Decision, stage: str, perm: Any,
               item: str = '', at: int = 0, href: Any = None) -> GateAnswer:
        """What the holder of `perm` is told of a gate; None for all of it.

        KeyError if there is no such stage.  Addresses are those of the site,
        or where it has not said its own, of `href`.
        """
        found = item_named(decision.snapshot.state, item)[1] if item else None
        address = self._address(href)
        if perm is None:
            return GateAnswer(readiness(decision, stage), found, at,
                              address=address)
        told, hidden = self._queries.gate_view(decision, perm, stage)
        return GateAnswer(told, found, at, address=address,
                          shown=hidden.shown)

    def _address(self, href: Any) -> Callable[[int], str]:
        """What gives the whole address of a ticket."""
        if is_whole(self.env.base_url):
            href = Href(self.env.base_url)
        # Put together once: an answer names many, and `Href` quotes each.
        tickets = href.ticket() if href else ''
        return lambda ticket: f'{tickets}/{ticket}' if tickets else ''

    def status_refusal(self, decision: Decision, ticket: int, person: Person,
                       status: str) -> str:
        """Why a person may not bring a sign-off ticket to a status, or ''."""
        return offered_actions.status_refusal(
            self.env, decision.snapshot, ticket, person, status,
            self._doors.context.reasons_for())

    def admits(self, name: str, tickets: list[str],
               actor: str) -> feature_freeze.Admission:
        """What a campaign's freeze has against changes for these tickets.

        What `advisory` lets pass is recorded.
        """
        campaign = campaign_id(self.env, name)
        found = feature_freeze.commit_admission(self.env, campaign, tickets)
        if found.against and found.passes:
            with self._doors.transaction([campaign]):
                passages.record_commit(self.env, campaign, tickets,
                                       list(found.against), actor)
        return found
