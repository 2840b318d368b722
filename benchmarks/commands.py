"""What a measuring process can do beside answering requests."""

from __future__ import annotations

import resource

from trac.env import open_environment
from trac.ticket.model import Milestone, Ticket

from . import requests

REQUIREMENTS = 500
STAGES = 3


def insert_tickets(path, name):
    """Trac's own way: as many tickets as a large campaign, at one go."""
    env = open_environment(path, use_cache=True)

    def insert():
        with env.db_transaction:
            for stage in range(STAGES):
                milestone = Milestone(env)
                milestone.name = f'{name}: {stage}'
                milestone.insert()
            for number in range(REQUIREMENTS):
                ticket = Ticket(env)
                ticket.populate({
                    'summary': f'Requirement {number}', 'type': 'task',
                    'reporter': 'coordinator', 'owner': 'user0',
                    'status': 'new', 'component': 'component1',
                    'priority': 'major', 'description': 'What is asked for.',
                    'milestone': f'{name}: {number % STAGES}',
                    'cc': '', 'version': ''})
                ticket.insert()
    return requests.call(insert)


def create_campaign(path, name):
    """A campaign with as many requirements, by the plugin."""
    from prodworkflow.api import CampaignRequest, CampaignSystem
    env = open_environment(path, use_cache=True)
    keys = [f'requirement-{n}' for n in range(REQUIREMENTS)]
    wish = CampaignRequest(name, "", template_text=large_template(),
                           contacts=dict.fromkeys(keys, ('user0',)))
    return requests.call(
        lambda: len(CampaignSystem(env).create(wish, 'coordinator')))


def large_template():
    """A template of three stages that ask for 500 sign-offs in all."""
    lines = ['title = "Large"']
    for stage in range(STAGES):
        lines += ['[[stage]]', f'key = "stage-{stage}"',
                  f'title = "Stage {stage}"']
        for number in range(stage, REQUIREMENTS, STAGES):
            lines += ['[[stage.requirement]]',
                      f'key = "requirement-{number}"',
                      f'title = "Requirement {number}"',
                      'description = "What is asked for."']
    return '\n'.join(lines)


def memory(path):
    """How much memory this process has at this moment, in kB."""
    with open('/proc/self/statm') as file:
        pages = int(file.read().split()[1])
    return requests.Answer(200, pages * resource.getpagesize() // 1024)


COMMANDS = {'insert_tickets': insert_tickets, 'memory': memory,
            'create_campaign': create_campaign}
