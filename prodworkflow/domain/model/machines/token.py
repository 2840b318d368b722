"""Tokens of machines: scope, campaign, requirement, expiry, and the secret.

A secret is `pwf_`, the number of its token, and 256 random bits.  Only the
SHA-256 of a secret is kept.
"""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from hashlib import sha256

from prodworkflow.domain.dates import moment
from prodworkflow.domain.text import joined, Message

GATE_READ = 'gate:read'
EVIDENCE_WRITE = 'evidence:write'
HOLD_SCOPE = 'hold'
FEED_READ = 'feed:read'

# What each scope lets a token do, in the order in which they are told.
SCOPES = {
    GATE_READ: Message('asks gates, and reads what the API tells'),
    EVIDENCE_WRITE: Message('reports evidence'),
    HOLD_SCOPE: Message('puts campaigns on hold'),
    FEED_READ: Message('reads feeds and the calendar')}


# These change something: a token of one requirement changes nothing else.
CHANGING = (EVIDENCE_WRITE, HOLD_SCOPE)


_SECRET = re.compile('pwf_([1-9][0-9]{0,14})_[A-Za-z0-9_-]{43}', re.ASCII)


@dataclass(frozen=True)
class Token:
    """A machine's key, which does what its owner may and its scopes say.

    Without a campaign it is for all of them, without a requirement for all of
    its campaign.  Times are in µs UTC, 0 for never; `expires` is the first
    moment at which it is worth nothing.  `orphaned` says that its campaign is
    gone.
    """

    id: int
    name: str
    owner: str
    scopes: tuple[str, ...]
    campaign: str = ''
    requirement: str = ''
    made: int = 0
    expires: int = 0
    last_used: int = 0
    revoked: int = 0
    orphaned: bool = False

    def end(self, now: int) -> str:
        """Why it is worth nothing any more, in words; '' if it is."""
        if self.revoked:
            return Message('The token was revoked.')
        if self.expires and self.expires <= now:
            return Message('The token expired at %(moment)s.',
                           moment=moment(self.expires))
        return Message('The campaign of the token is gone.') \
            if self.orphaned else ''

    def ended_at(self) -> int:
        """When it was revoked or expires, the earlier; 0 for never."""
        return min(filter(None, (self.revoked, self.expires)), default=0)

    def refusal(self, scope: str, campaign: str = '',
                requirement: str = '') -> str:
        """Why it may not do that, in words; '' if it may.

        Without a campaign it is about all campaigns, without a requirement
        about all of one.
        """
        if scope not in self.scopes:
            return Message('The scope %(scope)s is needed, and the token has '
                           '%(scopes)s.', scope=scope,
                           scopes=joined(self.scopes))
        if self.campaign and campaign != self.campaign:
            return Message('The token is for the campaign %(campaign)s alone.',
                           campaign=self.campaign)
        asked = requirement or scope in CHANGING
        if self.requirement and asked and requirement != self.requirement:
            return Message('The token is for the requirement %(requirement)s '
                           'alone.', requirement=self.requirement)
        return ''


def secret_of(number: int, random: str) -> str:
    """The secret of a token, of 32 random bytes as URL-safe Base64."""
    return f'pwf_{number}_{random}'


def number_in(secret: str) -> int | None:
    """The number of the token that a secret names; None if it is no secret."""
    found = _SECRET.fullmatch(secret)
    return int(found[1]) if found else None


def hash_of(secret: str) -> str:
    """What is kept of a secret: its SHA-256, in hexadecimal."""
    return sha256(secret.encode()).hexdigest()


def fits(secret: str, kept: str) -> bool:
    """Whether a secret has that hash; it takes as long if it has not."""
    return hmac.compare_digest(hash_of(secret), kept)
