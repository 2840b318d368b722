"""Changes of a campaign for unit tests: before, after, and the entries."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.model.permissions import SignerFacts
from prodworkflow.domain.news import DecidedChange, notices_of
from prodworkflow.domain.rules.gates import decide
from support.factories import facts, KEYS, moment, signoff, snapshot, state

TODAY = date(2026, 5, 20)
NOW = moment(TODAY)


def said(verb, key='', by='root', number=50, **payload):
    """An entry as a transaction records it."""
    return Entry(1, number, NOW, by, verb, key, 'V1', payload, '', '')


def trac(*barred, admins=('root',), **groups):
    """What Trac says: who may not see tickets, administrators, groups."""
    return SignerFacts(
        {g: frozenset(p) for g, p in groups.items()},
        lambda: frozenset(admins),
        lambda r, person: 'barred' if person in barred else '')


def standing(requirements, signoffs=(), closed=(), known=None, tickets=None,
             milestones=None, others=None, **campaign):
    """A snapshot with these requirements; the keys in `closed` are done."""
    found = state(signoffs, requirements, **campaign)
    return snapshot(
        state=replace(found, signers=known or trac()),
        tickets=tickets or {r.key: facts(
            r.key, 'closed' if r.key in closed else 'new')
            for r in requirements},
        milestones={**dict.fromkeys(KEYS, 0), **(milestones or {})},
        others=others or {})


def signed(requirements, *keys, by=None, **more):
    """The same with these keys signed, each by its first contact."""
    asked = {r.key: r for r in requirements}
    approvals = [signoff(n, key, signer=by or asked[key].contacts[0])
                 for n, key in enumerate(keys, 2)]
    return standing(requirements, [*approvals, *more.pop('signoffs', ())],
                    closed=(*keys, *more.pop('closed', ())), **more)


def changed(before, after, *entries, checked=False, now=NOW):
    """A change between two snapshots, decided on at the same moment."""
    return DecidedChange(before and decide(before, now), decide(after, now),
                         entries, checked)


def told(change):
    """What a change tells: (kind, key or title, contacts, holders)."""
    return [(n.kind.value,
             (n.line.requirement or n.line.title) if n.line else '',
             n.contacts, n.holders) for n in notices_of(change)]
