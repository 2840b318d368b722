"""How many of a group are enough: rules, weights and shares, exactly."""

from __future__ import annotations

from fractions import Fraction

import pytest

from prodworkflow.domain.model.coverage_rule import (
    greater,
    HINT,
    percent,
    Rule,
    rule,
    share_of,
    smaller,
    weight,
    WEIGHT_HINT,
)

READ = [
    pytest.param(' all ', Rule(), 'all', 'all sites', id='all'),
    pytest.param('at_least = 38', Rule(38), 'at_least = 38',
                 'at least 38 sites', id='so many'),
    pytest.param('at_least>=1', Rule(1), 'at_least = 1', 'at least 1 sites',
                 id='one'),
    pytest.param('at_least=2000', Rule(2000), 'at_least = 2000',
                 'at least 2000 sites', id='most'),
    pytest.param('weight >= 0.9', Rule(share=Fraction(9, 10)),
                 'weight >= 0.9', '90 % of capacity', id='a share'),
    pytest.param('weight>=90 %', Rule(share=Fraction(9, 10)),
                 'weight >= 0.9', '90 % of capacity', id='per cent'),
    pytest.param('weight >= 1', Rule(share=Fraction(1)), 'weight >= 1',
                 '100 % of capacity', id='the whole weight'),
    pytest.param('weight >= 0.000000000001',
                 Rule(share=Fraction(1, 10**12)), 'weight >= 0.000000000001',
                 '0 % of capacity', id='the least share'),
]


@pytest.mark.parametrize(('text', 'found', 'written', 'words'), READ)
def test_coverage_rule_is_read_and_written(text, found, written, words):
    assert rule(text) == found
    assert str(found) == written
    assert rule(written) == found
    assert found.words('sites') == words


@pytest.mark.parametrize('text', [
    '', 'most', 'at_least = 0', 'at_least = 2001', 'at_least = ٣',
    'at_least 3', 'weight >= 0', 'weight >= 1.000001', 'weight >= 101 %',
    'weight > 0.5', 'weight >= ٠.٥', 'weight >= 0.1 of it', 'x' * 60])
def test_text_that_is_no_coverage_rule_is_refused_with_what_to_write(text):
    with pytest.raises(ValueError, match='is no rule') as error:
        rule(text)
    assert str(error.value) == f'"{text[:40]}" is no rule; {HINT}'


FIVE = ('1',) * 5
REACHED = [
    pytest.param(Rule(), FIVE, FIVE, True, id='all'),
    pytest.param(Rule(), FIVE, FIVE[1:], False, id='all but one'),
    pytest.param(Rule(), (), (), False, id='all of none'),
    pytest.param(Rule(3), FIVE, FIVE[:3], True, id='so many'),
    pytest.param(Rule(3), FIVE, FIVE[:2], False, id='one too few'),
    pytest.param(Rule(3), ('', '', ''), ('', '', ''), True,
                 id='without weights'),
    pytest.param(Rule(1), (), (), False, id='one of none'),
    pytest.param(Rule(share=Fraction(9, 10)), ('9', '0.5', '0.5'), ('9',),
                 True, id='the share exactly'),
    pytest.param(Rule(share=Fraction(9, 10)), ('8.999999', '1'),
                 ('8.999999',), False, id='just below'),
    pytest.param(Rule(share=Fraction(9, 10)), FIVE, (), False, id='nobody'),
]


@pytest.mark.parametrize(('given', 'members', 'met', 'reached'), REACHED)
def test_coverage_rule_is_reached_or_not(given, members, met, reached):
    assert given.reached(members, met) is reached


def test_a_share_of_what_has_no_weight_is_an_error():
    with pytest.raises(ValueError, match='is no weight'):
        Rule(share=Fraction(1, 2)).reached(('1', ''), ('1',))


@pytest.mark.parametrize(('text', 'value'), [
    ('1', 1), ('0.5', Fraction(1, 2)), ('999999999999', 999999999999),
    ('0.000000000001', Fraction(1, 10**12)), ('007', 7)])
def test_a_weight_is_a_plain_number(text, value):
    assert weight(text) == value


@pytest.mark.parametrize('text', [
    '', '0', '0.0', '-1', '1e3', '1.', '.5', '1000000000000', '٣', ' 1',
    '0.0000000000001', '9' * 60])
def test_text_that_is_no_weight_is_refused_with_what_to_write(text):
    with pytest.raises(ValueError, match='is no weight') as error:
        weight(text)
    assert str(error.value) == f'"{text[:40]}" is no weight; {WEIGHT_HINT}'


@pytest.mark.parametrize(('members', 'met', 'share'), [
    (('1', '2', '1'), ('2',), Fraction(1, 2)), (('1',), (), 0),
    (('1',), ('1',), 1), ((), (), None), (('1', ''), ('1',), None),
    (('',), (), None)])
def test_a_share_is_of_the_weights(members, met, share):
    assert share_of(members, met) == share


@pytest.mark.parametrize(('share', 'told'), [
    (Fraction(9, 10), '90 %'), (Fraction(8999, 10000), '89.9 %'),
    (Fraction(2, 3), '66.6 %'), (Fraction(1), '100 %'), (Fraction(0), '0 %'),
    (Fraction(1, 1000), '0.1 %'), (Fraction(9999, 10000), '99.9 %')])
def test_a_share_is_told_and_never_rounded_up(share, told):
    assert percent(share) == told


@pytest.mark.parametrize(('asked', 'members', 'met', 'lacking'), [
    pytest.param(Rule(), FIVE, FIVE[:2], 3, id='all'),
    pytest.param(Rule(4), FIVE, (), 4, id='so many'),
    pytest.param(Rule(4), FIVE, FIVE, 0, id='more than enough'),
    pytest.param(Rule(share=Fraction(9, 10)), ('40', '30', '20', '10'), (),
                 3, id='the heaviest first'),
    pytest.param(Rule(share=Fraction(9, 10)), ('40', '30', '20', '10'),
                 ('10', '20'), 2, id='the heaviest of those left'),
    pytest.param(Rule(share=Fraction(1, 2)), ('1', '1', '2'), ('1', '1'), 0,
                 id='just enough'),
    pytest.param(Rule(share=Fraction(1)), (), (), 0, id='nobody'),
])
def test_how_many_more_it_takes_at_the_least(asked, members, met, lacking):
    unmet = list(members)
    for each in met:
        unmet.remove(each)
    assert asked.lacking(members, met, unmet) == lacking


def test_a_weight_that_is_none_lacks_no_number():
    with pytest.raises(ValueError, match='is no weight'):
        Rule(share=Fraction(1, 2)).lacking(('', '1'), (), ('1',))


@pytest.mark.parametrize(('one', 'other', 'less', 'more'), [
    pytest.param('2', '10', '2', '10', id='as numbers'),
    pytest.param('10', '2', '2', '10', id='the other way round'),
    pytest.param('2', '2.0', '2', '2', id='two writings: the first'),
    pytest.param('', '', '', '', id='none at all'),
    pytest.param('much', 'much', 'much', 'much', id='one that is none'),
])
def test_of_two_weights_one_is_the_greater(one, other, less, more):
    assert (smaller(one, other), greater(one, other)) == (less, more)


@pytest.mark.parametrize('chosen', [smaller, greater])
def test_weights_that_differ_are_numbers_both(chosen):
    with pytest.raises(ValueError, match='number'):
        chosen('much', '2')
    with pytest.raises(ValueError, match='number'):
        chosen('2', '')
