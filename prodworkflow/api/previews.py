"""Previews: what a form was made from, and what it would undo."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from prodworkflow import store
from prodworkflow.api.campaign_ids import campaign_id
from prodworkflow.api.context import Context
from prodworkflow.api.queries import Queries
from prodworkflow.domain.dates import day_of
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.ledger.meanwhile import revision_of, state_at
from prodworkflow.domain.model.state import State
from prodworkflow.domain.planning.releases.effect import ReleaseEffect
from prodworkflow.domain.planning.releases.request import ReleaseRequest
from prodworkflow.domain.planning.successors.replacement import (
    Handover,
    replaced,
)
from prodworkflow.domain.planning.undone import Undone
from prodworkflow.services.campaigns import changes, releases
from prodworkflow.services.opening import opened
from prodworkflow.services.revisions import FormRevision, require_unchanged


class Previews:
    """Answers for forms of a campaign, before anything is changed."""

    def __init__(self, env: Any, queries: Queries, context: Context) -> None:
        self.env = env
        self.queries = queries
        self._context = context

    def state_at(self, name: str, revision: FormRevision | None) -> State:
        """The state that a form was made from; without revision, the present.

        InvalidRequest where the ledger cannot tell.
        """
        snapshot = self.queries.decision(name).snapshot
        if revision is None or revision.number >= snapshot.revision:
            return snapshot.state
        try:
            entries = list(store.entries(self.env, snapshot.id))
            if revision_of(entries[-1]) <= revision.number:
                return snapshot.state
            return state_at(entries, revision.number)
        except ValueError as error:
            raise InvalidRequest([('revision', str(error))]) from error

    def as_seen(self, name: str, state: State) -> State:
        """A state of a campaign without what is hidden from whoever acts."""
        return self._context.shown_state(self.queries.decision(name).snapshot,
                                         state)

    def require_unchanged(self, name: str, revision: FormRevision | None,
                          fields: Mapping[str, str | None]) -> None:
        """ChangedMeanwhile where others have changed one of the fields.

        Before anything is shown of what a form would do.
        """
        if revision is None:
            return
        campaign = campaign_id(self.env, name)
        with self._context.refusals_as_seen(lambda: [campaign]), \
                opened(self.env, campaign) as book:
            require_unchanged(book, revision, fields)

    def undone(self, name: str, wish: changes.CampaignChanges) -> Undone:
        """Which approvals and closed stages a change would undo.

        Raises InvalidRequest if it cannot be made.
        """
        snapshot = self.queries.decision(name).snapshot
        self.require_unchanged(name, wish.revision, changes.touched_fields(
            snapshot.state, wish))
        with self._context.refusals_as_seen(lambda: [snapshot.id]):
            return changes.undone_by(self.env, snapshot, wish)

    def handover(self, name: str, wish: changes.CampaignChanges) -> Handover:
        """Who signs what once people are replaced, and what that undoes.

        Raises InvalidRequest if it cannot be made.
        """
        undone = self.undone(name, wish)
        decision = self.queries.decision(name)
        return Handover(replaced(
            decision.snapshot.state, wish.replacements,
            day_of(decision.asked)), undone)

    def release_effect(self, name: str, wish: ReleaseRequest) -> ReleaseEffect:
        """What a move to a release would do, without moving.

        Raises InvalidRequest if it cannot be.
        """
        decision = self.queries.decision(name)
        with self._context.refusals_as_seen(lambda: [decision.snapshot.id]):
            return releases.preview(self.env, decision, wish)
