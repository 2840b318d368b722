"""Evidence of an item's own: plots, links and bounds in a list."""

from __future__ import annotations

import pytest

from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.model.evidence import EvidenceSpec, ValueSpec
from prodworkflow.domain.model.item_list import Item, ItemList
from prodworkflow.domain.planning.plan import plan
from prodworkflow.domain.planning.request import CampaignRequest
from prodworkflow.domain.planning.signers import SiteFacts
from prodworkflow.domain.template.item_evidence import asked_of, item_mistakes
from prodworkflow.domain.template.lists import as_toml, parse_lists
from prodworkflow.domain.template.mistakes.problems import TemplateError
from prodworkflow.domain.template.parser import parse

RATE = ValueSpec('rate', 'Crash rate', '%', at_most='1 %')
FOUND = ValueSpec('found', 'Found', 'event', at_least='5', at_most='9')
ASKS = EvidenceSpec((RATE, FOUND), ('all',), ('log',))
TEXT = '''\
title = "T"
lists = {{sites = [{items}]}}
[[stage]]
key = "one"
title = "One"
[[stage.requirement]]
key = "run"
title = "Runs at {{site}}"
for_each = "sites"
plots = ["all"]
[[stage.requirement.value]]
name = "rate"
title = "Crash rate"
unit = "%"
at_most = "1 %"
[[stage.requirement]]
key = "deployed"
title = "Deployed at {{site}}"
for_each = "sites"
links = ["log"]
'''


@pytest.mark.parametrize(('item', 'asks'), [
    pytest.param(Item('a', 'A'), ASKS, id='nothing of its own'),
    pytest.param(Item('a', 'A', plots=('mine', 'all')),
                 EvidenceSpec((RATE, FOUND), ('all', 'mine'), ('log',)),
                 id='plots'),
    pytest.param(Item('a', 'A', links=('mine',)),
                 EvidenceSpec((RATE, FOUND), ('all',), ('log', 'mine')),
                 id='links'),
    pytest.param(Item('a', 'A', bounds=('rate <= 2', 'found >= 3 event',
                                        'other <= 1')),
                 EvidenceSpec((
                     ValueSpec('rate', 'Crash rate', '%', at_most='2 %'),
                     ValueSpec('found', 'Found', 'event', at_least='3 event',
                               at_most='9')), ('all',), ('log',)),
                 id='bounds'),
])
def test_an_item_is_asked_for_what_is_its_own(item, asks):
    assert asked_of(ASKS, item) == asks


BOUNDED = Item('a', 'A', bounds=('rate <= 2 %',))


@pytest.mark.parametrize(('asked', 'item', 'words'), [
    pytest.param(EvidenceSpec(), BOUNDED, [(
        'bounds', 'nothing asks for the value "rate" of each of sites; there '
        'is none')], id='no value at all'),
    pytest.param(EvidenceSpec((FOUND,)), BOUNDED, [(
        'bounds', 'nothing asks for the value "rate" of each of sites; there '
        'is found')], id='another value'),
    pytest.param(EvidenceSpec((RATE,)), BOUNDED, [], id='the value'),
    pytest.param(EvidenceSpec((RATE,)), Item('a', 'A', bounds=('x' * 65,)), [(
        'bounds', f'"{"x" * 64}" is no bound; write "crash_rate <= 2 %"')],
        id='long'),
])
def test_bound_of_an_item_names_a_value_that_is_asked_for(asked, item, words):
    assert list(item_mistakes(asked, 'sites', item)) == words


def test_what_asks_for_no_plots_takes_none():
    item = Item('a', 'A', plots=('mine',), links=('mine',))
    assert asked_of(EvidenceSpec(), item) == EvidenceSpec()


OWN = ('{name = "A", plots = ["mine"], links = ["mine"], '
       'bounds = ["rate <= 2 %"]}, "B"')


def planned(items=OWN, **given):
    return plan(CampaignRequest('X', 't', **given),
                parse(TEXT.format(items=items)),
                SiteFacts((), administrators=frozenset('a')))


def test_a_template_gives_items_evidence_of_their_own():
    state = planned().state
    asks = {r.key: r.asks for r in state.requirements}
    assert asks['run.a'].plots == ('all', 'mine')
    assert asks['run.a'].links == ()
    assert asks['run.a'].values[0].at_most == '2 %'
    assert asks['deployed.a'].plots == ()
    assert asks['deployed.a'].links == ('log', 'mine')
    assert asks['run.b'].plots == ('all',)
    assert asks['run.b'].values[0].at_most == '1 %'


def test_the_preview_tells_what_is_asked_of_an_item_alone():
    found = planned()
    tickets = found.as_dict()['stages'][0]['tickets']
    assert [t['own'] for t in tickets] == [
        ['plot mine', 'link mine', 'rate <= 2 %'], []] * 2


def test_lists_with_evidence_are_written_as_they_are_read():
    lists = (ItemList('sites', (
        Item('a', 'A', '2', ('anna',), ('p', 'q'), ('l',), ('rate <= 2 %',)),
        Item('b', 'B'))),)
    assert parse_lists(as_toml(lists)) == lists


WRONG = [
    pytest.param('{name = "A", bounds = ["rate < 2"]}',
                 'lists.sites[1].bounds: "rate < 2" is no bound; write '
                 '"crash_rate <= 2 %"', id='no bound'),
    pytest.param('{name = "A", bounds = ["rat <= 2"]}',
                 'lists.sites[1].bounds: nothing asks for the value "rat" of '
                 'each of sites; write "rate"', id='no value'),
    pytest.param('{name = "A", bounds = ["speed <= 2"]}',
                 'lists.sites[1].bounds: nothing asks for the value "speed" '
                 'of each of sites; there is rate', id='unlike any'),
    pytest.param('{name = "A", bounds = ["rate <= 2 kg"]}',
                 'lists.sites[1].bounds: "2 kg" cannot be counted in %; '
                 'write a number with a unit, like "5 %"', id='unit'),
    pytest.param('{name = "A", plots = ["x", "x"]}',
                 'lists.sites[1].plots: write a list of different texts, '
                 'each of at most 64 printable characters', id='twice'),
    *(pytest.param(f'{{name = "A", {word} = ["x", "x"]}}',
                   f'lists.sites[1].{word}: write a list of different texts, '
                   'each of at most 64 printable characters',
                   id=f'{word} twice')
      for word in ('links', 'bounds', 'contacts')),
]


@pytest.mark.parametrize(('items', 'words'), WRONG)
def test_a_mistake_in_the_evidence_of_an_item_has_a_line(items, words):
    with pytest.raises(TemplateError) as error:
        parse(TEXT.format(items=items))
    assert [str(p) for p in error.value.problems] == [f'line 2, {words}']


@pytest.mark.parametrize('word', ['plots', 'links'])
def test_evidence_that_nothing_would_take_is_a_mistake(word):
    text = TEXT.replace('plots = ["all"]\n', '').replace(
        'links = ["log"]\n', '')
    with pytest.raises(TemplateError) as error:
        parse(text.format(items=f'{{name = "A", {word} = ["x"]}}'))
    assert str(error.value) == (
        f'line 2, lists.sites[1].{word}: nothing asks for {word} of each of '
        f'sites; add {word} to a requirement with for_each = "sites"')


def test_a_mistake_in_a_list_that_is_given_names_the_item():
    with pytest.raises(InvalidRequest) as error:
        planned('"B"', lists_text='[lists]\nsites = '
                '[{name = "A", bounds = ["rat <= 2"]}]')
    assert list(error.value.problems) == [(
        'lists', 'A, bounds: nothing asks for the value "rat" of each of '
        'sites; write "rate".')]
