"""The main job on a site, each step as people do it in their browsers.

After each step the campaign's page, the gate's JSON and `campaign check` are
asked what is true.
"""

from __future__ import annotations

import contextlib
import gc
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from urllib.parse import quote

from trac.ticket.model import Ticket

from support.mail_servers import nobody_waits, process_is_free
from support.page_forms import closed_up
from support.sites.workflows import CLOSING, FIRST, REOPENED
from support.visitor import Visitor

NAME = '2031 Prod'
START = date.today() + timedelta(days=60)
DUE = [START - timedelta(days=before) for before in (28, 14, 3)]
WRONG = [day + timedelta(days=by) for day in DUE for by in (-1, 1)]
LATER = (date.today() + timedelta(days=20)).isoformat()
HERE = f'/campaign/{quote(NAME)}'
PANEL = '/admin/production/campaigns'
STAGES = ('Software preparation', 'Release validation', 'pre-production')
FIRST_STAGE = f'/milestone/{quote(f"{NAME}: 1. {STAGES[0]}")}'
SIGNERS = {
    'Feature Freeze': ('anna',), 'Software quality ok': ('anna',),
    'Resources estimate': ('anna', 'bruno'), 'Release validated': ('bruno',),
    'Remote sites validated': ('bruno',),
    'Runtime performance ok': ('bruno',), 'Physics results ok': ('anna',)}
VERBS = (
    'created approved approved rejected approved approved withdrawn approved '
    'refused approved stage-closed released approved waived approved '
    'approved stage-closed stage-closed launched closed').split()


class Job:
    """The job on one site; `clients` makes a client for a login."""

    def __init__(self, site, env, clients, admin, mail):
        self.site, self.env, self.admin, self.mail = site, env, admin, mail
        self.now = None
        self.clients = clients
        self.people = {}

    def visitor(self, role):
        """One of the people; they log in when they first do something."""
        if role not in self.people:
            login = getattr(self.site.logins, role, role)
            self.people[role] = Visitor(self.clients(login))
        return self.people[role]

    def run(self):
        """All of it, in order.

        Trac looks for garbage after each request, through all that is loaded
        when the first pages have been shown; that is set aside.
        """
        self.create()
        gc.freeze()
        for step in (self.dates, self.file_ticket, self.sign, self.resolve,
                     self.reject, self.withdraw, self.close_too_early,
                     self.close_stage, self.patch, self.waive,
                     self.sign_the_rest, self.launch, self.close_campaign):
            step()

    def create(self):
        who = self.visitor('coordinator')
        who.open(PANEL)
        who.press('Preview', [
            ('Name', NAME), ('release', 'V1'), ('start', START.isoformat()),
            *((label, self.site.logins.listed(*roles))
              for label, roles in SIGNERS.items()), *self._further()])
        freeze = self.site.has.freeze
        assert who.sees('Feature freeze:') == bool(freeze), who.page.text
        if freeze:
            who.press('Preview', freeze)
            assert not who.sees('Feature freeze:'), who.page.text
        assert who.sees('Nothing is made yet'), who.page.text
        assert self._count('ticket') == 0
        who.press('Create production campaign')
        assert who.address.endswith(HERE), who.page.text
        assert {self.status(n) for n in range(1, 8)} == {
            FIRST[self.site.workflow]}
        self.holds(missing=7)
        assert self.gate_command() == 1
        assert self.told(3)['awaits'] == [self.site.logins.anna,
                                          self.site.logins.bruno]

    def dates(self):
        """Whoever looks, wherever they look, sees the same day."""
        for path in ('/roadmap', HERE, '/ticket/1', FIRST_STAGE):
            for role in ('coordinator', 'anna'):
                page = self.visitor(role).open(path)
                assert DUE[0].isoformat() in page.text, (path, page.text)
                assert not [day for day in WRONG
                            if day.isoformat() in page.text], (
                    path, page.text)

    def file_ticket(self):
        """One that is done otherwise than as closed blocks no stage."""
        if self.site.workflow == 'two-ends':
            who = self.visitor('eve')
            who.open('/newticket')
            who.press('Create ticket', [
                ('field_summary', 'Jobs crash'),
                ('field_milestone', f'{NAME}: 1. {STAGES[0]}')])
            self.act('eve', 8, 'reject')
            assert self.status(8) == 'rejected', who.page.text

    def sign(self):
        self.in_box('anna', 1, 'Sign off')
        self.holds(missing=6)
        assert self.told(1)['signed_by'] == [self.site.logins.anna]

    def resolve(self):
        """By Trac's own page, where the workflow offers it to a contact."""
        self.close_ticket('anna', 2)
        self.holds(missing=5)

    def reject(self):
        self.in_box('bruno', 4, 'Reject')
        self.holds(missing=5)
        assert self.told(4)['reason'] == 'rejected'
        self.in_box('bruno', 4, 'Sign off')
        self.holds(missing=4)

    def withdraw(self):
        """The ticket is open, and can be closed as before."""
        with self.while_mail_waits('bruno', 5, 'Sign off'):
            self.in_box('anna', 2, 'Withdraw')
        assert self.status(2) == REOPENED[self.site.workflow]
        self.holds(missing=4)
        assert self.told(2)['reason'] == 'withdrawn'
        self.close_ticket('anna', 2)
        self.holds(missing=3)

    def close_too_early(self):
        who = self.complete_stage()
        assert who.sees('Resources estimate'), who.page.text
        assert not self.completed(1)
        self.holds(missing=3)

    def close_stage(self):
        self.in_box('bruno', 3, 'Sign off')
        self.move_on()
        who = self.complete_stage()
        assert self.completed(1), who.page.text
        self.holds(missing=2)

    def patch(self):
        """The tickets that it asks again are open."""
        who = self.visitor('coordinator')
        who.open(f'{PANEL}/{quote(NAME)}')
        given = [('Release', 'V1.1'), ('Reason', 'It leaked.')]
        who.press('Show what it would do', given)
        who.press('Move to V1.1')
        assert {self.status(4), self.status(5)} == {
            REOPENED[self.site.workflow]}, who.page.text
        self.holds(missing=4)
        assert self.told(4)['reason'] == 'stale'
        self.in_box('bruno', 4, 'Sign off')
        self.holds(missing=3)

    def waive(self):
        who = self.visitor('coordinator')
        who.open('/ticket/5')
        who.press('Waive', [('Why it is tolerable', 'One site is slow.'),
                            ('Last day (UTC)', LATER)])
        self.holds(missing=2)
        assert self.told(5)['answer'] == 'waived', who.page.text

    def sign_the_rest(self):
        """On the page of what waits for oneself."""
        for role, ticket in (('bruno', 6), ('anna', 7)):
            who = self.visitor(role)
            who.open('/campaign')
            box = next(c.label for form in who.page.forms
                       for c in form.controls if c.kind == 'checkbox'
                       and f'#{ticket}' in c.label)
            who.press('Sign off', [
                (box, ''),
                ('Your statement, for all that are ticked', 'Good.')])
            assert self.status(ticket) == 'closed', who.page.text
        assert self.holds(missing=0)['open']
        assert self.gate_command() == 0

    def launch(self):
        who = self.visitor('coordinator')
        who.open(f'{HERE}/launch')
        who.press('Launch production', [('Reason', 'All is signed.')])
        assert who.sees('Launched'), who.page.text
        assert [self.completed(n) for n in (1, 2, 3)] == [True] * 3
        assert self.holds(missing=0)['launched']

    def close_campaign(self):
        who = self.visitor('coordinator')
        who.open(f'{PANEL}/{quote(NAME)}')
        who.press('Close the campaign', [('Reason', 'It ran.')])
        assert self.holds(missing=0)['phase'] == 'closed', who.page.text

    # What people do

    def in_box(self, role, ticket, button):
        who = self.visitor(role)
        who.open(f'/ticket/{ticket}')
        who.press(button, [('Your statement', f'{button}: I looked.')])
        assert 'role="status"' in who.answer.text, who.page.text

    @contextlib.contextmanager
    def while_mail_waits(self, *act):
        """Others go on while the mail of an act waits for a silent server."""
        if self.site.mail != 'silent':
            self.in_box(*act)
            yield
            return
        with ThreadPoolExecutor(1) as pool:
            with self.mail.silence():
                acting = pool.submit(self.in_box, *act)
                assert self.mail.asked.wait(60)
                assert nobody_waits(self.env)
                assert process_is_free()
                yield
            acting.result()

    def close_ticket(self, role, ticket):
        """By the actions of Trac's page; where it offers none, in the box."""
        actions = CLOSING[self.site.workflow]
        if not actions:
            self.in_box(role, ticket, 'Sign off')
        for action in actions:
            word = f'action_{action}_resolve_resolution'
            self.act(role, ticket, action, *(
                [(word, self.site.has.approving)] if action == actions[-1]
                else []))
        assert self.status(ticket) == 'closed', self.visitor(role).page.text

    def act(self, role, ticket, action, *further):
        """Take an action of Trac's own on a ticket's page."""
        who = self.visitor(role)
        who.open(f'/ticket/{ticket}')
        who.press('Submit changes', [(f'action_{action}', ''), *further,
                                     ('comment', 'I looked.')])

    def move_on(self):
        """A signed ticket that goes on from closed keeps its sign-off."""
        if self.site.workflow == 'verified':
            self.act('eve', 1, 'verify')
            assert self.status(1) == 'verified'
            self.holds(missing=2)
            assert self.told(1)['answer'] == 'met'

    def complete_stage(self):
        who = self.visitor('eve')
        who.open(f'{FIRST_STAGE}?action=edit')
        who.press('Submit changes', [('completed', '')])
        return who

    # What is true afterwards

    def holds(self, missing):
        """Gate, page and check tell the same; gives the gate's answer."""
        told = self.gate()
        assert sum(s['missing'] for s in told['stages']) == missing
        who = self.visitor('coordinator')
        page = who.open(HERE)
        assert closed_up(told['verdict']) in closed_up(page.text)
        self.check()
        self.now = told
        return told

    def check(self):
        """It is silent, but for contacts who have not logged in yet."""
        missing = [] if self.site.logins.met else [
            login for role, login in (('anna', self.site.logins.anna),
                                      ('bruno', self.site.logins.bruno))
            if role not in self.people]
        code, told, errors = self.admin('campaign', 'check')
        assert (code, errors) == (1 if missing else 0, ''), told
        assert bool(told) == bool(missing)
        assert [login for login in missing if login not in told] == []

    def gate(self):
        answer = self.visitor('coordinator').client.get(f'{HERE}/gate')
        told = json.loads(answer.text)
        assert answer.status == (200 if told['open'] else 409)
        return told

    def told(self, ticket):
        """What the gate said last of the requirement of one ticket."""
        return next(r for stage in self.now['stages']
                    for r in stage['requirements'] if r['ticket'] == ticket)

    def gate_command(self):
        return self.admin('campaign', 'gate', NAME)[0]

    def status(self, ticket):
        return Ticket(self.env, ticket)['status']

    def completed(self, number):
        return bool(self.env.db_query(
            "SELECT completed FROM milestone WHERE name=%s", (
                f'{NAME}: {number}. {STAGES[number - 1]}',))[0][0])

    def _count(self, table):
        return self.env.db_query(f"SELECT COUNT(*) FROM {table}")[0][0]

    def _further(self):
        return [] if self.site.logins.met else [('unknown_contacts', '')]
