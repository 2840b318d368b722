"""A placeholder that nothing fills is a mistake, wherever it stands."""

from __future__ import annotations

import pytest

from prodworkflow.domain.template.mistakes.problems import TemplateError
from prodworkflow.domain.template.parser import parse
from prodworkflow.domain.template.placeholders.checks import unfilled_elsewhere

TEXT = """title = "Two sites"
description = "What it is for."

[lists]
sites = ["CNAF", "RAL"]
[[lists.detectors]]
name = "EMC"
contacts = ["anna"]

[waivers]
days = 60

[freeze]
requirement = "made"
types = ["defect"]

[[stage]]
key = "one"
title = "First"
description = "Of {campaign}."

[[stage.requirement]]
key = "made"
title = "Made for {release}"
contacts = ["bruno"]
plots = ["mass"]
links = ["report"]

[[stage.requirement.value]]
name = "size"
title = "Size"
unit = "GB"

[[stage.requirement]]
key = "tried"
for_each = "sites"
title = "Tried at {site}"
"""
BARE = 'nothing is filled in here: write the word itself'
KEPT = ', or double the braces to keep them'


def problems(text, **how):
    with pytest.raises(TemplateError) as error:
        parse(text, **how)
    return [(p.line, p.path, p.words) for p in error.value.problems]


def test_the_text_itself_is_right():
    assert parse(TEXT).title == 'Two sites'


@pytest.mark.parametrize(('was', 'is_', 'line', 'path'), [
    ('"Two sites"', '"Two {campaign}"', 1, 'title'),
    ('What it is for', 'For {release}', 2, 'description'),
    ('["anna"]', '["{site}-people"]', 8, 'lists.detectors[1].contacts'),
    ('["defect"]', '["{stage}"]', 15, 'freeze.types'),
    ('title = "First"', 'title = "First of {campaign}"', 19,
     'stage[1].title'),
    ('["bruno"]', '["{item}"]', 25, 'stage[1].requirement[1].contacts'),
    ('["mass"]', '["mass {release}"]', 26,
     'stage[1].requirement[1].plots'),
    ('["report"]', '["report {start}"]', 27,
     'stage[1].requirement[1].links'),
    ('title = "Size"', 'title = "Size at {site}"', 31,
     'stage[1].requirement[1].value[1].title'),
])
def test_where_nothing_is_filled_in_it_is_told_with_its_line(
        was, is_, line, path):
    text = TEXT.replace(was, is_)
    assert text != TEXT
    word = is_[is_.index('{') + 1:is_.index('}')]
    assert problems(text) == [
        (line, path, f'nothing stands for {{{word}}}; {BARE}{KEPT}')]


@pytest.mark.parametrize(('was', 'is_', 'words'), [
    ('{release}', '{Release}', 'nothing stands for {Release}; write '
     f'{{release}}{KEPT}'),
    ('{campaign}', '{CAMPAIGN}', 'nothing stands for {CAMPAIGN}; write '
     f'{{campaign}}{KEPT}'),
])
def test_capital_letters_are_not_filled_in(was, is_, words):
    assert [p[2] for p in problems(TEXT.replace(was, is_))] == [words]


@pytest.mark.parametrize('kept', ['{{release}}', '{GeV}', '{ x }', '{{{a}}}'])
def test_other_and_doubled_braces_stay_everywhere(kept):
    assert parse(TEXT.replace('"First"', f'"First {kept}"')).stages[
        0].title == f'First {kept}'


def test_a_running_campaign_keeps_the_template_that_it_was_made_from():
    text = TEXT.replace('title = "First"', 'title = "First of {campaign}"')
    assert parse(text, former=True).stages[0].title == 'First of {campaign}'


def test_names_of_items_are_left_to_what_reads_lists():
    """Which tells that they cannot hold braces, and so once."""
    found = list(unfilled_elsewhere({
        'lists': {'sites': ['{x}'], 'detectors': [
            {'name': '{x}', 'contacts': ['{x}'], 'weight': '{x}'}]},
        'links': ['{x}'], 'name': '{x}'}))
    assert [m[0] for m in found] == [
        ('lists', 'detectors', 0, 'contacts'),
        ('lists', 'detectors', 0, 'weight'), ('links',), ('name',)]
