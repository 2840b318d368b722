"""Pages stay readable with dozens of sign-offs: grouped, the open named."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest

from prodworkflow.api import CampaignRequest
from prodworkflow.domain.template.versions import TemplateDraft
from support.campaigns import NAME

SITES = 40
LISTS = """
title = "Large"
[lists]
detectors = ["tracker", "tof", "rich", "emc", "hcal", "muon"]
""" + ''.join(f'[[lists.sites]]\nname = "Site {n:02}"\nweight = 1\n'
              for n in range(1, SITES + 1))
TEMPLATE = LISTS + """
[[stage]]
key = "validation"
title = "Release validation"
[[stage.requirement]]
key = "built"
title = "Release built"
contacts = ["anna"]
[[stage.requirement]]
key = "site"
title = "Validated on {site}"
for_each = "sites"
coverage = "weight >= 0.9"
contacts = ["anna", "bruno"]
[[stage]]
key = "physics"
title = "Physics"
[[stage.requirement]]
key = "plots"
title = "Plots of {detector}"
for_each = "detectors"
contacts = ["bruno"]
"""


@pytest.fixture
def large_campaign(system, sign):
    """A campaign of 47 sign-offs; built, and 34 of its 40 sites, signed."""
    tickets = system.create(CampaignRequest(NAME, 'large',
                                            template_text=TEMPLATE),
                            'coordinator')
    keys = [r.key for r
            in system.queries.decision(NAME).snapshot.state.requirements]
    sign('built', *keys[1:35], person='anna')
    return dict(zip(keys, tickets))


def unfolded(page):
    """The panel as it is seen before anything is unfolded."""
    panel = page.split('id="prodworkflow-panel"')[1].split('<h1>Roadmap')[0]
    return re.sub(r'(?s)<details.*?</details>', '', panel)


def text(html):
    return ' '.join(re.sub(r'<[^>]*>', '', html).split())


def test_roadmap_counts_what_opens_the_gate(large_campaign, client):
    """Of 40 sites it takes 36: not one that is asked beyond is counted."""
    shown = text(unfolded(client('bruno').get('/roadmap').text))
    assert 'Not ready: 8 of 43 sign-offs missing' in shown
    assert '35 of 37 signed, 2 missing' in shown
    assert '0 of 6 signed' in shown
    assert 'Sign off 6' in shown


PAGE = f'/admin/production/campaigns/{quote(NAME)}'


def test_admin_page_has_a_line_for_each_group(large_campaign, client):
    page = client('coordinator').get(PAGE).text
    shown = re.sub(r'(?s)<details.*?</details>', '', page)
    assert shown.count('aria-label="Validated on each site: contacts"') == 1
    assert 'name="contact:site" ' in shown
    assert 'name="contact:built"' in shown
    assert 'site.site-01' not in shown
    assert page.count('name="contact:site.site-') == SITES
    assert 'all 40 at once; needs 90 % of capacity' in text(shown)
    assert 'It touches' not in text(shown)


def change(client, **fields):
    return client('coordinator').post(PAGE, {
        'act': 'change', 'reason': 'Others now.', 'enforcement': 'standard',
        **fields})


def test_a_group_is_changed_at_once_and_told_once(large_campaign, client,
                                                  system,
                                                  verbs):
    fields = {'contact:site': 'bruno', 'quorum:site': '1',
              'deputies:site': '', 'contact:site.site-02': 'anna',
              'contact:site.site-01': 'anna, bruno'}
    assert change(client, **fields).url.endswith(PAGE)
    state = system.queries.decision(NAME).snapshot.state
    assert [r.contacts for r in state.members('site')] == [
        ('bruno',), ('anna',), *[('bruno',)] * (SITES - 2)]
    assert verbs().count('contacts-changed') == SITES
    panel = text(client('anna').get('/roadmap').text)
    assert panel.count('who signs') == 1
    assert 'and 39 more of “Validated on each site” changed' in panel
    page = client('coordinator').get(PAGE).text
    assert 'they differ; empty leaves each as it is' in page


def test_where_a_group_differs_an_empty_field_changes_nothing(
        large_campaign, client, system, verbs):
    change(client, **{'contact:site.site-02': 'anna'})
    before = system.queries.decision(NAME).snapshot.state.requirements
    change(client, **{'contact:site': '', 'quorum:site': '1',
                      'deputies:site': ''})
    assert system.queries.decision(NAME).snapshot.state.requirements == before
    assert verbs().count('contacts-changed') == 1


@pytest.mark.parametrize(('fields', 'words'), [
    pytest.param({'contact:site': 'nobody'}, 'is no user', id='stranger'),
    pytest.param({'deputies:site': 'x'}, 'names no deputy', id='deputy'),
])
def test_invalid_contact_of_a_whole_group_is_told_once(
        large_campaign, client, verbs, fields, words):
    answer = change(client, **fields)
    assert answer.status == 400
    assert answer.text.count(words) == 2  # above, and at its field
    assert answer.text.count('aria-invalid="true"') == 1
    assert answer.text.count(
        f'id="pw-wrong-change-{next(iter(fields))}"') == 1
    assert 'contacts-changed' not in verbs()


def test_only_the_first_of_many_mistakes_in_a_form_are_told(large_campaign,
                                                            client):
    answer = change(client, **{'quorum:site': '9'})
    assert answer.status == 400
    assert 'And 28 more.' in answer.text


def test_the_preview_has_a_line_for_each_group(env, system, client):
    system.templates.save(TemplateDraft('large', TEMPLATE, 'Because.'),
                          'coordinator')
    page = client('coordinator').get('/admin/production/templates/large').text
    shown = re.sub(r'(?s)<details.*?</details>', '', page.split(
        'id="prodworkflow-check"')[1])
    assert ('Validated on each site 40 tickets, needs 90 % of capacity '
            'anna, bruno') in text(shown)
    assert 'Validated on Site 01' not in shown
    assert 'Validated on Site 01' in page
    assert '2 milestones and 47 sign-off tickets' in text(shown)


def test_covered_group_is_shown_as_enough_and_names_open_members(
        large_campaign, sign, client, gate):
    sign('site.site-35', 'site.site-36', person='bruno')
    shown = text(unfolded(client('anna').get('/roadmap').text))
    assert '37 of 37 signed, may be closed' in shown
    assert 'Site 37' not in shown
    assert gate('validation')


def test_the_page_of_the_campaign_lists_members_below_their_group(
        large_campaign, client):
    page = client('anna').get('/campaign/2011%20Prod').text
    rows = page.split('As tickets')[1].split('</details>')[0]
    assert rows.index('34 of 40 sites') < rows.index('Validated on Site 01')
    assert rows.count('Validated on Site') == SITES


def test_the_box_of_a_member_tells_how_far_its_group_is(large_campaign,
                                                        client):
    page = client('anna').get(f'/ticket/{large_campaign["site.site-40"]}').text
    box = text(page.split('id="prodworkflow-box"')[1].split('</dl>')[0])
    assert '34 of 40 sites (85 % of capacity), and it needs 90 % of ' \
        'capacity; open: ' in box


def test_sign_offs_of_long_ago_are_folded_away(large_campaign, client):
    page = client('anna').get('/campaign').text
    assert re.search(r'<details>\s*<summary><h3>What I signed \(35\)', page)
