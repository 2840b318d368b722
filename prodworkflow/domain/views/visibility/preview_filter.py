"""Preview filter: what a move or a change would do, as far as it may be told.
"""

from __future__ import annotations

from dataclasses import replace

from prodworkflow.domain.planning.releases.effect import ReleaseEffect
from prodworkflow.domain.planning.schedule import Shift
from prodworkflow.domain.planning.successors.replacement import Handover
from prodworkflow.domain.planning.undone import Undone
from prodworkflow.domain.views.visibility.state_filter import StateFilter


def shown_effect(effect: ReleaseEffect, seen: StateFilter) -> ReleaseEffect:
    """The effect of a move without hidden sign-offs and stages.

    Who is awaited by hidden ones alone is not told to get mail.
    """
    return replace(
        effect,
        moved=tuple(replace(m, why=seen.words.shown(m.why))
                    for m in effect.moved if seen.visible(m.requirement)),
        waivers=tuple(w for w in effect.waivers
                      if seen.visible(w.requirement)),
        stages=tuple(s for s in effect.stages if s.key not in seen.stages),
        mail=tuple(m for m in effect.mail
                   if m.lstrip('@') not in seen.words.people))


def shown_undone(undone: Undone, seen: StateFilter) -> Undone:
    """What a change of contacts undoes of visible sign-offs and stages."""
    return replace(
        undone,
        approvals=tuple(a for a in undone.approvals
                        if seen.visible(a.requirement)),
        stages=tuple(s for s in undone.stages if s.key not in seen.stages))


def shown_handover(found: Handover, seen: StateFilter) -> Handover:
    """Who is replaced at visible sign-offs, and what of them that undoes."""
    touched = tuple(r for r in found.touched if seen.visible(r.requirement))
    return Handover(touched, shown_undone(found.undone, seen),
                    len(found.touched) - len(touched))


def shown_shift(shift: Shift, seen: StateFilter) -> Shift:
    """What moves with a start, of visible sign-offs and stages."""
    return replace(
        shift,
        moved=tuple(m for m in shift.moved if not seen.words.mention(m.label)),
        stays=tuple(label for label in shift.stays
                    if not seen.words.mention(label)))
