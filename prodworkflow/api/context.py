"""Who acts, what they may know, and who is told of it."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from trac.core import Component, ExtensionPoint
from trac.resource import Resource
from trac.util import getuser

from prodworkflow import store
from prodworkflow.api.interfaces import ICampaignListener
from prodworkflow.domain.model.notifications import News, TicketNews
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.snapshot import Snapshot
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.views.my_signoffs import keys_for
from prodworkflow.domain.views.readiness import Readiness, readiness
from prodworkflow.gateways import users
from prodworkflow.services.gates.stages import everything, Teller


class Context(Component):
    """The part of the campaign system that knows for whom it works."""

    abstract = True

    listeners = ExtensionPoint(ICampaignListener)

    def __init__(self):
        self._request = threading.local()

    def serving(self, req: Any) -> None:
        """Remember the request that this thread serves from now on."""
        self._request.ref = weakref.ref(req)

    def actor(self, otherwise: str = '') -> str:
        """The login of whoever acts: a request's user.

        Without a request `otherwise`, or that of the shell.
        """
        req = self._serving()
        return (req.authname if req is not None
                else otherwise or getuser())

    def person(self, req: Any) -> Person:
        """Whoever made a request, with their groups and permissions."""
        return users.person(self.env, req.authname, req.perm)

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Tell the listeners what happened inside, when all of it is over.

        To be held around the outermost transaction; nothing is told of a
        transaction that fails.
        """
        local = self._request.__dict__
        local['depth'] = local.get('depth', 0) + 1
        failed = True
        try:
            yield
            failed = False
        finally:
            local['depth'] -= 1
            if not local['depth']:
                news = store.take_notifications()
                self._tell([] if failed else news)

    def told(self, decision: Decision, perm: Any,
             stage: str = '') -> Readiness:
        """What the holder of `perm` is told of a decision.

        `stage` is a stage's key or number, or '' for the launch gate;
        KeyError if there is no such stage.
        """
        return next(self.told_each(decision, perm, stage))

    def told_each(self, decision: Decision, perm: Any,
                  *stages: str) -> Iterator[Readiness]:
        """The same of several stages; what may be seen is looked up once."""
        snapshot = decision.snapshot
        person = users.person(self.env, perm.username, perm)
        hidden = (frozenset(hidden_tickets(snapshot, perm)),
                  frozenset(hidden_stages(snapshot, perm)),
                  keys_for(decision, person))
        return (readiness(decision, stage, *hidden) for stage in stages)

    # Internal methods

    def _tell(self, news: list[News | TicketNews]) -> None:
        for each in news:
            for listener in self.listeners:
                if isinstance(each, TicketNews):
                    listener.ticket_saved(each)
                else:
                    listener.stage_reopened(each)

    def _serving(self) -> Any:
        ref = getattr(self._request, 'ref', None)
        return ref() if ref else None

    def _teller(self) -> Teller:
        """What gives the person who acts the reasons that they may know."""
        req = self._serving()
        if req is None:
            return everything
        return lambda decision, stage: self.told(decision, req.perm,
                                                 stage).reasons()


def hidden_tickets(snapshot: Snapshot, perm: Any) -> Iterable[int]:
    state = snapshot.state
    tickets = {r.ticket for r in (*state.requirements, *state.dropped)
               if r.ticket}
    for others in snapshot.others.values():
        tickets.update(others)
    return (t for t in tickets
            if 'TICKET_VIEW' not in perm(Resource('ticket', t)))


def hidden_stages(snapshot: Snapshot, perm: Any) -> Iterable[str]:
    return (s.key for s in snapshot.state.stages
            if 'MILESTONE_VIEW' not in perm(Resource('milestone',
                                                     s.milestone)))
