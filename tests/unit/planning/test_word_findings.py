"""What a campaign names that is none of the site's words, with the remedy."""

from __future__ import annotations

import pytest

from prodworkflow.domain.model.campaign import ANY, Freeze, SiteWord
from prodworkflow.domain.planning.word_findings import names_of, word_findings
from prodworkflow.domain.rules.words.options import Options
from support.factories import campaign, state

SITE = {'resolution': Options(('wontfix', 'done', 'fixed'), 'done'),
        'type': Options(('defect', 'task')),
        'priority': Options(('critical', 'major')),
        'component': Options(('grid',))}
TICKETS = {
    1: {'type': 'task', 'priority': 'major', 'component': 'grid'},
    2: {'type': '', 'priority': '', 'component': ''},
}
DONE = SiteWord('resolution', 'fixed', 'done')
NOW = ('approves now; say which one does by "campaign change NAME '
       '--resolution=RESOLUTION"')


def found(tickets=TICKETS, site=SITE, **changes):
    return word_findings(state(**changes), tickets, site)


@pytest.mark.parametrize('changes', [
    {}, {'words': (DONE,)}, {'freeze': Freeze('feature-freeze')},
    {'freeze': Freeze('feature-freeze', (ANY,), ANY)}])
def test_nothing_is_found_where_all_words_are_the_site_s(changes):
    assert found(**changes) == []


def test_nothing_is_found_of_fields_that_the_site_has_not():
    assert found(site={}) == []


@pytest.mark.parametrize(('words', 'site', 'told'), [
    pytest.param((), ('wontfix', 'done'),
                 f'"fixed" is no resolution (Trac has wontfix and done), so '
                 f'"done" {NOW}', id='fixed is gone'),
    pytest.param((SiteWord('resolution', 'fixed', 'dome'),),
                 ('fixed', 'done'),
                 f'"dome" is no resolution (Trac has done and fixed), so '
                 f'"fixed" {NOW}', id='its own is gone'),
])
def test_resolution_that_approves_no_more_is_found(words, site, told):
    assert found(words=words, site={**SITE, 'resolution': Options(
        site, 'done')}) == [told]


def test_words_of_the_freeze_are_found():
    assert found(freeze=Freeze('feature-freeze', ('defect', 'bug'),
                               'blocker')) == [
        'Feature freeze: "bug" is no type that Trac knows. It has defect and '
        'task. Choose by --freeze-types=TYPE, or in the form.',
        'Feature freeze: "blocker" is no priority that Trac knows. It has '
        'critical and major. Choose by --freeze-priority=PRIORITY, or in the '
        'form.']


def test_words_of_tickets_are_found_once_for_all_of_them():
    tickets = {**TICKETS,
               7: {'type': 'bug', 'priority': 'P1', 'component': 'farm'},
               8: {'type': 'bug', 'priority': 'major', 'component': 'grid'}}
    still = 'still name it; choose another one on their pages'
    assert found(tickets) == [
        f'"bug" is no type (Trac has defect and task), and #7 and #8 {still}',
        f'"farm" is no component (Trac has grid), and #7 {still}',
        f'"P1" is no priority (Trac has critical and major), and #7 {still}']


@pytest.mark.parametrize(('field', 'names'), [
    ('resolution', {'done', 'waived', 'tolerable', 'wontfix'}),
    ('type', {'defect', 'bug', 'wish'}), ('priority', {'P1'}),
    ('component', {'grid'})])
def test_names_are_those_of_the_freeze_and_those_that_were_renamed(
        field, names):
    assert names_of(campaign(
        freeze=Freeze('x', ('defect', 'bug'), 'P1'),
        words=(DONE, SiteWord('type', 'task', 'wish'),
               SiteWord('component', 'farm', 'grid'))), field) == names


def test_names_are_those_of_other_resolutions_too():
    assert names_of(campaign(words=(SiteWord('resolution', 'invalid',
                                             'no bug'),)), 'resolution') == {
        'no bug', 'fixed', 'waived', 'tolerable', 'wontfix'}


def test_campaign_without_a_freeze_names_no_types():
    assert names_of(campaign(), 'type') == set()
    assert names_of(campaign(), 'priority') == set()
    assert names_of(campaign(), 'resolution') == {
        'fixed', 'waived', 'tolerable', 'wontfix'}
