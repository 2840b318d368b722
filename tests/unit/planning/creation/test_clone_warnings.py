"""Warnings of a clone: what is not taken over, and what is newer since."""

from __future__ import annotations

from datetime import date

import pytest

from prodworkflow.domain.model.campaign import Campaign
from prodworkflow.domain.model.item_list import Item, ItemList
from prodworkflow.domain.model.person import Deputy
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.state import State
from prodworkflow.domain.planning.creation.clone_warnings import (
    newer_template,
    not_taken_over,
)
from prodworkflow.domain.planning.request import CampaignRequest
from prodworkflow.domain.template.versions import TemplateVersion

CAMPAIGN = Campaign('X', 'mine', '', None, 'advisory', 'underway')
DEPUTY = Deputy('dora', 'anna', date(2026, 1, 1), date(2026, 2, 1))


def test_nothing_is_warned_of_where_all_is_taken_over():
    assert list(not_taken_over(State(CAMPAIGN, lists=(ItemList('sites'),)),
                               'advisory')) == []


def test_items_deputies_and_enforcement_are_not_taken_over():
    state = State(CAMPAIGN, requirements=(
        Requirement('a', 's', 'A', 1, 0, deputies=(DEPUTY,)),
        Requirement('b', 's', 'B', 2, 0, deputies=(DEPUTY,))),
        lists=(ItemList('sites', (), (Item('ral', 'RAL'),
                                      Item('pic', 'PIC'))),))
    assert list(not_taken_over(state, 'standard')) == [
        'sites that dropped out are not taken over: RAL and PIC.',
        'Deputies are not taken over, for their days are over then: dora.',
        'Enforcement is standard, as it began; at last it was advisory.']


@pytest.mark.parametrize(('last', 'words'), [
    pytest.param(TemplateVersion('mine', 2, 'T', 'd'), '', id='the same'),
    pytest.param(TemplateVersion('mine', 3, 'T', 'd'),
                 'has version 3 since; this takes version 2', id='newer'),
    pytest.param(TemplateVersion('mine', 3, 'T', '', removed=True),
                 'is not offered any more', id='removed'),
    pytest.param(None, 'is not offered any more', id='gone'),
])
def test_a_newer_template_is_told(last, words):
    found = newer_template(CampaignRequest('', 'mine', template_version=2),
                           last)
    assert words in found
    assert bool(words) == bool(found)


@pytest.mark.parametrize(('last', 'words'), [
    pytest.param(TemplateVersion('mine', 3, 'T', 'd'),
                 'The template mine has version 3 since; this takes version '
                 '2, as it was then. Choose the newer one in the field '
                 'Template.', id='newer'),
    pytest.param(None, 'The template mine is not offered any more; this '
                 'takes it as it was then.', id='gone'),
])
def test_the_warning_says_what_is_taken_and_what_may_be(last, words):
    assert newer_template(
        CampaignRequest('', 'mine', template_version=2), last) == words
