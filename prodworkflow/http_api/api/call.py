"""Call of an operation: who asks, of which campaign, and what was sent."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from prodworkflow.api import (
    CampaignSystem,
    ChangedMeanwhile,
    FormRevision,
    RepeatKey,
)
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.rules.answers import Answer as Answered
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.views.readiness import Readiness
from prodworkflow.domain.views.visibility import HiddenWords
from prodworkflow.http_api.api.addresses import api_address
from prodworkflow.http_api.api.conditions import changed, expected_revision
from prodworkflow.http_api.problems import Problem


class Call:
    """One request for an operation.

    `place` holds the parts of the path, `query` and `document` what was sent,
    `content` the bytes of a file, None without one.
    """

    def __init__(self, env: Any, req: Any, place: dict[str, str],
                 query: dict[str, Any]) -> None:
        self.env, self.req = env, req
        self.place, self.query = place, query
        self.document: dict[str, Any] = {}
        self.content: bytes | None = None
        self.key_of_repeats: RepeatKey | None = None
        self.system = CampaignSystem(env)

    @property
    def name(self) -> str:
        """The campaign's name; '' where the path names none."""
        return self.place.get('name', '')

    @property
    def key(self) -> str:
        """The requirement's key; '' where the path names none."""
        return self.place.get('key', '')

    @property
    def person(self) -> Person:
        """Who asks, with groups and permissions."""
        return self.system.context.person(self.req)

    @property
    def address(self) -> str:
        """The whole address that was asked for, without its query."""
        return str(self.req.abs_href(self.req.path_info))

    def address_of(self, *parts: str) -> str:
        """The whole address of something in the API."""
        return api_address(self.req, *parts)

    @cached_property
    def decision(self) -> Decision:
        """The decision about the campaign; NoSuchCampaign."""
        return self.system.queries.decision(self.name)

    @cached_property
    def told(self) -> Readiness:
        """The campaign as who asks may see it."""
        return self.system.queries.readiness_for(self.decision, self.req.perm)

    @property
    def words(self) -> HiddenWords:
        """What may not be told whoever asks, and what takes it out."""
        return self.system.queries.visibility_for(
            self.decision, self.req.perm).words

    @cached_property
    def revision(self) -> FormRevision | None:
        """The revision that If-Match asks for; 412 where it is past."""
        if self.req.get_header('If-Match') is None:
            return None
        return expected_revision(self.req, self.decision.snapshot.revision)

    @cached_property
    def requirement(self) -> Requirement:
        """The requirement; NoSuchCampaign, if hidden, too."""
        return self.system.queries.visible_requirement(self.name, self.key,
                                                       self.req.perm)

    @property
    def answered(self) -> Answered:
        """What is true of the requirement; NoSuchCampaign, if hidden, too."""
        key = self.requirement.key
        return next(a for a in self.told.answers if a.requirement.key == key)

    def fresh(self) -> Call:
        """The same call, which reads everything anew."""
        again = Call(self.env, self.req, self.place, self.query)
        again.document, again.content = self.document, self.content
        return again

    def refusal(self, error: ChangedMeanwhile) -> Exception:
        """What others' changes mean: 412 where If-Match forbids them."""
        return error if self.req.get_header('If-Match') is None else Problem(
            412, '', changed(error.revision))
