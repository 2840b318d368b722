"""Race clients: concurrent users who change one campaign at random.

What each of them does is drawn from a seed; what came of it is kept, to be
compared with the ledger afterwards.
"""

from __future__ import annotations

import random
import re
import time
from dataclasses import dataclass
from datetime import datetime, timezone
from functools import partial
from urllib.parse import quote, urlsplit

from support.http_client import Client

SAID = {'sign': 'approved', 'resolve': 'approved', 'reject': 'rejected',
        'withdraw': 'withdrawn', 'reopen': 'withdrawn', 'hold': 'held',
        'resume': 'resumed', 'release': 'released', 'launch': 'launched'}
UNSAID = {'create': 'created', 'close': 'stage-closed',
          'open': 'stage-reopened', 'reopen': 'reopened',
          'enter': 'ticket-entered', 'leave': 'ticket-left'}
WEIGHTS = {'sign': 30, 'resolve': 14, 'reopen': 8, 'reject': 3,
           'withdraw': 3, 'close': 16, 'open': 4, 'release': 3, 'hold': 2,
           'resume': 6, 'launch': 2, 'gate': 6, 'enter': 2, 'leave': 6,
           'batch': 3}


@dataclass(frozen=True)
class Done:
    """One request and its answer; times in microseconds UTC.

    `token` is the sentence that was said with it, found nowhere else.
    """

    user: str
    campaign: str
    kind: str
    what: str
    token: str
    began: int
    ended: int
    status: int
    text: str

    @property
    def acknowledged(self):
        return self.status == 303


def moment():
    return int(time.time() * 1e6)


class Racer:
    """One person with a browser and a mind of their own."""

    def __init__(self, site, user, seed):
        self.user = user
        self.client = Client(site, user, follow=False)
        self.mind = random.Random(f'{seed} {user}')
        self.done = []
        self.entered = []

    def create(self, name, keys, contacts):
        return self._did(name, 'create', '', lambda token: self.client.post(
            '/admin/production/campaigns', {
                'name': name, 'create': '1', 'release': 'V0',
                'template': 'path-to-production',
                **{f'contact:{k}': ', '.join(contacts) for k in keys}}))

    def begin(self, name, tickets, milestones):
        """All sign all, in the same order, and close the last stage."""
        for key, ticket in tickets.items():
            self._did(name, 'sign', key, partial(self._sign, name, ticket,
                                                 key))
        last = milestones[-1]
        self._did(name, 'close', last, partial(self._close, name, last,
                                               last))

    def race(self, name, tickets, milestones, until):
        """Go on until that moment of the monotonic clock."""
        while time.monotonic() < until:
            kind, = self.mind.choices([*WEIGHTS], [*WEIGHTS.values()])
            if kind == 'leave' and not self.entered:
                kind = 'sign'
            chosen = self.mind.choice(
                {'close': milestones, 'open': milestones,
                 'enter': milestones, 'leave': self.entered}.get(
                     kind, [*tickets]))
            done = self._did(name, kind, str(chosen), partial(
                getattr(self, f'_{kind}'), name, tickets.get(chosen, chosen),
                chosen))
            if kind == 'enter' and done.acknowledged:
                self.entered.append(int(done.text.rpartition('/')[2]))
            if kind == 'leave' and done.acknowledged:
                self.entered.remove(chosen)

    def ask(self, name, until):
        """Ask the gate, again and again, until that moment."""
        while time.monotonic() < until:
            self._did(name, 'gate', '', partial(self._gate, name, 0, ''))

    def _did(self, name, kind, what, act):
        token = f'{self.user} no. {len(self.done)}: {kind}'
        began = moment()
        answer = act(token)
        text = (urlsplit(answer.headers.get('Location', '')).path
                if answer.status == 303 else answer.text)
        self.done.append(Done(self.user, name, kind, what, token, began,
                              moment(), answer.status, text))
        return self.done[-1]

    def _box(self, name, key, token, verdict):
        return self.client.post(f'/campaign/{quote(name)}/sign', {
            'requirement': key, 'verdict': verdict, 'statement': token})

    def _sign(self, name, ticket, key, token):
        return self._box(name, key, token, 'approved')

    def _reject(self, name, ticket, key, token):
        return self._box(name, key, token, 'rejected')

    def _withdraw(self, name, ticket, key, token):
        return self._box(name, key, token, 'withdrawn')

    def _resolve(self, name, ticket, key, token):
        return self.client.resolve(ticket, comment=token)

    def _reopen(self, name, ticket, key, token):
        return self.client.act(ticket, 'reopen', comment=token)

    def _batch(self, name, ticket, key, token):
        others = [ticket, ticket % 7 + 1, *self.entered[:1]]
        self.mind.shuffle(others)
        return self.client.post('/batchmodify', {
            'selected_tickets': ','.join(map(str, others)),
            'batchmod_value_comment': token, 'query_href': '/about',
            'action': self.mind.choice(['resolve', 'reopen', 'leave']),
            'action_resolve_resolve_resolution': 'fixed'})

    def _close(self, name, milestone, key, token):
        when = datetime.now(timezone.utc).strftime('%Y-%m-%dT%H:%M:%SZ')
        return self._milestone(milestone, completed='on',
                               completeddate=when)

    def _open(self, name, milestone, key, token):
        return self._milestone(milestone)

    def _milestone(self, milestone, **fields):
        return self.client.post(f'/milestone/{quote(milestone)}', {
            'action': 'edit', 'name': milestone, 'save': 'Save',
            'description': '', 'comment': '', **fields})

    def _enter(self, name, milestone, key, token):
        return self.client.post('/newticket', {
            'field_summary': token, 'field_type': 'defect',
            'field_priority': self.mind.choice(['major', 'critical']),
            'field_milestone': milestone,
            'field_status': 'new', 'submit': '1'})

    def _leave(self, name, ticket, key, token):
        return self.client.resolve(ticket, comment=token)

    def _hold(self, name, ticket, key, token):
        return self.client.post(f'/campaign/{quote(name)}', {
            'act': 'hold', 'reason': token})

    def _resume(self, name, ticket, key, token):
        return self._steer(name, 'resume', token)

    def _launch(self, name, ticket, key, token):
        return self._steer(name, 'launch', token)

    def _release(self, name, ticket, key, token):
        wish = {'release': re.sub(r'\W+', '-', token)}
        shown = self._steer(name, 'release', token, **wish)
        found = re.search(r'name="confirm" value="(\w+)"', shown.text)
        return self._steer(name, 'release', token, confirm=found[1],
                           **wish) if found else shown

    def _steer(self, name, act, token, **fields):
        return self.client.post(
            f'/admin/production/campaigns/{quote(name)}',
            {'act': act, 'reason': token, **fields})

    def _gate(self, name, ticket, key, token):
        return self.client.get(f'/campaign/{quote(name)}/gate')
