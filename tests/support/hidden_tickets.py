"""A campaign of which a viewer may not see some tickets and one milestone.

Whatever is hidden holds a word that begins with zircon, or with quartz where
the template says it, and the value 123.456.
"""

from __future__ import annotations

import pytest
from trac.core import Component, implements
from trac.perm import IPermissionPolicy, PermissionSystem
from trac.ticket.model import Ticket
from trac.web.session import DetachedSession

from prodworkflow.api import (
    CampaignRequest,
    EvidenceInput,
    KnownIssueRequest,
    SignOffRequest,
    Verdict,
)
from prodworkflow.domain.model.person import Person
from support.campaigns import ADMIN, ANNA

HIDING = 'Prod'
SECRETS = ('zircon', '123.456')
TEMPLATE_SECRETS = ('quartz',)
OWNER = Person('zirconlogin')
INITIATED = ('zirconlogin', 'coordinator')
VISIBLE = ('measured', 'resting', 'twin', 'sites.cnaf')
TEXT = '''
title = "Hiding"
[lists]
sites = ["Zirconsite", "CNAF"]
[freeze]
requirement = "freeze"
[[stage]]
key = "prep"
title = "Preparation"
due = 30
[[stage.requirement]]
key = "freeze"
title = "Quartzfreeze"
[[stage.requirement]]
key = "estimate"
title = "Quartzestimate"
[[stage.requirement.value]]
name = "disk"
title = "Disk"
unit = "TB"
[[stage.requirement]]
key = "base"
title = "Quartzbase"
[[stage.requirement]]
key = "signed"
title = "Quartzsigned"
[[stage.requirement]]
key = "sites"
title = "Validated at {site}"
for_each = "sites"
[[stage]]
key = "val"
title = "Validation"
due = 10
[[stage.requirement]]
key = "measured"
title = "Measured"
[[stage.requirement.value]]
name = "disk"
title = "Disk"
unit = "TB"
compare_with = "estimate"
tolerance = "20 %"
[[stage.requirement]]
key = "resting"
title = "Resting"
release_bound = true
rests_on = ["base"]
[[stage.requirement]]
key = "twin"
title = "Twin"
separate_from = "signed"
[[stage]]
key = "last"
title = "Quartzstage"
due = 1
[[stage.requirement]]
key = "end"
title = "Quartzend"
'''
STAFF = {
    'freeze': ('zirconlogin',), 'estimate': ('zirconlogin',),
    'base': ('zirconlogin',), 'signed': ('anna', 'zirconlogin'),
    'sites.zirconsite': ('zirconlogin',), 'sites.cnaf': ('anna',),
    'measured': ('anna',), 'resting': ('bruno',), 'twin': ('anna', 'bruno'),
    'end': ('zirconlogin',)}


class HidingPolicy(Component):
    """Hides what `[hidden]` names from all but those who are initiated."""

    implements(IPermissionPolicy)

    def check_permission(self, action, username, resource, perm):
        if username in INITIATED or resource is None:
            return None
        names = self.config.getlist('hidden', f'{resource.realm}s', sep='|')
        return False if str(resource.id) in names else None


class Hiding:
    """The campaign, its tickets by requirement, and what of it is hidden."""

    def __init__(self, env, system, tickets):
        self.env, self.system = env, system
        self.tickets = tickets
        state = system.queries.decision(HIDING).snapshot.state
        self.milestones = [s.milestone for s in state.stages]

    def hide(self, *others):
        """Hide what is to be hidden, and these tickets."""
        self._set('tickets', [str(t) for t in (*others, *(
            t for key, t in self.tickets.items() if key not in VISIBLE))])
        self._set('milestones', self.milestones[-1:])
        self.env.config.save()

    def ticket(self, summary):
        """An ordinary ticket in the first milestone."""
        ticket = Ticket(self.env)
        ticket.populate({
            'summary': summary, 'milestone': self.milestones[0],
            'type': 'defect', 'priority': 'blocker', 'status': 'new',
            'reporter': 'zirconlogin'})
        return ticket.insert()

    def say(self, key, person, verdict, statement, **values):
        self.system.record(HIDING, key, person, SignOffRequest(
            verdict, statement, EvidenceInput(values)))

    def _set(self, name, values):
        self.env.config.set('hidden', name, '|'.join(values))


@pytest.fixture
def hiding_policy(env):
    """The policy is in force; nothing is hidden yet."""
    env.config.set('components', 'support.hidden_tickets.*', 'enabled')
    env.config.set('trac', 'permission_policies',
                   'HidingPolicy, DefaultWikiPolicy, DefaultTicketPolicy, '
                   'DefaultPermissionPolicy, LegacyAttachmentPolicy')
    env.config.save()
    env.enabled.clear()
    env.__dict__.pop('_component_rules', None)
    PermissionSystem(env).grant_permission('eve', 'CAMPAIGN_ADMIN')


@pytest.fixture
def hiding(env, system, hiding_policy):
    """A campaign that waits for much that is hidden, and is frozen."""
    session = DetachedSession(env, None)
    session.get_session('zirconlogin', authenticated=True)
    session.set('email', 'z@example.org')
    session.save()
    numbers = system.create(CampaignRequest(
        HIDING, 'hiding', 'V1', '2031-06-01', contacts=STAFF,
        template_text=TEXT), 'coordinator')
    state = system.queries.decision(HIDING).snapshot.state
    assert len(numbers) == len(STAFF)
    made = Hiding(env, system, {r.key: r.ticket for r in state.requirements})
    made.say('estimate', OWNER, Verdict.APPROVED, 'Zirconstatement.',
             disk='123.456 TB')
    made.say('signed', ANNA, Verdict.APPROVED, 'Zirconword.')
    made.say('sites.zirconsite', OWNER, Verdict.REJECTED, 'Zirconrejection.')
    made.say('measured', ANNA, Verdict.REPORTED, 'Measured.', disk='200 TB')
    blocker, known = made.ticket('Zirconblocker'), made.ticket('Zirconissue')
    system.lifecycle.tolerate(HIDING, ADMIN, KnownIssueRequest(
        f'#{known}', 'Zirconreason.', '2031-01-01'))
    made.say('freeze', OWNER, Verdict.APPROVED, 'Zirconfreeze.')
    made.hide(blocker, known)
    return made
