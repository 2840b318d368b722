"""What each verb does to a campaign's state, and what it leaves alone."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import date

import pytest

from prodworkflow.domain.canonical_json import plain
from prodworkflow.domain.ledger.creation import NOTHING, plan_payload
from prodworkflow.domain.ledger.effects import EFFECTS, VERBS
from prodworkflow.domain.model.campaign import Change, Freeze, SiteWord
from prodworkflow.domain.model.evidence import (
    Evidence,
    EvidenceSpec,
    ValueSpec,
)
from prodworkflow.domain.model.item_list import Group
from prodworkflow.domain.model.known_issue import Concern, KnownIssue
from prodworkflow.domain.model.person import Deputy
from prodworkflow.domain.model.requirement import Objection
from prodworkflow.domain.model.signoff import Bound, SignOff, Waiver
from support.factories import (
    ASKED,
    entry,
    KEYS,
    requirement,
    signoff,
    stage,
    state,
)

FREEZE, OTHER = 'feature-freeze', 'software-quality'
DAY, LATER = date(2026, 7, 1), date(2026, 7, 14)
FROZEN = Freeze('feature-freeze')
CHANGE = Change('anna', 5, 'standard', 'haste')
PROOF = Evidence('value', 'leak', '5 kB', '0', 'old', '1')
LEAVE = Waiver('awaiting', DAY, (Bound('leak', '1', '5'),))


def after(before, verb, key=FREEZE, number=7, **payload):
    """The state after one entry more, of anna's at 1000."""
    return EFFECTS[verb](before, replace(entry(verb, key, **payload),
                                         number=number))


def freeze(**changes):
    """A campaign whose freeze, alone of its requirements, is so."""
    return state(requirements=[requirement(FREEZE, **changes), *(
        requirement(k) for k in list(ASKED)[1:])])


# What a requirement's verbs change of it: from what, by what, to what.

CHANGES = [
    pytest.param('closed-unsigned', {'seen': 9}, {}, {
        'seen': 9, 'unsigned': True}, id='closed unsigned'),
    pytest.param('reopened', {'seen': 9}, {'unsigned': True}, {
        'seen': 9, 'unsigned': False}, id='reopened'),
    pytest.param('moved-on', {'seen': 9}, {}, {'seen': 9}, id='moved on'),
    pytest.param('moved-on', {'seen': 9}, {'unsigned': True}, {
        'seen': 9, 'unsigned': True}, id='moved on, unsigned'),
    pytest.param('restored', {'seen': 9}, {'unsigned': True}, {
        'seen': 9, 'unsigned': False}, id='restored'),
    pytest.param('restored', {'seen': 9, 'unsigned': True},
                 {'unsigned': True}, {'seen': 9, 'unsigned': True},
                 id='restored inside a waiver'),
    pytest.param('objected', {'statement': 'No.', 'seen': 9},
                 {'unsigned': True}, {
        'seen': 9, 'unsigned': True,
        'objection': Objection('anna', 1000, 'No.', 7)}, id='objected'),
    pytest.param('answered', {'statement': 'Yes.', 'seen': 9},
                 {'objection': Objection('eve', 5, 'No.', 3)}, {
        'seen': 9, 'objection': None}, id='answered'),
    pytest.param('answered', {'statement': 'Yes.'},
                 {'objection': Objection('eve', 5, 'No.', 3)},
                 {'objection': None}, id='answered, ticket open'),
    pytest.param('ticket-replaced', {'ticket': 9, 'ticket_time': 5},
                 {'objection': Objection('eve', 5, 'No.', 3)},
                 {'ticket': 9, 'ticket_time': 5, 'seen': 5, 'since': 7,
                  'objection': None}, id='objected, ticket replaced'),
    pytest.param('ticket-missing', {}, {}, {'ticket': None},
                 id='ticket missing'),
    pytest.param('ticket-replaced', {'ticket': 9, 'ticket_time': 5},
                 {'ticket': None, 'unsigned': True},
                 {'ticket': 9, 'ticket_time': 5, 'seen': 5, 'since': 7,
                  'unsigned': False}, id='ticket replaced'),
    pytest.param('contacts-changed', {
        'contacts': ['bruno', '@physics'], 'quorum': 2, 'was': 'anna',
        'reason': 'holidays', 'seen': 9, 'deputies': [
            plain(Deputy('dora', 'bruno', DAY, LATER))]}, {}, {
        'contacts': ('bruno', '@physics'), 'quorum': 2, 'seen': 9,
        'deputies': (Deputy('dora', 'bruno', DAY, LATER),),
        'changed': Change('anna', 1000, 'anna', 'holidays')},
        id='contacts changed'),
    pytest.param('contacts-changed', {
        'contacts': [], 'quorum': 1, 'was': 'anna', 'reason': 'nobody left',
        'deputies': []}, {'seen': 3}, {
        'contacts': (), 'changed': Change('anna', 1000, 'anna',
                                          'nobody left')},
        id='contacts changed, ticket untouched'),
]


@pytest.mark.parametrize(('verb', 'payload', 'was', 'now'), CHANGES)
def test_a_requirement_is_changed_alone(verb, payload, was, now):
    assert after(freeze(**was), verb, **payload) == freeze(**{**was, **now})


SAID = [
    pytest.param('approved', {}, False, id='approved'),
    pytest.param('approved', {'waited': 0}, False, id='approved at once'),
    pytest.param('rejected', {}, False, id='rejected'),
    pytest.param('withdrawn', {}, False, id='withdrawn'),
    pytest.param('reported', {'evidence': [plain(PROOF)]}, True,
                 id='reported'),
    pytest.param('waived', {'waiver': plain(LEAVE)}, True, id='waived'),
    pytest.param('approved', {'waiver': plain(replace(
        LEAVE, reason='closed-unsigned'))}, True,
        id='an unsigned closing stays so inside its waiver'),
]


@pytest.mark.parametrize(('verb', 'payload', 'unsigned'), SAID)
def test_verdict_is_kept_and_accounts_for_the_closing_of_its_ticket(
        verb, payload, unsigned):
    """Evidence and leave alone account for none."""
    said = {'role': 'deputy', 'statement': 'Fine.', 'contact': 'bruno',
            'seen': 9, **payload}
    found = after(freeze(unsigned=True), verb, **said)
    waiver = payload.get('waiver')
    assert found.signoffs == (SignOff(
        7, FREEZE, verb, 'anna', 'deputy', 'V1', 1000, 'Fine.', 'bruno',
        (PROOF,) if payload.get('evidence') else (),
        Waiver.of(waiver) if waiver else None, payload.get('waited')),)
    assert found.requirements == freeze(
        unsigned=unsigned, seen=9).requirements


def test_waiver_for_an_unsigned_closing_marks_it_unsigned():
    leave = plain(replace(LEAVE, reason='closed-unsigned'))
    found = after(freeze(), 'waived', role='administrator', statement='',
                  waiver=leave)
    assert found.requirement(FREEZE).unsigned is True
    assert found.requirement(FREEZE).seen == requirement(FREEZE).seen


def test_sign_offs_are_kept_in_the_order_of_their_entries():
    first = after(state(), 'approved', role='contact', statement='')
    found = after(first, 'rejected', OTHER, 8, role='contact', statement='')
    assert [(s.number, s.requirement, s.verdict) for s in found.signoffs] == [
        (7, FREEZE, 'approved'), (8, OTHER, 'rejected')]


@pytest.mark.parametrize(('role', 'contact'), [
    pytest.param('contact', 'anna', id='contact'),
    pytest.param('administrator', '', id='administrator'),
    pytest.param('anyone', '', id='anyone')])
def test_entries_from_before_deputies_name_the_contact_by_role(role, contact):
    found = after(state(), 'approved', role=role, statement='')
    assert found.signoffs[0].contact == contact


CAMPAIGN = [
    pytest.param('held', {'reason': 'crashes'}, {}, {
        'held_since': 1000, 'held_by': 'anna', 'held_because': 'crashes'},
        id='held'),
    pytest.param('resumed', {'reason': 'mended'}, {
        'held_since': 5, 'held_by': 'eve', 'held_because': 'crashes'}, {
        'held_since': 0, 'held_by': '', 'held_because': ''}, id='resumed'),
    pytest.param('launched', {'reason': ''}, {}, {
        'launched': 1000, 'phase': 'launched'}, id='launched'),
    pytest.param('closed', {'reason': 'done'}, {}, {'phase': 'closed'},
                 id='closed'),
    pytest.param('abandoned', {'reason': 'no money'}, {},
                 {'phase': 'abandoned'}, id='abandoned'),
    pytest.param('enforcement-changed', {
        'enforcement': 'advisory', 'reason': 'haste'}, {}, {
        'enforcement': 'advisory',
        'changed': Change('anna', 1000, 'standard', 'haste')},
        id='enforcement changed'),
    pytest.param('enforcement-changed', {
        'enforcement': 'strict', 'reason': 'care'}, {
        'enforcement': 'advisory', 'changed': CHANGE}, {
        'enforcement': 'strict',
        'changed': Change('anna', 1000, 'standard', 'care')},
        id='enforcement changed again'),
    pytest.param('enforcement-changed', {
        'enforcement': 'standard', 'reason': 'enough'}, {
        'enforcement': 'advisory', 'changed': CHANGE}, {
        'enforcement': 'standard', 'changed': None},
        id='enforcement as it was at first'),
    pytest.param('enforcement-changed', {
        'enforcement': 'standard', 'reason': 'nothing'}, {}, {},
        id='enforcement as it is'),
    pytest.param('freeze-changed', {
        'types': ['bug', 'task'], 'priority': 'P1'}, {'freeze': FROZEN}, {
        'freeze': Freeze('feature-freeze', ('bug', 'task'), 'P1')},
        id='freeze changed'),
    pytest.param('word-renamed', {
        'field': 'type', 'was': 'defect', 'word': 'bug'}, {
        'freeze': Freeze('feature-freeze', ('defect', 'task'))}, {
        'freeze': Freeze('feature-freeze', ('bug', 'task')),
        'words': (SiteWord('type', 'defect', 'bug'),)},
        id='type of the freeze renamed'),
    pytest.param('word-renamed', {
        'field': 'type', 'was': 'critical', 'word': 'bug'},
        {'freeze': FROZEN}, {'words': (SiteWord('type', 'critical', 'bug'),)},
        id='type of another name renamed'),
    pytest.param('word-renamed', {
        'field': 'priority', 'was': 'critical', 'word': 'P1'},
        {'freeze': FROZEN}, {
        'freeze': Freeze('feature-freeze', ('defect',), 'P1'),
        'words': (SiteWord('priority', 'critical', 'P1'),)},
        id='priority of the freeze renamed'),
    pytest.param('word-renamed', {
        'field': 'priority', 'was': 'major', 'word': 'P2'},
        {'freeze': FROZEN},
        {'words': (SiteWord('priority', 'major', 'P2'),)},
        id='another priority renamed'),
    pytest.param('word-renamed', {
        'field': 'resolution', 'was': 'critical', 'word': 'P2'},
        {'freeze': FROZEN},
        {'words': (SiteWord('resolution', 'critical', 'P2'),)},
        id='resolution renamed'),
    pytest.param('word-renamed', {
        'field': 'type', 'was': 'defect', 'word': 'bug'}, {}, {
        'words': (SiteWord('type', 'defect', 'bug'),)},
        id='type renamed, no freeze'),
]


@pytest.mark.parametrize(('verb', 'payload', 'was', 'now'), CAMPAIGN)
def test_a_campaign_is_changed_alone(verb, payload, was, now):
    assert after(state(**was), verb, '', **payload) == state(**{**was, **now})


def test_a_release_voids_what_it_touches_and_carries_over_the_rest():
    asked = [requirement(k, release_bound=True, carried=('V0',))
             for k in list(ASKED)[:4]]
    found = after(state((), asked), 'released', '', release='V2',
                  reason='a patch', touches=['emc'], stale=[FREEZE, OTHER],
                  carried=['resources-estimate'],
                  seen={FREEZE: 9, 'resources-estimate': 8,
                        'release-validated': 6})
    assert found == state((), [
        replace(asked[0], stale=7, carried=(), seen=9),
        replace(asked[1], stale=7, carried=()),
        replace(asked[2], carried=('V0', 'V1'), seen=8),
        replace(asked[3], seen=6)], release='V2', released=7)


def test_a_release_that_names_the_waivers_that_lapse_voids_no_others():
    found = after(state((), [requirement(FREEZE, release_bound=True)],
                        released=3), 'released', '', release='V2',
                  reason='a patch', stale=[FREEZE], carried=[], seen={},
                  waivers=[5])
    assert found.campaign.released == 3
    assert found.requirement(FREEZE).stale == 7


def test_titles_follow_a_release():
    asked = [requirement(k) for k in list(ASKED)[:2]]
    group = Group('sites', 'software-preparation', 'V1 at each site', 'sites')
    other = replace(group, key='farms')
    found = after(replace(state((), asked), groups=(group, other)),
                  'released', '',
                  release='V2', stale=[], carried=[], seen={},
                  titles={FREEZE: 'Freeze of V2', 'sites': 'V2 at each site'})
    assert found.requirement(FREEZE).title == 'Freeze of V2'
    assert found.requirement(OTHER) == asked[1]
    assert found.groups == (replace(group, title='V2 at each site'), other)


def test_a_renamed_release_voids_nothing():
    bound = requirement(FREEZE, release_bound=True, carried=('V0',), stale=4)
    other = requirement(OTHER)
    signed = [signoff(5), signoff(6, release='V0')]
    found = after(state(signed, [bound, other], released=3),
                  'release-renamed', '', release='V1.0', was='V1',
                  reason='As it was built.', titles={OTHER: 'Built'})
    assert found == state(signed, [
        replace(bound, carried=('V0', 'V1')), replace(other, title='Built')],
                          release='V1.0', released=3)


def test_a_release_is_carried_over_once():
    asked = requirement(FREEZE, carried=('V1', 'V0'))
    found = after(state((), [asked]), 'released', '', release='V2', stale=[],
                  carried=[FREEZE], seen={})
    assert found.requirements == (replace(asked, carried=('V1', 'V0')),)


MOVED = [
    pytest.param('2026-07-06', '2026-06-29', {}, Change(
        'anna', 1000, '2026-06-29', 'the magnet'), id='moved'),
    pytest.param('2026-07-06', '2026-07-01', {'moved': replace(
        CHANGE, was='2026-06-29')}, Change(
        'anna', 1000, '2026-06-29', 'the magnet'), id='moved again'),
    pytest.param('2026-06-29', '2026-07-06', {'moved': replace(
        CHANGE, was='2026-06-29')}, None, id='moved back'),
    pytest.param('2026-07-06', '', {'start': None}, None,
                 id='planned at last'),
    pytest.param('', '2026-06-29', {}, Change(
        'anna', 1000, '2026-06-29', 'the magnet'), id='planned no more'),
]


@pytest.mark.parametrize(('to', 'was', 'before', 'moved'), MOVED)
def test_a_start_moves_with_the_days_of_its_stages(to, was, before, moved):
    """It keeps what was planned first, as long as it is another day."""
    found = after(state(**before), 'rescheduled', '', start=to, was=was,
                  reason='the magnet', by_hand={},
                  stages={KEYS[0]: '2026-06-08', KEYS[2]: ''})
    assert found.campaign == replace(
        state(**before).campaign, moved=moved,
        start=date.fromisoformat(to) if to else None)
    assert found.stages == (stage(1, due=date(2026, 6, 8)), stage(2),
                            stage(3, due=None))


STAGES = [
    pytest.param('stage-closed', {'closed': True}, id='closed'),
    pytest.param('stage-reopened', {'closed': False}, id='reopened'),
    pytest.param('stage-reopened', {'closed': False, 'reopened': True},
                 id='reopened by the rules'),
    pytest.param('milestone-missing', {'closed': False},
                 id='milestone missing'),
    pytest.param('stage-renamed', {'milestone': 'M'}, id='renamed'),
]


@pytest.mark.parametrize('closed', [False, True])
@pytest.mark.parametrize(('verb', 'now'), STAGES)
def test_a_stage_is_changed_alone(verb, now, closed):
    stages = [stage(n, closed=closed and n == 2) for n in (1, 2, 3)]
    before = replace(state(), stages=tuple(stages))
    stages[1] = replace(stages[1], **now)
    said = {'by_rules': True} if now.get('reopened') else {}
    found = after(before, verb, '', stage=KEYS[1], milestone='M', **said)
    assert found == replace(before, stages=tuple(stages))


@pytest.mark.parametrize('verb', ['stage-closed', 'stage-reopened',
                                  'milestone-missing'])
def test_whoever_closes_or_opens_a_stage_takes_it_from_the_rules(verb):
    before = replace(state(), stages=(
        stage(1), stage(2, reopened=True), stage(3)))
    found = after(before, verb, '', stage=KEYS[1])
    assert found.stages[1] == stage(2, closed=verb == 'stage-closed')


@pytest.mark.parametrize(('phase', 'then'), [
    pytest.param('underway', 'over', id='under way'),
    pytest.param('over', 'over', id='over'),
    pytest.param('launched', 'launched', id='launched'),
    pytest.param('closed', 'closed', id='closed')])
def test_the_last_stage_ends_what_was_not_launched(phase, then):
    before = replace(state(phase=phase), stages=tuple(
        stage(n, closed=n != 2) for n in (1, 2, 3)))
    found = after(before, 'stage-closed', '', stage=KEYS[1])
    assert found.campaign.phase == then
    back = after(found, 'stage-reopened', '', stage=KEYS[0])
    assert back.campaign.phase == ('underway' if then == 'over' else then)


def test_an_approval_answers_an_objection():
    opposed = freeze(objection=Objection('eve', 5, 'No.', 3))
    said = {'role': 'contact', 'statement': 'Fine.', 'contact': 'anna'}
    assert not after(opposed, 'approved', **said).requirements[0].objection
    for verb in ('rejected', 'withdrawn', 'reported'):
        assert after(opposed, verb, **said).requirements[0].objection


NOTED = Concern(9, 'anna', 1000, 'Crash', 7)
TOLD = Concern(1, 'anna', 1000, 'It crashes.', 7, FREEZE)


def test_what_others_find_after_the_launch_is_kept_as_a_concern():
    found = after(state(), 'ticket-noted', '', stage='pre-production',
                  ticket=9, seen=3, statement='Crash')
    assert found == replace(state(), concerns=(NOTED,))
    again = after(found, 'ticket-noted', '', 8, stage='pre-production',
                  ticket=9, seen=3, statement='Crash')
    assert again.concerns == (replace(NOTED, number=8),)
    refused = after(found, 'reopening-refused', ticket=1, role='anyone',
                    statement='It crashes.')
    assert refused.concerns == (NOTED, TOLD)
    assert refused.requirements == state().requirements
    back = after(state(), 'reopening-refused', ticket=1, role='anyone',
                 statement='It crashes.', seen=9)
    assert (back.requirements[0].seen, back.concerns) == (9, (TOLD,))


def test_a_noted_ticket_may_be_without_a_word():
    found = after(state(), 'ticket-noted', '', stage='pre-production',
                  ticket=9)
    assert found.concerns == (replace(NOTED, words=''),)


def test_each_person_may_have_an_objection_to_a_ticket_told():
    first = replace(state(), concerns=(replace(TOLD, by='eve'), TOLD))
    found = after(first, 'reopening-refused', FREEZE, 8, ticket=1,
                  role='anyone', statement='Again.')
    assert found.concerns == (replace(TOLD, by='eve'), replace(
        TOLD, words='Again.', number=8))


def test_toleration_of_a_ticket_takes_the_place_of_the_one_before():
    other = KnownIssue(8, 'dora', 'Small.', DAY, 500, 3)
    before = replace(state(), known_issues=(
        KnownIssue(9, 'dora', 'Rare.', DAY, 500, 4), other))
    found = after(before, 'tolerated', '', ticket='9', stage='',
                  until='2026-07-14', reason='Cosmetic.')
    assert found == replace(state(), known_issues=(
        other, KnownIssue(9, 'anna', 'Cosmetic.', LATER, 1000, 7)))
    assert after(found, 'toleration-ended', '', ticket='9',
                 reason='').known_issues == (other,)


@pytest.mark.parametrize('kept', [(), ('anna', '')])
def test_contacts_are_replaced_with_what_is_kept_of_theirs(kept):
    more = {'kept': list(kept)} if kept else {}
    found = after(freeze(kept=('eve',), seen=5), 'contacts-changed',
                  contacts=['bruno'], quorum=2, was='anna', reason='So.',
                  deputies=[], **more)
    assert found.requirements[0] == requirement(
        FREEZE, contacts=('bruno',), quorum=2, kept=kept, seen=5,
        changed=Change('anna', 1000, 'anna', 'So.'))


@pytest.mark.parametrize('verb', ['ticket-entered', 'ticket-left'])
def test_noted_ticket_counts_again_once_it_left_or_was_brought_in(verb):
    before = replace(state(), concerns=(NOTED, TOLD))
    assert after(before, verb, '', ticket=9).concerns == (TOLD,)
    assert after(before, verb, '', ticket=1) is before


def test_resuming_forgets_who_wanted_to_reopen_and_keeps_noted_tickets():
    before = replace(state(), concerns=(NOTED, TOLD))
    assert after(before, 'resumed', '', reason='').concerns == (NOTED,)


def test_removed_campaign_keeps_its_name():
    assert after(state(), 'removed', '') == replace(
        NOTHING, campaign=replace(state().campaign, phase='removed'))


@pytest.mark.parametrize('verb', [
    'milestone-restored', 'ticket-moved', 'ticket-entered', 'ticket-left',
    'ticket-turned-away', 'refused'])
def test_verbs_kept_for_the_history_alone_leave_the_state_as_it_is(verb):
    before = state()
    assert after(before, verb) is before


# A plan, and what older plugins wrote of one.

FULL = replace(
    state(requirements=[requirement(
        FREEZE, deputies=(Deputy('dora', 'anna', DAY, LATER),),
        separate_from=OTHER, inputs=('emc', 'dch'), carried=('V0',),
        asks=EvidenceSpec((ValueSpec('leak', 'Leak', 'kB'),), ('phi',), ('web',
                          )),
        changed=CHANGE), requirement(OTHER)],
        freeze=Freeze(FREEZE, ('defect', 'task'), 'blocker'),
        changed=CHANGE, moved=replace(CHANGE, was='2026-06-01')),
    stages=(stage(1), stage(2, due=None), stage(3)))


def written(before, text='[campaign]'):
    return json.loads(json.dumps(plan_payload(before, text)))


def test_a_plan_reads_back_whole():
    assert after(NOTHING, 'created', '', **written(FULL)) == FULL
    bare = replace(state(start=None), requirements=(
        requirement(FREEZE, contacts=()),))
    assert after(NOTHING, 'created', '', **written(bare)) == bare


def test_a_plan_keeps_the_template_it_was_made_from():
    assert written(FULL)['template'] == '[campaign]'
    assert plan_payload(FULL)['template'] == ''
    assert plan_payload(FULL, like='2010 Prod')['like'] == '2010 Prod'
    assert set(written(FULL)) == {'campaign', 'stages', 'requirements',
                                  'lists', 'groups', 'template'}


FIRST_FIELDS = {
    'campaign': ('name', 'template', 'release', 'start', 'enforcement',
                 'phase'),
    'requirement': ('key', 'stage', 'title', 'ticket', 'ticket_time',
                    'contacts', 'quorum', 'release_bound', 'seen', 'since',
                    'unsigned'),
}


def test_a_plan_of_the_first_release_is_read():
    """Its entries know fewer fields; the rest is as nobody had asked."""
    data = written(state())
    data['campaign'] = {k: data['campaign'][k]
                        for k in FIRST_FIELDS['campaign']}
    data['requirements'] = [
        {k: r[k] for k in FIRST_FIELDS['requirement']}
        for r in data['requirements']]
    assert after(NOTHING, 'created', '', **data) == state()


def test_a_campaign_is_created_once_only():
    with pytest.raises(ValueError, match='created once') as error:
        after(state(), 'created', '', **written(state()))
    assert str(error.value) == 'a campaign is created once'


def test_every_field_of_a_plan_is_in_its_entry():
    data = written(FULL)
    assert set(data['campaign']) == {f.name for f in fields(FULL.campaign)}
    assert tuple(EFFECTS) == VERBS


def test_freeze_that_a_campaign_lacks_cannot_be_changed():
    with pytest.raises(ValueError, match='has no freeze') as error:
        after(state(), 'freeze-changed', types=['bug'], priority='P1')
    assert str(error.value) == 'the campaign has no freeze'


@pytest.mark.parametrize(('kept', 'persons'), [
    ({'persons': ['anna', 'dora']}, ('anna', 'dora')), ({}, ())])
def test_a_sign_off_keeps_for_whom_it_counts(kept, persons):
    found = EFFECTS['approved'](state(), entry(
        'approved', FREEZE, role='contact', contact='anna', statement='Ok.',
        **kept))
    assert found.signoffs[-1].persons == persons
