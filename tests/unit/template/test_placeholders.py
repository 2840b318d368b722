"""Texts with placeholders: they reach their values and nothing else."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodworkflow.domain.template.placeholders import filled, values, words_in

VALUES = values('2011 Prod', 'V1', date(2026, 6, 29), 'pre-production')

FILLED = [
    pytest.param('{campaign} on {release}', '2011 Prod on V1', id='two'),
    pytest.param('{start}, {stage}', '2026-06-29, pre-production', id='more'),
    pytest.param('{campaign}{campaign}', '2011 Prod2011 Prod', id='twice'),
]
KEPT = ['{{{campaign}}}', '{{campaign}}', '{{{#!html\n<b>\n}}}', '{}', '{0}',
        '{campaign.__class__}', '{campaign!r}', '{campaign!r:>1000000}',
        '{campaign:>9999999}', '{campaign[0]}', '{campaign.}', '{ campaign }',
        '{Campaign}', '{__class__}', '{self}', '%(campaign)s', '$campaign',
        '${campaign', '#{campaign', r'\frac{1}{2}', '{campaign']


@pytest.mark.parametrize(('text', 'told'), FILLED)
def test_placeholders_of_a_text_are_filled_in(text, told):
    assert filled(text, VALUES) == told


@pytest.mark.parametrize('text', KEPT)
def test_braces_that_are_no_placeholder_stay_as_they_are(text):
    assert filled(text, VALUES) == text


def test_placeholder_in_a_filled_in_value_is_not_filled_in_again():
    assert filled('{site} {campaign}', {
        'site': '{campaign} {release}', 'campaign': '{site}'}) == \
        '{campaign} {release} {site}'


def test_placeholders_of_a_text_are_found_with_the_lines_before_them():
    assert list(words_in('a\n{b} {{c}}\n\n{d_1} {E}')) == [
        ('b', 1), ('d_1', 3)]


def test_known_words_in_capital_letters_are_found_and_others_are_not():
    assert [word for word, _ in words_in('{Release} {ITEM} {GeV} {B}')] == [
        'Release', 'ITEM']


def test_placeholder_of_a_value_not_known_yet_says_so():
    found = values('P', '', None, 'S')
    assert (found['release'], found['start']) == ('the release',
                                                  'a day not set yet')


@given(st.text(alphabet='{}campign.!:_0 \n[]()'))
def test_only_placeholders_of_any_text_are_replaced(text):
    assert filled(text, {}) == text
    assert len(filled(text, {'campaign': 'x'})) <= len(text)
