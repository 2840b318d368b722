"""Sentences of a verdict: whether a gate is ready, and what it waits for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from prodworkflow.domain.dates import typed_day
from prodworkflow.domain.model.campaign import Campaign, Change
from prodworkflow.domain.model.item_list import ItemList
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.vocabulary import Enforcement, Phase
from prodworkflow.domain.rules.answers import Answer, named, Obstacle
from prodworkflow.domain.text import joined, joined_by, Message
from prodworkflow.domain.views.stage import by, no_of, StageReadiness

ENDED = {
    Phase.CLOSED.value: Message('Closed: nothing changes any more.'),
    Phase.ABANDONED.value: Message('Abandoned: nothing changes any more.'),
}
FIRMNESS = tuple(e.value for e in (
    Enforcement.STRICT, Enforcement.STANDARD, Enforcement.ADVISORY))


def ended(campaign: Campaign) -> Message:
    """The verdict of a campaign that was closed or abandoned."""
    return ENDED[campaign.phase]


def ready(campaign: Campaign, stages: tuple[StageReadiness, ...],
          veiled: bool, issues: Sequence[str] = ()) -> Message:
    """The verdict of an open gate, without a full stop.

    Of one of which something is hidden (`veiled`) no numbers are told.
    `issues` are the tickets that are tolerated, as `#8`.
    """
    told = (Message('Ready: all sign-offs are given') if veiled
            else _counted(campaign, stages))
    if not issues:
        return told
    named_ = {'verdict': told, 'issues': joined(tuple(issues))}
    if len(issues) == 1:
        return Message('%(verdict)s, with the known issue %(issues)s',
                       **named_)
    return Message('%(verdict)s, with the known issues %(issues)s', **named_)


def _counted(campaign: Campaign,
             stages: tuple[StageReadiness, ...]) -> Message:
    """How many sign-offs of an open gate are given, and how."""
    told = _given(campaign, [a for s in stages for a in s.answers])
    waived = sum(s.waived for s in stages)
    if waived:
        told = Message('%(verdict)s (%(waived)s of them waived)',
                       verdict=told, waived=waived)
    if stages and all(s.closed for s in stages):
        told = Message('%(verdict)s, all stages are closed', verdict=told)
    return told


def not_ready(campaign: Campaign, alarm_: str, held: bool,
              missing_: str, passes: bool = False) -> Message:
    """The verdict of a shut gate, without a full stop.

    `held` says that the gate is shut by a hold; `missing_` is then '' if
    nothing else keeps it shut. `passes` says that it lets pass all the same.
    """
    if held:
        told = Message('On hold %(hold)s', hold=campaign.hold)
        if not missing_:
            return told
        told = Message('%(hold)s; %(missing)s', hold=told, missing=missing_)
    elif alarm_:
        told = Message('%(alarm)s; %(missing)s', alarm=alarm_,
                       missing=missing_)
    else:
        told = Message('Not ready: %(missing)s', missing=missing_)
    return Message('%(verdict)s (advisory: nothing is blocked)',
                   verdict=told) if passes else told


def missing(stages: tuple[StageReadiness, ...],
            obstacles: tuple[Obstacle, ...]) -> Message:
    """What a shut gate waits for, and who comes next."""
    waiting = [a for s in stages for a in s.answers if a.blocks]
    if waiting:
        first = waiting[0]
        who = (Message('which has no contacts')
               if first.awaits.unstaffed and first.awaits.anybody
               else first.awaits.words)
        return Message('%(missing)s of %(all)s sign-offs missing; next: '
                       '%(next)s, %(signers)s',
                       missing=sum(s.blocking for s in stages),
                       all=sum(s.needed for s in stages),
                       next=named(first), signers=who)
    told = [o.words for o in obstacles if o.kind != 'on-hold']
    if told:
        return joined_by('; ', told)
    return Message('it waits for something that you may not see: ask a holder '
                   'of CAMPAIGN_ADMIN')


def alarm(expired: list[str]) -> Message:
    """The warning that production goes on, with up to 3 expired waivers."""
    return joined_by('; ', [
        Message('Production should stop: the launch gate is shut'),
        *expired[:3]])


def notes(campaign: Campaign,
          stages: Iterable[StageReadiness]) -> list[str]:
    """What was changed of a campaign, as long as it matters."""
    found: list[str] = []
    if campaign.changed:
        found.append(_enforced(campaign.changed.was, campaign.enforcement,
                               by(campaign.changed)))
    if campaign.moved and not (campaign.launched or campaign.ended):
        found.append(Message('start moved from %(was)s to %(start)s %(by)s',
                             was=typed_day(campaign.moved.was)
                             or campaign.moved.was,
                             start=campaign.start or Message('none'),
                             by=by(campaign.moved)))
    stages = list(stages)
    if not campaign.ended:
        found += [note for s in stages for note in s.endings]
    under_way = [s for s in stages if not s.closed]
    return found + [note for s in under_way for note in s.restaffed] + [
        _dropped(r, r.dropped) for s in under_way for r in s.dropped
        if r.dropped]


def _dropped(requirement: Requirement, change: Change) -> Message:
    told = Message('%(title)s dropped out %(by)s', title=requirement.title,
                   by=by(change))
    no = no_of(requirement)
    return Message('%(dropped)s; it was %(no)s', dropped=told,
                   no=no) if no else told


def reweighed(lists: Iterable[ItemList],
              stages: Iterable[StageReadiness]) -> list[str]:
    """The weights that were changed, of items of which something is seen."""
    seen = {(g.group.list, a.requirement.item) for s in stages
            for g in s.groups for a in g.answers}
    return [Message('the weight of %(item)s is %(weight)s, agreed were '
                    '%(was)s; changed %(by)s', item=item.name,
                    weight=item.weight, was=item.agreed or Message('none'),
                    by=by(item.changed))
            for each in lists for item in each.items
            if item.changed and (each.name, item.key) in seen]


def _given(campaign: Campaign, answers: list[Answer]) -> Message:
    word = Message('Launched') if campaign.launched else Message('Ready')
    left = sum(a.covered for a in answers)
    if left:
        return Message('%(word)s: %(given)s of %(all)s sign-offs are given, '
                       'and they are enough', word=word,
                       given=len(answers) - left, all=len(answers))
    return Message('%(word)s: all %(all)s sign-offs are given', word=word,
                   all=len(answers))


def _enforced(was: str, now: str, by_: str) -> Message:
    told = {'enforcement': now, 'by': by_}
    if not {was, now} <= {*FIRMNESS}:
        return Message('enforcement set to %(enforcement)s %(by)s', **told)
    if FIRMNESS.index(now) > FIRMNESS.index(was):
        return Message('enforcement lowered to %(enforcement)s %(by)s',
                       **told)
    return Message('enforcement raised to %(enforcement)s %(by)s', **told)
