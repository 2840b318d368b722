"""A book that stays open reads what a fresh look would read."""

from __future__ import annotations

import pytest
from trac.ticket.model import Milestone, Ticket

from prodworkflow import store
from support.campaigns import NAME

STAGE = f'{NAME}: 1. Software preparation'
CHANGES = {
    'closed past Trac': {'status': 'closed', 'resolution': 'fixed'},
    'closed as invalid': {'status': 'closed', 'resolution': 'invalid'},
    'moved away': {'milestone': ''},
    'a mere summary': {'summary': 'Another one'},
    'another type': {'type': 'defect'},
}


@pytest.fixture
def same_as_fresh(env, system, campaign):
    """Does something under the lock and compares what is read with the rows.
    """
    number = store.campaign_id(env, NAME)

    def compared(change):
        with system.doors.transaction([number]):
            with store.open_campaign(env, number) as book:
                book.snapshot()
            change()
            with store.open_campaign(env, number) as book:
                assert book.snapshot() == store.snapshot(env, number)
    return compared


@pytest.mark.parametrize('values', CHANGES.values(), ids=CHANGES)
def test_book_follows_a_sign_off_ticket_that_is_saved(
        env, same_as_fresh, values):
    def change():
        ticket = Ticket(env, 1)
        for name, value in values.items():
            ticket[name] = value
        ticket.save_changes('eve', 'Done.')
    same_as_fresh(change)


def test_book_follows_other_tickets_and_milestones(env, same_as_fresh):
    def open_ticket():
        ticket = Ticket(env)
        ticket.populate({'summary': 'A crash', 'reporter': 'eve',
                         'milestone': STAGE, 'status': 'new'})
        ticket.insert()

    def rename():
        milestone = Milestone(env, STAGE)
        milestone.name = 'Renamed'
        milestone.update()
    same_as_fresh(open_ticket)
    same_as_fresh(rename)
    same_as_fresh(lambda: Ticket(env, 2).delete())


def test_book_follows_a_sign_off(env, system, same_as_fresh):
    same_as_fresh(lambda: system.sign(NAME, 'feature-freeze', 'anna', False,
                                      'Frozen.'))
