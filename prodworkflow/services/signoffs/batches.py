"""Batches: verdicts on requirements of several campaigns, all or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn

from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.model.person import Person
from prodworkflow.services.gates.stages import ReasonsFor
from prodworkflow.services.refusals import BatchRefused, GateShut
from prodworkflow.services.signoffs import recording
from prodworkflow.services.signoffs.requests import SignOffRequest


def record(env: Any,
           sayings: Mapping[int, list[tuple[str, SignOffRequest]]],
           person: Person, reasons_for: ReasonsFor) -> None:
    """Record a person's verdicts by campaigns' ids, in one transaction.

    GateShut or InvalidRequest of a single one; BatchRefused with all that are
    refused, in whichever campaign.
    """
    refused: dict[tuple[str, str], GateShut | InvalidRequest] = {}
    for campaign in sorted(sayings):
        try:
            recording.record(env, campaign, sayings[campaign], person,
                             reasons_for)
        except BatchRefused as batch:
            refused.update(batch.rows)
    if refused:
        _raise(refused, sum(map(len, sayings.values())))


def _raise(refused: Mapping[tuple[str, str], GateShut | InvalidRequest],
           asked: int) -> NoReturn:
    """Raise all refusals, or the one of the only verdict."""
    if asked == 1:
        raise next(iter(refused.values()))
    raise BatchRefused(recording.NOTHING, refused)
