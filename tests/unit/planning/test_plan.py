"""From what is asked for to a plan; pure."""

from __future__ import annotations

import pkgutil
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.planning.plan import (
    Plan,
    plan,
    STRANGERS_TOLD,
    with_tickets,
)
from prodworkflow.domain.planning.request import CampaignRequest, tidy, UNFIT
from prodworkflow.domain.planning.signers import SiteFacts
from prodworkflow.domain.template.parser import parse

TEMPLATE = parse(pkgutil.get_data(
    'prodworkflow', 'builtin_templates/path-to-production.toml').decode())
KNOWN = SiteFacts(('anna', 'bruno'))


def planned(name='2011 Prod', known=KNOWN, **given):
    return plan(CampaignRequest(name, 'path-to-production', **given), TEMPLATE,
                known)


def test_due_dates_are_counted_back_from_the_start():
    found = planned(start='2026-06-29').state
    assert [s.due for s in found.stages] == [
        date(2026, 6, 1), date(2026, 6, 15), date(2026, 6, 26)]
    assert [s.due for s in planned().state.stages] == [None] * 3


def test_campaign_name_is_tidied_as_trac_does():
    assert planned('  2011 \t Prod ').state.campaign.name == '2011 Prod'
    assert tidy('e\u0301') == '\u00e9'


def test_contacts_are_kept_once_and_in_order():
    found = planned(contacts={'feature-freeze': ('bruno', 'anna', 'bruno')})
    assert found.state.requirements[0].contacts == ('bruno', 'anna')


def test_plan_says_when_signers_are_reminded():
    assert planned().reminders == (
        'Who is to sign is reminded 7 and 2 days before a due day, on the due '
        'day and 3 days after it.')


def test_plan_lists_what_each_stage_asks_for():
    found = planned()
    for stage in found.state.stages:
        assert [part.key for part in found.parts(stage.key)] == [
            r.key for r in found.state.requirements if r.stage == stage.key]


def test_tickets_complete_a_plan():
    state = planned().state
    made = {r.key: (n, 1000 + n) for n, r in enumerate(state.requirements)}
    complete = with_tickets(state, made)
    assert [(r.ticket, r.ticket_time, r.seen) for r in
            complete.requirements][:2] == [(0, 1000, 1000), (1, 1001, 1001)]


@pytest.mark.parametrize('sign', UNFIT)
def test_campaign_name_with_a_character_that_breaks_urls_is_refused(sign):
    with pytest.raises(InvalidRequest) as error:
        planned(f'2011{sign}Prod')
    assert f'cannot hold {sign}' in str(error.value)


@pytest.mark.parametrize('name', [
    '.', '..', 'api', 'due.ics', 'feed', 'matrix', 'metrics', ' matrix\t'])
def test_campaign_name_that_is_reserved_in_urls_is_refused(name):
    with pytest.raises(InvalidRequest, match='means something else'):
        planned(name)


@pytest.mark.parametrize('name', ['Matrix', 'matrix 2', 'due.ical', 'feeds'])
def test_names_like_those_that_are_reserved_are_taken(name):
    assert planned(name).state.campaign.name == name


def test_all_mistakes_of_a_request_are_told_at_once_by_field():
    known = SiteFacts(('anna',), ('X: 1. Software preparation',), True)
    with pytest.raises(InvalidRequest) as error:
        planned('X', known, start='2026-13-01', enforcement='lax',
                release='a\x00', contacts={'feature-freeze': ('ana',),
                                           'freeze': ('anna',)})
    assert [field for field, _ in error.value.problems] == [
        'name', 'start', 'release', 'enforcement', 'contact:freeze',
        'contact:feature-freeze']


def test_milestones_in_the_way_are_named():
    with pytest.raises(InvalidRequest, match='A milestone named "X: 1'):
        planned('X', SiteFacts((), ('X: 1. Software preparation',)))


@given(st.text(), st.text(), st.text(), st.text())
def test_any_typed_request_gives_a_plan_or_an_invalid_request(
        name, start, release, person):
    try:
        found = planned(name, start=start, release=release,
                        contacts={'feature-freeze': (person,)})
        assert isinstance(found, Plan)
    except InvalidRequest as error:
        assert all(field and words for field, words in error.problems)


BASES = parse('''
title = "T"
[lists]
parts = ["A", "B"]
sites = [{name = "A", plots = ["load"]}, {name = "B"}]
[[stage]]
key = "one"
title = "One"
[[stage.requirement]]
key = "built"
title = "Built"
[[stage.requirement]]
key = "part"
title = "Part {part}"
for_each = "parts"
[[stage.requirement]]
key = "site"
title = "At {site}"
for_each = "sites"
plots = ["all"]
rests_on = ["built"]
[[stage.requirement]]
key = "ran"
title = "Ran at {site}"
for_each = "sites"
rests_on = ["site"]
[[stage.requirement]]
key = "looked"
title = "Looked at"
rests_on = ["part", "built"]
''')


def planned_bases():
    return plan(CampaignRequest('X', 't'), BASES,
                SiteFacts((), administrators=frozenset('ab')))


def test_groups_are_named_whether_all_or_one_of_them_is_rested_on():
    found = planned_bases()
    assert {part.key: found.bases(part) for part in found.parts('one')} == {
        'built': [], 'part': [], 'site': ['Built'], 'ran': ['At each site'],
        'looked': ['Built', 'Part each part']}


def test_an_item_of_one_list_has_nothing_of_its_namesake_in_another():
    found = planned_bases()
    assert {r.key: found.own(r) for r in found.state.requirements} == {
        'built': (), 'part.a': (), 'part.b': (), 'site.a': ('plot load',),
        'site.b': (), 'ran.a': ('plot load',), 'ran.b': (), 'looked': ()}


def test_plan_names_what_a_set_of_requirements_rests_on():
    full = parse(pkgutil.get_data(
        'prodworkflow', 'builtin_templates/path-to-production-full.toml')
        .decode())
    found = plan(CampaignRequest('X', 'full'), full, SiteFacts(
        (), administrators=frozenset('ab')))
    bases = {part.key: found.bases(part) for s in found.state.stages
             for part in found.parts(s.key)}
    assert bases['feature-freeze'] == bases['sample-produced'] == []
    assert bases['site-validated'] == ['Release built: the release']
    assert bases['key-plots'] == ['Pre-production sample produced']


STRANGER = {'feature-freeze': ('emil', 'anna'), 'software-quality': ('emil',)}


def test_people_whom_trac_has_not_met_are_refused_or_taken_and_told():
    with pytest.raises(InvalidRequest, match='"emil" of feature-freeze is no'):
        planned(contacts=STRANGER)
    known = SiteFacts(('anna', 'emilia'))
    found = planned(known=known, contacts=STRANGER, unknown_contacts=True)
    assert found.state.campaign.newcomers == ('emil',)
    assert found.notices[0] == (
        'emil is named for Feature Freeze and Software quality ok and has '
        'never logged in to Trac; they can sign once they have (did you mean '
        'emilia?).')
    assert planned(contacts={'feature-freeze': ('anna',)},
                   unknown_contacts=True).state.campaign.newcomers == ()


def test_many_whom_trac_has_not_met_are_told_together():
    people = tuple(f'n{number:02}' for number in range(STRANGERS_TOLD + 2))
    found = planned(contacts={'feature-freeze': people},
                    unknown_contacts=True)
    assert found.state.campaign.newcomers == people
    assert [n for n in found.notices if 'logged in' in n][-1] == (
        'never logged in to Trac, and can sign once they have: n20 and n21.')
    assert sum('logged in' in n for n in found.notices) == STRANGERS_TOLD + 1


def test_contacts_of_a_plan_are_written_as_a_list():
    assert planned().people(('anna', 'Doe, Jane')) == 'anna, "Doe, Jane"'


def refusing(*people):
    """Why Trac does not let these people sign, as the plan is told."""
    return lambda _requirement, person: (
        f'{person} may not see tickets in Trac' if person in people else '')


def test_whom_trac_refuses_is_told_last_and_by_itself():
    both = {'feature-freeze': ('anna', 'bruno')}
    known = replace(KNOWN, administrators=frozenset(('dora',)),
                    obstruction=refusing('anna'))
    found = planned(known=known, contacts=both)
    assert found.refusal == (
        'Named to sign, but refused by Trac: anna may not see tickets in '
        'Trac.')
    assert found.notices[-1] == found.refusal
    assert planned(known=replace(known, obstruction=refusing('bruno')),
                   contacts={}).refusal == ''


def test_administrators_whom_trac_refuses_can_sign_nothing():
    known = replace(KNOWN, administrators=frozenset(('dora',)))
    alone = 'Nobody can sign Feature Freeze'
    assert not any(n.startswith(alone) for n in planned(known=known).notices)
    told = planned(known=replace(known, obstruction=refusing('dora'))).notices
    assert any(n.startswith(alone) for n in told)


def test_campaign_keeps_the_days_of_its_template_on_which_is_reminded():
    days = replace(TEMPLATE, remind=(5, -1))
    found = plan(CampaignRequest('2011 Prod', 'path-to-production'), days,
                 KNOWN)
    assert found.state.campaign.remind == (5, -1)
