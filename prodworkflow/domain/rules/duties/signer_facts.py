"""Signer facts: what Trac says of the people who are to sign."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from prodworkflow.domain.model.requirement import Requirement

# So many people are told why they cannot sign.
MOST = 6
Obstruction = Callable[[Requirement, str], str]


def nothing_against(requirement: Requirement, person: str) -> str:
    """No obstruction: whoever is named can sign."""
    return ''


@dataclass(frozen=True)
class SignerFacts:
    """Groups, administrators, and who cannot sign although they are named.

    `members` maps group names, without the @, to logins; `administrators`
    gives the holders of CAMPAIGN_ADMIN; `obstruction` gives, for a requirement
    and a login, why that person cannot sign its ticket, '' if they can.
    """

    members: Mapping[str, frozenset[str]] = field(default_factory=dict)
    administrators: Callable[[], frozenset[str]] = frozenset
    obstruction: Obstruction = nothing_against
