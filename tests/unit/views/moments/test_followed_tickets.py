"""Tickets of sign-offs as the rules have them."""

from __future__ import annotations

from dataclasses import replace

from prodworkflow.domain.model.snapshot import TicketFacts
from prodworkflow.domain.views.moments.followed_tickets import followed
from support.factories import snapshot

SIGNED, OTHER, APART = ('feature-freeze', 'software-quality',
                        'resources-estimate')
MILESTONE = '2011 Prod: 1. Software preparation'


def test_tickets_are_closed_where_their_sign_offs_are_met_else_open():
    plain = snapshot([SIGNED])
    there = TicketFacts('new', 'fixed', MILESTONE, 7,
                        frozenset({'closed', 'done'}))
    found = replace(
        plain, tickets=dict.fromkeys((SIGNED, OTHER, APART), there),
        state=plain.state.having(replace(plain.state.requirement(OTHER),
                                         seen=120)))
    assert followed(found, [SIGNED, OTHER], 10**12).tickets == {
        SIGNED: replace(there, status='closed', changed=100),
        OTHER: TicketFacts('reopened', '', MILESTONE, 120), APART: there}


def test_a_ticket_without_ways_of_closing_has_one_once_it_is_closed():
    plain = snapshot([SIGNED])
    there = TicketFacts('new', 'fixed', MILESTONE, 100, frozenset({'done'}))
    found = followed(replace(plain, tickets={SIGNED: there}), [SIGNED], 10**12)
    assert found.tickets[SIGNED].done == {'closed', 'done'}
    assert found.tickets[SIGNED].closed
