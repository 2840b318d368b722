"""Automatic requirements in templates: what they need and do not have."""

from __future__ import annotations

import pytest

from prodworkflow.domain.template.mistakes.problems import TemplateError
from prodworkflow.domain.template.parser import parse

TEXT = '''\
title = "T"
[[stage]]
key = "one"
title = "One"
[[stage.requirement]]
key = "other"
title = "Other"
[[stage.requirement]]
key = "first"
title = "First"
'''
VALUE = '''
[[stage.requirement.value]]
name = "v"
title = "V"
unit = "s"
'''


def test_automatic_is_read():
    found = parse(f'{TEXT}automatic = true\n{VALUE}')
    assert [r.asks.automatic for r in found.requirements] == [False, True]


@pytest.mark.parametrize(('words', 'value', 'told'), [
    ('automatic = true\n', '', ('automatic', 11)),
    ('automatic = true\nquorum = 2\n', VALUE, ('quorum', 12)),
    ('automatic = true\nseparate_from = "other"\n', VALUE,
     ('separate_from', 12)),
    ('automatic = true\nplots = ["p"]\n', VALUE, ('plots', 12)),
    ('automatic = "yes"\n', VALUE, ('automatic', 11))])
def test_what_does_not_fit_is_told_with_its_line(words, value, told):
    with pytest.raises(TemplateError) as error:
        parse(TEXT + words + value)
    assert [(p.path.rpartition('.')[2], p.line)
            for p in error.value.problems] == [told]


@pytest.mark.parametrize(('words', 'value', 'told'), [
    ('', '', 'it is met by values, and none is asked for; add '
     '[[stage.requirement.value]]'),
    ('quorum = 2\n', VALUE, 'nobody signs what is automatic; leave it out'),
    ('separate_from = "other"\n', VALUE,
     'nobody signs what is automatic; leave it out'),
    ('plots = ["p"]\n', VALUE, 'plots are looked at by people; ask for them '
     'where somebody signs')])
def test_what_does_not_fit_is_told_with_what_to_do(words, value, told):
    with pytest.raises(TemplateError) as error:
        parse(f'{TEXT}automatic = true\n{words}{value}')
    assert [p.words for p in error.value.problems] == [told]
