"""Event: one thing that happened to a campaign, for those outside of Trac."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.text import Message


class EventType(str, Enum):
    """The types of events; CloudEvents put `PREFIX` before each."""

    ASKED = 'asked'
    SIGNED = 'signed'
    REJECTED = 'rejected'
    WITHDRAWN = 'withdrawn'
    STALE = 'stale'
    GATE_OPENED = 'gate-opened'
    GATE_SHUT = 'gate-shut'
    HELD = 'held'
    RESUMED = 'resumed'
    LAUNCHED = 'launched'
    WAIVER_ENDING = 'waiver-ending'


PREFIX = 'org.prodworkflow.campaign.'
TYPES = tuple(t.value for t in EventType)
# What the launch gate is called beside the keys of stages.
LAUNCH = 'launch'


@dataclass(frozen=True)
class CampaignEvent:
    """What happened, in a line for people and as facts for programs.

    `subject` is the key of a requirement or a stage, 'launch' of the launch
    gate, '' of the campaign; `requirement` the one that it is about, if any;
    `facts` hold what JSON can.
    """

    type: EventType
    line: Message
    subject: str = ''
    requirement: Requirement | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
