"""What a plan holds, and each word about what cannot be planned."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.model.campaign import Campaign, Freeze, Stage
from prodworkflow.domain.model.evidence import EvidenceSpec
from prodworkflow.domain.model.item_list import Group, Item, ItemList
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.planning.plan import (
    milestone_names,
    plan,
    with_tickets,
)
from prodworkflow.domain.planning.request import (
    CampaignRequest,
    enforcement_problems,
    release_problems,
    tidy,
)
from prodworkflow.domain.planning.signers import SiteFacts
from prodworkflow.domain.template.parser import parse

TEXT = '''
title = "T"
[freeze]
requirement = "first"
types = ["task"]
priority = "blocker"
[[stage]]
key = "one"
title = "One"
due = 28
[[stage.requirement]]
key = "first"
title = "First"
[[stage.requirement]]
key = "second"
title = "Second"
quorum = 2
release_bound = true
separate_from = "first"
inputs = ["emc"]
links = ["report"]
[[stage]]
key = "two"
title = "Two"
[[stage.requirement]]
key = "third"
title = "Third"
'''
TEMPLATE = parse(TEXT)
KNOWN = SiteFacts(('anna', 'bruno', 'dora'))
CONTACTS = {'first': ('anna',), 'second': ('bruno', 'dora', 'bruno')}


def planned(name='X', known=KNOWN, **given):
    return plan(CampaignRequest(name, 'short',
                                **{'contacts': CONTACTS, **given}),
                TEMPLATE, known)


def told(*args, **given):
    """What is wrong with a plan, as (field, words)."""
    with pytest.raises(InvalidRequest) as error:
        planned(*args, **given)
    return list(error.value.problems)


def test_a_plan_holds_all_that_was_asked_for():
    found = planned(' X ', release=' V 1 ', start=' 2026-06-29 ',
                    enforcement='strict', quorums={'third': '1', 'first': ''})
    assert found.template is TEMPLATE
    assert found.state.campaign == Campaign(
        'X', 'short', 'V 1', date(2026, 6, 29), 'strict', 'underway',
        freeze=Freeze('first', ('task',), 'blocker'))
    assert found.state.stages == (
        Stage('one', 1, 'One', 'X: 1. One', date(2026, 6, 1)),
        Stage('two', 2, 'Two', 'X: 2. Two', date(2026, 6, 29)))
    assert found.state.requirements == (
        Requirement('first', 'one', 'First', None, 0, ('anna',)),
        Requirement('second', 'one', 'Second', None, 0, ('bruno', 'dora'), 2,
                    True, separate_from='first', inputs=('emc',),
                    asks=EvidenceSpec(links=('report',))),
        Requirement('third', 'two', 'Third', None, 0))
    assert found.state.signoffs == ()


def test_a_plan_as_a_preview_shows_it():
    day = date(2026, 6, 29)
    assert planned(start='2026-06-29').as_dict() == {
        'campaign': 'X', 'notices': [
            'Nobody can sign Third: no contacts are named, and no user who '
            'may see and change the tickets holds CAMPAIGN_ADMIN.'],
        'remind': [7, 2, 0, -3],
        'stages': [
            {'milestone': 'X: 1. One', 'due': date(2026, 6, 1), 'tickets': [
                {'title': 'First', 'key': 'first', 'contacts': ['anna'],
                 'quorum': 1, 'own': []},
                {'title': 'Second', 'key': 'second',
                 'contacts': ['bruno', 'dora'], 'quorum': 2, 'own': []}]},
            {'milestone': 'X: 2. Two', 'due': day, 'tickets': [
                {'title': 'Third', 'key': 'third', 'contacts': [],
                 'quorum': 1, 'own': []}]}]}


def test_campaign_request_has_defaults():
    found = planned().state.campaign
    assert (found.release, found.start, found.enforcement) == (
        '', None, 'standard')


def test_a_quorum_that_is_typed_counts():
    found = planned(quorums={'second': ' 1 '}).state
    assert [r.quorum for r in found.requirements] == [1, 1, 1]
    assert told(quorums={'first': 'many'}) == [(
        'quorum:first', '"many" is no quorum of first; write a whole number, '
        '1 to 99.')]


def test_quorum_out_of_reach_is_refused_at_its_contacts():
    assert told(contacts={'second': ('anna',)}) == [(
        'contact:second', 'The quorum of second (Second) is 2, but only anna '
        'can sign it; name more contacts or lower the quorum.')]
    assert told(quorums={'third': '2'}, known=SiteFacts(
        KNOWN.users, administrators=frozenset({'root'}))) == [(
            'contact:third', 'The quorum of third (Third) is 2, but only '
            'root can sign it; name more contacts or lower the quorum.')]


def test_groups_are_known_by_their_members():
    known = SiteFacts(KNOWN.users, groups={'emc': frozenset({'dora', 'emil'})})
    assert planned(known=known, contacts={
        'second': ('@emc',)}).state.requirements[1].contacts == ('@emc',)


def test_contacts_of_an_unknown_requirement_are_refused():
    assert told(contacts={**CONTACTS, 'frist': ('anna',)},
                quorums={'k' * 99: '1'}) == [
        ('contact:frist', 'There is no requirement "frist". Did you mean '
         'first? Known are first, second and third.'),
        (f'quorum:{"k" * 99}', f'There is no requirement "{"k" * 64}". '
         'Known are first, second and third.')]


def test_contacts_who_are_no_users_are_refused():
    assert [field for field, _ in told(contacts={
        'first': ('ana', 'anna', 'eve')})] == ['contact:first'] * 2


LONG = 'x' * 65
SIGNS = ('it becomes part of web addresses and wiki links. Use letters, '
         'digits, spaces and . , - _ ( ) + instead.')
ELSE = 'means something else in web addresses; choose another one.'
NO_DAY = ('is no day between 1970 and 2999; write the planned start as '
          'YYYY-MM-DD.')
UNFIT = [
    pytest.param({'name': ' '}, 'name', 'The campaign needs a name, for '
                 'example "2011 Prod".', id='no name'),
    pytest.param({'name': LONG}, 'name', 'The name has 65 characters; 64 are '
                 'allowed.', id='long name'),
    pytest.param({'name': 'a/b?'}, 'name', f'The name cannot hold / ?: '
                 f'{SIGNS}', id='signs'),
    pytest.param({'name': 'a\x00\u200bb'}, 'name', 'The name cannot hold '
                 f'U+0000 U+200B: {SIGNS}', id='what is not seen'),
    *(pytest.param({'name': n}, 'name', f'The name "{n}" {ELSE}', id=n)
      for n in ('.', '..', 'api', 'due.ics', 'feed', 'matrix', 'metrics')),
    pytest.param({'known': SiteFacts(KNOWN.users, (), True)}, 'name',
                 'A campaign named "X" exists already; nothing was made. '
                 'Choose another name.', id='campaign exists'),
    pytest.param({'known': SiteFacts(KNOWN.users, ('X: 2. Two',))}, 'name',
                 'A milestone named "X: 2. Two" exists already; rename it, '
                 'or choose another name for the campaign.',
                 id='milestone exists'),
    *(pytest.param({'start': text}, 'start', f'"{text[:64]}" {NO_DAY}',
                   id=name)
      for name, text in [
          ('no day', '10 June'), ('no such day', '2026-02-30'),
          ('written otherwise', '20260630'), ('week', '2026-W10-1'),
          ('other digits', '٢٠٢٦-٠٦-٣٠'), ('before', '1969-12-31'),
          ('after', '3000-01-01'), ('long', LONG)]),
    pytest.param({'release': LONG}, 'release', 'The release needs a name of '
                 'at most 64 printable characters.', id='long release'),
    pytest.param({'release': 'V\x00'}, 'release', 'The release needs a name '
                 'of at most 64 printable characters.', id='unseen release'),
    pytest.param({'enforcement': 'Strict'}, 'enforcement', '"Strict" is no '
                 'way of enforcement; choose standard, strict or advisory.',
                 id='enforcement'),
    pytest.param({'enforcement': LONG}, 'enforcement', f'"{LONG[:64]}" is no '
                 'way of enforcement; choose standard, strict or advisory.',
                 id='long enforcement'),
]


@pytest.mark.parametrize(('given', 'field', 'words'), UNFIT)
def test_request_that_cannot_be_planned_is_refused_by_field(
        given, field, words):
    assert told(**given) == [(field, words)]


@pytest.mark.parametrize('day', ['1970-01-01', '2999-12-31'])
def test_the_first_and_last_day_may_be_planned(day):
    assert planned(start=day).state.campaign.start.isoformat() == day


def test_the_longest_names_may_be_planned():
    longest = 'x' * 64
    found = planned(longest, release=longest).state.campaign
    assert (found.name, found.release) == (longest, longest)
    assert release_problems(longest) == release_problems('') == []
    assert enforcement_problems('advisory') == []


def test_campaign_name_is_tidied_before_it_is_checked():
    assert tidy(' a\t b\n') == 'a b'
    assert milestone_names('X', TEMPLATE) == ['X: 1. One', 'X: 2. Two']


def test_tickets_complete_a_plan_each_by_its_key():
    before = planned().state
    found = with_tickets(before, {
        'first': (7, 100), 'second': (8, 200), 'third': (9, 300)})
    assert [(r.key, r.ticket, r.ticket_time, r.seen)
            for r in found.requirements] == [
        ('first', 7, 100, 100), ('second', 8, 200, 200),
        ('third', 9, 300, 300)]
    assert found.stages == before.stages


# Lists, which a campaign may be given in place of its template's.

LISTED_TEXT = '''
title = "T"
[lists]
sites = ["CNAF", "RAL"]
[[stage]]
key = "one"
title = "One"
description = "Of {campaign}."
[[stage.requirement]]
key = "fast"
title = "fast at {site}"
description = "At {site}."
type = "defect"
for_each = "sites"
'''
LISTED = parse(LISTED_TEXT)


def listed(lists='', known=KNOWN, **given):
    wish = CampaignRequest('X', 'listed', lists_text=lists, **given)
    return plan(wish, LISTED, known)


def problems(lists, **given):
    with pytest.raises(InvalidRequest) as error:
        listed(lists, **given)
    return list(error.value.problems)


def test_a_list_becomes_a_group_of_requirements():
    found = listed(contacts={'fast.ral': ('anna',)}, template_version=3)
    assert [(r.key, r.contacts) for r in found.state.requirements] == [
        ('fast.cnaf', ()), ('fast.ral', ('anna',))]
    assert found.state.lists == LISTED.lists
    assert found.state.groups == (
        Group('fast', 'one', 'Fast at each site', 'sites'),)
    assert found.state.campaign.template_version == 3
    assert found.words == {
        'fast.cnaf': {'description': 'At CNAF.', 'type': 'defect'},
        'fast.ral': {'description': 'At RAL.', 'type': 'defect'}}
    assert found.descriptions == {'one': 'Of X.'}


def test_a_given_list_stands_in_place_of_the_templates():
    found = listed('lists.sites = ["GridKa"]').state
    assert [r.key for r in found.requirements] == ['fast.gridka']
    assert found.lists == (ItemList('sites', (Item('gridka', 'GridKa'),)),)
    assert listed(' \n').state.lists == LISTED.lists


def test_lists_that_cannot_be_read_are_refused_with_all_other_mistakes():
    told_ = problems('\nlists.sites = 3\nlists.x = 4', start='June')
    assert [field for field, _ in told_] == ['start', 'lists', 'lists']
    assert told_[1] == ('lists', 'Lists, line 2, lists.sites: write sites = '
                        '["one", "two"], or [[lists.sites]] tables')


@pytest.mark.parametrize(('lists', 'fields'), [
    pytest.param('lists.farms = ["A"]', ['start', 'lists'], id='unfit'),
    pytest.param('', ['start', 'template'], id='fit'),
])
def test_lists_that_do_not_fit_are_refused_with_all_other_mistakes(lists,
                                                                   fields):
    """And nothing more of what would be made of them."""
    strange = SiteFacts(KNOWN.users, fields={'grid': ('yes',)})
    gridded = parse(LISTED_TEXT + 'fields = {grid = "no"}')
    with pytest.raises(InvalidRequest) as error:
        plan(CampaignRequest('X', 'listed', start='June', lists_text=lists),
             gridded, strange)
    assert [field for field, _ in error.value.problems] == fields
    if lists:
        assert error.value.problems[1] == (
            'lists', 'The template has no list "farms". It has sites.')


def test_start_in_the_past_is_told_by_the_day_of_today():
    known = replace(KNOWN, today=date(2026, 7, 1))
    assert listed(known=known, start='2026-06-30').notices[0] == (
        'The start 2026-06-30 is in the past (today is 2026-07-01): '
        'everything will be late from the beginning. Plan another day, '
        'unless you mean it.')
    for start in ('2026-07-01', ''):
        assert not any('in the past' in n for n in listed(
            known=known, start=start).notices)


def test_contacts_of_items_that_are_gone_are_ignored():
    said = {'fast.cnaf': ('anna',), 'fast.gone': ('bruno',)}
    found = listed(like='Y', contacts=said,
                   quorums={'fast.gone': '2', 'fast.cnaf': '1'}).state
    assert [r.contacts for r in found.requirements] == [('anna',), ()]
    assert [field for field, _ in problems(
        '', contacts=said, quorums={'fast.gone': '2'})] == [
        'contact:fast.gone', 'quorum:fast.gone']
    assert [field for field, _ in problems(
        '', like='Y', contacts={'gone': ('anna',)})] == ['contact:gone']
