"""Viewer queries: decisions as the holder of permissions may see them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from trac.resource import Resource

from prodworkflow import store
from prodworkflow.api import viewer
from prodworkflow.domain.model.permissions import SEE
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.text import Message
from prodworkflow.domain.views.my_signoffs import Waiting
from prodworkflow.domain.views.readiness import Readiness
from prodworkflow.domain.views.signed_list import SignedRow
from prodworkflow.domain.views.visibility import VisibilityFilter
from prodworkflow.gateways.rights import allowed
from prodworkflow.gateways.signer_register import signer_register


class ViewerQueries:
    """Answers what one viewer may see of a decision."""

    def __init__(self, env: Any) -> None:
        self.env = env
        self.signers = signer_register(env)

    def visibility_for(self, decision: Decision,
                       perm: Any) -> VisibilityFilter:
        """The filter of what the holder of `perm` may not see of it."""
        return viewer.visibility_for(decision, perm)

    def waiting_for(self, decision: Decision, perm: Any) -> Waiting:
        """What waits for the holder of `perm` in a campaign, by keys."""
        return viewer.waiting_for(self.env, decision, perm)

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
        return viewer.readiness_for(self.env, decision, perm, *stages,
                                    facts=self.signers.facts())

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
