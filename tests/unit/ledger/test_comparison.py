"""Stored state that departs from its ledger is told, whatever departs."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest

from prodworkflow.domain.ledger.comparison import differences
from prodworkflow.domain.model.item_list import Group
from prodworkflow.domain.model.known_issue import Concern, KnownIssue
from support.factories import ASKED, signoff, SITES, state

FULL = state([signoff(2), signoff(3, 'software-quality')])


@pytest.mark.parametrize('kind', ['stages', 'requirements', 'signoffs'])
def test_any_changed_field_of_a_stored_row_is_a_difference(kind):
    rows = getattr(FULL, kind)
    for place, row in enumerate(rows):
        for field in fields(row):
            other = replace(row, **{field.name: 'changed'})
            stored = replace(FULL, **{kind: (
                *rows[:place], other, *rows[place + 1:])})
            assert differences(FULL, stored)


def test_differences_of_ledger_and_tables_are_told_row_by_row():
    other = replace(state(), stages=state().stages[:2])
    assert differences(state(), other) == [
        'stage pre-production is in the ledger, not in its table']
    assert differences(other, state()) == [
        'stage pre-production is in its table, not in the ledger']
    assert differences(state(), state(phase='over')) == [
        "campaign: phase is 'over', the ledger says 'underway'"]


@pytest.mark.parametrize('name', [
    'name', 'template', 'release', 'start', 'enforcement', 'phase'])
def test_any_changed_field_of_the_campaign_is_a_difference(name):
    stored = replace(FULL, campaign=replace(FULL.campaign,
                                            **{name: 'changed'}))
    assert len(differences(FULL, stored)) == 1


@pytest.mark.parametrize(('kind', 'told'), [
    pytest.param('stages', 'stage pre-production', id='stage'),
    pytest.param('requirements', f'requirement {list(ASKED)[-1]}',
                 id='requirement'),
    pytest.param('signoffs', 'sign-off 3', id='sign-off'),
])
def test_row_that_only_the_ledger_or_only_its_table_has_is_told(kind, told):
    fewer = replace(FULL, **{kind: getattr(FULL, kind)[:-1]})
    assert differences(FULL, fewer) == [
        f'{told} is in the ledger, not in its table']
    assert differences(fewer, FULL) == [
        f'{told} is in its table, not in the ledger']


@pytest.mark.parametrize(('kind', 'row', 'told'), [
    ('lists', SITES[0], 'lists'),
    ('dropped', FULL.requirements[0], 'dropped items'),
    ('groups', Group('site', 'x', 'Sites', 'sites'), 'groups'),
    ('known_issues', KnownIssue(8, 'anna', 'Small.', date.max, 1, 9),
     'known issues'),
    ('concerns', Concern(9, 'anna', 1, 'Crash', 7), 'concerns')])
def test_whatever_else_is_kept_of_a_campaign_is_told_by_its_name(kind, row,
                                                                 told):
    for one, other in ((FULL, replace(FULL, **{kind: (row,)})),
                       (replace(FULL, **{kind: (row,)}), FULL)):
        assert differences(one, other) == [
            f'the {told} of the campaign are not those of the ledger']


def test_equal_states_have_no_differences():
    assert differences(FULL, FULL) == []


def test_changed_row_is_told_by_kind_and_key():
    first, *rest = state().requirements
    stored = state(requirements=[replace(first, quorum=2), *rest])
    assert differences(state(), stored) == [
        'requirement feature-freeze: quorum is 2, the ledger says 1']
    said = state([signoff(2, statement='Fine?')])
    assert differences(state([signoff(2)]), said) == [
        "sign-off 2: statement is 'Fine?', the ledger says 'Fine.'"]


@pytest.mark.parametrize(('kind', 'rows', 'told'), [
    ('lists', SITES, 'lists'),
    ('dropped', FULL.requirements[:1], 'dropped items'),
    ('groups', (Group('speed', 'one', 'Speed', 'sites', 'all'),), 'groups')])
def test_other_lists_groups_and_dropped_requirements_are_told(kind, rows,
                                                              told):
    other = replace(FULL, **{kind: rows})
    assert differences(FULL, other) == differences(other, FULL) == [
        f'the {told} of the campaign are not those of the ledger']
