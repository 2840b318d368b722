"""Tolerances: up to which value a waiver of `out-of-bounds` may go."""

from __future__ import annotations

from collections.abc import Mapping

from prodworkflow.domain.model.evidence import ValueSpec
from prodworkflow.domain.model.signoff import Bound
from prodworkflow.domain.model.state import State
from prodworkflow.domain.quantities import UnitError
from prodworkflow.domain.rules.waivers.limits import (
    allowed,
    estimate_lacking,
    tolerable,
)
from prodworkflow.domain.text import joined, Message


def bound(name: str, ends: tuple[str, str], values: Mapping[str, ValueSpec],
          state: State, problems: list[tuple[str, str]]) -> Bound | None:
    """Validate the bound of a waiver, given as (at least, at most).

    An end that is left out is that of the value itself.  None if it is
    invalid; problems are appended to `problems`.
    """
    if name not in values:
        problems.append(('bound', Message(
            'Bounds can be given for %(values)s, not "%(name)s".',
            values=joined(list(values)) or Message('nothing'),
            name=name[:64])))
        return None
    value = values[name]
    try:
        found = _completed(value, ends, state)
        _check_order(found, value)
        _check_limits(found, value, state)
    except UnitError as error:
        problems.append(('bound', Message('%(title)s: %(error)s.',
                                          title=value.title,
                                          error=error.args[0])))
        return None
    return found


def _completed(value: ValueSpec, ends: tuple[str, str],
               state: State) -> Bound:
    """The bound with units, and with both ends where the value has two."""
    typed = [value.typed_bound(t) if t.strip() else '' for t in ends]
    own = allowed(value, state)
    return Bound(value.name, typed[0] or own.at_least,
                 typed[1] or own.at_most)


def _check_order(found: Bound, value: ValueSpec) -> None:
    if found.at_least and found.at_most and value.amount(
            found.at_least) > value.amount(found.at_most):
        raise UnitError(Message('no value is from %(least)s to %(most)s',
                                least=found.at_least, most=found.at_most))


def _check_limits(found: Bound, value: ValueSpec, state: State) -> None:
    """UnitError if a bound goes further than any waiver may."""
    if estimate_lacking(value, state):
        raise UnitError(Message(
            'the estimate that it is compared with is not there yet, so '
            'nobody can say how far it may be missed; waive it once it is'))
    limit = tolerable(value, state)
    if limit.at_most and value.amount(found.at_most) > value.amount(
            limit.at_most):
        raise UnitError(Message(
            'at most %(limit)s may be declared tolerable; write a bound up '
            'to that, or have the value mended', limit=limit.at_most))
    if limit.at_least and value.amount(found.at_least) < value.amount(
            limit.at_least):
        raise UnitError(Message(
            'at least %(limit)s may be declared tolerable; write a bound '
            'from there on, or have the value mended',
            limit=limit.at_least))
