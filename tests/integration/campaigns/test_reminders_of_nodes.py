"""Several nodes remind at once: each fact is told by one of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from prodworkflow import store
from prodworkflow.domain.dates import day_of
from prodworkflow.domain.news.reminders import Told
from prodworkflow.gateways.clock import now
from prodworkflow.services.campaigns.reminders import carry_out, due_work
from support.campaigns import NAME
from support.remind_processes import listen, people_in, remind_at_once

START = (day_of(now()) + timedelta(30)).isoformat()
FACT = Told('due', 'feature-freeze', 'anna', date(2026, 7, 1), 7)


def test_processes_that_begin_at_once_tell_each_person_once(create, env):
    names = [NAME, '2012 Prod', '2013 Prod']
    for name in names:
        create(name, start=START)
    listen(env)
    expected = sorted(f'{name}, to {person}:' for name in names
                      for person in ('anna', 'bruno'))
    assert people_in(remind_at_once(env.path)) == expected
    assert people_in(remind_at_once(env.path, 1)) == []


def test_node_that_looked_before_another_told_finds_nothing_left(
        create, env):
    create(start=START)
    looked = due_work(env, 1, now())
    with env.db_transaction:
        first = carry_out(env, 1, now())
    with env.db_transaction:
        second = carry_out(env, 1, now())
    assert looked.reminders == first.reminders
    assert (len(first.reminders), second.reminders) == (4, ())


def test_fact_is_kept_once_whatever_happens(campaign, env):
    store.keep_told(env, 1, [FACT, FACT], 5)
    assert store.told(env, 1) == {FACT}
    assert store.told(env, 2) == frozenset()
    with pytest.raises(env.db_exc.IntegrityError):
        store.keep_told(env, 1, [FACT], 6)
    store.keep_told(env, 2, [FACT], 6)


def test_facts_of_long_names_are_told_apart(campaign, env):
    """A key of MariaDB has so many bytes."""
    facts = {Told('due', 'k' * 64, f'{"x" * 400}{n}', date(2026, 7, 1), 7)
             for n in range(2)}
    store.keep_told(env, 1, facts, 5)
    assert store.told(env, 1) == facts
