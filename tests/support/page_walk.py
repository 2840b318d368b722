"""A walk over all pages: their addresses, who opens them, what is ours there.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from trac.perm import PermissionSystem
from trac.wiki.model import WikiPage

from support.campaigns import FULL

ROLES = {'coordinator': 'coordinator', 'contact': 'anna', 'deputy': 'bruno',
         'manager': 'eve', 'stranger': None}
WIDTHS = (1280, 768, 390)
# Each page is looked at in each width, and in each role: who sees all of them
# does so in all widths, the others in one each.
WIDTHS_OF = {'coordinator': WIDTHS, 'contact': (390,), 'deputy': (768,),
             'manager': (1280,), 'stranger': (390,)}
# What is ours on a page; the rest is Trac's.
OURS = ('#content.pw-page', '#prodworkflow-panel', '#prodworkflow-box',
        '#prodworkflow-create', '#prodworkflow-release', '.pw-box',
        '.pw-card', '.pw-my-line', '.pw-timeline', '.pw-matrix',
        '.pw-mine-list', '.pw-tokens')
MACROS = '\n\n'.join(f'[[{name}({FULL})]]' for name in (
    'CampaignReadiness', 'CampaignTimeline', 'CampaignMatrix'))


@dataclass(frozen=True)
class WalkedPage:
    """A page by its address; `admin` is one for who administers campaigns.

    `person` is one for who is logged in.
    """

    path: str
    admin: bool = False
    person: bool = False


PAGES = (
    WalkedPage('/roadmap'), WalkedPage('/campaign'),
    WalkedPage(f'/campaign/{FULL}'), WalkedPage(f'/campaign/{FULL}/meeting'),
    WalkedPage(f'/campaign/{FULL}/plots'), WalkedPage('/campaign/matrix'),
    WalkedPage(f'/campaign/{FULL}/launch', admin=True),
    WalkedPage('/campaign/api/v1/'),
    WalkedPage('/ticket/1'), WalkedPage('/ticket/2'), WalkedPage('/ticket/3'),
    WalkedPage('/ticket/7'), WalkedPage('/wiki/Macros'),
    WalkedPage(f'/milestone/{FULL}:%201.%20Software%20preparation'),
    WalkedPage('/query?campaign=Full'),
    WalkedPage('/prefs/production-tokens', person=True),
    WalkedPage('/admin/production/campaigns', admin=True),
    WalkedPage(f'/admin/production/campaigns/{FULL}', admin=True),
    WalkedPage('/admin/production/templates', admin=True),
    WalkedPage('/admin/production/templates/path-to-production-full',
               admin=True),
)


def pages_for(role):
    """The pages that somebody in that role opens."""
    return [p for p in PAGES if (role == 'coordinator' or not p.admin)
            and (ROLES[role] or not p.person)]


@pytest.fixture
def walked(env, full, sign_full, system):
    """A campaign in many states, and people in each role."""
    permissions = PermissionSystem(env)
    for name in ('CAMPAIGN_LAUNCH', 'CAMPAIGN_WAIVE', 'CAMPAIGN_HOLD'):
        permissions.grant_permission('eve', name)
    sign_full('feature-freeze', 'memory-leaks', 'resources-estimate')
    page = WikiPage(env, 'Macros')
    page.text = MACROS
    page.save('coordinator', 'All macros.')
    return full
