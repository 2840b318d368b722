"""Coverage: the evaluation of one group, in words and as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from prodworkflow.domain.model.coverage_rule import (
    greater,
    percent,
    rule,
    share_of,
    smaller,
)
from prodworkflow.domain.model.item_list import AGREED, Group
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.rules.groups.dropped import standing_no
from prodworkflow.domain.text import Message, NAMED


@dataclass(frozen=True)
class Coverage:
    """The evaluation of one group: how many members are met, and if enough.

    `names` maps item keys to names; `rule` is the coverage rule in words;
    `lacking` is how many more have to be met at the least.  `dropped` are
    requirements of items that left the campaign; `agreed` maps the keys of
    items to the weights that were agreed, where those have been changed since.
    """

    group: Group
    answers: tuple[Answer, ...]
    reached: bool
    rule: str
    names: Mapping[str, str]
    lacking: int = 0
    dropped: tuple[Requirement, ...] = ()
    agreed: Mapping[str, str] = field(default_factory=dict)

    def judged(self) -> Coverage:
        """The same with `reached` and `lacking`, by its rule.

        What cannot be read is not reached.
        """
        try:
            reached, lacking = self._judged()
        except ValueError:
            reached, lacking = False, len(self.answers)
        return replace(self, reached=reached, lacking=lacking)

    def _judged(self) -> tuple[bool, int]:
        if self.group.counts not in ('', AGREED):
            raise ValueError(self.group.counts)
        read, unmet = rule(self.group.rule), self.open
        members, met = self._weights()
        return (read.reached(members, met), read.lacking(
            members, met, [self._least(a.requirement) for a in unmet]))

    def _weights(self) -> tuple[list[str], list[str]]:
        """The weights of all members that the rule counts, and of the met."""
        if self.group.counts == AGREED:
            return self._agreed_weights()
        return ([a.requirement.weight for a in self.answers],
                [a.requirement.weight for a in self.answers if a.met])

    @property
    def missing(self) -> int:
        """How many of its members are missing, counted once each."""
        return 0 if self.reached else min(max(self.lacking, 1),
                                          len(self.open))

    @property
    def met(self) -> int:
        """The number of members that are met."""
        return sum(a.met for a in self.answers)

    @property
    def open(self) -> tuple[Answer, ...]:
        """The members that are not met, in order."""
        return tuple(a for a in self.answers if not a.met)

    @property
    def share(self) -> Fraction | None:
        """The share of the weight that is met; None without weights."""
        return share_of([a.requirement.weight for a in self.answers],
                        [a.requirement.weight for a in self.answers if a.met])

    @property
    def agreed_share(self) -> Fraction | None:
        """The share of the weight that was agreed; None without weights.

        What dropped out counts in the whole; of a weight that was changed the
        smaller one counts as met, the greater one in the whole.
        """
        try:
            return share_of(*self._agreed_weights())
        except ValueError:
            return None

    def _agreed_weights(self) -> tuple[list[str], list[str]]:
        """The weights of all that was agreed, and of what is met of it."""
        whole = [*(a.requirement for a in self.answers), *self.dropped]
        return ([greater(r.weight, self.agreed.get(r.item, r.weight))
                 for r in whole],
                [smaller(a.requirement.weight, self.agreed.get(
                    a.requirement.item, a.requirement.weight))
                 for a in self.answers if a.met])

    def _least(self, requirement: Requirement) -> str:
        """The weight that a member would add if it were met."""
        if self.group.counts != AGREED:
            return requirement.weight
        return smaller(requirement.weight, self.agreed.get(
            requirement.item, requirement.weight))

    @property
    def counted(self) -> str:
        """The number met, in words: `38 of 40 sites (96 % of capacity)`."""
        said = {'met': self.met, 'count': len(self.answers),
                'list': self.group.list}
        share, agreed = self.share, self.agreed_share
        if share is None:
            if not self.dropped:
                return Message('%(met)s of %(count)s %(list)s', **said)
            return Message('%(met)s of %(count)s %(list)s that are left, '
                           '%(agreed)s were agreed', **said,
                           agreed=len(self.answers) + len(self.dropped))
        if agreed is None or not (self.dropped or self.agreed):
            return Message('%(met)s of %(count)s %(list)s (%(share)s of '
                           'capacity)', **said, share=percent(share))
        return Message('%(met)s of %(count)s %(list)s (%(share)s of what is '
                       'left, %(agreed)s of the capacity agreed)', **said,
                       share=percent(share), agreed=percent(agreed))

    @property
    def words(self) -> str:
        """The evaluation as a sentence, with all unmet members by name."""
        return self._naming(len(self.open) + len(self.dropped))

    @property
    def brief(self) -> str:
        """Like `words`, with at most NAMED unmet members by name."""
        return self._naming(NAMED)

    def _naming(self, most: int) -> str:
        """The sentence, with at most `most` members of a kind by name."""
        words = self.counted
        if not self.reached:
            words = Message('%(counted)s, and it needs %(rule)s',
                            counted=words, rule=self.rule)
        names = _some([self.name(a) for a in self.open], most)
        if names:
            words = Message('%(words)s; open: %(names)s', words=words,
                            names=names)
        left = self._left_words(most)
        return Message('%(words)s; %(left)s', words=words,
                       left=left) if left else words

    @property
    def left_words(self) -> str:
        """Who dropped out, and who had said no; '' for nobody."""
        return self._left_words(len(self.dropped))

    def _left_words(self, most: int) -> str:
        names = _some([self._left(r) for r in self.dropped], most)
        return Message('dropped out: %(names)s', names=names) if names else ''

    def name(self, answer: Answer) -> str:
        """The name of a member with its ticket: `#12 CNAF`."""
        requirement = answer.requirement
        name = self.names.get(requirement.item, requirement.item)
        return name if requirement.ticket is None else (
            f'#{requirement.ticket} {name}')

    def _left(self, requirement: Requirement) -> str:
        """The name of who dropped out, and who had said no."""
        name = self.names.get(requirement.item, requirement.item)
        no = standing_no(requirement)
        return Message('%(name)s (%(verdict)s by %(signer)s)', name=name,
                       verdict=no.verdict, signer=no.signer) if no else name

    def as_dict(self) -> dict[str, Any]:
        """The evaluation as JSON; shares are rounded down to four digits."""
        return {'key': self.group.key, 'title': self.group.title,
                'stage': self.group.stage, 'list': self.group.list,
                'rule': self.group.rule, 'of': self.group.counts,
                'reached': self.reached,
                'met': self.met, 'members': len(self.answers),
                'agreed': len(self.answers) + len(self.dropped),
                'share': _rounded(self.share),
                'share_agreed': _rounded(self.agreed_share),
                'open': [self.names.get(a.requirement.item,
                                        a.requirement.item)
                         for a in self.open],
                'dropped': [self.names.get(r.item, r.item)
                            for r in self.dropped],
                'words': self.words}


def _some(names: list[str], most: int) -> str:
    """At most so many names, and how many there are more."""
    told = ', '.join(names[:most])
    return Message('%(names)s, %(count)s more', names=told,
                   count=len(names) - most) if names[most:] else told


def _rounded(share: Fraction | None) -> float | None:
    return None if share is None else int(share * 10000) / 10000
