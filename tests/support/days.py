"""Ledgers by days: what happens to a small campaign, each on its day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from prodworkflow.domain.ledger import creation
from prodworkflow.domain.ledger.entry import Entry
from support.factories import FREEZE, moment, state

FIRST = date(2026, 5, 1)


def day(number):
    """The day so many days after the first."""
    return FIRST + timedelta(number)


def on(number, verb, requirement='', actor='anna', **payload):
    """An entry of that day."""
    return Entry(1, 0, moment(day(number)), actor, verb, requirement, 'V1',
                 payload, '', '')


def created(found=None, number=0):
    """The first entry, of a campaign in that state."""
    return on(number, 'created', **creation.plan_payload(
        found or state(freeze=FREEZE)))


def numbered(*entries):
    """The same entries, counted from 1."""
    return [replace(e, number=n) for n, e in enumerate(entries, 1)]
