"""Doors: all ways in which a sign-off ticket can be closed in Trac."""

from __future__ import annotations

import json
import urllib.request
from datetime import datetime

import pytest
from trac.ticket.batch import BatchModifyModule
from trac.ticket.model import Ticket
from trac.ticket.web_ui import TicketModule
from trac.util.datefmt import utc
from tracopt.ticket.commit_updater import CommitTicketUpdater

from prodworkflow.api import CampaignSystem

WORKFLOW = {
    'finish': 'new,assigned,accepted,reopened -> closed',
    'finish.operations': 'set_resolution',
    'finish.set_resolution': 'fixed',
    'finish.permissions': 'TICKET_MODIFY',
    'relabel': 'closed -> closed',
    'relabel.operations': 'set_resolution',
    'relabel.set_resolution': 'invalid',
    'relabel.permissions': 'TICKET_MODIFY',
    'again': 'closed -> reopened',
    'again.operations': 'del_resolution',
    'again.permissions': 'TICKET_MODIFY',
}


class Changeset:
    """What a version control system tells of a commit."""

    rev = '1'
    date = datetime(2026, 5, 1, tzinfo=utc)

    def __init__(self, author, message):
        self.author, self.message = author, message


class Repository:
    reponame = ''

    def display_rev(self, rev):
        return rev


class Doors:
    """All doors to one ticket."""

    def __init__(self, env, client, request_of, site):
        self.env, self.client = env, client
        self.request_of, self.site = request_of, site

    def save(self, ticket, author, **values):
        """A script that saves a ticket and asks nobody."""
        found = Ticket(self.env, ticket)
        for name, value in values.items():
            found[name] = value
        found.save_changes(author, 'Done.')

    def commit(self, author, message):
        CommitTicketUpdater(self.env).changeset_added(
            Repository(), Changeset(author, message))

    def batch(self, user, *tickets, **fields):
        req = self.request_of(user, selected_tickets=','.join(
            map(str, tickets)), batchmod_value_comment='', **fields)
        BatchModifyModule(self.env)._save_ticket_changes(
            req, [str(t) for t in tickets], {}, 'Done.', fields['action'])
        return ' '.join(str(w) for w in req.chrome['warnings'])

    def batch_page(self, user, *tickets, **fields):
        return self.client(user).post('/batchmodify', {
            'selected_tickets': ','.join(map(str, tickets)),
            'batchmod_value_comment': '', 'query_href': '/about', **fields})

    def rpc_by_action(self, user, ticket, **attributes):
        """As the XML-RPC plugin does it: validate, then apply the action."""
        found = Ticket(self.env, ticket)
        req = self.request_of(user, comment='Done.', **attributes)
        module = TicketModule(self.env)
        req.args['view_time'] = str(found['changetime'])
        changes, problems = module.get_ticket_changes(
            req, found, attributes['action'])
        refused = [m for each in module.ticket_manipulators
                   for m in each.validate_ticket(req, found)]
        if not problems and not refused:
            module._apply_ticket_changes(found, changes)
            found.save_changes(user, 'Done.')

    def rpc_legacy(self, user, ticket, author=None, **values):
        """As the XML-RPC plugin saves without an action: it asks nobody."""
        req = self.request_of(user)
        CampaignSystem(self.env).context.bind_request(req)
        self.save(ticket, author or user, **values)

    def json_rpc(self, user, ticket):
        """The door of the PyPI package trac-ticketrpc."""
        client = self.client(user)
        call = {'jsonrpc': '2.0', 'id': 1, 'method': 'ticket.close',
                'params': {'id': str(ticket), 'project': 'Tests',
                           'resolution': 'fixed', 'text': 'Done.'}}
        request = urllib.request.Request(
            self.site + '/ticketrpc', json.dumps(call).encode(),
            {'Content-Type': 'application/json'})
        return client._open(request)


@pytest.fixture
def doors(env, path, client, request_of, site):
    for name, value in WORKFLOW.items():
        env.config.set('ticket-workflow', name, value)
    env.config.set('ticket', 'commit_ticket_update_check_perms', 'false')
    env.config.set('components', 'tracticketrpc.*', 'enabled')
    env.config.save()
    return Doors(env, client, request_of, site)
