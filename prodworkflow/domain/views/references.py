"""References: what a link of wiki text to a part of a campaign is about.

Behind the campaign's name stands the key of a requirement, that of a stage, or
the key or name of an item of a list (a site, a subdetector).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from prodworkflow.domain.rules.answers import Answer, named
from prodworkflow.domain.text import joined, Message, some, suggest
from prodworkflow.domain.views.marks import code
from prodworkflow.domain.views.readiness import Readiness
from prodworkflow.domain.views.stage import StageReadiness

OPEN, SHUT, OVER = 'open', 'shut', 'over'


@dataclass(frozen=True)
class Reference:
    """A campaign or a part of it: its state in words, and where it is shown.

    `state` is OPEN, SHUT or OVER, or the code of a sign-off.  `ticket` is the
    sign-off ticket where it is about one sign-off; None leads to the page of
    the campaign, there to the stage of that key where `stage` is not ''.
    """

    title: str
    state: str
    ticket: int | None = None
    stage: str = ''


def reference(told: Readiness, key: str = '') -> Reference | None:
    """What a key means in a campaign, '' the whole of it; None if nothing.

    Requirements come before stages, and those before items.
    """
    if not key:
        return Reference(told.verdict, OVER if told.campaign.ended else
                         OPEN if told.open else SHUT)
    for answer in told.answers:
        if answer.requirement.key == key:
            return _of_answer(answer)
    for stage in told.stages:
        if stage.stage.key == key:
            return Reference(
                Message('%(stage)s: %(state)s', stage=stage.stage.label,
                        state=stage.words),
                OPEN if stage.open else SHUT, None, key)
    return _of_item(told, key)


def known_keys(told: Readiness) -> list[str]:
    """All that may stand behind the campaign's name, as its viewer sees it."""
    return list(dict.fromkeys((
        *(a.requirement.key for a in told.answers),
        *(s.stage.key for s in told.stages),
        *(a.requirement.item for a in told.answers if a.requirement.item))))


def no_campaign(name: str, names: Iterable[str]) -> Message:
    """That there is no campaign of that name, and which one may be meant."""
    return _nothing(Message('There is no campaign "%(name)s".',
                            name=name[:64]), name, list(names))


def no_part(told: Readiness, key: str) -> Message:
    """That a campaign has nothing of that key, and what may be meant."""
    return _nothing(Message(
        '%(campaign)s has no requirement, stage or item "%(key)s".',
        campaign=told.campaign.name, key=key[:64]), key, known_keys(told))


def no_list(told: Readiness, name: str, names: Iterable[str]) -> Message:
    """That a campaign has no list of that name, and which it has."""
    return _nothing(Message('%(campaign)s has no list "%(name)s".',
                            campaign=told.campaign.name, name=name[:64]),
                    name, list(names))


def _nothing(told: Message, word: str, known: list[str]) -> Message:
    """With the known words that are near, or else the first of all."""
    near = suggest(word, known, shown=_quoted)
    if not near and known:
        near = Message(' There is %(words)s.',
                       words=some([_quoted(each) for each in known]))
    return Message('%(told)s%(near)s', told=told, near=near)


def _quoted(word: str) -> str:
    return f'"{word}"'


def _of_answer(answer: Answer) -> Reference:
    requirement = answer.requirement
    return Reference(Message('%(requirement)s %(words)s',
                             requirement=named(answer), words=answer.words),
                     code(answer), requirement.ticket, requirement.stage)


def _of_item(told: Readiness, word: str) -> Reference | None:
    """The sign-offs of an item: if it is one, that one."""
    answers, name = of_item(told, word)
    if not answers:
        return None
    if len(answers) == 1:
        return _of_answer(answers[0])
    met = [a for a in answers if a.met]
    title = Message('%(name)s: %(met)s of %(all)s signed', name=name,
                    met=len(met), all=len(answers))
    open_ = [named(a) for a in answers if not a.met]
    if open_:
        title = Message('%(title)s; open: %(names)s', title=title,
                        names=joined(open_[:3]) if len(open_) < 4
                        else some(open_))
    return Reference(title, SHUT if open_ else OPEN, None,
                     answers[0].requirement.stage)


def of_item(told: Readiness, word: str) -> tuple[list[Answer], str]:
    """The sign-offs of the items of that key or name, and what it is called.
    """
    lists = {each.name: each.called(word)
             for each in told.decision.snapshot.state.lists}
    stages: Iterable[StageReadiness] = told.stages
    answers = [a for s in stages for g in s.groups for a in g.answers
               for item in [lists.get(g.group.list)]
               if item is not None and a.requirement.item == item.key]
    return answers, next((i.name for i in lists.values() if i), word)
