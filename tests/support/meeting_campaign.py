"""A campaign in the middle of its life, as a weekly meeting finds it.

Twelve subdetectors and forty sites unless asked otherwise: signed, rejected,
waived, withdrawn, asked again by a patch and out of bounds; it was on hold,
its start has moved, a site dropped out and another one joined.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from trac.attachment import Attachment
from trac.env import Environment
from trac.ticket.model import Milestone, Ticket
from trac.util.datefmt import to_utimestamp, utc

from prodworkflow import store
from prodworkflow.api import (
    CampaignChanges,
    CampaignRequest,
    CampaignSystem,
    EvidenceInput,
    ItemAddition,
    ItemRemoval,
    KnownIssueRequest,
    ReleaseRequest,
    SignOffRequest,
    Verdict,
    WaiverRequest,
)
from prodworkflow.domain.model.person import Person
from support.campaigns import ADMIN
from support.earlier_days import days_ago
from support.environment_copies import copied
from support.pictures import picture

MEETING = 'Autumn 2026'
SINGLES = 11
BLOCK = 5  # so many sites in a row have one contact
PEOPLE = ('anna', 'bruno', 'carla', 'dario', 'elena', 'fabio', 'gina', 'hugo')
SITES = ('CNAF', 'GridKa', 'RAL', 'BNL', 'IN2P3', 'NIKHEF', 'PIC', 'TRIUMF',
         'Padova', 'Napoli')
DETECTORS = ('SVT', 'DCH', 'PID', 'EMC', 'IFR', 'TOF', 'RICH', 'TRG', 'DAQ',
             'MAG', 'LUM', 'FWD')
JOINER = 'KIT'
VALUES = {'memory_growth': '0.4 kB/event', 'cpu_time_per_job': '10 h',
          'peak_memory': '2 GB', 'disk_total': '120 TB',
          'crash_rate': '0.4 %', 'efficiency': '97 %'}
STAGES = (Path(__file__).parents[1] / 'data' / 'meeting.toml').read_text(
    encoding='utf-8')
LARGER = {'cpu_time_per_job': '11 h'}


@dataclass(frozen=True)
class Meeting:
    """The campaign's name, and its sign-off tickets by requirement."""

    name: str
    tickets: dict[str, int]


def site_names(count):
    """The names of so many sites, none of them twice."""
    return [SITES[n] if n < len(SITES) else f'Site {n + 1:02}'
            for n in range(count)]


def detector_names(count):
    """The names of so many subdetectors, none of them twice."""
    return [DETECTORS[n] if n < len(DETECTORS) else f'DET{n + 1:02}'
            for n in range(count)]


def sites_for(signoffs, subdetectors=12):
    """How many sites bring a campaign to about so many sign-offs."""
    return max(4, (signoffs - SINGLES - 2 * subdetectors) // 2)


def template_text(sites, subdetectors):
    """The template with these lists; the first sites are the largest."""
    names = ', '.join(
        f'{{name = "{d}", contacts = ["{PEOPLE[n % len(PEOPLE)]}"]}}'
        for n, d in enumerate(detector_names(subdetectors)))
    rows = [f'[lists]\nsubdetectors = [{names}]\nsites = [\n']
    rows += [f'  {{name = "{s}", weight = {max(1, 40 - 3 * n)}, contacts = '
             f'["{PEOPLE[n // BLOCK % len(PEOPLE)]}"]}},\n'
             for n, s in enumerate(site_names(sites))]
    head, stages = STAGES.split('[freeze]', 1)
    return f'{head}{"".join(rows)}]\n[freeze]{stages}'


class _Life:
    """What people do to the campaign, each on a day of its own."""

    def __init__(self, env, sites, subdetectors, name):
        self.env, self.name = env, name
        self.system = CampaignSystem(env)
        self.sites, self.detectors = sites, subdetectors
        self.today = date.today()

    def day(self, days):
        """A day so many days from today, as it is typed."""
        return (self.today + timedelta(days)).isoformat()

    def state(self):
        found = store.snapshot(self.env,
                               store.campaign_id(self.env, self.name))
        return found.state

    def keys(self, group):
        return [r.key for r in self.state().members(group)]

    def create(self):
        now = to_utimestamp(datetime.now(utc)) // 10**6
        known = {name for name, in self.env.db_query(
            "SELECT sid FROM session WHERE authenticated=1")}
        with self.env.db_transaction as db:
            db.executemany("""
                INSERT INTO session (sid, authenticated, last_visit)
                VALUES (%s, 1, %s)""",
                           [(p, now) for p in PEOPLE if p not in known])
        self.env.invalidate_known_users_cache()
        with days_ago(40):
            self.system.create(CampaignRequest(
                self.name, 'meeting.toml', 'V1.0', self.day(18),
                template_text=template_text(self.sites, self.detectors)),
                'coordinator')
        for number in range(self.detectors):
            self.attach(f'plots.{detector_names(self.detectors)[number]}'
                        .lower(), number)

    def attach(self, key, shade):
        ticket = self.state().requirement(key).ticket
        with days_ago(39):
            for name, grey in (('new.png', 90 + shade), ('old.png', 180)):
                data = picture(grey)
                Attachment(self.env, 'ticket', ticket).insert(
                    name, io.BytesIO(data), len(data))

    def saying(self, requirement, verdict, words, values=None):
        asks = requirement.asks
        given = {v.name: (values or VALUES).get(v.name, VALUES[v.name])
                 for v in asks.values}
        return SignOffRequest(verdict, words, EvidenceInput(
            given, dict.fromkeys(asks.plots, ('new.png', 'old.png')),
            dict.fromkeys(asks.links, 'https://example.org/report')))

    def sign(self, days, *keys, words='Looks fine.', values=None,
             verdict=Verdict.APPROVED, everybody=False):
        """Each requirement is signed by its first contact, or by all."""
        state = self.state()
        said = {}
        for key in keys:
            requirement = state.requirement(key)
            for who in requirement.contacts[:None if everybody else 1]:
                said.setdefault(who, []).append((self.name, key, self.saying(
                    requirement, verdict, words, values)))
        with days_ago(days):
            for who, sayings in said.items():
                self.system.record_all(sayings, Person(who))

    def say(self, days, key, verdict, words):
        """What a first contact says of a requirement, without evidence."""
        who = self.state().requirement(key).contacts[0]
        with days_ago(days, 11):
            self.system.record(self.name, key, Person(who),
                               SignOffRequest(verdict, words))

    def waive(self, days, key, reason, words, bounds=None):
        with days_ago(days, 13):
            self.system.record(self.name, key, ADMIN, SignOffRequest(
                Verdict.WAIVED, words, leave=WaiverRequest(
                    reason, self.day(14), bounds or {})))

    def change(self, days, reason, **changes):
        with days_ago(days, 14):
            self.system.change(self.name, ADMIN,
                               CampaignChanges(reason, **changes))

    def close_first_stage(self, days):
        with days_ago(days, 15) as moment:
            milestone = Milestone(self.env, self.state().stages[0].milestone)
            milestone.completed = moment[0]
            milestone.update(author='coordinator')

    def issue(self, days, stage, summary):
        with days_ago(days, 10):
            ticket = Ticket(self.env)
            ticket.populate({
                'summary': summary, 'reporter': 'anna', 'status': 'new',
                'type': 'defect', 'priority': 'blocker',
                'milestone': self.state().stages[stage].milestone})
            return ticket.insert()

    def tolerate(self, days, number):
        with days_ago(days, 12):
            self.system.lifecycle.tolerate(
                self.name, ADMIN, KnownIssueRequest(
                    str(number), 'Only log files are too long.',
                    self.day(20)))

    def prepare(self):
        self.sign(38, 'feature-freeze', words='Announced and in force.')
        self.sign(37, 'memory-leaks', 'licences')
        self.sign(36, 'resources-estimate')
        self.sign(31, 'resources-estimate', verdict=Verdict.REPORTED,
                  words='Geometry is larger now.', values=LARGER)
        self.sign(30, 'resources-estimate', words='Agreed again.',
                  values=LARGER)
        self.close_first_stage(29)
        self.sign(27, 'release-built', words='Built and deployed.')
        self.sign(26, 'software-validated', everybody=True)

    def validate(self):
        sites, jobs = self.keys('site'), self.keys('jobs')
        part = len(sites) // 4
        first, second, third = (slice(n * part, (n + 1) * part)
                                for n in range(3))
        self.sign(22, *sites[first])
        self.sign(20, *jobs[first])
        self.sign(19, *sites[second])
        self.sign(17, *jobs[second])
        self.say(16, sites[1], Verdict.REJECTED, 'Jobs hang at the storage.')
        self.sign(15, *sites[third])
        self.sign(14, sites[1], words='The storage was mended.')
        self.sign(13, *jobs[third], 'sample', 'databases')
        self.sign(12, *self.keys('calibration')[:8])
        self.sign(11, *self.keys('plots')[:6])
        with days_ago(10):
            self.system.release(self.name, ADMIN, ReleaseRequest(
                'V1.1', ('svt', 'dch', *(k.split('.')[1]
                                         for k in sites[2:5])),
                'A patch of the drift chamber.'))

    def go_wrong(self):
        sites, jobs = self.keys('site'), self.keys('jobs')
        noted = self.issue(9, 1, 'Log files grow without end')
        with days_ago(9, 15):
            self.system.lifecycle.hold(self.name, ADMIN,
                                       'The storage of CNAF is down.')
        self.tolerate(8, noted)
        with days_ago(8, 15):
            self.system.lifecycle.resume(self.name, ADMIN, 'It is up again.')
        self.change(7, 'It left the collaboration.',
                    leavers=(ItemRemoval('sites', sites[-1].split('.')[1]),))
        self.change(6, 'A new site.', joiners=(
            ItemAddition('sites', JOINER, '12', contacts=('bruno',)),))
        self.sign(5, sites[2], jobs[2])
        self.change(5, 'Beam time was moved.', start=self.day(24))
        left = len(sites) * 3 // 4
        self.sign(4, jobs[left], verdict=Verdict.REPORTED,
                  values={'crash_rate': '2 %'}, words='Many jobs crash.')
        self.sign(4, jobs[left + 1], verdict=Verdict.REPORTED,
                  values={'crash_rate': '1.5 %'}, words='Some jobs crash.')

    def lately(self):
        sites, jobs = self.keys('site'), self.keys('jobs')
        left = len(sites) * 3 // 4
        self.waive(4, jobs[left + 1], 'out-of-bounds', 'Good enough there.',
                   {'crash_rate': ('', '2 %')})
        self.sign(3, jobs[left + 1], words='As agreed.',
                  values={'crash_rate': '1.5 %'})
        self.say(3, sites[5], Verdict.WITHDRAWN, 'I looked at the wrong log.')
        self.waive(3, self.keys('calibration')[9], 'awaiting',
                   'The old calibration will do.')
        self.sign(2, self.keys('calibration')[0], sites[3])
        self.issue(2, 2, 'Event display crashes')
        self.say(2, self.keys('plots')[7], Verdict.REJECTED,
                 'The resolution is worse than last time.')
        self.sign(1, sites[left], words='Ran over night.')
        self.sign(1, 'memory-and-cpu', values={'cpu_time_per_job': '12 h'})


def meeting_campaign(env, sites=40, subdetectors=12, name=MEETING):
    """Make the campaign; sites are at least eight, subdetectors ten."""
    life = _Life(env, sites, subdetectors, name)
    life.create()
    life.prepare()
    life.validate()
    life.go_wrong()
    life.lately()
    return Meeting(name, {r.key: r.ticket
                          for r in life.state().requirements})


@pytest.fixture(scope='session')
def met_once(made_once, database, tmp_path_factory):
    """An environment with the campaign, made once; nobody changes it."""
    path = tmp_path_factory.mktemp('met') / 'trac'
    uri = copied(database, made_once, path)
    env = Environment(str(path))
    meeting_campaign(env)
    env.shutdown()
    yield path
    database.drop(uri)


@pytest.fixture
def meeting(env):
    """The campaign of twelve subdetectors and forty sites, in `env`.

    Whoever asks for it has a copy of the environment where it was made once.
    """
    state = store.snapshot(env, store.campaign_id(env, MEETING)).state
    return Meeting(MEETING, {r.key: r.ticket for r in state.requirements})
