"""Report of a move to a release in lines, for the command."""

from __future__ import annotations

from collections.abc import Iterator

from prodworkflow.domain.logins import joined_logins
from prodworkflow.domain.planning.releases.effect import Fate, ReleaseEffect
from prodworkflow.domain.text import joined, Message


def effect_lines(effect: ReleaseEffect, done: bool) -> Iterator[str]:
    """What a move did or, unless it is `done`, would do."""
    if effect.wish.renamed:
        yield Message('Release %(was)s is called %(release)s; nothing is '
                      'asked again.', was=effect.was,
                      release=effect.wish.name)
    else:
        yield from _requirements(effect)
        yield from _consequences(effect)
    for key, change in effect.texts.titles.items():
        yield Message('Title of %(key)s: %(title)s', key=key,
                      title=change.text)
    if not done:
        yield Message('Nothing was changed.')


def _requirements(effect: ReleaseEffect) -> Iterator[str]:
    for fate in (Fate.AGAIN, Fate.CARRIED, Fate.UNSIGNED):
        found = effect.of(fate)
        if found or fate is Fate.AGAIN:
            yield _head(fate, joined([m.requirement.key for m in found])
                        or Message('nothing'))
        for each in found if fate is not Fate.UNSIGNED else ():
            yield Message('  %(name)s: %(why)s', name=each.name, why=each.why)


def _head(fate: Fate, keys: str) -> Message:
    if fate is Fate.AGAIN:
        return Message('To be signed again: %(keys)s.', keys=keys)
    if fate is Fate.CARRIED:
        return Message('Carried over: %(keys)s.', keys=keys)
    return Message('Not signed yet: %(keys)s.', keys=keys)


def _consequences(effect: ReleaseEffect) -> Iterator[str]:
    for status in effect.waivers:
        yield Message('Waiver that lapses: #%(ticket)s %(title)s, %(waiver)s',
                      ticket=status.requirement.ticket,
                      title=status.requirement.title,
                      waiver=str(status.signoff.waiver))
    for stage in effect.stages:
        yield Message('Stage that reopens: %(stage)s', stage=stage.label)
    if effect.held:
        yield Message('Production is put on hold.')
    yield Message('Mail goes to %(people)s, and to those who follow these '
                  'tickets in Trac.', people=joined_logins(effect.mail)) \
        if effect.mail else Message('Nobody gets mail for it.')
