"""Request handlers that run another in a transaction or a process lock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from trac.web.api import RequestDone
from trac.web.chrome import Chrome

from prodworkflow.api import CampaignSystem
from prodworkflow.web.database_errors import database_errors


class SerializedRequest:
    """Serves a request by another handler, under the writers' process lock."""

    def __init__(self, env: Any, handler: Any) -> None:
        self.env = env
        self.handler = handler

    def process_request(self, req: Any) -> Any:
        self._prepare(req)
        with CampaignSystem(self.env).doors.process_lock():
            return self.handler.process_request(req)

    def _prepare(self, req: Any) -> None:
        """Give the page the look that it has without us.

        Trac asks the handler for it, and that is a wrapper of the real one.
        """
        req.callbacks['chrome'] = partial(Chrome(self.env).prepare_request,
                                          handler=self.handler)


class AttachingRequest(SerializedRequest):
    """Serves a request by another handler that may replace attachments.

    What their changes mean is recorded once, when it has been served.
    """

    def process_request(self, req: Any) -> Any:
        self._prepare(req)
        with CampaignSystem(self.env).doors.attachments_at_once():
            return self.handler.process_request(req)


class TransactionalRequest(SerializedRequest):
    """Serves a request by another handler in one database transaction.

    It begins with the locks of these campaigns, found before: some databases
    show all of a transaction as it was at its first reading. `guard(req)`
    comes next, to refuse: what it returns, unless None, is the answer
    instead of the handler's.
    """

    def __init__(self, env: Any, handler: Any, campaigns: Sequence[int],
                 guard: Callable[[Any], Any] = lambda req: None) -> None:
        super().__init__(env, handler)
        self.campaigns = campaigns
        self.guard = guard

    def process_request(self, req: Any) -> Any:
        self._prepare(req)
        with database_errors(self.env), \
                CampaignSystem(self.env).doors.transaction(self.campaigns):
            answer, done = self._answer(req)
        if done is not None:
            raise done
        return answer

    def _answer(self, req: Any) -> tuple[Any, RequestDone | None]:
        """The answer, or the RequestDone that must wait for the commit."""
        try:
            refusal = self.guard(req)
            if refusal is not None:
                return refusal, None
            return self.handler.process_request(req), None
        except RequestDone as done:
            return None, done
