"""Coverage rules of groups: `all`, `at_least = 38`, `weight >= 0.9`.

Weights and shares are compared as fractions; no rounding opens a gate.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from prodworkflow.domain.text import Message

ALL = 'all'


MOST = 2000


HINT = Message('write "all", "at_least = 38" (of so many) or "weight >= '
               '0.9" (of the weights together)')


WEIGHT_HINT = Message('write a plain number above 0, with at most 12 digits '
                      'before and behind the point')


_NUMBER = r'\d{1,12}(?:\.\d{1,12})?'


_AT_LEAST = re.compile(r'at_least\s*(?:=|>=)\s*(\d{1,4})', re.ASCII)


_WEIGHT = re.compile(rf'weight\s*>=\s*({_NUMBER})\s*(%?)', re.ASCII)


@dataclass(frozen=True)
class Rule:
    """A parsed coverage rule; `all` where neither field is set.

    `at_least` is a number of members, `share` a part of all weight (0 to 1).
    """

    at_least: int = 0
    share: Fraction = Fraction(0)

    def __str__(self) -> str:
        if self.at_least:
            return f'at_least = {self.at_least}'
        return f'weight >= {self.written}' if self.share else ALL

    @property
    def written(self) -> str:
        """The share as a decimal, as in the text of the rule."""
        return _decimal(self.share)

    def reached(self, members: Sequence[str], met: Sequence[str]) -> bool:
        """Whether the met members are enough; both are given by their weights.

        No member at all is never enough.  ValueError for an invalid weight, if
        the rule is about weights.
        """
        if not met:
            return False
        if self.share:
            return _total(met) >= self.share * _total(members)
        return len(met) >= (self.at_least or len(members))

    def lacking(self, members: Sequence[str], met: Sequence[str],
                unmet: Sequence[str]) -> int:
        """How many more members have to be met, at the least.

        All are given by their weights, those that can still be met in `unmet`.
        ValueError for an invalid weight, if the rule is about weights.
        """
        if not self.share:
            return max((self.at_least or len(members)) - len(met), 0)
        left, open_ = _total(met), sorted(map(weight, unmet))
        count, aim = 0, self.share * _total(members)
        while open_ and left < aim:
            left += open_.pop()
            count += 1
        return count

    def words(self, plural: str, agreed: bool = False) -> str:
        """The rule as part of a sentence: `at least 38 sites`.

        `agreed` says that it counts all that was agreed.
        """
        if self.at_least:
            return Message('at least %(at_least)s %(plural)s',
                           at_least=self.at_least, plural=plural)
        if self.share and agreed:
            return Message('%(percent)s of the capacity agreed',
                           percent=percent(self.share))
        if agreed:
            return Message('all %(plural)s that were agreed', plural=plural)
        if self.share:
            return Message('%(percent)s of capacity',
                           percent=percent(self.share))
        return Message('all %(plural)s', plural=plural)


def rule(text: str) -> Rule:
    """Parse a coverage rule; ValueError, with a message, if it is invalid."""
    stripped = text.strip()
    counted, weighed = (_AT_LEAST.fullmatch(stripped),
                        _WEIGHT.fullmatch(stripped))
    if stripped == ALL:
        return Rule()
    if counted and 1 <= int(counted[1]) <= MOST:
        return Rule(at_least=int(counted[1]))
    if weighed:
        share = Fraction(weighed[1]) / (100 if weighed[2] else 1)
        if 0 < share <= 1:
            return Rule(share=share)
    raise ValueError(Message('"%(text)s" is no rule; %(remedy)s',
                             text=text[:40], remedy=HINT))


@lru_cache(maxsize=MOST)
def weight(text: str) -> Fraction:
    """Parse an item's weight; ValueError, with a message, if it is invalid."""
    if not re.fullmatch(_NUMBER, text, re.ASCII) or not Fraction(text):
        raise ValueError(Message('"%(text)s" is no weight; %(remedy)s',
                                 text=text[:40], remedy=WEIGHT_HINT))
    return Fraction(text)


def greater(one: str, other: str) -> str:
    """The greater of two weights; ValueError if they differ and one is none.
    """
    return one if one == other or weight(one) >= weight(other) else other


def smaller(one: str, other: str) -> str:
    """The smaller of two weights; ValueError if they differ and one is none.
    """
    return one if one == other or weight(one) <= weight(other) else other


def share_of(members: Sequence[str], met: Sequence[str]) -> Fraction | None:
    """The share of the total weight that is met; None without weights."""
    try:
        return _total(met) / _total(members) if members else None
    except ValueError:
        return None


def percent(share: Fraction) -> str:
    """A share in percent, rounded down to a tenth: `89.9 %`."""
    tenths = share * 1000 // 1
    return f'{_decimal(Fraction(tenths, 10))} %'


def _total(weights: Sequence[str]) -> Fraction:
    """The sum of weights, exactly; whole numbers are added as such."""
    counts = [(weight(w), n) for w, n in Counter(weights).items()]
    whole = sum(w.numerator * n for w, n in counts if w.denominator == 1)
    return sum((w * n for w, n in counts if w.denominator != 1),
               Fraction(whole))


def _decimal(number: Fraction) -> str:
    """The exact decimal of a fraction whose denominator divides 10^14."""
    digits = 0
    while number * 10 ** digits % 1 and digits < 14:
        digits += 1
    whole = str(int(number * 10 ** digits)).rjust(digits + 1, '0')
    return f'{whole[:-digits]}.{whole[-digits:]}' if digits else whole
