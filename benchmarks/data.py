"""Fills a site: campaigns by the plugin itself, tickets by plain SQL."""

from __future__ import annotations

import random
import time

from trac.util.datefmt import datetime_now, to_utimestamp, utc
from trac.wiki.model import WikiPage

from prodworkflow.api import CampaignRequest, CampaignSystem
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.vocabulary import Phase

from .environments import USER

COORDINATOR = Person(USER, grants=frozenset({'CAMPAIGN_ADMIN'}))
TEMPLATE = 'path-to-production'
PEOPLE = [f'user{n}' for n in range(40)]
STATES = ('new', 'accepted', 'closed', 'closed', 'closed')
FIELDS = ('id', 'type', 'time', 'changetime', 'component', 'severity',
          'priority', 'owner', 'reporter', 'cc', 'version', 'milestone',
          'status', 'resolution', 'summary', 'description', 'keywords')
CHUNK = 10000
SIGNED = (3, 0, 1, 2)
MOMENT = 10**15
MACROS = 'Production'


def campaign_name(number):
    return f'Production {number:04}'


def contact(number, position):
    """Who signs the requirement at that position of a campaign."""
    return PEOPLE[(number + position) % len(PEOPLE)]


def add_campaigns(env, numbers):
    """Make campaigns under way; every fourth has its first stage signed."""
    system = CampaignSystem(env)
    keys = [r.key for r in system.templates.find(TEMPLATE).requirements]
    for number in numbers:
        name = campaign_name(number)
        system.create(CampaignRequest(
            name, TEMPLATE, 'V1', start='2027-06-30',
            contacts={key: (contact(number, position),)
                      for position, key in enumerate(keys)}), USER)
        for position in range(SIGNED[number % len(SIGNED)]):
            system.sign(name, keys[position], contact(number, position),
                        False, 'Fine.')


def add_finished(env, numbers):
    """Make campaigns that are over: given up, their milestones completed."""
    system = CampaignSystem(env)
    for number in numbers:
        name = campaign_name(number)
        system.create(CampaignRequest(name, TEMPLATE, 'V1',
                                      start='2027-06-30'), USER)
        system.lifecycle.end(name, COORDINATOR, Phase.ABANDONED, 'Over.')
    with env.db_transaction as db:
        for number in numbers:
            like = db.prefix_match_value(campaign_name(number) + ': ')
            db(f"""UPDATE milestone SET completed=%s
                   WHERE name {db.prefix_match()}""", (MOMENT, like))
            db(f"""UPDATE ticket SET status='closed', resolution='fixed'
                   WHERE milestone {db.prefix_match()}""", (like,))


def add_people(env):
    """Make everybody known to Trac, as one who has just been there."""
    now = int(time.time())
    with env.db_transaction as db:
        db.executemany("""
            INSERT INTO session (sid, authenticated, last_visit)
            VALUES (%s, 1, %s)""", [(p, now) for p in (USER, *PEOPLE)])


def add_macros(env):
    """A wiki page with a link and all macros about the first campaign."""
    name = campaign_name(0)
    page = WikiPage(env, MACROS)
    page.text = '\n\n'.join((
        f'campaign:"{name}"', f'[[CampaignReadiness({name})]]',
        f'[[CampaignTimeline({name})]]', f'[[CampaignMatrix({name})]]',
        '[[MySignOffs]]'))
    page.save(USER, '')


def add_tickets(env, count, milestones, seed=1):
    """Bring the number of tickets to `count`, spread over milestones."""
    dice = random.Random(seed)
    there, last = env.db_query("SELECT COUNT(*), MAX(id) FROM ticket")[0]
    now = to_utimestamp(datetime_now(utc))
    for start in range(there, count, CHUNK):
        rows = [_row(dice, (last or 0) + n - there + 1, now, milestones)
                for n in range(start, min(start + CHUNK, count))]
        with env.db_transaction as db:
            db.executemany(f"""
                INSERT INTO ticket ({','.join(FIELDS)})
                VALUES ({','.join(['%s'] * len(FIELDS))})""", rows)
            db.update_sequence(db.cursor(), 'ticket')


def _row(dice, number, now, milestones):
    status = dice.choice(STATES)
    time = now - dice.randrange(10**14)
    return (number, 'defect', time, time,
            dice.choice(('component1', 'component2')), '',
            dice.choice(('major', 'minor')), dice.choice(PEOPLE),
            dice.choice(PEOPLE), '', '', dice.choice(milestones), status,
            'fixed' if status == 'closed' else '', f'Ticket {number}',
            'Something to do.', '')
