"""Bases: what a requirement rests on, and which approvals it bears out.

Rule 13 of docs/development/rules.rst.  An approval names, for each base, a
digest of the release and the evidence for which that was signed; of a group
also the items that were met.  It counts while this is what there is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from prodworkflow.domain.canonical_json import canonical, plain
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.signoff import RESTS, SignOff
from prodworkflow.domain.model.state import State
from prodworkflow.domain.model.submission import basis
from prodworkflow.domain.text import joined, Message


@dataclass(frozen=True)
class Base:
    """A requirement or group on which another requirement rests.

    `words` follow the name: why it is not met.  `cause` names what is at the
    bottom of that, with its words.  `members` are the requirements that it
    stands for, none where there is no such requirement; `met_items` are the
    items of a group that are met, None for a single requirement.
    """

    state: State
    key: str
    name: str
    met: bool
    words: str
    cause: str
    members: tuple[Requirement, ...] = ()
    met_items: tuple[str, ...] | None = None

    @property
    def unmet_words(self) -> str:
        """That it is not met, as what follows `rests on`."""
        if self.cause == self.own_cause:
            return Message('%(base)s, which %(words)s', base=self.name,
                           words=self.words)
        return Message('%(base)s, and %(cause)s', base=self.name,
                       cause=self.cause)

    @property
    def own_cause(self) -> str:
        """Its name and words as one phrase."""
        return Message('%(base)s %(words)s', base=self.name, words=self.words)

    @property
    def digest(self) -> str:
        """What an approval keeps that is given now; '' if it is nowhere."""
        return self._digest(self.met_items) if self.members else ''

    def bears_out(self, signoff: SignOff) -> bool:
        """Whether an approval was given for what is signed here now."""
        kept = self._kept(signoff)
        return bool(self.members) and kept is not None and (
            kept == self._digest(_items(kept)))

    def dropped_out(self, signoff: SignOff) -> list[str]:
        """The items for which an approval was given, and that are gone."""
        there = {r.item for r in self.members}
        return [item for item in _items(self._kept(signoff) or '') or ()
                if item not in there]

    def _kept(self, signoff: SignOff) -> str | None:
        return dict(signoff.basis or ()).get(f'{RESTS}{self.key}')

    def asked_again(self, signoff: SignOff) -> bool:
        """Whether a release has asked it again since an approval."""
        return any(r.stale > signoff.number for r in self.members)

    def _digest(self, items: tuple[str, ...] | None) -> str:
        if items is None:
            return _digest_of(self.members[0], self.state)
        there = {r.item: r for r in self.members}
        return ':'.join((_sha([
            _digest_of(there[item], self.state) if item in there else ''
            for item in items]), ','.join(items)))

    def as_dict(self) -> dict[str, object]:
        """The base as JSON."""
        return {'key': self.key, 'name': self.name, 'met': self.met,
                'words': self.words}


# How a campaign without a release gets one.
SET_RELEASE = Message(
    'a holder of CAMPAIGN_ADMIN sets it on the admin page of the campaign or '
    'by "trac-admin ENV campaign release NAME RELEASE"')


def unmet_names(bases: Iterable[Base]) -> str:
    """The names of those that are not met, in a sentence; '' if all are."""
    return joined([b.name for b in bases if not b.met])


def lacks_release(requirement: Requirement, state: State) -> bool:
    """Whether it is bound to a release that the campaign does not have."""
    return requirement.release_bound and not state.campaign.release


def refusal(requirement: Requirement, state: State,
            bases: Iterable[Base]) -> str:
    """Why a requirement cannot be approved yet, a phrase; '' if it can."""
    against: list[str] = []
    if lacks_release(requirement, state):
        against.append(Message(
            'it is bound to a release, and %(campaign)s has none yet; '
            '%(remedy)s', campaign=state.campaign.name, remedy=SET_RELEASE))
    unmet = [b.unmet_words for b in bases if not b.met]
    if unmet:
        against.append(Message('it rests on %(bases)s', bases=joined(unmet)))
    return Message(
        '#%(ticket)s %(title)s cannot be approved yet: %(against)s',
        ticket=requirement.ticket, title=requirement.title,
        against=joined(against)) if against else ''


def borne_out(signoff: SignOff, bases: Iterable[Base]) -> bool:
    """Whether an approval counts beside what it rests on."""
    return all(b.met and b.bears_out(signoff) for b in bases)


def left_behind(approvals: list[SignOff], bases: Iterable[Base]) -> str:
    """Why approvals that rest on these count no more, a phrase."""
    bases = list(bases)
    unmet = [b.unmet_words for b in bases if not b.met]
    if unmet:
        return Message('was signed, but rests on %(bases)s',
                       bases=joined(unmet))
    last = max([s for s in approvals if not borne_out(s, bases)]
               or approvals, key=lambda s: s.number)
    anew = [b for b in bases if not b.bears_out(last)]
    gone = [item for b in anew for item in b.dropped_out(last)]
    if gone:
        return Message('was signed for %(items)s, too, which dropped out of '
                       '%(bases)s', items=joined(gone),
                       bases=joined([b.name for b in anew]))
    if any(b.asked_again(last) for b in anew):
        return Message('was signed before %(bases)s was approved for another '
                       'release', bases=joined([b.name for b in anew]))
    return Message('was signed before %(bases)s was approved for other '
                   'evidence', bases=joined([b.name for b in anew]))


def basis_of(bases: Iterable[Base]) -> dict[str, str]:
    """What an approval that is given now keeps of what it rests on."""
    return {b.key: b.digest for b in bases}


def _items(kept: str) -> tuple[str, ...] | None:
    """The items in what an approval keeps of a group; None if it is none."""
    _, colon, items = kept.partition(':')
    return tuple(filter(None, items.split(','))) if colon else None


def _digest_of(requirement: Requirement, state: State) -> str:
    """A digest of what a requirement is signed for, cached in the state.

    It is that of the release for which it was last asked, and of its present
    evidence.
    """
    if requirement.key not in state.digests:
        state.digests[requirement.key] = _sha([
            _release(requirement, state), _evidence(requirement, state)])
    return state.digests[requirement.key]


def _release(requirement: Requirement, state: State) -> str:
    """The release for which it was last asked; '' if it is not bound."""
    if not requirement.release_bound:
        return ''
    return (*requirement.carried, state.campaign.release)[0]


def _evidence(requirement: Requirement, state: State) -> object:
    return plain(basis(requirement, state) or ())


def _sha(value: object) -> str:
    return hashlib.sha256(canonical(value).encode()).hexdigest()
