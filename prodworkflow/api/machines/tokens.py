"""Tokens of machines: made, listed, revoked, and found by their secrets."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import Any

from trac.db.pool import TimeoutError as NoConnection
from trac.perm import PermissionCache, PermissionSystem
from trac.resource import Resource

from prodworkflow.api.campaign_ids import campaign_id, no_requirement
from prodworkflow.api.queries import Queries
from prodworkflow.domain.dates import day_of
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.logins import quoted_login
from prodworkflow.domain.model.machines.token import (
    fits,
    hash_of,
    number_in,
    secret_of,
    Token,
)
from prodworkflow.domain.model.permissions import SEE, VIEW
from prodworkflow.domain.planning.request import tidy
from prodworkflow.domain.planning.tokens import (
    DAY,
    NOBODY,
    token_plan,
    TokenRequest,
)
from prodworkflow.domain.text import joined, Message
from prodworkflow.domain.views.machines.token_rows import token_row, TokenRow
from prodworkflow.gateways.clock import now
from prodworkflow.gateways.rights import allowed
from prodworkflow.gateways.signers import Acquaintance
from prodworkflow.services.consistency.findings import Finding
from prodworkflow.store import one_line
from prodworkflow.store.machines import tokens

# What ended is listed for so long, and the last use is kept by the minute.
LISTED, MINUTE = 30 * DAY, 60_000_000
# What is compared where no token has the number: it takes as long.
NONE = hash_of('')
# What findings are about.
PLACE = 'tokens'


@dataclass(frozen=True)
class NewToken:
    """A token that was made just now, and its secret, which is not kept."""

    token: Token
    secret: str

    def __repr__(self) -> str:
        return f'NewToken({self.token!r})'


class Tokens:
    """Keeps the tokens of a site; nothing of them is kept in a process."""

    def __init__(self, env: Any, queries: Queries) -> None:
        self.env = env
        self._queries = queries

    def add(self, wish: TokenRequest, perm: Any = None) -> NewToken:
        """Make a token; its secret is told this once.

        InvalidRequest names all that is wrong, NoSuchCampaign a campaign or
        requirement that there is not, or that the holder of `perm` may not
        see.
        """
        self._check_owner(wish.owner)
        campaign = self._campaign(wish, perm)
        with self.env.db_transaction:
            taken = {t.name for t in self.live(wish.owner)}
            plan = token_plan(wish, taken, day_of(now()))
            token = Token(0, plan.name, wish.owner, plan.scopes,
                          tidy(wish.campaign), wish.requirement.strip(),
                          now(), plan.expires)
            number = tokens.keep_token(self.env, token, campaign,
                                       hash_of(secrets.token_urlsafe(32)))
            secret = secret_of(number, secrets.token_urlsafe(32))
            tokens.set_hash(self.env, number, hash_of(secret))
        self.env.log.info('Token %s was made for %s', number,
                          one_line(wish.owner))
        return NewToken(replace(token, id=number), secret)

    def listed(self, owner: str | None = None) -> list[Token]:
        """The tokens of one owner, or all; not those that ended long ago."""
        return [t for t in tokens.tokens_since(self.env, now() - LISTED)
                if owner in (None, t.owner)]

    def live(self, owner: str | None = None) -> list[Token]:
        """Those of them that are worth something."""
        return [t for t in self.listed(owner) if not t.end(now())]

    def rows(self, owner: str | None = None) -> list[TokenRow]:
        """The tokens that are listed, in words."""
        return [token_row(t, now()) for t in self.listed(owner)]

    def revoke(self, which: str, owner: str | None = None) -> Token:
        """Revoke a token, given by number or name; worth nothing at once.

        With an owner, one of theirs. InvalidRequest if there is none that is
        worth anything, or several have that name.
        """
        live = self.live(owner)
        found = [t for t in live if which in (str(t.id), t.name)]
        if len(found) != 1:
            raise InvalidRequest([('token', _not_one(which, found, live))])
        tokens.revoke_token(self.env, found[0].id, now())
        self.env.log.info('Token %s of %s was revoked', found[0].id,
                          one_line(found[0].owner))
        return found[0]

    def of_secret(self, secret: str) -> Token | None:
        """The token of a secret, be it worth anything or not; None if none.

        What decides is the comparison of hashes, in constant time.
        """
        number = number_in(secret)
        kept = tokens.token_numbered(self.env, number) if number else None
        same = fits(secret, kept.hash if kept else NONE)
        return kept.token if kept and same else None

    def end_of(self, token: Token) -> str:
        """Why a token is worth nothing now, in words; '' if it is."""
        return token.end(now())

    def is_orphan(self, token: Token) -> bool:
        """Whether its owner is no user of Trac any more."""
        return not Acquaintance(self.env).known(token.owner)

    def note_use(self, token: Token) -> None:
        """Note that it was used now, once a minute at most.

        A database that cannot be written to stops no reader.
        """
        moment = now()
        if moment - token.last_used < MINUTE:
            return
        try:
            tokens.note_use(self.env, token.id, moment, moment - MINUTE)
        except (self.env.db_exc.Error, NoConnection) as error:
            self.env.log.warning('The last use of token %s was not noted: %s',
                                 token.id, error)

    def findings(self) -> list[Finding]:
        """The tokens in force that do nothing, since their owners may not.

        Whose owner is gone, or may not even see campaigns.
        """
        people = Acquaintance(self.env)
        found = []
        for token in self.live():
            words = {'number': token.id, 'name': token.name,
                         'owner': quoted_login(token.owner)}
            if not people.known(token.owner):
                found.append(Message(
                    'token %(number)s, %(name)s, is of %(owner)s, who is no '
                    'user of Trac any more; revoke it', **words))
            elif not allowed(PermissionCache(self.env, token.owner), VIEW):
                found.append(Message(
                    'token %(number)s, %(name)s, does nothing: %(owner)s has '
                    'no %(permission)s', permission=VIEW, **words))
        return [Finding(PLACE, words) for words in found]

    # Internal methods

    def _check_owner(self, owner: str) -> None:
        """InvalidRequest unless the owner is a user whom Trac knows."""
        if (owner in NOBODY or owner in PermissionSystem(
                self.env).get_groups_dict()
                or not Acquaintance(self.env).known(owner)):
            raise InvalidRequest([('user', Message(
                '%(user)s is no user whom Trac knows: they log in once, or '
                'get a permission by "trac-admin ENV permission add".',
                user=quoted_login(owner[:64])))])

    def _campaign(self, wish: TokenRequest, perm: Any) -> int:
        """The id of the campaign; 0 for all of them."""
        if not wish.campaign.strip():
            return 0
        found = campaign_id(self.env, wish.campaign)
        if wish.requirement.strip():
            self._check_requirement(wish, perm)
        return found

    def _check_requirement(self, wish: TokenRequest, perm: Any) -> None:
        """NoSuchCampaign unless there is that requirement to be seen."""
        asked = self._queries.requirement(wish.campaign,
                                          wish.requirement.strip())
        if perm is not None and not allowed(
                perm, SEE, Resource('ticket', asked.ticket)):
            raise no_requirement(wish.campaign, wish.requirement.strip())


def _not_one(which: str, found: list[Token], live: list[Token]) -> str:
    """Why a token cannot be told by what was given."""
    if found:
        return Message(
            'Several tokens have the name %(name)s: %(tokens)s; give the '
            'number.', name=which[:64], tokens=joined(
                [f'{t.id} ({quoted_login(t.owner)})' for t in found]))
    if not live:
        return Message('There is no token "%(name)s"; there is none that is '
                       'not revoked.', name=which[:64])
    return Message('There is no token "%(name)s"; there is %(known)s.',
                   name=which[:64], known=joined(
                       [f'{t.id} ({t.name})' for t in live[:20]]))
