"""How far waivers may go: the table `waivers`, and `tolerable`."""

from __future__ import annotations

import pytest

from prodworkflow.domain.model.campaign import WaiverRules
from prodworkflow.domain.model.vocabulary import Reason, UNWAIVABLE
from prodworkflow.domain.planning.plan import plan
from prodworkflow.domain.planning.request import CampaignRequest
from prodworkflow.domain.planning.signers import SiteFacts
from prodworkflow.domain.planning.waivers import waiver_notices
from prodworkflow.domain.template.mistakes.problems import TemplateError
from prodworkflow.domain.template.parser import parse
from prodworkflow.domain.template.waivers import REASONS
from support.factories import requirement, state

TEXT = '''\
title = "T"
{waivers}
[[stage]]
key = "one"
title = "One"
[[stage.requirement]]
key = "leaks"
title = "Leaks"
[[stage.requirement.value]]
name = "growth"
title = "Growth"
unit = "kB/event"
{value}
'''


def read(waivers='', value='at_most = "1 kB/event"'):
    return parse(TEXT.format(waivers=waivers, value=value))


def told(**given):
    with pytest.raises(TemplateError) as error:
        read(**given)
    return [str(p) for p in error.value.problems]


@pytest.mark.parametrize(('text', 'rules'), [
    pytest.param('', None, id='unwritten'),
    pytest.param('[waivers]', WaiverRules(), id='nothing in it'),
    pytest.param('[waivers]\ndays = 60', WaiverRules(60), id='days'),
    pytest.param('[waivers]\nreasons = ["stale", "out-of-bounds"]',
                 WaiverRules(0, ('stale', 'out-of-bounds')), id='reasons'),
    pytest.param('[waivers]\nown = true', WaiverRules(own=True), id='own'),
])
def test_a_template_says_how_far_waivers_go(text, rules):
    assert read(text).waivers == rules


def test_a_campaign_keeps_the_rules_of_its_template():
    found = plan(CampaignRequest('X', 't'), read('[waivers]\ndays = 60'),
                 SiteFacts((), administrators=frozenset('a')))
    assert found.state.campaign.waivers == WaiverRules(60)


@pytest.mark.parametrize(('text', 'words'), [
    pytest.param('waivers = 3', 'line 2, waivers: write a [waivers] table',
                 id='no table'),
    pytest.param('[waivers]\nday = 3', 'line 3, waivers.day: unknown word; '
                 'write "days"', id='unknown word'),
    pytest.param('[waivers]\ndays = 0', 'line 3, waivers.days: write a whole '
                 'number, 1 to 3650', id='no day'),
    pytest.param('[waivers]\ndays = 3651', 'line 3, waivers.days: write a '
                 'whole number, 1 to 3650', id='too many days'),
    pytest.param('[waivers]\nreasons = []', 'line 3, waivers.reasons: name '
                 'at least one reason, or leave it out to allow all',
                 id='no reason'),
    pytest.param('[waivers]\nreasons = ["out-of-bound"]', 'line 3, '
                 'waivers.reasons: "out-of-bound" is no reason that can be '
                 'waived; write "out-of-bounds"', id='unknown reason'),
    pytest.param('[waivers]\nreasons = "stale"', 'line 3, waivers.reasons: '
                 'write a list of different texts, each of at most 64 '
                 'printable characters', id='no list of reasons'),
    pytest.param('[waivers]\nown = 1', 'line 3, waivers.own: write true or '
                 'false', id='own'),
])
def test_a_mistake_in_the_waivers_has_a_line(text, words):
    assert told(waivers=text) == [words]


def test_a_reason_that_nothing_lifts_is_told_with_all_that_can_be():
    assert told(waivers='[waivers]\nreasons = ["zzz"]') == [
        'line 3, waivers.reasons: "zzz" is no reason that can be waived; '
        f'known here: {", ".join(REASONS)}']
    assert set(REASONS) == {r.value for r in Reason} - {
        r.value for r in UNWAIVABLE}


@pytest.mark.parametrize('text', [
    pytest.param('at_most = "1 kB/event"\ntolerable = "5 MB/1000 event"',
                 id='more than the most'),
    pytest.param('at_most = "1 kB/event"\ntolerable = "1 kB/event"',
                 id='the most'),
    pytest.param('at_least = "1 kB/event"\ntolerable = "0.5"',
                 id='less than the least'),
    pytest.param('at_least = "1 kB/event"\ntolerable = "1"', id='the least'),
    pytest.param('at_least = "1"\nat_most = "2"\ntolerable = "3"',
                 id='two bounds'),
])
def test_what_is_tolerable_is_kept_as_it_is_written(text):
    value = read(value=text).requirements[0].asks.values[0]
    assert value.tolerable == text.rpartition('= ')[2].strip('"')


@pytest.mark.parametrize(('text', 'words'), [
    pytest.param('at_most = "1"\ntolerable = "5 kg"', 'line 14, {}: "5 kg" '
                 'cannot be counted in kB/event; write a number with a unit, '
                 'like "5 kB/event"', id='another unit'),
    pytest.param('tolerable = "5"', 'line 13, {}: only what is out of bounds '
                 'can be tolerable; add at_most, at_least or compare_with',
                 id='no bound'),
    pytest.param('at_most = "1"\ntolerable = "0.5"', 'line 14, {}: the most '
                 'that is tolerable is not less than at_most; write 1 or '
                 'more', id='less than the most'),
    pytest.param('at_least = "1"\ntolerable = "1.5"', 'line 14, {}: the '
                 'least that is tolerable is not more than at_least; write '
                 '1 or less', id='more than the least'),
])
def test_a_mistake_in_what_is_tolerable_has_a_line(text, words):
    path = 'stage[1].requirement[1].value[1].tolerable'
    assert told(value=text) == [words.format(path)]


NOBODY = ('Nobody could waive anything of “Leaks”: contacts do not waive '
          'what they sign, and anna, who alone may waive, signs there. Give '
          'CAMPAIGN_WAIVE to somebody else, or write own = true under '
          '[waivers] in the template.')


@pytest.mark.parametrize(('contacts', 'waiving', 'rules', 'notices'), [
    pytest.param(('anna',), {'anna'}, '', (NOBODY,), id='only contacts'),
    pytest.param(('@physics',), {'anna'}, '', (NOBODY,), id='in a group'),
    pytest.param(('anna',), {'anna', 'dora'}, '', (), id='somebody else'),
    pytest.param(('anna',), {'anna'}, '[waivers]\nown = true', (),
                 id='the template allows it'),
    pytest.param((), {'anna'}, '', (), id='no contacts'),
    pytest.param(('anna',), set(), '', (), id='nobody at all'),
])
def test_creation_tells_where_nobody_else_could_waive(
        contacts, waiving, rules, notices):
    site = SiteFacts(('anna', 'dora'), groups={
        'physics': frozenset({'anna', 'carlo'})},
        administrators=frozenset('a'), waiving=frozenset(waiving))
    found = plan(CampaignRequest('X', 't', contacts={'leaks': contacts}),
                 read(rules), site)
    assert found.notices == notices
    assert found.as_dict()['notices'] == list(notices)


def test_a_group_that_has_nobody_any_more_could_not_waive_either():
    site = SiteFacts(('anna',), waiving=frozenset({'anna'}))
    for contacts, told in ((('@gone',), []), (('@gone', 'anna'), ['Leaks'])):
        found = state((), [requirement('feature-freeze', title='Leaks',
                                       contacts=contacts)])
        assert [w.split('“')[1].split('”')[0]
                for w in waiver_notices(found, site)] == told
