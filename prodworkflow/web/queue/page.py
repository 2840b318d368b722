"""Page of my sign-offs: what waits, with its form, and what was signed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from trac.util.datefmt import from_utimestamp
from trac.web.chrome import add_stylesheet

from prodworkflow.api import ADMIN, CampaignSystem
from prodworkflow.domain.views.readiness import Readiness
from prodworkflow.domain.views.roadmap.card import CampaignCard
from prodworkflow.domain.views.roadmap.urgency import urgency
from prodworkflow.domain.views.signed_list import (
    newest_first,
    RECENT,
    RECENT_DAYS,
    signed_by,
)
from prodworkflow.domain.views.signoff_queue import (
    blocks,
    CAMPAIGN,
    Queue,
    queue_for,
    QueueRow,
    STANDING_IN,
)
from prodworkflow.translation import _, METADATA, N_
from prodworkflow.web.forms import form_text
from prodworkflow.web.matrices.place import matrix_href
from prodworkflow.web.notices.batch_outcomes import remember_batch, take_batch
from prodworkflow.web.notices.waiting_number import tell_waiting_number
from prodworkflow.web.queue.address import QueueAddress
from prodworkflow.web.queue.fields import field_keys, TypedEvidence
from prodworkflow.web.queue.signing import (
    BatchAnswer,
    BatchForm,
    posted_revisions,
)
from prodworkflow.web.response import add_our_script, Rendering
from prodworkflow.web.texts.ticket_links import link_tickets

PARTS = (('late', N_('Late'), N_('others wait for it')),
         ('now', N_('Now'), ''),
         ('early', N_('May be signed early'),
          N_('its turn has not come; your sign-off counts at once')))
# What filters are called that are no list's.
LABELS = {CAMPAIGN: N_('campaign'), STANDING_IN: N_('standing in for')}


@dataclass(frozen=True)
class QueuePart:
    """A part of the table: its rows in blocks with headings."""

    key: str
    title: str
    note: str
    count: int
    blocks: list[tuple[str, tuple[QueueRow, ...]]]


class MySignOffsPage:
    """Answers one request for `/campaign`."""

    def __init__(self, env: Any, req: Any) -> None:
        self.req = req
        self.system = CampaignSystem(env)
        self.decisions, _found = self.system.queries.underway()
        self.address = QueueAddress.of(req, {
            each.name for d in self.decisions for each
            in d.snapshot.state.lists})

    def rendering(self) -> Rendering:
        """The page; a form that was recorded is redirected to it."""
        answer = BatchAnswer()
        if self.req.method == 'POST':
            answer = BatchForm(self.req, self.system,
                               self.decisions).record()
            if answer.recorded:
                remember_batch(self.req, answer.verdict, answer.recorded)
                self.req.redirect(self.address.href(self.req))
            self.decisions, _found = self.system.queries.underway()
        tell_waiting_number(self.req, self.queue.count)
        add_our_script(self.req, 'prodworkflow_queue.js')
        add_stylesheet(self.req, 'prodworkflow/prodworkflow_roadmap.css')
        return 'prodworkflow_my_signoffs.html', {
            **self._table(answer), **self._form(answer), **self._signed(),
            'outcome': take_batch(self.req, self.told),
            'told': sorted(self.told, key=urgency), 'card_of': CampaignCard,
            'over': self.system.queries.over(), 'linked': link_tickets,
            'may_create': ADMIN in self.req.perm,
            'rounds': matrix_href(self.system.env, self.req.href),
            'from_utimestamp': from_utimestamp}, METADATA

    # Internal methods

    @cached_property
    def told(self) -> list[Readiness]:
        """The campaigns under way, as who asks may see them."""
        return [self.system.queries.readiness_for(d, self.req.perm)
                for d in self.decisions]

    @cached_property
    def person(self) -> Any:
        """Who asks."""
        return self.system.context.person(self.req)

    @cached_property
    def queue(self) -> Queue:
        """All that waits for who asks, whatever the filters."""
        return queue_for(self.told, self.person)

    def _table(self, answer: BatchAnswer) -> dict[str, Any]:
        """The rows that the filters choose, and what can be chosen."""
        filters = self.address.filters
        shown = self.queue.chosen(filters)
        return {
            'all_rows': self.queue, 'queue': shown, 'filters': filters,
            'choices': self.queue.choices(),
            'filter_labels': {name: _(words) for name, words
                              in LABELS.items()},
            'parts': [QueuePart(key, title, note, len(rows), blocks(rows))
                      for key, title, note in PARTS
                      for rows in [getattr(shown, key)] if rows],
            'here': self.address.href(self.req),
            'address': lambda **more: self.address.href(self.req, **more),
            'numbers': {row.id: number for number, row
                        in enumerate(shown.rows, 1)},
            'why': {f'{name}/{key}': words for (name, key), words
                    in answer.rows.items()}}

    def _form(self, answer: BatchAnswer) -> dict[str, Any]:
        """The fields of the form with what was typed in them."""
        args, typed = self.req.args, TypedEvidence(self.req.args)
        posted = {name: number for name, number
                  in posted_revisions(self.req).items()
                  if name not in answer.stale}
        ticked = {each for each in args.getlist('sel')
                  if isinstance(each, str)}
        return {
            'field_keys': field_keys(self.queue.chosen(
                self.address.filters).tickable),
            'typed': {name: form_text(args, name)
                      for name in ('statement', 'link_all')},
            'typed_in': lambda row, line: typed.text(
                (row.campaign, row.answer.requirement.key), line.kind,
                line.name) if self.req.method == 'POST' else '',
            'ticked': ticked | {
                row.id for row in self.queue.tickable
                if f'{row.campaign}/{row.answer.requirement.group}'
                in self.address.tick},
            'wrong_statement': answer.statement,
            'revisions': {d.snapshot.state.campaign.name:
                          posted.get(d.snapshot.state.campaign.name,
                                     d.snapshot.revision)
                          for d in self.decisions}}

    def _signed(self) -> dict[str, Any]:
        """What was signed: in the last days, or ever."""
        now = self.system.context.now()
        since = 0 if self.address.all_signed else now - RECENT
        return {'signed': newest_first([
            *signed_by(self.told, self.person, since),
            *self.system.queries.signed_in_finished(self.req.perm, since)]),
            'all_signed': self.address.all_signed,
            'signed_days': RECENT_DAYS}
