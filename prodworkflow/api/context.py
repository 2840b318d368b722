"""The context of a use case: who acts, and who is notified afterwards."""

from __future__ import annotations

import re
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from trac.admin.api import AdminCommandError
from trac.util import getuser
from trac.util.datefmt import localtz, utc
from trac.web.api import HTTPException

from prodworkflow import store
from prodworkflow.api import viewer
from prodworkflow.api.news.delivery import Listeners, NewsDelivery
from prodworkflow.api.outbox.worker import DeliveryWorker
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.model.machines.token import Token
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.snapshot import Snapshot
from prodworkflow.domain.model.state import State
from prodworkflow.gateways import clock, users
from prodworkflow.gateways.mail.outbox import Outbox
from prodworkflow.gateways.mail.transaction_end import after_transaction
from prodworkflow.services.gates.stages import all_reasons, ReasonsFor
from prodworkflow.services.gates.told_decisions import told_in_full
from prodworkflow.services.outbox.recording import record_events
from prodworkflow.services.refusals import (
    GateShut,
    refusals_logged,
    TracRefusal,
)

FORMS = ('application/x-www-form-urlencoded', 'multipart/form-data')


RPC = re.compile(r'/(login/)?(rpc|xmlrpc|jsonrpc)(/|$)')


class Context:
    """Knows the request that each thread serves, and the listeners.

    `listeners` gives the `ICampaignListener`s that are enabled now.  From the
    first one of an environment on, Trac's notifications go by the `outbox`.
    """

    def __init__(self, env: Any, listeners: Listeners) -> None:
        self.env = env
        self._request = threading.local()
        self.delivery = NewsDelivery(env, listeners, self._requester)
        self.outbox = Outbox(env, self._bound_request)
        self.worker = DeliveryWorker(env)
        store.record_changes(env, self.record_events)

    def record_events(self, book: store.Book) -> None:
        """Queue events of a change, to be sent after the commit."""
        if record_events(book):
            after_transaction(self.env, self.worker.wake)

    def bind_request(self, req: Any, token: Token | None = None) -> None:
        """Remember the request that this thread serves from now on.

        With a token, what it does is done by that; the ledger names it.
        """
        self._request.ref = weakref.ref(req)
        store.act_by_token(token)
        users.notice_log_in(self.env, req)

    def actor(self, otherwise: str = '') -> str:
        """The login of whoever acts: a request's user.

        Without a request `otherwise`, or that of the shell.
        """
        req = self._bound_request()
        return (req.authname if req is not None
                else otherwise or getuser())

    def person(self, req: Any) -> Person:
        """Whoever made a request, with their groups and permissions."""
        return users.person(self.env, req.authname, req.perm)

    def author(self, name: str) -> Person:
        """Whose rights the author of a change has, as Trac names them.

        A request's user: nobody has checked another name in it.
        """
        req = self._bound_request()
        return (users.known_person(self.env, name) if req is None
                else self.person(req))

    def zone(self) -> Any:
        """The time zone in which whoever acts names moments.

        That of the server in a shell, of the user in a form, else UTC, which
        programs send.
        """
        req = self._bound_request()
        if req is None:
            return localtz
        kind = (req.get_header('Content-Type') or '').partition(';')[0]
        return req.tz if kind in FORMS else utc

    def shell_person(self) -> Person:
        """Whoever runs trac-admin: an administrator, who signs as nobody."""
        return users.shell_user(self.env, getuser())

    def now(self) -> int:
        """This moment in microseconds UTC."""
        return clock.now()

    @contextmanager
    def notifying_after_commit(self) -> Iterator[None]:
        """Collect notifications and deliver them after the outermost commit.

        On rollback nothing is delivered.  Where Trac or another plugin has a
        transaction around it all, that one's end is waited for.
        """
        with self.queueing() as news:
            yield
        if news:
            self.delivery.after_transaction(news)

    @contextmanager
    def queueing(self) -> Iterator[list[Any]]:
        """Collect what would be told, for who puts this around it all.

        At its end the list holds it; on rollback, and inside another one,
        nothing.
        """
        local = self._request.__dict__
        local['depth'] = local.get('depth', 0) + 1
        queued: list[Any] = []
        failed = True
        try:
            yield queued
            failed = False
        finally:
            local['depth'] -= 1
            if not local['depth']:
                news = store.take_notifications()
                queued += [] if failed else news

    def reasons_for(self) -> ReasonsFor:
        """What gives the person who acts the reasons that they may know."""
        req = self._bound_request()
        if req is None:
            return lambda decision, stage: all_reasons(
                told_in_full(self.env, decision), stage)
        return lambda decision, stage: next(viewer.readiness_for(
            self.env, told_in_full(self.env, decision), req.perm,
            stage)).reasons()

    def shown_words(self, campaigns: Iterable[int]) -> Callable[[str], str]:
        """What makes a text about campaigns, by their ids, what may be told.

        Whoever acts is not told what they may not see in Trac.
        """
        req = self._bound_request()
        filters = [] if req is None else [
            viewer.hidden_words(found, req.perm) for campaign in campaigns
            for found in [store.present_snapshot(self.env, campaign)] if found]

        def shown(text: str) -> str:
            for each in filters:
                text = each.shown(text)
            return text
        return shown

    def shown_state(self, snapshot: Snapshot, state: State) -> State:
        """A state of a campaign as whoever acts may see it.

        What is hidden is known from its snapshot of now.
        """
        req = self._bound_request()
        return state if req is None else viewer.shown_state(snapshot, state,
                                                            req.perm)

    @contextmanager
    def refusals_as_seen(self, campaigns: Callable[[], Iterable[int]]
                         ) -> Iterator[None]:
        """Context manager: refusals tell whoever acts what they may see.

        `campaigns` gives the ids of those that a refusal may be about.
        """
        try:
            yield
        except (GateShut, InvalidRequest) as refusal:
            refusal.retell(self.shown_words(campaigns()))
            raise

    @contextmanager
    def following(self, campaigns: Callable[[], Iterable[int]]
                  ) -> Iterator[None]:
        """Context manager of what Trac's listeners do; see the three."""
        with self.refusals_for_trac(), self.refusals_as_seen(campaigns), \
                self.notifying_after_commit():
            yield

    @contextmanager
    def refusals_for_trac(self) -> Iterator[None]:
        """Context manager: refusals that Trac itself is to tell.

        A form gets its status, 409 or 503; of trac-admin and XML-RPC Trac
        tells what is an error of its own.
        """
        try:
            yield
        except HTTPException as error:
            req = self._bound_request()
            if req is not None and not RPC.match(req.path_info):
                raise
            if isinstance(error, GateShut):
                raise TracRefusal(error.what, list(error.reasons)) from error
            raise AdminCommandError(error.message) from error

    @contextmanager
    def refusals(self, person: Person,
                 campaigns: Iterable[int]) -> Iterator[None]:
        """Context manager: the same, and the whole refusal is in the log."""
        with self.refusals_as_seen(lambda: campaigns), \
                refusals_logged(self.env, person.name):
            yield

    # Internal methods

    def _requester(self) -> str:
        """The login of a request's user; '' without one."""
        req = self._bound_request()
        return '' if req is None else str(req.authname)

    def _bound_request(self) -> Any:
        ref = getattr(self._request, 'ref', None)
        return ref() if ref else None
