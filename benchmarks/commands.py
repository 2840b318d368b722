"""What a measuring process can do beside answering requests."""

from __future__ import annotations

import resource

from trac.env import open_environment
from trac.notification.api import NotificationSystem
from trac.ticket.model import Milestone, Ticket
from trac.ticket.notification import TicketChangeEvent
from trac.util.datefmt import datetime_now, utc

from . import requests

REQUIREMENTS = 500
STAGES = 3


def insert_tickets(path, name, count=REQUIREMENTS):
    """Trac's own way: as many tickets as a large campaign, at one go.

    Gives their numbers.
    """
    env = open_environment(path, use_cache=True)

    def insert():
        made = []
        with env.db_transaction:
            for stage in range(STAGES):
                milestone = Milestone(env)
                milestone.name = f'{name}: {stage}'
                milestone.insert()
            for number in range(count):
                ticket = Ticket(env)
                ticket.populate({
                    'summary': f'Requirement {number}', 'type': 'task',
                    'reporter': 'coordinator', 'owner': 'user0',
                    'status': 'new', 'component': 'component1',
                    'priority': 'major', 'description': 'What is asked for.',
                    'milestone': f'{name}: {number % STAGES}',
                    'cc': '', 'version': ''})
                made.append(ticket.insert())
        return made
    return requests.call(insert)


def create_campaign(path, name, count=REQUIREMENTS, more=''):
    """A campaign with as many requirements, by the plugin.

    Gives the numbers of their tickets.  `more` is what the template says of
    each requirement besides.
    """
    from prodworkflow.api import CampaignRequest, CampaignSystem
    env = open_environment(path, use_cache=True)
    keys = [f'requirement-{n}' for n in range(count)]
    wish = CampaignRequest(name, "", template_text=large_template(count, more),
                           contacts=dict.fromkeys(keys, ('user0',)))
    return requests.call(
        lambda: CampaignSystem(env).create(wish, 'coordinator'))


def resolve_tickets(path, tickets):
    """Trac's own way: tickets are closed at one go, and told of."""
    env = open_environment(path, use_cache=True)
    when = datetime_now(utc)

    def resolve():
        found = [Ticket(env, number) for number in tickets]
        with env.db_transaction:
            for ticket in found:
                ticket['status'], ticket['resolution'] = 'closed', 'fixed'
                ticket.save_changes('user0', 'Fine.', when)
        for ticket in found:
            NotificationSystem(env).notify(TicketChangeEvent(
                'changed', ticket, when, 'user0', 'Fine.'))
    return requests.call(resolve)


def sign_campaigns(path, names, count):
    """All sign-offs of campaigns at one go, by the plugin."""
    from prodworkflow.api import CampaignSystem, SignOffRequest, Verdict
    from prodworkflow.domain.model.person import Person
    env = open_environment(path, use_cache=True)
    return requests.call(lambda: CampaignSystem(env).record_all([
        (name, f'requirement-{n}', SignOffRequest(Verdict.APPROVED, 'Fine.'))
        for name in names for n in range(count)], Person('user0')))


def large_template(count, more=''):
    """A template of three stages that ask for so many sign-offs in all."""
    lines = ['title = "Large"']
    for stage in range(STAGES):
        lines += ['[[stage]]', f'key = "stage-{stage}"',
                  f'title = "Stage {stage}"']
        for number in range(stage, count, STAGES):
            lines += ['[[stage.requirement]]',
                      f'key = "requirement-{number}"',
                      f'title = "Requirement {number}"',
                      'description = "What is asked for."', more]
    return '\n'.join(lines)


def memory(path):
    """How much memory this process has at this moment, in kB."""
    with open('/proc/self/statm') as file:
        pages = int(file.read().split()[1])
    return requests.Answer(200, pages * resource.getpagesize() // 1024)


COMMANDS = {'insert_tickets': insert_tickets, 'memory': memory,
            'create_campaign': create_campaign,
            'resolve_tickets': resolve_tickets,
            'sign_campaigns': sign_campaigns}
