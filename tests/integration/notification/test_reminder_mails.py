"""Mails of reminders, as a real mail server gets them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from prodworkflow.domain.dates import day_of
from prodworkflow.gateways.clock import now
from support.campaigns import NAME
from support.mail_servers import body_of, LIST
from support.permissions import hide

TODAY = day_of(now())


@pytest.fixture
def due(create, mailbox):
    """The first stage is due so many days from today; no mail came yet."""
    def make(days, name=NAME):
        create(name, start=(TODAY + timedelta(28 + days)).isoformat())
        mailbox.mails.clear()
    return make


def to_whom(mail):
    """The only person who gets a mail, beside the list that gets all."""
    address, = {*mail.recipients} - {LIST}
    return address.partition('@')[0]


def sent(mailbox):
    """The mails by who got them, and whether each got one."""
    found = {to_whom(mail): mail for mail in mailbox.mails}
    assert len(found) == len(mailbox.mails)
    return found


def test_each_who_can_sign_gets_one_mail_with_all_that_is_due(
        due, mailbox, admin):
    due(2)
    code, _, err = admin('campaign', 'remind')
    assert (code, err) == (0, '')
    mails = sent(mailbox)
    assert {to: m['Subject'] for to, m in mails.items()} == {
        'anna': f'[{NAME}] 3 sign-offs are due soon',
        'bruno': f'[{NAME}] 1 sign-off is due soon'}
    assert 'due in 2 days' in body_of(mails['anna'])
    admin('campaign', 'remind')
    assert len(mailbox.mails) == 2


def test_administrators_get_one_mail_of_what_is_long_overdue(
        due, mailbox, admin):
    due(-14)
    admin('campaign', 'remind')
    mail = sent(mailbox)['coordinator']
    assert mail['Subject'].endswith('3 sign-offs are overdue')
    assert '14 days late: awaits anna' in ' '.join(body_of(mail).split())


def test_dry_run_sends_no_mail(due, mailbox, admin):
    due(2)
    code, out, _ = admin('campaign', 'remind', '--dry-run')
    assert (code, f'{NAME}, to anna:' in out) == (0, True)
    assert mailbox.mails == []


def test_no_mail_tells_of_a_hidden_ticket(due, mailbox, admin, env):
    """Of ticket 3, which asks anna as well as bruno, bruno hears nothing."""
    due(2)
    hide(env, 3, 'anna')
    admin('campaign', 'remind')
    mails = sent(mailbox)
    assert set(mails) == {'anna'}
    assert 'Resources' in body_of(mails['anna'])


def test_two_campaigns_are_two_mails(due, mailbox, admin):
    due(2)
    due(2, '2012 Prod')
    admin('campaign', 'remind')
    assert sorted((to_whom(m), m['Subject'].split('[')[1].split(']')[0])
                  for m in mailbox.mails) == [
        (person, name) for person in ('anna', 'bruno')
        for name in (NAME, '2012 Prod')]
