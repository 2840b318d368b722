"""Our statistics provider gives what Trac's gives, by one statement."""

from __future__ import annotations

import gc
import random

import pytest
from trac.core import Component, implements, TracError
from trac.db import util
from trac.env import Environment
from trac.perm import IPermissionPolicy
from trac.test import MockRequest
from trac.ticket.model import Milestone
from trac.ticket.roadmap import (
    DefaultTicketGroupStatsProvider,
    MilestoneModule,
    RoadmapModule,
)
from trac.web.api import RequestDone
from trac.web.main import RequestDispatcher

from prodworkflow.pages.stats_provider import BatchedStatsProvider

STATUSES = ('new', 'accepted', 'assigned', 'reopened', 'closed', 'closed',
            'never-heard-of', '', None)
THREE = [('done', 'closed'), ('done.order', '0'),
         ('done.overall_completion', 'true'),
         ('done.query_args', 'group=resolution,order=time,col=id,status=x'),
         ('fresh', 'new, reopened'), ('fresh.order', '1'),
         ('fresh.css_class', 'new'), ('fresh.label', 'not begun'),
         ('rest', '*'), ('rest.order', '2')]
UNCAUGHT = [('done', 'closed'), ('odd', 'accepted,nobody-has-this'),
            ('odd.overall_completion', 'yes')]
GROUPS = pytest.mark.parametrize('groups', [
    pytest.param([], id="Trac's own groups"),
    pytest.param(THREE, id='three groups with labels and query arguments'),
    pytest.param(UNCAUGHT, id='no group for all others'),
])


class OddTicketsPolicy(Component):
    """A policy by the ticket: those with an odd number are for nobody."""

    implements(IPermissionPolicy)

    def check_permission(self, action, username, resource, perm):
        if (action == 'TICKET_VIEW' and resource and resource.id
                and int(resource.id) % 2):
            return False
        return None


@pytest.fixture
def filled_env(env):
    """An environment with twelve milestones and 600 tickets, at random."""
    dice = random.Random(8)
    names = [f'M{n}' for n in range(12)]
    for name in names:
        milestone = Milestone(env)
        milestone.name = name
        milestone.insert()
    with env.db_transaction as db:
        db("UPDATE milestone SET completed=1000 WHERE name IN ('M3', 'M7')")
        db.executemany("""
            INSERT INTO ticket (summary, status, milestone, component)
            VALUES ('t', %s, %s, %s)""",
                       [(dice.choice(STATUSES), dice.choice([*names, '']),
                         dice.choice(('component1', 'component2', None)))
                        for _ in range(600)])
    return env


@pytest.fixture
def begin_request(filled_env):
    """Begins a request as Trac does; keep it while it is being served."""
    def begin(path_info='/roadmap', method='GET', **args):
        req = MockRequest(filled_env, path_info=path_info, method=method,
                          args=args)
        BatchedStatsProvider(filled_env).pre_process_request(req, None)
        return req
    return begin


def groups_of(env, milestone):
    """The ids of a milestone's tickets, and of some of them."""
    ids = [id_ for id_, in env.db_query(
        'SELECT id FROM ticket WHERE milestone=%s ORDER BY id', (milestone,))]
    return [ids, ids[::3], ids[:1], ids + ids, []]


def told(provider, ids):
    """All that the pages take from a provider's answer."""
    stat = provider.get_ticket_group_stats(ids)
    return (stat.title, stat.unit, stat.count, stat.qry_args, stat.intervals,
            stat.done_percent, stat.done_count)


@pytest.fixture
def sent_statements(monkeypatch):
    """The SQL statements sent from now on."""
    sent, execute = [], util.IterableCursor.execute

    def recording(self, sql, args=None):
        sent.append(sql)
        return execute(self, sql, args)
    monkeypatch.setattr(util.IterableCursor, 'execute', recording)
    return sent


@GROUPS
@pytest.mark.parametrize(('page', 'args'), [
    pytest.param('/roadmap', {}, id='roadmap'),
    pytest.param('/roadmap', {'show': 'completed'}, id='all milestones'),
    pytest.param('/roadmap', {'show': 'all'}, id='all, by its old name'),
    pytest.param('/', {}, id='roadmap as the start page'),
    pytest.param('/milestone/M1', {}, id='page of a milestone'),
    pytest.param('/wiki', {}, id='another page'),
])
def test_batched_stats_equal_those_of_tracs_provider(
        filled_env, begin_request, groups, page, args):
    for name, value in groups:
        filled_env.config.set('milestone-groups', name, value)
    mine = BatchedStatsProvider(filled_env)
    tracs = DefaultTicketGroupStatsProvider(filled_env)
    for milestone in [f'M{n}' for n in range(12)]:
        req = begin_request(page, **args)
        for ids in groups_of(filled_env, milestone):
            assert told(mine, ids) == told(tracs, ids)
        del req


@GROUPS
def test_pages_with_batched_stats_are_the_same_to_the_letter(filled_env,
                                                             groups):
    options = [('milestone-groups', *each) for each in groups] + [
        ('components', f'{__name__}.*', 'enabled'),
        ('trac', 'permission_policies', 'OddTicketsPolicy, '
         'DefaultPermissionPolicy, LegacyAttachmentPolicy')]
    one = pages_by('DefaultTicketGroupStatsProvider', filled_env, options)
    other = pages_by('BatchedStatsProvider', filled_env, options)
    assert one == other
    assert 'class="progress"' in one[0]


def pages_by(provider, env, options):
    """What somebody sees of the milestones with that provider named."""
    for option in (*options, ('roadmap', 'stats_provider', provider),
                   ('milestone', 'stats_provider', provider)):
        env.config.set(*option)
    env.config.save()
    fresh = Environment(env.path)
    try:
        assert type(RoadmapModule(fresh).stats_provider).__name__ == provider
        assert type(MilestoneModule(
            fresh).stats_provider).__name__ == provider
        return [page_of(fresh, path) for path in (
            '/roadmap', '/roadmap?show=completed', '/milestone/M2',
            '/milestone/M3')]
    finally:
        fresh.shutdown()


def page_of(env, path):
    where, _, show = path.partition('?show=')
    req = MockRequest(env, path_info=where, authname='anna',
                      args={'show': show} if show else {})
    with pytest.raises(RequestDone):
        RequestDispatcher(env).dispatch(req)
    return req.response_sent.getvalue().decode()


def test_batched_stats_of_a_page_of_milestones_take_one_statement(
        filled_env, begin_request, sent_statements):
    provider = BatchedStatsProvider(filled_env)
    groups = [groups_of(filled_env, f'M{n}')[0] for n in (0, 1, 2, 4, 5, 6)]
    del sent_statements[:]
    req = begin_request()
    for ids in groups:
        provider.get_ticket_group_stats(ids)
    assert len(sent_statements) == 1
    assert req


@pytest.mark.parametrize('how', ['the request is over', 'the next begins',
                                 'it may change something'])
def test_batched_stats_do_not_outlive_their_request(filled_env, begin_request,
                                                    how):
    provider = BatchedStatsProvider(filled_env)
    ids = groups_of(filled_env, 'M1')[0]
    req = begin_request(method='POST' if 'change' in how else 'GET')
    provider.get_ticket_group_stats(ids)
    filled_env.db_transaction("UPDATE ticket SET status='closed'")
    if how == 'the request is over':
        del req
        gc.collect()
    elif how == 'the next begins':
        req = begin_request()
    assert provider.get_ticket_group_stats(ids).done_percent == 100


def test_batched_stats_of_tickets_beyond_one_milestone_equal_tracs(
        filled_env, begin_request):
    provider = BatchedStatsProvider(filled_env)
    ids = [id_ for id_, in filled_env.db_query(
        "SELECT id FROM ticket WHERE milestone IN ('M3', 'M4')")]
    req = begin_request()
    assert told(provider, ids) == told(
        DefaultTicketGroupStatsProvider(filled_env), ids)
    assert req


def test_milestone_groups_that_trac_refuses_are_refused_alike(filled_env,
                                                              begin_request):
    for name in ('one', 'other'):
        filled_env.config.set('milestone-groups', name, '*')
    req = begin_request()
    with pytest.raises(TracError, match='catch-all'):
        BatchedStatsProvider(filled_env).get_ticket_group_stats(
            groups_of(filled_env, 'M1')[0])
    assert req


def test_batched_stats_provider_is_off_by_default(env):
    assert isinstance(env, Environment)
    assert type(RoadmapModule(env).stats_provider) is (
        DefaultTicketGroupStatsProvider)
