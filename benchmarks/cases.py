"""What is measured: each case does the same in two processes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Callable

from . import data
from .environments import (
    ENABLED,
    KEEPING,
    MAILING,
    PLAIN,
    PLAIN_MAILING,
    PROVIDER,
)
from .mail import PEOPLE

SAVED = (302, 303)
COLUMNS = ('id', 'summary', 'component', 'status', 'resolution', 'version',
           'type', 'priority', 'owner', 'changetime')
# So many campaigns are signed at one go, of so many sign-offs each.
TEN = 10
# So many sign-offs of a campaign are reported for, in turn.
REPORTED = 7


@dataclass(frozen=True)
class Case:
    """One thing that people do, done with the plugin and without.

    `act(site, variant, turn)` does it once and returns the answer, with its
    cost.  `target` is the most that the ratio of the two may be, None where
    there is no target; an `aimed` one holds at the scale alone for which it
    was set.  A heavy case is done a few times only.
    """

    name: str
    act: Callable
    target: float | None = None
    with_plugin: str = ENABLED
    heavy: bool = False
    aimed: bool = False


def checked(answer, *statuses):
    """The answer, if it has the status that it should have."""
    if answer['status'] not in (statuses or (200,)):
        raise RuntimeError(f'answered {answer["status"]}: '
                           + answer['text'][:2000])
    return answer


def page(url):
    """Look at a page."""
    return lambda site, variant, turn: checked(site.worker(variant).get(
        url(site) if callable(url) else url))


def save(fields, after=None, ours=True):
    """Save a ticket from its page; `after` undoes it, unmeasured.

    With `ours`, the plugin has a sign-off ticket to save, and Trac alone a
    ticket like it.
    """
    def act(site, variant, turn):
        ticket, user = (site.signoff(turn) if ours and variant != PLAIN
                        else site.twin(turn))
        answer = _save(site.worker(variant), ticket, user, fields)
        if after:
            _save(site.worker(variant), ticket, user, after)
        return answer
    return act


def _save(worker, ticket, user, fields):
    form = checked(worker.get(f'/ticket/{ticket}', user))['text']
    seen = re.search(r'name="view_time"\s+value="(\d+)"', form)[1]
    return checked(worker.post(f'/ticket/{ticket}', {
        'submit': '1', 'view_time': seen, 'comment': 'Fine.', **fields},
        user), *SAVED)


def close_milestone(site, variant, turn):
    """Complete a milestone on its page, and open it again, unmeasured."""
    return _close(site, variant, 'milestone2')


def close_stage(site, variant, turn):
    """The same with a stage whose gate is open; Trac alone has none."""
    return _close(site, variant, 'milestone2' if variant == PLAIN
                  else site.ready_stage(turn))


def _close(site, variant, name):
    form = {'action': 'edit', 'id': name, 'name': name, 'description': ''}
    worker = site.worker(variant)
    answer = checked(worker.post(f'/milestone/{name}', {
        **form, 'completed': '1', 'completeddate': '2026-01-01T12:00:00Z'}),
        *SAVED)
    checked(worker.post(f'/milestone/{name}', form), *SAVED)
    return answer


def my_number(site, variant, turn):
    """A wiki page as a contact sees it: the navigation counts what waits.

    Two statements at most, after a change as well.  Something waits for the
    contact at each scale.
    """
    _, contact = site.signoff(0)
    answer = checked(site.worker(variant).get('/wiki', contact))
    if variant != PLAIN and 'class="pw-count"' not in answer['text']:
        raise RuntimeError('the navigation has no number')
    return answer


def my_number_anew(site, variant, turn):
    """The same after somebody signed and withdrew, unmeasured."""
    if variant != PLAIN:
        ticket, user = site.signoff(turn)
        worker = site.worker(variant)
        for fields in (RESOLVE, REOPEN):
            _save(worker, ticket, user, fields)
    return my_number(site, variant, turn)


def gate(site, variant, turn):
    """The gate's answer, beside the milestone page that plain Trac has."""
    if variant == PLAIN:
        return page('/milestone/milestone1')(site, variant, turn)
    return checked(site.worker(variant).get(
        f'/campaign/{site.campaign}/gate'), 200, 409)


def large_gate(site, variant, turn):
    """The gate's answer for 500 sign-offs, beside Trac's query of them."""
    if variant == PLAIN:
        return campaign_page(site, variant, turn)
    return checked(site.worker(variant).get(
        f'/campaign/{site.large_campaign()}/gate'), 409)


def report(site, variant, turn):
    """A value reported for a sign-off, beside a comment on a ticket."""
    if variant == PLAIN:
        return save(LEAVE)(site, variant, turn)
    key = f'requirement-{turn % REPORTED}'
    return checked(site.worker(variant).post(
        f'/campaign/{site.reported_campaign()}/sign', {
            'requirement': key, 'verdict': 'reported', 'statement': 'Fine.',
            'value:size': f'{turn % 9 + 1} kB/event'}, data.PEOPLE[0]),
        *SAVED)


def campaign_page(site, variant, turn):
    """The page of 500 sign-offs, beside Trac's query of the same tickets.

    The query shows the same ten columns, and all tickets.
    """
    name = site.large_campaign()
    if variant != PLAIN:
        return page(f'/campaign/{name}')(site, variant, turn)
    columns = ''.join(f'&col={c}' for c in COLUMNS)
    return page(f'/query?milestone=^{name}:&max=0&order=id{columns}')(
        site, variant, turn)


def macros(site, variant, turn):
    """A wiki page with all macros, beside the start page of plain Trac."""
    return page('/wiki' if variant == PLAIN else f'/wiki/{data.MACROS}')(
        site, variant, turn)


def creation(site, variant, turn):
    """A campaign of 500 sign-offs, beside 500 tickets by Trac alone."""
    command = 'insert_tickets' if variant == PLAIN else 'create_campaign'
    return site.worker(ENABLED).command(command, f'Large {site.number()}')


def many(site, variant, turn):
    """A hundred sign-offs at one go, each mailed to three people.

    Beside as many tickets that Trac alone closes and tells of.
    """
    names, tickets = hundred(site, variant)
    answer = (site.worker(PLAIN_MAILING).command('resolve_tickets', tickets)
              if variant == PLAIN else
              site.worker(MAILING).command('sign_campaigns', names, TEN))
    return mailed(site, answer, len(tickets) * len(PEOPLE))


def batch(fields):
    """Trac's batch modification of as many, which is one mail."""
    def act(site, variant, turn):
        _, tickets = hundred(site, variant)
        worker = site.worker(PLAIN_MAILING if variant == PLAIN else MAILING)
        answer = checked(worker.post('/batchmodify', {
            'selected_tickets': ','.join(map(str, tickets)),
            'batchmod_value_comment': 'Fine.', 'query_href': '/query',
            **fields}, data.PEOPLE[0]), *SAVED)
        return mailed(site, answer, len(PEOPLE))
    return act


def hundred(site, variant):
    """Ten new campaigns and their sign-off tickets, or as many tickets.

    They are made unmeasured, and nobody gets mail of it.
    """
    names = [f'Batch {site.number()}' for _ in range(TEN)]
    command = 'insert_tickets' if variant == PLAIN else 'create_campaign'
    worker = site.worker(PLAIN if variant == PLAIN else ENABLED)
    return names, [ticket for name in names for ticket in
                   worker.command(command, name, TEN)['text']]


def mailed(site, answer, count):
    """The answer, if as many people got mail as should have."""
    taken = site.environments.mail.taken(count)
    if taken != count:
        raise RuntimeError(f'{taken} mails came, not {count}')
    return answer


RESOLVE = {'action': 'resolve', 'action_resolve_resolve_resolution': 'fixed'}
REOPEN = {'action': 'reopen'}
LEAVE = {'action': 'leave'}

CASES = (
    Case('roadmap', page('/roadmap'), 1.05, aimed=True),
    Case('roadmap, our stats provider', page('/roadmap'), 0.95, PROVIDER,
         aimed=True),
    Case('roadmap, nothing set aside', page('/roadmap'), None, KEEPING),
    Case('ticket page', page(lambda w: f'/ticket/{w.twin(0)[0]}'), 1.05),
    Case('ticket page, nothing set aside',
         page(lambda w: f'/ticket/{w.twin(0)[0]}'), None, KEEPING),
    Case('ticket page, sign-off',
         page(lambda w: f'/ticket/{w.signoff(0)[0]}'), None),
    Case('milestone page', page('/milestone/milestone1'), 1.05),
    Case('milestone page, stage',
         page(lambda w: f'/milestone/{w.ready_stage(0)}'), None),
    Case('report', page('/report/1?max=20'), 1.05),
    Case('query', page('/query?status=new&max=20'), 1.05),
    Case('timeline', page('/timeline'), 1.05),
    Case('search', page('/search?q=nothing+like+it&noquickjump=1'), 1.05),
    Case('search, statements', page('/search?q=Fine.&noquickjump=1'), 1.05),
    Case('search, campaigns', page('/search?q=Production&noquickjump=1'),
         1.05),
    Case('wiki page', page('/wiki'), 1.02),
    Case('wiki page, my number', my_number, 1.02),
    Case('wiki page, my number, nothing set aside', my_number, None, KEEPING),
    Case('wiki page, my number after a change', my_number_anew, None),
    Case('wiki page, link and four macros', macros),
    Case('ticket save', save(LEAVE, ours=False), 1.05),
    Case('ticket save, sign-off', save(RESOLVE, REOPEN), 1.15),
    Case('ticket save, sign-off, nothing set aside', save(RESOLVE, REOPEN),
         None, KEEPING),
    Case('ticket comment, sign-off', save(LEAVE), 1.15),
    Case('milestone close', close_milestone, 1.05),
    Case('milestone close, stage', close_stage),
    Case('gate answer', gate, 0.2),
    Case('gate answer, 500 sign-offs', large_gate, 0.3, heavy=True),
    Case('evidence report', report, 1.5),
    Case('campaign page, 500 sign-offs', campaign_page, 0.5, heavy=True),
    Case('creation of 500 sign-offs', creation, 1.5, heavy=True),
    Case('100 sign-offs at once, 3 mails each', many, 1.5, MAILING,
         heavy=True),
    Case('batch comment, 100 sign-offs, mail', batch(LEAVE), 1.15, MAILING,
         heavy=True),
    Case('batch of 100 sign-offs, mail', batch(RESOLVE), 1.75, MAILING,
         heavy=True),
)
