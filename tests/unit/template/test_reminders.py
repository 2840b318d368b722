"""The word `remind` of a template: when signers are reminded."""

from __future__ import annotations

import pytest

from prodworkflow.domain.template.mistakes.problems import TemplateError
from prodworkflow.domain.template.parser import parse

TEXT = '''\
title = "T"
{}
[[stage]]
key = "one"
title = "One"
[[stage.requirement]]
key = "first"
title = "First"
'''


@pytest.mark.parametrize(('word', 'days'), [
    pytest.param('', (7, 2, 0, -3), id='nothing said'),
    pytest.param('remind = []', (), id='none'),
    pytest.param('remind = [0]', (0,), id='on the day'),
    pytest.param('remind = [-3, 14]', (-3, 14), id='in any order'),
    pytest.param('remind = [366, -366]', (366, -366), id='a year'),
])
def test_days_of_reminders_are_read_as_they_are_written(word, days):
    assert parse(TEXT.format(word)).remind == days


@pytest.mark.parametrize('value', [
    pytest.param('7', id='no list'),
    pytest.param('"7"', id='a text'),
    pytest.param('["7"]', id='texts'),
    pytest.param('[true]', id='a boolean'),
    pytest.param('[1, true]', id='a boolean among numbers'),
    pytest.param('[7.0]', id='a fraction'),
    pytest.param('[nan]', id='no number'),
    pytest.param('[2, 7, 2]', id='twice'),
    pytest.param('[367]', id='long before'),
    pytest.param('[-367]', id='long after'),
    pytest.param('[[7]]', id='a list of lists'),
    pytest.param('[{days = 7}]', id='a table'),
    pytest.param('{before = 7}', id='a table in place of a list'),
])
def test_days_that_are_none_are_told_with_their_line(value):
    with pytest.raises(TemplateError) as error:
        parse(TEXT.format(f'remind = {value}'))
    assert str(error.value) == (
        'line 2, remind: write a list of different whole numbers of days '
        'before the due day, at most 366, negative after it, such as '
        '[7, 2, 0, -3]; [] for no reminders')
