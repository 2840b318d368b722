"""What was waived or rejected last time, and what is taken over; pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.model.campaign import Change, Freeze
from prodworkflow.domain.model.item_list import Item, ItemList
from prodworkflow.domain.model.precedent import Precedent, precedents
from prodworkflow.domain.model.signoff import Bound, Waiver
from prodworkflow.domain.planning.cloning import alike
from prodworkflow.domain.planning.freezes import FreezeWords, NO_WORDS
from prodworkflow.domain.planning.plan import plan
from prodworkflow.domain.planning.request import CampaignRequest
from prodworkflow.domain.planning.signers import SiteFacts
from prodworkflow.domain.template.lists import parse_lists
from prodworkflow.domain.template.model import Template
from prodworkflow.domain.template.parser import parse
from support.factories import ASKED, requirement, signoff, state

TEMPLATE = Template('Mine', '', (), source='[text]')
FREEZE, QUALITY = 'feature-freeze', 'software-quality'
UNTIL = date(2026, 6, 30)
LEAVE = Waiver('out-of-bounds', UNTIL, (
    Bound('leak', '', '5 kB'), Bound('cpu', '1 h', '2 h'), Bound('crash')))


def waived(number, key=FREEZE, leave=LEAVE, **changes):
    return signoff(number, key, 'waived', 'dora', waiver=leave, **changes)


WORDS = [
    pytest.param(signoff(2, verdict='rejected', statement=' It\n leaks. '),
                 'rejected by anna: “It leaks.”', id='rejected'),
    pytest.param(signoff(2, verdict='rejected', statement=''),
                 'rejected by anna', id='without a word'),
    pytest.param(waived(2), 'waived by dora (out-of-bounds, leak up to 5 kB, '
                 'cpu from 1 h up to 2 h, crash, until 2026-06-30): “Fine.”',
                 id='waived within bounds'),
    pytest.param(waived(2, leave=Waiver('awaiting', UNTIL), statement=''),
                 'waived by dora (awaiting, until 2026-06-30)', id='waived'),
]


@pytest.mark.parametrize(('said', 'words'), WORDS)
def test_a_precedent_is_told_in_words(said, words):
    assert Precedent('2010 Prod', 7, said).words == words


def test_exceptions_are_found_by_requirement_in_their_order():
    said = [signoff(2), signoff(3, verdict='rejected'), waived(4, QUALITY),
            signoff(5, verdict='withdrawn'), waived(6),
            signoff(7, verdict='reported'), waived(8, 'gone')]
    assert precedents(state(said)) == {
        FREEZE: [Precedent('2011 Prod', 1, said[1]),
                 Precedent('2011 Prod', 1, said[4])],
        QUALITY: [Precedent('2011 Prod', 2, said[2])],
        'gone': [Precedent('2011 Prod', None, said[6])]}
    assert precedents(state()) == {}


def test_a_like_campaign_asks_for_the_same_of_the_same_people():
    first = requirement(FREEZE, contacts=('anna', '@emc'), quorum=2)
    asked = [first, requirement(QUALITY, contacts=())]
    before = state((), asked, template_version=3, enforcement='advisory',
                   changed=Change('anna', 1, 'strict', 'haste'))
    assert alike(before, TEMPLATE).wish == CampaignRequest(
        '', 'path-to-production', enforcement='strict',
        contacts={FREEZE: ('anna', '@emc'), QUALITY: ()},
        quorums={FREEZE: '2', QUALITY: '1'}, template_text='[text]',
        template_version=3, like='2011 Prod')
    sites = ItemList('sites', (Item('ral', 'RAL', '2'),))
    listed = alike(replace(before, lists=(sites,)), TEMPLATE).wish
    assert parse_lists(listed.lists_text) == (sites,)
    unchanged = replace(before, campaign=replace(before.campaign,
                                                 changed=None))
    assert alike(unchanged, TEMPLATE).wish.enforcement == 'advisory'


def test_precedents_are_told_in_the_order_of_the_campaign():
    asked = [requirement(k, ticket=None if k == QUALITY else n)
             for n, k in enumerate(ASKED, 1)]
    said = [waived(2, QUALITY, Waiver('awaiting', UNTIL)),
            signoff(3, verdict='rejected')]
    found = alike(state(said, asked), TEMPLATE)
    assert found.start == date(2026, 6, 29)
    assert found.lines == [
        '#1 Feature Freeze was rejected by anna: “Fine.”',
        'Software quality ok was waived by dora (awaiting, until '
        '2026-06-30): “Fine.”']


# Lists

LISTED = parse('''
title = "At each site"
[lists]
sites = ["RAL", "CNAF"]
[[stage]]
key = "sites"
title = "Sites"
due = 5
[[stage.requirement]]
key = "installed"
title = "Installed at {site}"
for_each = "sites"
[[stage.requirement]]
key = "validated"
title = "Validated at {site}"
for_each = "sites"
contacts = ["dora"]
''')


def listed(**staff):
    """The campaign that LISTED makes, with others who sign since."""
    made = plan(CampaignRequest('Sites', 'listed'), LISTED,
                SiteFacts(('dora',))).state
    return replace(made, requirements=tuple(
        replace(r, **staff.get(r.key.replace('.', '_'), {}))
        for r in made.requirements))


ANNA, BRUNO = {'contacts': ('anna',)}, {'contacts': ('bruno',)}


@pytest.mark.parametrize(('staff', 'lists', 'contacts', 'quorums'), [
    pytest.param({}, '"RAL"', {}, {}, id='nothing changed'),
    pytest.param({'installed_ral': ANNA},
                 '{name = "RAL", contacts = ["anna"]}', {}, {},
                 id='of an item'),
    pytest.param({'installed_ral': ANNA, 'installed_cnaf': ANNA},
                 '{name = "CNAF", contacts = ["anna"]}', {}, {},
                 id='of all items'),
    pytest.param({'validated_ral': ANNA}, '"RAL"',
                 {'validated.ral': ('anna',)}, {},
                 id='where the template names others'),
    pytest.param({'validated_ral': ANNA, 'validated_cnaf': ANNA}, '"RAL"',
                 {'validated': ('anna',)}, {}, id='of a whole group'),
    pytest.param({'validated_ral': ANNA, 'validated_cnaf': BRUNO}, '"RAL"',
                 {'validated.ral': ('anna',), 'validated.cnaf': ('bruno',)},
                 {}, id='each another'),
    pytest.param({'installed_ral': {'quorum': 2}}, '"RAL"', {},
                 {'installed.ral': '2'}, id='a quorum'),
    pytest.param({'installed_ral': {'quorum': 2},
                  'installed_cnaf': {'quorum': 2}}, '"RAL"', {},
                 {'installed': '2'}, id='the quorum of a group'),
])
def test_cloned_request_names_items_whose_signers_differ_from_their_group(
        staff, lists, contacts, quorums):
    wish = alike(listed(**staff), LISTED).wish
    assert lists in wish.lists_text
    assert (wish.contacts, wish.quorums) == (contacts, quorums)


@pytest.mark.parametrize('staff', [
    {}, {'installed_ral': ANNA}, {'validated_cnaf': BRUNO},
    {'installed_ral': {'quorum': 2, 'contacts': ('anna', 'bruno')}}])
def test_cloned_request_makes_the_same_requirements_again(staff):
    before = listed(**staff)
    wish = replace(alike(before, LISTED).wish, name='Sites')
    after = plan(wish, LISTED, SiteFacts(('anna', 'bruno', 'dora'))).state
    assert [(r.key, r.contacts, r.quorum) for r in after.requirements] == [
        (r.key, r.contacts, r.quorum) for r in before.requirements]


def test_cloned_request_always_names_the_signers_of_single_requirements():
    """Also where it is as the template says: nothing else tells it."""
    template = parse('title = "T"\n[[stage]]\nkey = "a"\ntitle = "A"\n'
                     '[[stage.requirement]]\nkey = "b"\ntitle = "B"\n'
                     'contacts = ["dora"]\n')
    made = plan(CampaignRequest('X', 'once'), template,
                SiteFacts(('dora',))).state
    wish = alike(made, template).wish
    assert (wish.contacts, wish.quorums) == ({'b': ('dora',)}, {'b': '1'})


def test_cloned_request_names_a_group_of_one_as_a_group():
    text = LISTED.source.replace('sites = ["RAL", "CNAF"]',
                                 'sites = ["RAL"]')
    template = parse(text)
    made = plan(CampaignRequest('X', 'one'), template,
                SiteFacts(('dora',))).state
    signed = replace(made, requirements=tuple(
        replace(r, quorum=2) for r in made.requirements))
    assert set(alike(signed, template).wish.quorums) == {
        g.key for g in made.groups}


@pytest.mark.parametrize(('freeze', 'own', 'words'), [
    pytest.param(Freeze(FREEZE), Freeze(FREEZE), NO_WORDS, id='the same'),
    pytest.param(Freeze(FREEZE, ('bug', 'a b')), Freeze(FREEZE),
                 FreezeWords('bug, "a b"', None), id='other types'),
    pytest.param(Freeze(FREEZE, priority='P 1'), Freeze(FREEZE),
                 FreezeWords(None, '"P 1"'), id='another priority'),
    pytest.param(None, Freeze(FREEZE), NO_WORDS, id='it had none'),
    pytest.param(Freeze(FREEZE, ('bug',)), None, NO_WORDS,
                 id='the template has none'),
])
def test_a_like_campaign_lets_the_same_in_after_its_freeze(
        freeze, own, words):
    assert alike(state(freeze=freeze), replace(
        TEMPLATE, freeze=own)).wish.freeze == words


def test_what_is_not_taken_over_is_told_beside_the_request():
    before = state(enforcement='advisory',
                   changed=Change('anna', 1, 'strict', 'haste'))
    assert alike(before, TEMPLATE).warnings == (
        'Enforcement is strict, as it began; at last it was advisory.',)
    assert alike(state(), TEMPLATE).warnings == ()
