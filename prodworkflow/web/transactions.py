"""Request handlers that run another in a transaction or a process lock.

Notifications of what they did are sent when both have ended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import Any

from trac.util.html import escape, to_fragment
from trac.util.translation import tag_
from trac.web.api import RequestDone
from trac.web.chrome import add_warning, Chrome

from prodworkflow.api import CampaignSystem
from prodworkflow.web.database_errors import database_errors


class SerializedRequest:
    """Serves a request by another handler, under the writers' process lock."""

    def __init__(self, env: Any, handler: Any) -> None:
        self.env = env
        self.handler = handler

    def process_request(self, req: Any) -> Any:
        self._prepare(req)
        with CampaignSystem(self.env).context.outbox.failures() as unsent, \
                self._scope():
            answer, done = self._answer(req)
        if unsent:
            _warn(req, unsent, done)
        if done is not None:
            raise done
        return answer

    def _prepare(self, req: Any) -> None:
        """Give the page the look that it has without us.

        Trac asks the handler for it, and that is a wrapper of the real one.
        """
        req.callbacks['chrome'] = partial(Chrome(self.env).prepare_request,
                                          handler=self.handler)

    def _scope(self) -> AbstractContextManager[None]:
        """What the request is served in."""
        return CampaignSystem(self.env).doors.process_lock()

    def _answer(self, req: Any) -> tuple[Any, RequestDone | None]:
        """The answer, or the RequestDone that must wait for the commit."""
        try:
            return self._handled(req), None
        except RequestDone as done:
            return None, done

    def _handled(self, req: Any) -> Any:
        return self.handler.process_request(req)


class AttachingRequest(SerializedRequest):
    """Serves a request by another handler that may replace attachments.

    What their changes mean is recorded once, when it has been served.
    """

    def _scope(self) -> AbstractContextManager[None]:
        return CampaignSystem(self.env).doors.attachments_at_once()


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

    @contextmanager
    def _scope(self) -> Iterator[None]:
        with database_errors(self.env), \
                CampaignSystem(self.env).doors.transaction(self.campaigns):
            yield

    def _handled(self, req: Any) -> Any:
        refusal = self.guard(req)
        return super()._handled(req) if refusal is None else refusal


def _warn(req: Any, unsent: list[Exception], done: RequestDone | None) -> None:
    """Say on the next page, in Trac's words, that mail could not be sent.

    Where the request was redirected already, as Trac does it then.
    """
    for error in unsent:
        add_warning(req, tag_(
            'The changes have been saved, but an error occurred while sending '
            'notifications: %(message)s', message=to_fragment(error)))
    if done is not None:
        for number, words in enumerate(req.chrome['warnings']):
            req.session[f'chrome.warnings.{number}'] = escape(words, False)
        req.session.save()
