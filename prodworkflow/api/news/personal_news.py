"""Personal news: notices sorted by the people who are told of them.

Who acts is told nothing, and nobody of what they may not see.  Permissions
are looked up once a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from trac.perm import PermissionCache

from prodworkflow.api import viewer
from prodworkflow.domain.model.permissions import VIEW
from prodworkflow.domain.model.person import GROUP
from prodworkflow.domain.news.grouping import sections
from prodworkflow.domain.news.notices import Notice, PersonalNews
from prodworkflow.domain.news.people import waiting_people
from prodworkflow.domain.news.shown import shown_notice
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.views.visibility import HiddenWords
from prodworkflow.gateways import users
from prodworkflow.gateways.rights import allowed
from prodworkflow.gateways.signer_register import notice_changed_permissions

ANONYMOUS = 'anonymous'


def personal_news(env: Any, decision: Decision, notices: Iterable[Notice],
                  actor: str = '') -> list[PersonalNews]:
    """What notices of a campaign have for each person, in their order.

    The decision is the whole one on the campaign as it is; of those who are
    told the `actor` is left out, and who may not see campaigns.
    """
    told: dict[str, list[Notice]] = {}
    recipients = _Recipients(env)
    for notice in notices:
        for person in recipients.of(notice):
            told.setdefault(person, []).append(notice)
    waiting = waiting_people(decision) if told else {}
    return [news for person, theirs in told.items()
            if person not in (actor, ANONYMOUS)
            for news in _news_of(env, decision, person, theirs, waiting,
                                 actor)]


def _news_of(env: Any, decision: Decision, person: str,
             notices: list[Notice], waiting: Mapping[str, tuple[str, ...]],
             actor: str) -> Iterator[PersonalNews]:
    """The news of one person; none where they may see none of it."""
    perm = PermissionCache(env, person)
    if not allowed(perm, VIEW):
        return
    words = viewer.hidden_words(decision.snapshot, perm)
    found = sections(filter(None, (shown_notice(n, words) for n in notices)))
    if found:
        yield PersonalNews(decision.snapshot.state.campaign.name, person,
                           '' if actor in words.people else actor, found,
                           _count(decision, person, waiting, words))


def _count(decision: Decision, person: str,
           waiting: Mapping[str, tuple[str, ...]], words: HiddenWords) -> int:
    """How many sign-offs that they may see wait for a person."""
    return sum(person in people and decision.snapshot.state.requirement(
        key).ticket not in words.tickets for key, people in waiting.items())


class _Recipients:
    """The people behind contacts and permissions; each is looked up once."""

    def __init__(self, env: Any) -> None:
        notice_changed_permissions(env)
        self._members = users.GroupMembers(env)
        self._holders = lru_cache(maxsize=None)(
            lambda permission: sorted(users.holders(env, self._members,
                                                    permission)))

    def of(self, notice: Notice) -> Iterable[str]:
        """Each person whom a notice is for, once."""
        return dict.fromkeys((
            *(p for c in notice.contacts for p in self._people(c)),
            *(p for name in notice.holders for p in self._holders(name))))

    def _people(self, contact: str) -> list[str]:
        return (sorted(self._members.get(contact[1:], ()))
                if contact[:1] == GROUP else [contact])
