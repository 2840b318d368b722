"""What tickets get, and what is told, where the site lacks a word."""

from __future__ import annotations

import pytest

from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.model.campaign import Freeze, SiteWord
from prodworkflow.domain.planning.freezes import FreezeWords
from prodworkflow.domain.planning.plan import plan
from prodworkflow.domain.planning.request import CampaignRequest
from prodworkflow.domain.planning.signers import SiteFacts
from prodworkflow.domain.planning.site_words import (
    fitting,
    resolution_notices,
    ticket_notices,
)
from prodworkflow.domain.rules.words.options import Options
from prodworkflow.domain.template.expansion import Expanded
from prodworkflow.domain.template.parser import parse
from support.factories import campaign, requirement

TEXT = '''
title = "T"
resolution = "erledigt"
[lists]
sites = ["CNAF", "RAL"]
[freeze]
requirement = "first"
[[stage]]
key = "one"
title = "One"
[[stage.requirement]]
key = "first"
title = "First"
type = "task"
[[stage.requirement]]
key = "site"
title = "At {site}"
for_each = "sites"
component = "computing"
priority = "hoch"
'''
RESOLUTIONS = Options(('abgelehnt', 'erledigt'), 'erledigt')
SITE = {'resolution': RESOLUTIONS, 'type': Options(('Fehler', 'Aufgabe')),
        'priority': Options(('hoch', 'niedrig'), 'niedrig'),
        'component': Options(('physics', 'tracking'), '', optional=True)}
TRAC = {'resolution': Options(('fixed', 'invalid'), 'fixed'),
        'type': Options(('defect', 'task'), 'defect'),
        'priority': Options(('critical', 'hoch'), 'hoch'),
        'component': Options(('computing',))}


def planned(text=TEXT, site=SITE, **asked):
    return plan(CampaignRequest('X', 't', **asked), parse(text),
                SiteFacts((), words=site))


def test_words_that_the_site_lacks_are_told_once_for_a_group():
    found = planned()
    assert found.word_notices == (
        'Feature freeze: "defect" is no type that Trac knows. It has Fehler '
        'and Aufgabe. Choose by --freeze-types=TYPE, or in the form.',
        'Feature freeze: "critical" is no priority that Trac knows. It has '
        'hoch and niedrig. Choose by --freeze-priority=PRIORITY, or in the '
        'form.',
        'first: "task" is no type that Trac knows. It has Aufgabe and '
        'Fehler. Its ticket gets Fehler.',
        'site: "computing" is no component that Trac knows. It has tracking '
        'and physics. Its ticket gets none.')
    assert found.notices[:4] == found.word_notices


def test_nothing_is_told_where_all_words_are_there():
    text = TEXT.replace('resolution = "erledigt"\n', '')
    assert planned(text, TRAC).word_notices == ()
    assert planned(text, None).word_notices == ()


def test_words_that_are_asked_for_stand_in_the_freeze():
    found = planned(freeze=FreezeWords('Fehler', 'hoch'))
    assert found.state.campaign.freeze == Freeze('first', ('Fehler',), 'hoch')
    assert len(found.word_notices) == 2
    with pytest.raises(InvalidRequest) as error:
        planned(freeze=FreezeWords('Feler', 'hoch'))
    assert [field for field, _ in error.value.problems] == ['freeze-types']


def test_own_words_of_a_freeze_that_the_site_lacks_make_no_plan():
    with pytest.raises(InvalidRequest) as error:
        planned(TEXT.replace('"first"\n[[', '"first"\ntypes = ["Bug"]\n[[',
                             1))
    assert list(error.value.problems) == [(
        'template', 'Feature freeze: "Bug" is no type that Trac knows. It '
        'has Aufgabe and Fehler. Choose by --freeze-types=TYPE, or in the '
        'form.')]


def test_resolution_of_the_template_that_the_site_lacks_is_told():
    site = {**SITE, 'resolution': Options(('abgelehnt', 'fertig'), 'fertig')}
    assert planned(site=site).word_notices[0] == (
        '"erledigt" is no resolution that Trac knows. It has fertig and '
        'abgelehnt. Closing a sign-off ticket approves it with "fertig".')


def test_words_that_a_campaign_knows_by_another_name_are_not_lacking():
    drafts = [Expanded(requirement('feature-freeze'), {'type': 'task'})]
    found = campaign(words=(SiteWord('type', 'task', 'Aufgabe'),))
    assert ticket_notices(drafts, found, SITE) == []
    assert len(ticket_notices(drafts, campaign(), SITE)) == 1


def approves(word):
    return (SiteWord('resolution', 'fixed', word),)


@pytest.mark.parametrize(('resolution', 'site', 'words'), [
    pytest.param('"erledigt"', SITE, approves('erledigt'), id='another one'),
    pytest.param('"erledigt"', TRAC, (), id='another one, not there'),
    pytest.param('"erledigt"', {
        **TRAC, 'resolution': Options(('fixed', 'erledigt'), 'fixed')},
        approves('erledigt'), id='another one beside the usual one'),
    pytest.param('"gone"', SITE, approves('erledigt'), id='default instead'),
    pytest.param('"fixed"', TRAC, (), id='the usual one'),
    pytest.param('"fixed"', SITE, approves('erledigt'),
                 id='the usual one, not there'),
    pytest.param('"erledigt"', {}, (), id='no resolution at all'),
    pytest.param('"erledigt"', None, approves('erledigt'),
                 id='site unknown'),
    pytest.param('"fixed"', None, (), id='the usual one, site unknown'),
])
def test_campaign_knows_which_resolution_approves(resolution, site, words):
    text = TEXT.replace('"erledigt"', resolution).replace(
        '[freeze]\nrequirement = "first"\n', '')
    assert planned(text, site).state.campaign.words == words
    bare = text.replace(f'resolution = {resolution}\n', '')
    if resolution == '"fixed"':
        assert planned(bare, site).state.campaign.words == words


@pytest.mark.parametrize(('words', 'of', 'told'), [
    pytest.param(RESOLUTIONS, (SiteWord('resolution', 'fixed', 'erledigt'),),
                 [], id='as the template says'),
    pytest.param(RESOLUTIONS, (SiteWord('resolution', 'fixed', 'erledig'),), [
        '"erledig" is no resolution that Trac knows. Did you mean erledigt? '
        'It has erledigt and abgelehnt. Closing a sign-off ticket approves '
        'it with "erledigt".'], id='not as the template says'),
    pytest.param(RESOLUTIONS, (), [
        '"fixed" is no resolution that Trac knows. It has erledigt and '
        'abgelehnt. Closing a sign-off ticket approves it with "erledigt".'],
        id='not the usual one'),
    pytest.param(Options(), (), [
        '"fixed" is no resolution that Trac knows. It has none. Closing a '
        'sign-off ticket approves it with no resolution.'], id='none'),
    pytest.param(Options(('fixed',)), (), [], id='the usual one'),
])
def test_which_resolution_approves_is_told_unless_it_is_as_asked(
        words, of, told):
    assert list(resolution_notices(campaign(words=of),
                                   {'resolution': words})) == told
    assert list(resolution_notices(campaign(words=of), {})) or not words


RENAMED = campaign(words=(SiteWord('type', 'task', 'Aufgabe'),
                          SiteWord('component', 'computing', 'gone')))


@pytest.mark.parametrize(('words', 'of', 'found'), [
    pytest.param({'type': 'Aufgabe', 'keywords': 'x'}, campaign(),
                 {'type': 'Aufgabe', 'keywords': 'x'}, id='known'),
    pytest.param({'type': 'task'}, campaign(), {'type': 'Fehler'},
                 id='the first in its place'),
    pytest.param({'priority': 'major'}, campaign(), {'priority': 'niedrig'},
                 id='the default in its place'),
    pytest.param({'component': 'computing'}, campaign(), {'component': ''},
                 id='none in its place, where it may have none'),
    pytest.param({'severity': 'normal'}, campaign(), {'severity': ''},
                 id='no such field'),
    pytest.param({'type': 'task'}, RENAMED, {'type': 'Aufgabe'},
                 id='renamed'),
    pytest.param({'component': 'computing'}, RENAMED, {'component': ''},
                 id='renamed, and gone'),
])
def test_tickets_get_words_that_the_site_has(words, of, found):
    assert fitting(words, of, SITE) == found
