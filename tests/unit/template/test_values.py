"""The words of a value: units, bounds, confidence, and what former ones are.
"""

from __future__ import annotations

import pytest

from prodworkflow.domain.canonical_json import plain
from prodworkflow.domain.model.evidence import EvidenceSpec
from prodworkflow.domain.model.readings.reading import ReadingKind
from prodworkflow.domain.template.mistakes.problems import TemplateError
from prodworkflow.domain.template.parser import parse

TEXT = '''\
title = "T"
[[stage]]
key = "one"
title = "One"
[[stage.requirement]]
key = "first"
title = "First"
[[stage.requirement.value]]
name = "v"
title = "V"
'''
PATH = 'stage[1].requirement[1].value[1]'


def value(words, former=False):
    """The value of a template with these words."""
    found = parse(TEXT + words, former)
    return found.stages[0].requirements[0].asks.values[0]


def told(words):
    """What is wrong with the words of a value."""
    with pytest.raises(TemplateError) as error:
        parse(TEXT + words)
    return [(p.path.removeprefix(f'{PATH}.'), p.line, p.words)
            for p in error.value.problems]


def test_all_words_are_read():
    found = value('unit = "HS23 s/event"\nat_most = "5 HS06 s/event"\n'
                  'at_least = "-5"\nconfidence = "95 %"\nminimum = 200\n'
                  'signed = true\nhs23 = "1.05 HS06"\n')
    assert (found.confidence, found.level) == ('95 %', 0.95)
    assert (found.minimum, found.signed) == (200, True)
    assert found.amount('1.05 HS06 s/event') == 1
    plain = value('unit = "h"\n')
    assert (plain.level, plain.minimum, plain.signed, plain.factor) == (
        None, 0, False, None)


LEVEL = 'write a confidence level above 0 % and below 100 %, like "95 %"'
MISTAKES = [
    *(pytest.param(f'unit = "%"\nat_most = "1 %"\nconfidence = "{text}"',
                   ('confidence', 13, LEVEL), id=f'confidence {text}')
      for text in ('0 %', '100 %', '0.95', '95', '-5 %', '120 %', 'sure',
                   '95 h', '95 %%')),
    pytest.param('unit = "h"\nconfidence = "95 %"', (
        'confidence', 12, 'nothing bounds the value that has to be sure; add '
        'at_most, at_least or compare_with'), id='sure of nothing'),
    *(pytest.param(f'unit = "h"\nminimum = {text}', (
        'minimum', 12, 'write a whole number, 1 to 100000000'),
                   id=f'minimum {text}')
      for text in ('0', '-1', '"200"', '1.5', '100000001')),
    *(pytest.param(f'unit = "HS23"\nat_most = "1 HS23"\n{word} = {text}',
                   (word, 13, words), id=f'{word} {name}')
      for word, most in (('confidence', 64), ('hs23', 64), ('source', 200))
      for name, text, words in (
          ('empty', '" "', 'write a text that is not empty'),
          ('without quotes', '5', 'write a text in quotes'),
          ('too long', f'"{"x" * (most + 1)}"',
           f'write at most {most} printable characters on one line'))),
    pytest.param('unit = "h"\nsigned = "yes"', (
        'signed', 12, 'write true or false'), id='signed'),
    *(pytest.param(f'unit = "HS23"\nhs23 = "{text}"', (
        'hs23', 12, 'write how many HS06 one HS23 is, like "1.05 HS06"'),
                   id=f'hs23 {text}')
      for text in ('0 HS06', '1 HS23', '1 s', 'one', '-1 HS06')),
    pytest.param('unit = "h"\nat_most = "1 h"\nat_least = "2 h"', (
        'at_least', 13, 'no value is from 2 h to 1 h; write at most 1 h'),
        id='crossed'),
    pytest.param('unit = "kB/event"\nat_most = "4600 per 1000 events"', (
        'at_most', 12, '"4600 per 1000 events" cannot be counted in '
        'kB/event; write a number with a unit, like "5 kB/event"'),
        id='of another dimension'),
    pytest.param('unit = "%"\nat_most = "1"', (
        'at_most', 12, '"1" may be a share or a percentage; write "1 %", or '
        'a count like "3/149"'), id='a bare share'),
    pytest.param('unit = "%"\nat_most = "1/100"', (
        'at_most', 12, '"1/100" is a measurement; a bound is one quantity: '
        'write one like "5 %"'), id='a count as bound'),
    pytest.param('unit = "h"\nat_least = "-1 h"', (
        'at_least', 12, '"-1 h" is below 0, where there is nothing to be '
        'measured; write a value from "0 h" on'), id='below 0'),
    pytest.param('unit = "kB/event"\ntolerable = "4,6"\nat_most = "1"', (
        'tolerable', 12, '"4,6" has a comma; write decimals behind a point, '
        'like "4.6", and thousands without a sign'), id='a comma'),
    pytest.param('unit = "h"\nat_most = "much"\nat_least = "2 h"', (
        'at_most', 12, '"much" is no quantity; write a number with a unit, '
        'like "5 h"'), id='unreadable'),
    pytest.param('unit = "mB"', (
        'unit', 11, '"mB" is no known unit: capital and small letters have '
        'different meanings; write "MB"'), id='case'),
]


@pytest.mark.parametrize(('words', 'problem'), MISTAKES)
def test_a_mistake_is_told_with_its_line(words, problem):
    assert told(words) == [problem]


@pytest.mark.parametrize('words', [
    'unit = "GeV"\nat_most = "5 keV"\n', 'unit = "%"\nat_most = "1"\n',
    'unit = "h"\nat_most = "1 h"\nat_least = "2 h"\n',
    'unit = "GB"\nat_most = "4200 %"\n'])
def test_templates_of_running_campaigns_are_as_they_were_taken(words):
    assert value(words, former=True).at_most in words
    assert told(words)


KINDS = (ReadingKind('htcondor:crash_rate', ('%',), 'failed jobs'),
         ReadingKind('prmon:memory_growth', ('KiB/h', 'KiB/event'), 'slope',
                     signed=True),
         ReadingKind('memcheck:errors', ('',), 'errors'),
         ReadingKind('site:odd', ('furlong',), 'a unit of nobody'),
         ReadingKind('json:', (), 'any'))


@pytest.mark.parametrize(('unit', 'source'), [
    ('%', 'htcondor:crash_rate'), ('kB/event', 'prmon:memory_growth'),
    ('MiB/d', 'prmon:memory_growth'), ('h', 'json:wall_time')])
def test_source_is_a_reading_of_the_dimension(unit, source):
    text = f'{TEXT}unit = "{unit}"\nsource = "{source}"\n'
    found = parse(text, kinds=KINDS)
    [read] = found.stages[0].requirements[0].asks.values
    assert read.source == source
    assert EvidenceSpec.of(plain(EvidenceSpec((read,)))).values == (read,)


@pytest.mark.parametrize('former', [False, True])
def test_value_of_a_slope_may_be_below_0_by_itself(former):
    text = f'{TEXT}unit = "kB/event"\nsource = "{{}}"\nat_least = "-5"\n'
    found = parse(text.format('prmon:memory_growth'), former, KINDS)
    [value] = found.stages[0].requirements[0].asks.values
    assert value.typed('-0.3 ± 1 (n=45)') == '-0.3 ± 1 kB/event (n=45)'
    with pytest.raises(TemplateError):
        parse(text.format('json:growth'), kinds=KINDS)


@pytest.mark.parametrize(('unit', 'source', 'words'), [
    ('%', 'htcondr:crash_rate',
     'no reader finds "htcondr:crash_rate"; write "htcondor:crash_rate"'),
    ('%', 'json:', 'no reader finds "json:"; write "json:" with a name '
     'behind it'),
    ('%', 'zzz', 'no reader finds "zzz"; known are htcondor:crash_rate, '
     'prmon:memory_growth, memcheck:errors, site:odd, json:'),
    ('h', 'htcondor:crash_rate',
     'htcondor:crash_rate is given in %, which cannot be counted in h; write '
     'a unit of that kind'),
    ('GB', 'prmon:memory_growth',
     'prmon:memory_growth is given in KiB/h or KiB/event, which cannot be '
     'counted in GB; write a unit of that kind'),
    ('%', 'memcheck:errors',
     'memcheck:errors is a plain number, and no value is one'),
    ('h', 'site:odd', 'site:odd is given in furlong, which cannot be counted '
     'in h; write a unit of that kind')])
def test_source_that_cannot_fill_the_value_is_told_with_its_line(
        unit, source, words):
    text = f'{TEXT}unit = "{unit}"\nsource = "{source}"\n'
    with pytest.raises(TemplateError) as error:
        parse(text, kinds=KINDS)
    assert [(p.path, p.line, p.words) for p in error.value.problems] == [
        (f'{PATH}.source', 12, words)]
    former = parse(text, former=True, kinds=KINDS)
    assert former.requirements[0].asks.values[0].source == source


def test_source_is_not_compared_with_a_unit_that_is_none():
    with pytest.raises(TemplateError) as error:
        parse(f'{TEXT}unit = "furlong"\nsource = "htcondor:crash_rate"\n',
              kinds=KINDS)
    assert [p.path for p in error.value.problems] == [f'{PATH}.unit']


CPU = ReadingKind('bench:cpu', ('HS06 s',), 'work')


def test_source_in_the_other_computing_power_needs_the_factor():
    text = f'{TEXT}unit = "HS23 h"\nsource = "bench:cpu"\n'
    found = parse(f'{text}hs23 = "1.05 HS06"\n', kinds=[CPU])
    assert found.requirements[0].asks.values[0].source == 'bench:cpu'
    with pytest.raises(TemplateError) as error:
        parse(text, kinds=[CPU])
    assert [p.path for p in error.value.problems] == [f'{PATH}.source']


def test_confidence_may_have_a_blank_that_was_copied():
    assert value('unit = "h"\nat_most = "1 h"\n'
                 'confidence = "95\\u00a0%"\n').confidence == '95 %'


def test_hs23_may_be_less_than_one_hs06():
    assert value('unit = "HS23"\nhs23 = "0.5 HS06"\n').hs23 == '0.5 HS06'


def test_tolerance_of_a_running_campaign_is_as_it_was_taken():
    words = 'unit = "h"\ncompare_with = "first"\ntolerance = "{}"\n'
    assert value(words.format('0.1'), former=True).tolerance == '0.1'
    assert [field for field, _, _ in told(words.format('0.1'))] == [
        'tolerance']
