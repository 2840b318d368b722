"""What a move to a release does, worked out from values alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timezone

import pytest

from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.model.item_list import Group
from prodworkflow.domain.model.signoff import Waiver
from prodworkflow.domain.model.snapshot import Snapshot, TicketFacts
from prodworkflow.domain.planning.releases.comments import comment
from prodworkflow.domain.planning.releases.effect import Fate, release_effect
from prodworkflow.domain.planning.releases.reach import (
    asked_again,
    with_named_inputs,
)
from prodworkflow.domain.planning.releases.report import effect_lines
from prodworkflow.domain.planning.releases.request import (
    check_request,
    no_version,
    ReleaseRequest,
    renaming_problems,
)
from prodworkflow.domain.planning.releases.titles import (
    release_texts,
    TextChange,
)
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.template.expansion import expanded, groups_of
from prodworkflow.domain.template.parser import parse
from support.factories import (
    ASKED,
    campaign,
    facts,
    KEYS,
    requirement,
    signoff,
    snapshot,
    stage,
    state,
)

NOON = int(datetime(2026, 6, 10, 12,
                    tzinfo=timezone.utc).timestamp()) * 10**6
FREEZE, QUALITY, ESTIMATE, BUILT, SITES, SPEED, PHYSICS = ASKED
CHANGES = {
    BUILT: {'release_bound': True},
    SITES: {'release_bound': True, 'inputs': ('sites',)},
    SPEED: {'release_bound': True, 'inputs': ('simulation',)},
    PHYSICS: {'rests_on': (SPEED,), 'contacts': ('bruno',)},
}
PATCH = ReleaseRequest('V2', ('sites',), 'A patch.')


def found(signed=(BUILT, SITES, SPEED), waivers=(), closed=(), **changes):
    asked = [requirement(k, **CHANGES.get(k, {})) for k in ASKED]
    told = [signoff(n, key) for n, key in enumerate(signed, 2)]
    return decide(replace(
        snapshot(), state=state([*told, *waivers], asked, **changes),
        tickets={k: facts(k, 'closed' if k in signed else 'new')
                 for k in ASKED},
        milestones={k: 5 * (k in closed) for k in KEYS}), NOON)


def keys(effect, fate):
    return [m.requirement.key for m in effect.of(fate)]


def test_a_patch_asks_what_it_touches_and_what_names_no_inputs():
    effect = release_effect(found(), PATCH, None)
    assert keys(effect, Fate.AGAIN) == [BUILT, SITES]
    assert keys(effect, Fate.CARRIED) == [SPEED]
    assert keys(effect, Fate.UNSIGNED) == []
    assert keys(effect, Fate.STAYS) == [FREEZE, QUALITY, ESTIMATE, PHYSICS]
    assert [m.why for m in effect.moved[3:]] == [
        'it names no inputs, so it rests on everything',
        'it rests on sites',
        'it rests only on simulation, which the patch does not touch',
        'it is not bound to a release']
    assert effect.reopened == effect.stale == (BUILT, SITES)
    assert effect.carried == (SPEED,)


def test_what_rests_on_something_asked_again_is_asked_again():
    effect = release_effect(found(), ReleaseRequest(
        'V2', ('simulation',), 'A patch.'), None)
    assert effect.stale == (BUILT, SPEED, PHYSICS)
    assert effect.moved[-1].why == (
        'it rests on what is asked again: #6')
    assert keys(effect, Fate.UNSIGNED) == [PHYSICS]


def test_a_release_asks_everything_that_is_bound():
    effect = release_effect(found(), ReleaseRequest('V2', (), 'New.'), None)
    assert keys(effect, Fate.AGAIN) == [BUILT, SITES, SPEED]
    assert {m.why for m in effect.of(Fate.AGAIN)} == {
        'the patch touches everything'}
    assert effect.mail == ('anna',)


def test_a_group_is_asked_again_when_one_of_it_is():
    member = requirement(BUILT, release_bound=True, inputs=('a',),
                         group='site', item='a')
    other = replace(member, key='site.b', inputs=('b',), item='b')
    above = requirement(PHYSICS, rests_on=('site',))
    asked = replace(state((), [member, other, above]), groups=(
        Group('site', member.stage, 'At each site', 'sites'),))
    assert asked_again(asked, ('b',)) == {
        'site.b': 'it rests on b',
        PHYSICS: 'it rests on what is asked again: At each site'}
    assert asked_again(asked, ('c',)) == {}


def test_what_rests_on_two_that_are_asked_again_names_both():
    below = [requirement(k, release_bound=True, inputs=('emc',))
             for k in (BUILT, SPEED)]
    above = requirement(PHYSICS, rests_on=(BUILT, SPEED))
    assert asked_again(state((), [*below, above]), ('emc',)) == {
        BUILT: 'it rests on emc', SPEED: 'it rests on emc',
        PHYSICS: 'it rests on what is asked again: #4 and #6'}


def test_of_what_it_rests_on_only_what_is_asked_again_is_named():
    below = replace(requirement(BUILT, release_bound=True, inputs=('emc',)),
                    ticket=None)
    group = replace(requirement(QUALITY, release_bound=True, inputs=('a',)),
                    key='site.a', group='site', item='a')
    above = requirement(PHYSICS, rests_on=('site', BUILT, ESTIMATE))
    other = replace(group, key='farm.a', group='farm', inputs=('emc',))
    found_ = replace(
        state((), [group, other, below, requirement(ESTIMATE), above]),
        groups=(Group('site', group.stage, 'At each site', 'sites'),
                Group('farm', group.stage, 'At each farm', 'sites')))
    assert asked_again(found_, ('emc',))[PHYSICS] == (
        'it rests on what is asked again: Release validated')
    assert asked_again(found_, ('a', 'emc'))[PHYSICS] == (
        'it rests on what is asked again: Release validated and At each site')


def waived(number, key):
    return signoff(number, key, 'waived', 'dora', 'administrator',
                   waiver=Waiver('awaiting', date(2026, 6, 30)))


def test_waivers_lapse_only_where_their_requirement_is_asked_again():
    given = [waived(9, ESTIMATE), waived(10, SITES), waived(11, SPEED)]
    effect = release_effect(found((BUILT,), given), PATCH, None)
    assert [w.signoff.number for w in effect.waivers] == [10]
    assert effect.payload({})['waivers'] == [10]
    none = release_effect(found((BUILT,), given[:1]), PATCH, None)
    assert none.payload({})['waivers'] == []


def test_stages_that_reopen_and_a_hold_are_foretold():
    done = found(tuple(ASKED), closed=KEYS)
    effect = release_effect(done, PATCH, None)
    assert [s.key for s in effect.stages] == list(KEYS[1:])
    assert not effect.held
    assert set(effect.mail) == {'anna', 'bruno'}
    launched = found(tuple(ASKED), closed=KEYS, phase='launched', launched=9)
    assert release_effect(launched, PATCH, None).held
    held = found(tuple(ASKED), closed=KEYS, phase='launched', launched=9,
                 held_since=8)
    assert not release_effect(held, PATCH, None).held
    lenient = found(tuple(ASKED), closed=KEYS, enforcement='advisory')
    assert release_effect(lenient, PATCH, None).stages == ()


def test_a_stage_that_is_open_reopens_those_after_it():
    some = found(tuple(ASKED), closed=(KEYS[0], KEYS[2]))
    assert [s.key for s in release_effect(some, PATCH, None).stages] == [
        KEYS[2]]


def test_a_renamed_release_is_not_blamed_for_a_gate_that_was_shut():
    shut = found((), closed=KEYS[:1])
    assert release_effect(shut, PATCH, None).stages
    renamed = release_effect(shut, ReleaseRequest(
        'V1.0', reason='As built.', renamed=True), None)
    assert (renamed.stages, renamed.mail) == ((), ())


def test_a_renamed_release_asks_nothing_again():
    effect = release_effect(found(), ReleaseRequest(
        'V1.0', reason='As built.', renamed=True), None)
    assert effect.stale == effect.reopened == effect.mail == ()
    assert keys(effect, Fate.STAYS) == list(ASKED)
    assert list(effect_lines(effect, True)) == [
        'Release V1 is called V1.0; nothing is asked again.']


def test_what_is_signed_in_part_or_waived_is_asked_again_as_well():
    """Only a ticket that is closed and met is opened again."""
    given = found((BUILT, SPEED), [waived(9, SITES)])
    asked = given.snapshot.state.requirement(BUILT)
    half = decide(replace(
        given.snapshot, tickets={**given.snapshot.tickets,
                                 SITES: facts(SITES, 'closed')},
        state=given.snapshot.state.having(replace(
            asked, contacts=('anna', 'bruno'), quorum=2))), NOON)
    assert [half.answer(k).met for k in (BUILT, SITES)] == [False, True]
    effect = release_effect(half, PATCH, None)
    assert keys(effect, Fate.AGAIN) == [BUILT, SITES]
    assert effect.reopened == (SITES,)
    lost = decide(replace(given.snapshot, tickets={
        SPEED: given.snapshot.tickets[SPEED]}), NOON)
    assert release_effect(lost, PATCH, None).reopened == ()


def test_payload_of_a_move_is_what_is_kept_in_the_ledger():
    effect = release_effect(found((BUILT, SITES), [waived(9, SITES)]), PATCH,
                            None)
    assert effect.payload({BUILT: 7}) == {
        'release': 'V2', 'touches': ['sites'], 'reason': 'A patch.',
        'stale': [BUILT, SITES], 'carried': [SPEED], 'seen': {BUILT: 7},
        'waivers': [9], 'titles': {}}


def test_a_move_is_to_be_done_unless_it_is_only_shown():
    with pytest.raises(InvalidRequest, match='Say why'):
        release_effect(found(), ReleaseRequest('V2'), None)


def test_effect_is_told_in_lines_and_as_json():
    effect = release_effect(
        found(tuple(ASKED), [waived(11, SITES)], closed=KEYS), PATCH, None)
    assert list(effect_lines(effect, False)) == [
        'To be signed again: release-validated and remote-sites-validated.',
        '  #4 Release validated: it names no inputs, so it rests on '
        'everything',
        '  #5 Remote sites validated: it rests on sites',
        'Carried over: runtime-performance.',
        '  #6 Runtime performance ok: it rests only on simulation, which '
        'the patch does not touch',
        'Waiver that lapses: #5 Remote sites validated, awaiting, until '
        '2026-06-30',
        'Stage that reopens: 2. Release validation',
        'Stage that reopens: 3. pre-production',
        'Mail goes to anna and bruno, and to those who follow these tickets '
        'in Trac.', 'Nothing was changed.']
    told = effect.as_dict()
    assert told['asked_again'][1] == {
        'key': SITES, 'title': 'Remote sites validated', 'ticket': 5,
        'why': 'it rests on sites', 'reopened': True}
    assert (told['release'], told['was'], told['touches'], told['held'],
            told['mail']) == ('V2', 'V1', ['sites'], False,
                              ['anna', 'bruno'])
    assert told['stages'] == [
        {'key': KEYS[n], 'title': label, 'milestone': f'2011 Prod: {label}'}
        for n, label in ((1, '2. Release validation'),
                         (2, '3. pre-production'))]
    assert told['waivers'] == [{
        'key': SITES, 'ticket': 5, 'title': 'Remote sites validated',
        'entry': 11, 'waiver': 'awaiting, until 2026-06-30', 'by': 'dora'}]
    nobody = release_effect(found(()), PATCH, None)
    assert list(effect_lines(nobody, True)) == [
        'To be signed again: nothing.',
        'Not signed yet: release-validated, remote-sites-validated and '
        'runtime-performance.', 'Nobody gets mail for it.']


def test_a_hold_that_a_move_brings_is_told():
    launched = found(tuple(ASKED), closed=KEYS, phase='launched', launched=9)
    hold = 'Production is put on hold.'
    assert hold in effect_lines(release_effect(launched, PATCH, None), True)
    under_way = found(tuple(ASKED), closed=KEYS)
    assert hold not in effect_lines(
        release_effect(under_way, PATCH, None), True)


def test_digest_changes_with_the_effect():
    one = release_effect(found(), PATCH, None)
    assert one.digest == release_effect(found(), PATCH, None).digest
    assert one.digest != release_effect(found((BUILT,)), PATCH, None).digest
    assert one.digest != release_effect(
        found(), replace(PATCH, touches=()), None).digest


@pytest.mark.parametrize(('wish', 'field', 'words'), [
    pytest.param(ReleaseRequest(''), 'release',
                 'Name the release or patch to move to.', id='none'),
    pytest.param(ReleaseRequest(' V1 '), 'release', '2011 Prod is on V1 '
                 'already; name the new release or patch.', id='same'),
    pytest.param(ReleaseRequest('V' * 65), 'release', 'The release needs a '
                 'name of at most 64 printable characters.', id='long'),
    pytest.param(ReleaseRequest('V2', ('site',)), 'touches',
                 'No requirement of 2011 Prod rests on "site". Did you mean '
                 'sites? Known inputs are sites and simulation.',
                 id='unknown'),
    pytest.param(ReleaseRequest('V2', ('z' * 65,)), 'touches',
                 f'No requirement of 2011 Prod rests on "{"z" * 64}". Known '
                 'inputs are sites and simulation.', id='long input'),
    pytest.param(ReleaseRequest('V2', ('sites',), renamed=True), 'touches',
                 'A release that is only renamed touches nothing; leave the '
                 'inputs out.', id='renamed'),
])
def test_what_is_wrong_with_a_move_is_told_before_it_is_done(wish, field,
                                                             words):
    why = ('reason', 'Say why the release changes.')
    for to_act in (True, False):
        with pytest.raises(InvalidRequest) as error:
            release_effect(found(), wish, None, to_act)
        assert set(error.value.problems) == {
            (field, words), *([why] if to_act else [])}


def test_where_nothing_names_inputs_none_can_be_touched():
    with pytest.raises(InvalidRequest) as error:
        check_request(state(), ReleaseRequest('V2', ('emc',), 'A patch.'))
    assert error.value.problems == ((
        'touches', 'No requirement of 2011 Prod rests on "emc". Known inputs '
        'are none: leave --touches out.'),)


def test_a_move_that_is_only_shown_needs_no_reason():
    check_request(state(), ReleaseRequest('V2'), to_act=False)
    with pytest.raises(InvalidRequest):
        check_request(state(), ReleaseRequest('V2'))


def test_a_release_that_trac_does_not_know_is_told_with_its_remedy():
    assert no_version('V9') == (
        'release V9 is no version that Trac knows; if it was renamed there, '
        'follow it by "campaign release NAME RELEASE --renamed", else add it '
        'to the versions again')


def test_no_release_is_renamed():
    with pytest.raises(InvalidRequest) as error:
        release_effect(found(release=''), ReleaseRequest(
            'V1', reason='x', renamed=True), None)
    assert error.value.problems == ((
        'release', '2011 Prod has no release that could be renamed; set one '
        'by "campaign release" without --renamed.'),)


@pytest.mark.parametrize(('versions', 'told'), [
    pytest.param(['V1.0'], 0, id='renamed'),
    pytest.param(['V1', 'V1.0'], 1, id='both are there'),
    pytest.param(['V1'], 1, id='not renamed'),
    pytest.param([], 1, id='neither is there'),
])
def test_a_release_is_followed_only_if_trac_has_renamed_it(versions, told):
    given = found().snapshot.state
    wish = ReleaseRequest('V1.0', renamed=True)
    assert renaming_problems(given, wish, versions) == [(
        'release', 'Trac has not renamed the version V1 to V1.0; rename it '
        'there first, or move to V1.0 without --renamed.')] * told
    assert renaming_problems(given, replace(wish, renamed=False),
                             versions) == []


TEXT = '''
title = "T"
[lists]
sites = ["CNAF", "RAL"]
[[stage]]
key = "one"
title = "One"
description = "For {release}."
[[stage.requirement]]
key = "built"
title = "Built: {release}"
description = "{release} is built."
keywords = "{campaign}"
release_bound = true
[[stage.requirement]]
key = "site"
title = "{release} at {site}"
for_each = "sites"
release_bound = true
inputs = ["farm"]
'''


def planned():
    template = parse(TEXT)
    asked = tuple(replace(d.requirement, ticket=n, ticket_time=1)
                  for n, d in enumerate(expanded(
                      template, template.lists, campaign()), 1))
    made = replace(state((), asked), lists=template.lists,
                   groups=groups_of(template, campaign()),
                   stages=(replace(stage(1), key='one'),))
    return template, made


def decided(made):
    """The campaign of a template, of which nothing is signed."""
    return decide(Snapshot(1, 1, made, {
        r.key: TicketFacts('new', '', 'M', 1) for r in made.requirements},
        {'one': 0}), NOON)


def test_titles_that_follow_are_part_of_the_effect():
    template, made = planned()
    effect = release_effect(decided(made), ReleaseRequest(
        'V2', ('farm',), 'A patch.'), template)
    assert effect.texts == release_texts(made, template, 'V2')
    assert [m.title for m in effect.moved] == [
        'Built: V2', 'V2 at CNAF', 'V2 at RAL']
    assert [m.name for m in effect.moved][:1] == ['#1 Built: V2']
    assert effect.payload({})['titles'] == {
        'built': 'Built: V2', 'site.cnaf': 'V2 at CNAF',
        'site.ral': 'V2 at RAL', 'site': 'V2 at each site'}


def test_of_a_renamed_release_nothing_is_asked_and_titles_follow():
    template, made = planned()
    effect = release_effect(decided(made), ReleaseRequest(
        'V2', reason='As built.', renamed=True), template)
    assert {(m.fate, m.why, m.asked, m.reopened) for m in effect.moved} == {
        (Fate.STAYS, 'the release is only renamed', False, False)}
    assert [m.title for m in effect.moved][:1] == ['Built: V2']
    assert (effect.mail, effect.stages, effect.waivers) == ((), (), ())


def test_inputs_are_those_that_the_template_names():
    template, made = planned()
    before = replace(made, requirements=tuple(
        replace(r, inputs=(*r.inputs, r.item)) if r.item else r
        for r in made.requirements))
    wish = ReleaseRequest('V2', ('farm',), 'A patch.')
    assert [m.requirement for m in release_effect(
        decided(before), wish, template).moved] == list(made.requirements)
    with pytest.raises(InvalidRequest, match='rests on "cnaf"'):
        release_effect(decided(before), replace(wish, touches=('cnaf',)),
                       template)


def test_titles_and_texts_that_name_the_release_follow():
    template, made = planned()
    found_ = release_texts(made, template, 'V2')
    assert found_.titles == {
        'built': TextChange('Built: V1', 'Built: V2'),
        'site.cnaf': TextChange('V1 at CNAF', 'V2 at CNAF'),
        'site.ral': TextChange('V1 at RAL', 'V2 at RAL'),
        'site': TextChange('V1 at each site', 'V2 at each site')}
    assert found_.fields == {'built': {'description': TextChange(
        'V1 is built.', 'V2 is built.')}}
    assert found_.milestones == {'one': TextChange('For V1.', 'For V2.')}
    assert release_texts(made, None, 'V2').titles == {}


def test_a_title_that_is_not_the_templates_stays():
    template, made = planned()
    other = made.having(replace(made.requirement('built'), title='Mine'))
    other = replace(other, groups=(replace(other.groups[0], title='Ours'),))
    assert set(release_texts(other, template, 'V2').titles) == {
        'site.cnaf', 'site.ral'}


def test_a_requirement_that_the_template_lacks_keeps_its_title_and_texts():
    template, made = planned()
    built = made.requirement('built')
    other = replace(made, requirements=(
        replace(built, key='gone'), *made.requirements[1:]))
    texts = release_texts(other, template, 'V2')
    assert list(texts.titles) == ['site.cnaf', 'site.ral', 'site']
    assert texts.fields == {}


def test_titles_that_follow_the_release_are_told_for_a_renamed_one_as_well():
    template, made = planned()
    renamed = replace(
        release_effect(found(), ReleaseRequest('V2', reason='As built.',
                                               renamed=True), None),
        texts=release_texts(made, template, 'V2'))
    assert list(effect_lines(renamed, True)) == [
        'Release V1 is called V2; nothing is asked again.',
        'Title of built: Built: V2', 'Title of site.cnaf: V2 at CNAF',
        'Title of site.ral: V2 at RAL', 'Title of site: V2 at each site']
    moved = replace(release_effect(found(), PATCH, None), texts=renamed.texts)
    assert list(effect_lines(moved, False))[-2:] == [
        'Title of site: V2 at each site', 'Nothing was changed.']


def test_items_of_campaigns_of_before_are_inputs_only_where_they_are_named():
    template, made = planned()
    before = replace(made, requirements=tuple(
        replace(r, inputs=(*r.inputs, r.item)) if r.item else r
        for r in made.requirements))
    assert with_named_inputs(before, template) == made
    assert with_named_inputs(before, None) == before
    assert with_named_inputs(made, template) == made
    strange = before.having(replace(before.requirement('site.cnaf'),
                                    group='gone'))
    assert with_named_inputs(strange, template).requirement(
        'site.cnaf').inputs == ('farm', 'cnaf')


@pytest.mark.parametrize(('number', 'changed', 'kept', 'words'), [
    pytest.param(3, ['version', 'status', 'summary'], [],
                 'Release V2: A patch. What was signed for the release '
                 'before counts no more, for it names no inputs, so it rests '
                 'on everything; please look again. Follows the release: '
                 'title.', id='asked again'),
    pytest.param(5, [], ['summary', 'description'],
                 'Release V2: A patch. What was signed is carried over, for '
                 'it rests only on simulation, which the patch does not '
                 'touch. Stays, for somebody changed it by hand: '
                 'description and title.', id='carried over'),
    pytest.param(0, ['description', 'summary'], ['keywords'],
                 'Release V2: A patch. This sign-off is not bound to a '
                 'release. Follows the release: description and title. '
                 'Stays, for somebody changed it by hand: keywords.',
                 id='not bound'),
])
def test_comment_tells_what_a_move_means_for_a_ticket(number, changed, kept,
                                                      words):
    effect = release_effect(found(), PATCH, None)
    assert comment(effect, effect.moved[number], changed, kept) == words


@pytest.mark.parametrize(('reason', 'end'), [
    ('Why', 'Why.'), ('Why.', 'Why.'), ('Why!', 'Why!'), ('Why?', 'Why?'),
    (' Why ', 'Why.'), ('Why:', 'Why:.')])
def test_reason_of_a_move_ends_as_a_sentence(reason, end):
    effect = release_effect(found(()), replace(PATCH, reason=reason), None)
    assert comment(effect, effect.moved[3], [], []) == (
        f'Release V2: {end} It is not signed yet.')


def test_comment_of_the_unsigned_and_of_a_renaming():
    effect = release_effect(found(()), replace(PATCH, reason='Why'), None)
    assert comment(effect, effect.moved[3], [], []) == (
        'Release V2: Why. It is not signed yet.')
    effect = release_effect(found(), ReleaseRequest(
        'V1.0', reason='As built!', renamed=True), None)
    assert comment(effect, effect.moved[3], [], []) == (
        'Release V1 is called V1.0 now: As built!')
