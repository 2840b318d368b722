"""A site filled to one scale, and the processes that serve its variants."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from . import data
from .commands import REQUIREMENTS
from .environments import ENABLED, Environments, WITHOUT
from .worker import Worker

KEYS = ('feature-freeze', 'software-quality', 'resources-estimate',
        'release-validated', 'remote-sites-validated', 'runtime-performance',
        'physics-results')
STAGES = ('1. Software preparation', '2. Release validation',
          '3. pre-production')
UNSIGNED = (3, 4, 5, 6)
TWINS = 4
VALUE = '''[[stage.requirement.value]]
name = "size"
title = "Size"
unit = "kB/event"
at_most = "5 kB/event"'''


@dataclass(frozen=True)
class Scale:
    """How much there is: campaigns under way and over, tickets in all."""

    underway: int
    tickets: int
    finished: int = 0
    database: str = 'sqlite'

    @property
    def aimed(self):
        """Whether this is the scale for which the roadmap's targets are."""
        return self.underway == 100 and self.tickets == 20000

    def target(self, case):
        """The most that a case may cost at this scale; None: anything."""
        return case.target if self.aimed or not case.aimed else None

    def __str__(self):
        over = f' and {self.finished:,} over' if self.finished else ''
        return (f'{self.underway:,} campaigns under way{over}, '
                f'{self.tickets:,} tickets, {self.database}')


class Site:
    """What the cases look at and change, at one scale."""

    def __init__(self, scale, database=None):
        self.scale = scale
        self.environments = Environments(database)
        self._fill()
        self.campaign = data.campaign_name(0)
        self.signoffs = self._signoffs()
        self.foreign = self._foreign()
        self._numbers = itertools.count()
        self._large = self._reported = ''
        self._workers = {}

    def worker(self, variant):
        """The process that serves a variant; started when first asked."""
        if variant not in self._workers:
            self._workers[variant] = Worker(self.environments.path(variant),
                                            variant in WITHOUT)
        return self._workers[variant]

    def large_campaign(self):
        """The name of one of 500 sign-offs, half of them given."""
        if not self._large:
            self._large = 'Wide'
            worker = self.worker(ENABLED)
            worker.command('create_campaign', self._large)
            worker.command('sign_campaigns', [self._large],
                           REQUIREMENTS // 2)
        return self._large

    def reported_campaign(self):
        """The name of one whose sign-offs ask for a value."""
        if not self._reported:
            self._reported = 'Reported'
            self.worker(ENABLED).command('create_campaign', self._reported,
                                         len(KEYS), VALUE)
        return self._reported

    def memory(self):
        """How much memory each of the processes has now, in kB."""
        return {variant: worker.command('memory')['text']
                for variant, worker in self._workers.items()}

    def number(self):
        """One that was not given out before."""
        return next(self._numbers)

    def signoff(self, turn):
        """An unsigned sign-off ticket, and the login of its contact."""
        campaign = turn // len(UNSIGNED) % self.scale.underway
        place = UNSIGNED[turn % len(UNSIGNED)]
        return (self.signoffs[campaign][place],
                data.contact(campaign, place))

    def twin(self, turn):
        """An open ticket that no campaign has, and somebody for it."""
        return self.foreign[turn % len(self.foreign)], data.PEOPLE[0]

    def ready_stage(self, turn):
        """The milestone of a stage that may be closed."""
        ready = (self.scale.underway - 1) // len(data.SIGNED) + 1
        campaign = turn % ready * len(data.SIGNED)
        return f'{data.campaign_name(campaign)}: {STAGES[0]}'

    def close(self):
        for worker in self._workers.values():
            worker.close()
        self.environments.close()

    def _fill(self):
        env, scale = self.environments.env, self.scale
        data.add_people(env)
        data.add_campaigns(env, range(scale.underway))
        data.add_macros(env)
        last = scale.underway + scale.finished
        data.add_finished(env, range(scale.underway, last))
        names = [name for name, in env.db_query("""
            SELECT name FROM milestone WHERE COALESCE(completed, 0)=0
            ORDER BY name""")]
        data.add_tickets(env, scale.tickets, names)
        if scale.database == 'postgres':  # as its server does soon by itself
            with env.db_transaction as db:
                db("ANALYZE")

    def _signoffs(self):
        tickets = {}
        for campaign, ticket in self.environments.env.db_query("""
                SELECT c.name, r.ticket FROM prodworkflow_requirement AS r
                JOIN prodworkflow_campaign AS c ON c.id=r.campaign
                WHERE c.phase='underway' ORDER BY c.name, r.position"""):
            tickets.setdefault(campaign, []).append(ticket)
        return list(tickets.values())

    def _foreign(self):
        """Open tickets in milestones that no stage owns."""
        return [ticket for ticket, in self.environments.env.db_query("""
            SELECT t.id FROM ticket AS t
            LEFT JOIN prodworkflow_stage AS s ON s.milestone=t.milestone
            LEFT JOIN prodworkflow_requirement AS r ON r.ticket=t.id
            WHERE s.stage IS NULL AND r.ticket IS NULL AND t.status='new'
            ORDER BY t.id""")]
