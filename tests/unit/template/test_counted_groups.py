"""What a group counts, and what values of two requirements compare."""

from __future__ import annotations

import pytest

from prodworkflow.domain.model.item_list import AGREED
from prodworkflow.domain.template.expansion import groups_of
from prodworkflow.domain.template.mistakes.problems import TemplateError
from prodworkflow.domain.template.parser import parse
from support.factories import campaign

TEXT = '''\
title = "T"
[lists]
sites = ["RAL", "CNAF"]
[[stage]]
key = "one"
title = "One"
[[stage.requirement]]
key = "first"
title = "First at {site}"
for_each = "sites"
coverage = "at_least = 1"
'''
POWER = '''\
title = "T"
[[stage]]
key = "one"
title = "One"
[[stage.requirement]]
key = "first"
title = "First"
[[stage.requirement.value]]
name = "cpu"
title = "CPU"
unit = "HS06 h"
[[stage.requirement]]
key = "second"
title = "Second"
[[stage.requirement.value]]
name = "cpu"
title = "CPU"
unit = "HS23 h"
compare_with = "first"
tolerance = "10 %"
'''


@pytest.mark.parametrize(('words', 'counts'), [
    ('of = "agreed"\n', AGREED), ('', '')])
def test_a_group_counts_what_its_template_says(words, counts):
    found = parse(TEXT + words)
    assert found.requirements[0].counts == counts
    group, = groups_of(found, campaign())
    assert (group.key, group.counts) == ('first', counts)


def test_what_is_no_word_of_what_is_counted_is_told_with_its_line():
    with pytest.raises(TemplateError) as error:
        parse(f'{TEXT}of = 3\n')
    assert [(p.path, p.line) for p in error.value.problems] == [
        ('stage[1].requirement[1].of', 12)]


def test_both_computing_powers_are_compared_where_the_factor_is_told():
    assert len(parse(f'{POWER}hs23 = "1.05 HS06"\n').requirements) == 2
    with pytest.raises(TemplateError) as error:
        parse(POWER)
    assert [p.words for p in error.value.problems] == [
        '"first" has cpu in HS06 h; write a unit of that kind']
