"""Permissions: the plugin's own, Trac's that acts take, and who has them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from prodworkflow.domain.logins import quoted_login
from prodworkflow.domain.model.person import GROUP
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.vocabulary import Verdict
from prodworkflow.domain.text import Message

VIEW = 'CAMPAIGN_VIEW'


HOLD = 'CAMPAIGN_HOLD'


WAIVE = 'CAMPAIGN_WAIVE'


LAUNCH = 'CAMPAIGN_LAUNCH'


ADMIN = 'CAMPAIGN_ADMIN'


GRANTS = (VIEW, HOLD, WAIVE, LAUNCH, ADMIN)


SEE = 'TICKET_VIEW'


COMMENT = ('TICKET_APPEND',)


# The whole and its two parts: a policy may refuse any of them.
CHANGE = ('TICKET_MODIFY', 'TICKET_CHGPROP', *COMMENT)


def needed(verdict: Verdict, closed: bool) -> tuple[str, ...]:
    """Trac's permissions that a verdict takes on its ticket, to see it first.

    `closed` says that the ticket is.  A report, and a rejection of what is
    open, leave a comment and nothing else.
    """
    comments = verdict is Verdict.REPORTED or (
        verdict is Verdict.REJECTED and not closed)
    return (SEE, *(COMMENT if comments else CHANGE))


# So many people are told why they cannot sign.
MOST = 6
Obstruction = Callable[[Requirement, str], str]


def nothing_against(requirement: Requirement, person: str) -> str:
    """No obstruction: whoever is named can sign."""
    return ''


def everybody(person: str) -> bool:
    """Every login is known, and has logged in."""
    return True


@dataclass(frozen=True)
class SignerFacts:
    """Groups, administrators, and who cannot sign although they are named.

    `members` maps group names, without the @, to logins; `administrators`
    gives the holders of CAMPAIGN_ADMIN; `obstruction` gives, for a requirement
    and a login, why Trac does not let that person sign its ticket, '' if it
    does.  `known` says whether a login has logged in to Trac or stands among
    its permissions, `met` whether it has logged in.
    """

    members: Mapping[str, frozenset[str]] = field(default_factory=dict)
    administrators: Callable[[], frozenset[str]] = frozenset
    obstruction: Obstruction = nothing_against
    known: Callable[[str], bool] = everybody
    met: Callable[[str], bool] = everybody

    def against(self, requirement: Requirement, person: str,
                newcomers: Collection[str] = ()) -> str:
        """Why somebody cannot sign although they are named; '' if they can.

        The `newcomers` were named before Trac knew them: they can once they
        have logged in. Others whom it does not know are users no more.
        """
        if not self.known(person) and person not in newcomers:
            return Message('%(person)s is no user of Trac any more',
                           person=quoted_login(person))
        return self.obstruction(requirement, person)

    def lets(self, requirement: Requirement, contact: str,
             newcomers: Collection[str] = ()) -> bool:
        """Whether a person, or a member of a group behind an @, can sign."""
        people = (self.members.get(contact[1:], frozenset())
                  if contact[:1] == GROUP else (contact,))
        return any(not self.against(requirement, p, newcomers)
                   for p in people)
