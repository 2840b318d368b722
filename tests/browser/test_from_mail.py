"""From a mail to a recorded sign-off: two clicks and one sentence."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from support.mail_servers import html_of


def test_two_clicks_and_a_sentence_lead_from_a_mail_to_a_sign_off(
        env, site, mailbox, choose_html, create, page_of, verbs):
    env.config.set('trac', 'base_url', site)
    env.config.save()
    choose_html('anna')
    create()
    [mail] = [m for m in mailbox.mails
              if m.recipients == ['anna@example.org']]
    page = page_of('anna', width=390)
    page.set_content(html_of(mail))
    page.click('text=#1 Feature Freeze')
    box = page.locator('#prodworkflow-box')
    expect(box).to_be_in_viewport()
    box.get_by_label(re.compile('Your statement')).fill('It is frozen.')
    box.get_by_role('button', name='Sign off').click()
    expect(page.locator('#prodworkflow-box')).to_contain_text('Signed off')
    assert verbs()[-1] == 'approved'
