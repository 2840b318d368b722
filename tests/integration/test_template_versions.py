"""Templates are kept in versions, none of which is ever overwritten."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from trac.env import Environment
from trac.ticket.model import Ticket

from prodworkflow.api import CampaignRequest, CampaignSystem, InvalidRequest
from prodworkflow.api.evidence_files import BuiltInEvidenceReaders
from prodworkflow.domain.template.toml import LONGEST
from prodworkflow.domain.template.versions import (
    ChangedMeanwhile,
    TemplateDraft,
    Unchanged,
)
from support.template_versions import rows, text


def test_each_save_of_a_template_is_a_new_version(keep, env, system):
    keep('One', 'First.')
    first = rows(env)
    keep('Two', 'Second.')
    assert rows(env)[:1] == first
    assert [(k.version, k.author, k.reason)
            for k in system.templates.versions('mine')] == [
        (2, 'anna', 'Second.'), (1, 'anna', 'First.')]
    assert system.templates.version('mine', 1).text == text('One')
    assert system.templates.version('mine').text == text('Two')


def test_template_is_stored_with_single_newlines(keep, system):
    keep(text=text().replace('\n', '\r\n'))
    assert system.templates.version('mine').text == text()


def test_second_of_two_saves_from_the_same_version_is_refused(keep, env):
    keep('One')
    keep('Two', began=1)
    before = rows(env)
    with pytest.raises(ChangedMeanwhile, match='version 2 was saved '
                       'meanwhile by anna'):
        keep('Three', began=1)
    assert rows(env) == before


def test_template_saved_at_once_on_several_nodes_has_one_new_version(
        keep, path, env):
    """Each thread has its own environment, as a node has."""
    keep('One')
    envs = [Environment(str(path)) for _ in range(4)]

    def save(env):
        try:
            return CampaignSystem(env).templates.save(
                TemplateDraft('mine', text(f'By {id(env)}'), 'Why.', 1),
                'x').version
        except ChangedMeanwhile:
            return 'changed'
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(save, envs))
    for each in envs:
        each.shutdown()
    assert sorted(map(str, answers)) == ['2', 'changed', 'changed', 'changed']
    assert [row[1] for row in rows(env)] == [1, 2]


def test_saving_the_same_template_text_again_makes_no_version(keep, env):
    keep('One')
    before = rows(env)
    with pytest.raises(Unchanged, match='version 1 already'):
        keep('One', began=1)
    assert rows(env) == before


@pytest.mark.parametrize(('given', 'words'), [
    pytest.param({'name': 'My Template'}, 'Write "my-template"', id='name'),
    pytest.param({'name': 'é è'}, 'Write "e-e"', id='accents'),
    pytest.param({'name': '-'}, 'small letters', id='hyphen'),
    pytest.param({'name': ''}, 'small letters', id='no name'),
    pytest.param({'name': 'a' * 65}, 'at most 64', id='long name'),
    pytest.param({'name': 'a@1'}, 'Write "a-1"', id='version in name'),
    pytest.param({'name': 'path-to-production'}, 'is built in', id='builtin'),
    pytest.param({'reason': '  '}, 'Say why', id='no reason'),
    pytest.param({'reason': 'x' * 2001}, '2000 are allowed', id='reason'),
    pytest.param({'reason': 'a\x00b'}, 'control characters', id='null'),
    pytest.param({'text': ''}, 'line 1', id='empty'),
    pytest.param({'text': 'title = "\x00"'}, 'line 1', id='null in text'),
    pytest.param({'text': text().replace('due', 'deu')},
                 'line 6, stage[1].deu: unknown word; write "due"',
                 id='wrong word'),
    pytest.param({'text': '# ' + 'é' * LONGEST},
                 f'at most {LONGEST}', id='too long'),
])
def test_invalid_template_is_refused_and_not_stored(keep, env, given, words):
    with pytest.raises(InvalidRequest) as caught:
        keep(**given)
    assert words in str(caught.value)
    assert rows(env) == []


def test_new_template_with_a_name_that_is_taken_is_refused(keep, env):
    keep('One')
    with pytest.raises(InvalidRequest, match='choose another name'):
        keep('Two', fresh=True)
    assert len(rows(env)) == 1


def test_removed_template_is_offered_no_more_and_stays_readable(keep, system):
    keep('One')
    system.create(CampaignRequest('2012 Prod', 'mine'), 'anna')
    assert 'mine' in system.templates.offered()
    removed = system.templates.remove('mine', 'bruno', 'Nobody needs it.')
    assert (removed.version, removed.removed) == (2, True)
    assert 'mine' not in system.templates.offered()
    assert system.templates.version('mine', 1).text == text('One')
    assert system.templates.version('mine').kept.version == 1
    for reference in ('mine', 'mine@1'):
        with pytest.raises(InvalidRequest, match='was removed by bruno'):
            system.queries.plan(CampaignRequest('2013 Prod', reference))
    with pytest.raises(InvalidRequest, match='removed already, by bruno'):
        system.templates.remove('mine', 'bruno', 'Again.')
    assert system.check(None, False, 'root') == []


def test_template_saved_after_its_removal_counts_its_versions_on(keep, system):
    keep('One')
    system.templates.remove('mine', 'bruno', 'Nobody needs it.')
    assert keep('One', fresh=True).version == 3
    assert 'mine' in system.templates.offered()


def test_removing_a_template_that_changed_meanwhile_is_refused(keep, system):
    keep('One')
    keep('Two')
    with pytest.raises(ChangedMeanwhile):
        system.templates.remove('mine', 'bruno', 'Not needed.', began=1)
    with pytest.raises(InvalidRequest, match='built in'):
        system.templates.remove('path-to-production', 'bruno', 'Not needed.')
    with pytest.raises(InvalidRequest, match='Did you mean mine'):
        system.templates.remove('mime', 'bruno', 'Not needed.')
    with pytest.raises(InvalidRequest, match='Say why'):
        system.templates.remove('mine', 'bruno', '')


def test_campaign_stays_on_the_template_version_it_was_made_from(
        keep, system, ticket):
    keep('One')
    keep('Two')
    system.create(CampaignRequest('Old', 'mine@1'), 'anna')
    system.create(CampaignRequest('New', 'mine'), 'anna')
    keep('Three')
    for name, number, title in (('Old', 1, 'One'), ('New', 2, 'Two')):
        state = system.queries.decision(name).snapshot.state
        assert (state.campaign.template, state.campaign.template_version) \
            == ('mine', number)
        assert state.requirements[0].title == title
        created = system.queries.ledger(name)[0].payload
        assert created['campaign']['template_version'] == number
        assert created['template'] == text(title)
    assert system.templates.campaigns() == {
        ('mine', 1): ['Old'], ('mine', 2): ['New']}
    assert system.check(None, False, 'root') == []


def test_lost_ticket_is_made_anew_from_the_old_template_version(
        keep, system, env):
    keep(text=text() + 'description = "As it was."\n')
    first, = system.create(CampaignRequest('Old', 'mine'), 'anna')
    keep(text=text() + 'description = "As it is now."\n')
    Ticket(env, first).delete()
    system.check(None, True, 'root')
    anew = system.queries.requirement('Old', 'one').ticket
    assert Ticket(env, anew)['description'] == 'As it was.'


@pytest.mark.parametrize(('reference', 'words'), [
    pytest.param('mine@9', 'has no version 9; its last one is 1', id='no 9'),
    pytest.param('mine@x', 'is no version', id='no number'),
    pytest.param('mine@', 'is no version', id='nothing'),
    pytest.param('mine@' + '9' * 99, 'is no version', id='huge'),
    pytest.param('mine@0', 'has no version 0', id='zero'),
    pytest.param('path-to-production@1', 'no version 1', id='builtin'),
    pytest.param('mime', 'Did you mean mine?', id='nearest'),
])
def test_reference_to_an_unknown_template_version_is_refused(
        keep, system, reference, words):
    keep('One')
    with pytest.raises(InvalidRequest) as caught:
        system.queries.plan(CampaignRequest('Any', reference))
    assert words in str(caught.value)


def test_template_text_changed_by_hand_makes_no_campaign(keep, system, env):
    keep('One')
    env.db_transaction("UPDATE prodworkflow_template SET text=%s",
                       (text('Else'),))
    with pytest.raises(InvalidRequest, match='changed by hand'):
        system.queries.plan(CampaignRequest('Any', 'mine'))


def test_built_in_templates_are_version_0(system):
    first = system.templates.all()[0]
    assert (first.name, first.version, first.built_in) == (
        'path-to-production', 0, True)
    assert system.queries.plan(CampaignRequest('Any',
                                               'path-to-production@0')) \
        .state.campaign.template_version == 0


SOURCED = text() + '''
[[stage.requirement.value]]
name = "rate"
title = "Rate"
unit = "%"
source = "{}"
'''


def test_source_is_compared_with_the_readers_that_this_trac_has(
        keep, system, env):
    keep(text=SOURCED.format('htcondor:crash_rate'))
    [problem] = system.templates.check(SOURCED.format('htcondor:crash')
                                       ).problems
    assert problem.line == SOURCED.count('\n')
    with pytest.raises(InvalidRequest, match='no reader finds'):
        keep(text=SOURCED.format('htcondor:crash'))
    with pytest.raises(InvalidRequest, match='cannot be counted in %'):
        system.create(CampaignRequest(
            'Other', 'own', template_text=SOURCED.format('time:wall_time')),
            'coordinator')
    env.disable_component(BuiltInEvidenceReaders)
    with pytest.raises(InvalidRequest, match='no reader finds'):
        _ = system.templates.version('mine').template
