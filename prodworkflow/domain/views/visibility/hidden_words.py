"""Hidden words: takes hidden tickets, items and milestones out of sentences.

A sentence that is about something hidden is replaced as a whole, so that no
value, statement or signer is left of it.  Of a message only the part goes that
stands for itself: one reason of several, the names of who may sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from prodworkflow.domain.model.person import GROUP
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.signoff import SignOff
from prodworkflow.domain.model.state import State
from prodworkflow.domain.model.submission import files_of
from prodworkflow.domain.quantities import UnitError
from prodworkflow.domain.rules.freeze import (
    FROZEN,
    FROZEN_KINDS,
    FROZEN_LACKING,
)
from prodworkflow.domain.rules.waivers.limits import allowed, tolerable
from prodworkflow.domain.text import joined, Message

HIDDEN = Message('something that you may not see: ask a holder of '
                 'CAMPAIGN_ADMIN')
WAITS = Message('waits for something that you may not see: ask a holder of '
                'CAMPAIGN_ADMIN')
HOLDER = Message('a holder of CAMPAIGN_ADMIN')
UNSEEN = Message('a sign-off that you may not see')

# Parts of a message that are clauses of their own, and what replaces them.
CLAUSES = {**dict.fromkeys(('reasons', 'because', 'cause', 'missing', 'fact',
                            'hold', 'verdict', 'counted', 'fault',
                            'changes'), HIDDEN),
           'words': WAITS}
# Texts of so many characters may stand anywhere, by chance.
TOO_SHORT = 3
PEOPLE = ('signers', 'people', 'awaits', 'by', 'held_by')
NAMES = ('names', 'keys', 'issues', 'issue', 'tickets')
LEFT_OUT = ('suggestion',)
# Sentences that stay when their subject is hidden, and what replaces it.
FRAMES = {each.msgid: {'title': UNSEEN, 'signers': HOLDER}
          for each in (FROZEN, FROZEN_KINDS, FROZEN_LACKING)}


@dataclass(frozen=True)
class HiddenWords:
    """What may not be told: ticket ids, names of things, logins of people.

    `people` are those who have to do with hidden tickets alone.
    """

    tickets: frozenset[int]
    names: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()

    @classmethod
    def of(cls, state: State, tickets: frozenset[int],
           stages: frozenset[str]) -> HiddenWords:
        """What is hidden of a campaign: ticket ids, keys of stages."""
        if not (tickets or stages):
            return cls(tickets)
        asked = (*state.requirements, *state.dropped)
        hidden = [r for r in asked if r.ticket in tickets]
        seen = [r for r in asked if r.ticket not in tickets]
        told = _given(hidden, state) | _drawn(hidden, seen, state)
        places = {name for s in state.stages if s.key in stages
                  for name in (s.label, s.title, s.milestone)}
        return cls(tickets, frozenset(filter(None, told | places | (
            _names(hidden, state) - _names(seen, state)))), frozenset(
                _people(hidden, state) - _people(seen, state)))

    @classmethod
    def of_others(cls, state: State, requirement: Requirement) -> HiddenWords:
        """What the comments on a requirement's ticket may not tell.

        Who reads them may not see the tickets of other requirements.
        """
        others = (*state.requirements, *state.dropped)
        return cls.of(state, frozenset(
            r.ticket for r in others if r.ticket
            and r.ticket != requirement.ticket), frozenset())

    def mention(self, text: str) -> bool:
        """Whether a text is about something hidden."""
        return any(int(n) in self.tickets for n in re.findall(
            r'#(\d{1,18})(?!\d)', text)) or _holds(text, self.names)

    def shown(self, text: str, instead: Message = HIDDEN) -> str:
        """The text without what is hidden; `instead` if that is all of it."""
        if not (self.mention(text) or _holds(text, self.people)):
            return text
        if isinstance(text, Message) and text.params:
            return self._message(text, instead)
        return instead if self.mention(text) else text

    def each(self, texts: Iterable[str]) -> list[str]:
        """Several texts as they are shown, none of them twice."""
        return list(dict.fromkeys(self.shown(text) for text in texts))

    def signoff(self, said: SignOff) -> SignOff:
        """A verdict without the ends of a waiver that tell of an estimate."""
        waiver = said.waiver
        if waiver is None or not self.names:
            return said
        bounds = tuple(replace(b, **{
            end: '' for end in ('at_least', 'at_most')
            if self.mention(getattr(b, end))}) for b in waiver.bounds)
        return replace(said, waiver=replace(waiver, bounds=bounds))

    def _message(self, text: Message, instead: Message) -> str:
        if text.msgid in FRAMES:
            return Message(text.msgid, **{**text.params,
                                          **FRAMES[text.msgid]})
        if all(_is_part(name) for name in text.params):
            return self._list(text, instead)
        found = {}
        for name, value in text.params.items():
            found[name] = (self._part(name, value)
                           if isinstance(value, str) else value)
        made = type(text)(text.msgid, **found)
        return instead if self.mention(made) else made

    def _part(self, name: str, value: str) -> str:
        """A parameter of a message as it is shown."""
        if name in PEOPLE and _holds(value, self.people):
            return HOLDER
        if name in CLAUSES:
            return self.shown(value, CLAUSES[name])
        if name in NAMES:
            return joined([n for n in _parts(value)
                           if not self.mention(n)]) or value
        return '' if name in LEFT_OUT and self.mention(value) else value

    def _list(self, text: Message, instead: Message) -> Message:
        """A list whose hidden parts are replaced, the same once."""
        found, told = {}, False
        for name, value in text.params.items():
            shown = self.shown(value) if isinstance(value, str) else value
            if shown is HIDDEN and told:
                shown = Message('more')
            told = told or shown is HIDDEN
            found[name] = shown
        made = Message(text.msgid, **found)
        return instead if self.mention(made) else made


def _parts(names: str) -> list[str]:
    """The names of a list in words."""
    if isinstance(names, Message) and names.params:
        return [part for value in names.params.values()
                for part in _parts(str(value) if not isinstance(value, str)
                                   else value)]
    return names.split(', ')


def _is_part(name: str) -> bool:
    return bool(re.fullmatch(r'part\d+|items|last|count', name))


def _holds(text: str, names: frozenset[str]) -> bool:
    """Whether one of the names stands in a text, as whole words."""
    return any(name in text and re.search(
        rf'(?<!\w){re.escape(name)}(?!\w)', text) for name in names)


def _names(requirements: Iterable[Requirement], state: State) -> set[str]:
    """Titles of requirements; their items by key and name."""
    items = {(i.key): i.name for each in state.lists for i in each.items}
    return {name for r in requirements for name in (
        r.title, *((r.key, r.item, items.get(r.item, r.item))
                   if r.item else ()))}


def _given(requirements: list[Requirement], state: State) -> set[str]:
    """Values, links and files of these, and what was said of them."""
    keys = {r.key for r in requirements}
    said = [s for s in state.signoffs if s.requirement in keys]
    return {text for text in (
        *(s.statement.strip() for s in said),
        *(t for s in said for e in s.evidence for t in (
            e.text, e.reference, *(name for name, _digest in files_of(e)))))
        if len(text) > TOO_SHORT}


def _drawn(hidden: list[Requirement], seen: list[Requirement],
           state: State) -> set[str]:
    """The bounds of visible values that are drawn from hidden estimates."""
    keys = {r.key for r in hidden}
    found: set[str] = set()
    for value in (v for r in seen for v in r.asks.values
                  if v.compare_with in keys):
        try:
            ends = (allowed(value, state), tolerable(value, state))
        except UnitError:
            continue
        found.update(t for each in ends for t in (each.at_least, each.at_most)
                     if t not in (value.at_least, value.at_most,
                                  value.tolerable))
    return found


def _people(requirements: list[Requirement], state: State) -> set[str]:
    """All who may sign these, or have; also as lists of logins have them."""
    keys = {r.key for r in requirements}
    found = {name.lstrip(GROUP) for r in requirements for name in (
        *r.contacts, *(d.person for d in r.deputies))} | {
            s.signer for s in state.signoffs if s.requirement in keys}
    return found | {name.replace('"', '""') for name in found if '"' in name}
