"""What others changed since a form was made, field by field."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain import ledger
from prodworkflow.domain.ledger import creation
from prodworkflow.domain.ledger.fields import label_of, value_of
from prodworkflow.domain.ledger.meanwhile import (
    changed_meanwhile,
    FieldChange,
    revision_of,
    since,
    state_at,
)
from prodworkflow.domain.model.evidence import (
    Evidence,
    EvidenceSpec,
    FileFact,
    ValueSpec,
)
from prodworkflow.domain.model.item_list import Item, ItemList
from prodworkflow.domain.model.known_issue import KnownIssue
from prodworkflow.domain.model.signoff import Waiver
from support.factories import chain, entry, requirement, signoff, state

CONTACT, QUORUM = 'contact:feature-freeze', 'quorum:feature-freeze'


def by(actor, revision, made):
    return replace(made, actor=actor,
                   payload={'revision': revision, **made.payload})


def contacts(actor, revision, *names, quorum=1, reason='So.'):
    return by(actor, revision, entry(
        'contacts-changed', 'feature-freeze', contacts=list(names),
        deputies=[], quorum=quorum, was='anna', reason=reason))


def enforcement(actor, revision, word):
    return by(actor, revision, entry(
        'enforcement-changed', enforcement=word, was='', reason='Why.'))


def test_an_entry_from_before_revisions_came_before_all_forms():
    assert [revision_of(e) for e in chain(
        entry('held', reason='x'), contacts('anna', 7, 'bruno'),
        entry('held', reason='x', revision='x'))] == [0, 0, 7, 0]


def test_what_came_after_a_revision_leaves_its_own_entries_out():
    entries = chain(contacts('anna', 3, 'bruno'), contacts('anna', 4, 'dora'),
                    contacts('anna', 5, 'eve'))
    assert [[e.number for e in since(entries, n)] for n in (3, 4, 5)] == [
        [3, 4], [4], []]


def test_the_state_that_a_form_was_made_from_is_that_of_its_revision():
    entries = chain(contacts('anna', 3, 'bruno'), contacts('anna', 5, 'dora'))
    told = [state_at(entries, n).requirement('feature-freeze').contacts
            for n in (1, 3, 4, 5)]
    assert told == [('anna',), ('bruno',), ('bruno',), ('dora',)]


def test_only_the_fields_that_others_changed_are_told_with_their_names():
    entries = chain(contacts('carl', 4, 'anna', quorum=2),
                    enforcement('dora', 5, 'strict'))
    found = changed_meanwhile(entries, 3, [CONTACT, QUORUM, 'enforcement'])
    assert {k: (c.was, c.now, c.by, c.why) for k, c in found.items()} == {
        QUORUM: ('1', '2', ('carl',), 'So.'),
        'enforcement': ('standard', 'strict', ('dora',), 'Why.')}
    assert str(found[QUORUM].words('3')) == (
        'the quorum of #1 Feature Freeze is “2” now, not “1”: changed by '
        'carl, “So.”; typed was “3”')


def test_what_was_changed_before_the_form_was_made_is_not_told():
    entries = chain(contacts('carl', 4, 'anna', quorum=2))
    assert changed_meanwhile(entries, 4, [QUORUM]) == {}


def test_what_was_changed_and_put_back_is_as_it_was():
    entries = chain(contacts('carl', 4, 'bruno'), contacts('dora', 5, 'anna'))
    assert changed_meanwhile(entries, 3, [CONTACT]) == {}


def test_all_who_changed_a_field_are_named_once():
    entries = chain(contacts('carl', 4, 'bruno'), contacts('dora', 5, 'eve'),
                    contacts('carl', 6, 'fred', reason=''))
    found = changed_meanwhile(entries, 3, [CONTACT])[CONTACT]
    assert (found.was, found.now, found.by, found.why) == (
        'anna', 'fred', ('carl', 'dora'), '')
    assert str(found.words()) == (
        'the contacts of #1 Feature Freeze is “fred” now, not “anna”: '
        'changed by carl and dora')


def test_a_ledger_that_cannot_be_read_is_an_error():
    with pytest.raises(ledger.LedgerError):
        changed_meanwhile(chain(by('x', 4, entry('sung'))), 3, [CONTACT])


LOW = Evidence('plot', 'pt: low', 'low.png', 'd' * 64)
PLOT = Evidence('plot', 'pt', 'new.png', 'a' * 64, 'old.png', 'b' * 64)
SIZE = Evidence('value', 'size', '5 GB', 'c' * 64)
ASKING = requirement('software-quality', asks=EvidenceSpec(
    (ValueSpec('size', 'Size', 'GB', compare_with='feature-freeze'),),
    ('pt',), ('page',)))
GIVEN = replace(
    state((signoff(2, evidence=(SIZE,)),
           signoff(3, 'software-quality', 'reported', evidence=(PLOT, LOW)),
           signoff(4, verdict='waived', waiver=Waiver('stale', date.max))),
          (requirement('feature-freeze', contacts=()), ASKING)),
    lists=(ItemList('sites', (Item('cnaf', 'CNAF', '2'),
                              Item('ral', 'RAL', ''),
                              Item('de:kit', 'KIT', ''))),),
    known_issues=(KnownIssue(8, 'anna', 'Small.', date(2026, 7, 1), 1, 9),),
    dropped=(requirement('physics-results'),))


@pytest.mark.parametrize(('field', 'label', 'value'), [
    ('enforcement', 'the enforcement', 'standard'),
    ('start', 'the planned start', '2026-06-29'),
    ('release', 'the release', 'V1'),
    ('phase', 'the phase of the campaign', 'underway'),
    ('hold', 'the hold', 'not on hold'),
    ('waivers', 'the waivers', 'those of entries 4'),
    ('known-issues', 'the known issues', '#8 until 2026-07-01 (entry 9)'),
    ('known-issue:8', 'the known issue #8', '#8 until 2026-07-01 (entry 9)'),
    ('known-issue:7', 'the known issue #7', 'none'),
    ('left-out', 'what dropped out', 'Physics results ok'),
    ('item:sites:cnaf', '“cnaf” of sites', 'CNAF (2)'),
    ('item:sites:ral', '“ral” of sites', 'RAL'),
    ('item:sites:kit', '“kit” of sites', 'none'),
    ('item:sites:de:kit', '“de:kit” of sites', 'KIT'),
    ('contact:feature-freeze', 'the contacts of #1 Feature Freeze', 'none'),
    ('deputies:feature-freeze', 'the deputies of #1 Feature Freeze', 'none'),
    ('quorum:feature-freeze', 'the quorum of #1 Feature Freeze', '1'),
    ('quorum:lost', 'the quorum of lost', 'none'),
    ('given:software-quality:pt', 'pt of #2 Software quality ok',
     'new.png and old.png (aaaaaaaaaaaa, bbbbbbbbbbbb)'),
    ('given:software-quality:pt: low', 'pt: low of #2 Software quality ok',
     'low.png (dddddddddddd)'),
    ('given:software-quality:page', 'page of #2 Software quality ok', 'none'),
    ('given:feature-freeze:size', 'size of #1 Feature Freeze', '5 GB'),
    ('estimate:software-quality:size',
     'the estimate for size of #2 Software quality ok', '5 GB'),
    ('estimate:software-quality:pt',
     'the estimate for pt of #2 Software quality ok', 'none'),
])
def test_each_field_has_a_name_and_a_value_in_words(field, label, value):
    assert (label_of(GIVEN, field), value_of(GIVEN, field)) == (label, value)


def test_nothing_planned_waived_or_tolerated_is_none():
    bare = state(start=None, release='')
    assert {value_of(bare, f) for f in (
        'start', 'release', 'waivers', 'known-issues', 'left-out')} == {
            'none'}


def test_two_holds_of_one_person_for_one_reason_are_two():
    one, two = (value_of(state(held_since=n * 10**6, held_by='anna',
                               held_because='Stop.'), 'hold')
                for n in (5, 6))
    assert one == ('on hold since 1970-01-01T00:00:05+00:00 by anna: Stop')
    assert two != one


@pytest.mark.parametrize(('digest', 'told'), [('d' * 64, 'dddddddddddd'),
                                              ('', 'gone')])
def test_a_plot_whose_file_was_replaced_is_another_one(digest, told):
    changed = GIVEN.having(replace(ASKING,
                                   files=(FileFact('new.png', digest),)))
    assert value_of(changed, 'given:software-quality:pt') == (
        f'new.png and old.png (aaaaaaaaaaaa, bbbbbbbbbbbb, {told})')


@pytest.mark.parametrize('field', ['waivers', 'known-issues', 'left-out',
                                   'estimate:software-quality:size'])
def test_of_what_may_rest_on_hidden_tickets_no_value_is_told(field):
    label = label_of(GIVEN, field)
    entries = chain(enforcement('x', 2, 'strict'))
    assert changed_meanwhile(entries, 1, [field]) == {}
    assert FieldChange(label, 'secret', 'more', ('eve',), 'why',
                       False).words('typed') == (
        f'{label}: not what the form has shown; look at it again')


def test_a_changed_toleration_is_told_without_its_ticket():
    entries = chain(by('carl', 4, entry(
        'tolerated', ticket=8, until='2026-07-01', reason='Small.',
        stage='')))
    found = changed_meanwhile(entries, 3, ['known-issues'])['known-issues']
    assert '#8' not in found.words()
    assert found.now == '#8 until 2026-07-01 (entry 2)'


def test_a_reported_estimate_is_told_with_its_statement_not_its_value():
    asked = replace(state((), [requirement('feature-freeze'), ASKING]),
                    lists=())
    first = entry('created', **creation.plan_payload(asked))
    said = by('carl', 4, entry(
        'reported', 'feature-freeze', role='contact', seen=1,
        statement=' Measured\n again. ', evidence=[{
            'kind': 'value', 'name': 'size', 'text': '6 GB', 'digest': '0',
            'reference': '', 'reference_digest': ''}]))
    given, estimate = ('given:feature-freeze:size',
                       'estimate:software-quality:size')
    found = changed_meanwhile([first, replace(said, number=2)], 3,
                              [given, estimate])
    assert found == {
        given: FieldChange('size of #1 Feature Freeze', 'none', '6 GB',
                           ('carl',), 'Measured again.', True),
        estimate: FieldChange(
            'the estimate for size of #2 Software quality ok', 'none', '6 GB',
            ('carl',), 'Measured again.', False)}
