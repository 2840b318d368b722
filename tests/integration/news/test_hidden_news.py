"""What people are told holds nothing of what they may not see."""

from __future__ import annotations

import pytest
from trac.perm import PermissionSystem

from prodworkflow.api import (
    CampaignChanges,
    ReleaseRequest,
    SignerChanges,
    Verdict,
)
from prodworkflow.domain.model.vocabulary import Phase
from support.campaigns import ADMIN, ANNA, BRUNO
from support.hidden_tickets import HIDING, OWNER, SECRETS, TEMPLATE_SECRETS

TOLD_ALL = ('coordinator', 'zirconlogin')


def secrets(news):
    """The secret words in what somebody was told."""
    text = repr(news).lower()
    return [w for w in (*SECRETS, *TEMPLATE_SECRETS) if w in text]


ACTS = [
    pytest.param(lambda h: h.say('base', OWNER, Verdict.APPROVED,
                                 'Zirconbase.'), id='what others rest on'),
    pytest.param(lambda h: h.say('freeze', OWNER, Verdict.WITHDRAWN,
                                 'Zirconwish.'), id='withdrawal'),
    pytest.param(lambda h: h.say('signed', OWNER, Verdict.REJECTED,
                                 'Zircon is bad.'), id='rejection'),
    pytest.param(lambda h: h.system.release(HIDING, ADMIN, ReleaseRequest(
        'V2', (), 'A patch of the zirconsite.')), id='release'),
    pytest.param(lambda h: h.system.lifecycle.hold(
        HIDING, OWNER, 'Zirconstatement.'), id='hold by one who is hidden'),
    pytest.param(lambda h: h.system.lifecycle.hold(
        HIDING, ADMIN, 'Because of zirconsite.'), id='hold'),
    pytest.param(lambda h: h.system.change(HIDING, ADMIN, CampaignChanges(
        'Late.', start='2031-08-01')), id='moved start'),
    pytest.param(lambda h: h.system.change(HIDING, ADMIN, CampaignChanges(
        'For zirconlogin.', staff=(('measured', SignerChanges(
            ('bruno', 'eve'))), ('estimate', SignerChanges(
                ('eve', 'zirconlogin')))))), id='contacts'),
    pytest.param(lambda h: h.system.lifecycle.end(
        HIDING, ADMIN, Phase.ABANDONED, 'Zirconsite.'), id='end'),
    pytest.param(lambda h: h.say('resting', BRUNO, Verdict.REJECTED, 'No.'),
                 id='what all may see'),
    pytest.param(lambda h: h.say('measured', ANNA, Verdict.REPORTED, 'Anew.',
                                 disk='130 TB'), id='measurement'),
]


@pytest.fixture
def everybody(told_news):
    """Takes what was told, by person."""
    def take():
        return {news.person: news for news in told_news()}
    return take


@pytest.mark.parametrize('act', ACTS)
def test_nobody_is_told_of_what_they_may_not_see(hiding, everybody, act):
    everybody()
    hiding.system.lifecycle.hold(HIDING, OWNER, 'Zirconreason.')
    hiding.system.lifecycle.resume(HIDING, ADMIN, 'Zirconfreeze.')
    if 'lifecycle' in act.__code__.co_names:
        hiding.system.lifecycle.hold(HIDING, ADMIN, 'Zirconissue.')
        hiding.system.lifecycle.resume(HIDING, ADMIN, 'Zirconissue.')
    act(hiding)
    for person, news in everybody().items():
        if person not in TOLD_ALL:
            assert secrets(news) == [], news


def test_who_is_named_for_hidden_tickets_alone_is_told_nothing(hiding,
                                                              everybody):
    everybody()
    hiding.system.change(HIDING, ADMIN, CampaignChanges(
        'New.', staff=(('estimate', SignerChanges(('eve', 'zirconlogin'))),
                       ('end', SignerChanges(('eve', 'zirconlogin'))))))
    assert 'eve' not in everybody()


def test_who_may_not_see_campaigns_is_told_nothing(env, create, told):
    for action in ('ROADMAP_VIEW', 'CAMPAIGN_VIEW'):
        for subject in ('anonymous', 'authenticated'):
            if (subject, action) in PermissionSystem(
                    env).get_all_permissions():
                PermissionSystem(env).revoke_permission(subject, action)
    PermissionSystem(env).grant_permission('bruno', 'CAMPAIGN_VIEW')
    create()
    assert [*told()] == ['bruno']
