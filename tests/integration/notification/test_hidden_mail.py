"""No mail tells of tickets and milestones that whom it goes to may not see."""

from __future__ import annotations

import re
from datetime import timedelta

from trac.util.datefmt import datetime_now, utc

from prodworkflow.api import (
    CampaignChanges,
    ReleaseRequest,
    SignOffRequest,
    Verdict,
    WaiverRequest,
)
from support.campaigns import ADMIN, ANNA, BRUNO
from support.hidden_tickets import HIDING, OWNER, SECRETS, TEMPLATE_SECRETS
from support.mail_servers import body_of, html_of

TODAY = datetime_now(utc).date()
SECRET = re.compile('|'.join(map(re.escape, SECRETS + TEMPLATE_SECRETS)),
                    re.IGNORECASE)
INITIATED = {'coordinator@example.org', 'z@example.org'}


def tell_much(hiding, system, admin):
    """Acts of all kinds in the campaign that is partly hidden."""
    hiding.say('base', OWNER, Verdict.APPROVED, 'Zirconword.')
    hiding.say('signed', OWNER, Verdict.REJECTED, 'Zirconno.')
    hiding.say('sites.cnaf', ANNA, Verdict.APPROVED, 'Plain.')
    hiding.say('resting', BRUNO, Verdict.APPROVED, 'Plain.')
    hiding.say('base', OWNER, Verdict.WITHDRAWN, 'Zirconreason.')
    hiding.say('estimate', OWNER, Verdict.WITHDRAWN, 'Zirconreason.')
    system.record(HIDING, 'sites.zirconsite', ADMIN, SignOffRequest(
        Verdict.WAIVED, 'Zirconword.', leave=WaiverRequest(
            'rejected', (TODAY + timedelta(2)).isoformat())))
    hiding.say('twin', ANNA, Verdict.REJECTED, 'Plain.')
    system.release(HIDING, ADMIN, ReleaseRequest('V2', (), 'Plain.'))
    hiding.ticket('Zirconticket')
    system.lifecycle.hold(HIDING, ADMIN, 'Plain.')
    system.lifecycle.resume(HIDING, ADMIN, 'Plain.')
    system.change(HIDING, ADMIN, CampaignChanges(
        'Plain.', start=(TODAY + timedelta(12)).isoformat()))
    assert admin('campaign', 'remind')[0] == 0
    assert admin('session', 'delete', 'zirconlogin')[0] == 0
    assert admin('campaign', 'check', HIDING)[0] == 1


def test_no_mail_tells_of_what_is_hidden(
        hiding, system, mailbox, admin, choose_html):
    for person in ('anna', 'bruno', 'eve'):
        choose_html(person)
    tell_much(hiding, system, admin)
    personal = [m for m in mailbox.mails if m['X-Trac-Campaign']]
    told = {r for m in personal for r in m.recipients} - INITIATED
    assert told == {f'{who}@example.org' for who in ('anna', 'bruno', 'eve')}
    assert [words for mail in personal if not INITIATED & {*mail.recipients}
            for text in (mail['Subject'], body_of(mail), html_of(mail))
            for words in SECRET.findall(text)] == []
    assert [mail for mail in personal if INITIATED & {*mail.recipients}
            and SECRET.search(body_of(mail))]
