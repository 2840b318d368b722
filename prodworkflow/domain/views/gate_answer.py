"""Gate's answer to a question: JSON and text of the gate, for all who ask."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from prodworkflow.domain.dates import exact_moment
from prodworkflow.domain.model.item_list import Item
from prodworkflow.domain.text import joined_by, Message
from prodworkflow.domain.views.readiness import Readiness
from prodworkflow.domain.views.said_verdicts import said_dicts

OPEN, SHUT = 200, 409


@dataclass(frozen=True)
class GateAnswer:
    """What a viewer is told of a gate.

    `item` is the one that was asked for, None for the campaign; `at` the
    moment (µs UTC), 0 for now; `assumed` are verdicts that nobody has given,
    by the keys of requirements.  `address` gives the whole address of a
    ticket ('' if it is not known), `shown` what the viewer may read of a text.
    """

    told: Readiness
    item: Item | None = None
    at: int = 0
    assumed: Mapping[str, str] = field(default_factory=dict)
    address: Callable[[int], str] = lambda ticket: ''
    shown: Callable[[str], str] = lambda text: text

    @property
    def passes(self) -> bool:
        """Whether the gate lets pass; on an assumption nobody may."""
        return self.told.passes and not self.assumed

    @property
    def status(self) -> int:
        """The status of HTTP: 200 if it lets pass, else 409."""
        return OPEN if self.passes else SHUT

    @property
    def lasting(self) -> bool:
        """Whether one who has this very answer may go on with it.

        No shut gate may: `curl -f` takes 304 for success.
        """
        return self.passes and self.told.open

    def as_dict(self) -> dict[str, Any]:
        """The answer as JSON; `item`, `at`, `assumed` only if asked for."""
        return {**self._whole}

    def as_text(self) -> str:
        """The answer as text, behind a line that says what it is of."""
        head = []
        if self.item:
            head.append(Message('Of %(item)s alone:', item=self.item.name))
        if self.at:
            head.append(Message('As it was at %(moment)s:',
                                moment=exact_moment(self.at)))
        if self.assumed:
            head.append(Message('If %(assumed)s, which nobody has said:',
                                assumed=self._assumptions))
        return joined_by('\n', [*head, self.told.as_text()])

    def as_json(self) -> str:
        """The text of the JSON, a member a line."""
        members = ',\n'.join(self._members.values())
        return f'{{{members}}}\n'

    def tag(self, form: str) -> str:
        """The entity tag of the answer in a format: weak, for it has the time.

        It names the revision, and is made of all that is told but when it was
        asked.
        """
        told = [text for name, text in self._members.items()
                if name != 'asked']
        digest = hashlib.sha256('\n'.join([form, *told]).encode())
        revision = self.told.decision.snapshot.revision
        return f'W/"{revision}-{digest.hexdigest()[:32]}"'

    # Internal methods

    @cached_property
    def _members(self) -> dict[str, str]:
        return {name: f'{json.dumps(name)}: {json.dumps(value)}'
                for name, value in self._whole.items()}

    @cached_property
    def _whole(self) -> dict[str, Any]:
        told = self.told.as_dict()
        return {**told, 'passes': self.passes, 'verdict': self._verdict,
                'obstacles': self._placed([
                    o.as_dict() for o in self.told.obstacles]),
                'known_issues': self._placed(told['known_issues']),
                'concerns': self._placed(told['concerns']),
                'stages': [self._stage(s) for s in told['stages']],
                **({'item': {'key': self.item.key, 'name': self.item.name}}
                   if self.item else {}),
                **({'at': exact_moment(self.at)} if self.at else {}),
                **({'assumed': dict(self.assumed)} if self.assumed else {})}

    @property
    def _verdict(self) -> str:
        told = self.told.verdict
        return Message('If %(assumed)s: %(verdict)s', verdict=told,
                       assumed=self._assumptions) if self.assumed else told

    @property
    def _assumptions(self) -> str:
        return joined_by(', ', [
            Message('%(key)s were %(verdict)s', key=key, verdict=verdict)
            for key, verdict in self.assumed.items()])

    def _placed(self, each: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Parts of the answer, each with the address of its ticket."""
        return [{**part, 'address': self._address(part['ticket'])}
                for part in each]

    def _address(self, ticket: int | None) -> str | None:
        return (self.address(ticket) or None) if ticket else None

    def _stage(self, stage: dict[str, Any]) -> dict[str, Any]:
        return {**stage, 'obstacles': self._placed(stage['obstacles']),
                'dropped': self._placed(stage['dropped']),
                'requirements': [
                    self._requirement(each) for each
                    in self._placed(stage['requirements'])]}

    def _requirement(self, told: dict[str, Any]) -> dict[str, Any]:
        """A requirement with what was said of it, as far as one may know."""
        return {**told, 'signoffs': self._said.get(told['key'], []),
                'waivers': [{**w, 'because': self.shown(w['because'])}
                            for w in told['waivers']]}

    @cached_property
    def _said(self) -> dict[str, list[dict[str, Any]]]:
        return said_dicts(self.told, self.shown)
