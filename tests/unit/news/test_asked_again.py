"""Asked again: what was signed and counts no more, and why."""

from __future__ import annotations

import pytest

from prodworkflow.domain.model.person import Deputy
from prodworkflow.domain.model.requirement import Objection
from prodworkflow.domain.model.signoff import with_bases
from prodworkflow.domain.news.kinds.asked_again import again_notices
from prodworkflow.domain.news.notices import Kind
from prodworkflow.domain.rules.bases import basis_of
from prodworkflow.domain.rules.gates import decide
from support.changes import changed, NOW, said, signed, standing, TODAY, trac
from support.factories import requirement, signoff

FREEZE, QUALITY = 'feature-freeze', 'software-quality'
VALIDATED, RUNTIME = 'release-validated', 'runtime-performance'
REST = [requirement(QUALITY, contacts=('bruno',)), requirement(VALIDATED),
        requirement(RUNTIME)]


def asked(**changes):
    return [requirement(FREEZE, **changes), *REST]


def patched(keys=(FREEZE,), by='anna', known=None, deputies=(), **changes):
    """The campaign on V2, for which the first requirement is stale."""
    return standing(
        asked(release_bound=True, stale=40, **changes),
        [signoff(n, k, signer=by) for n, k in enumerate(keys, 2)],
        release='V2', known=known, deputies=deputies)


RELEASED = said('released', by='root', reason='A patch.')
SIGNED = signed(asked(release_bound=True), FREEZE)
GONE = {k: v for k, v in SIGNED.tickets.items() if k != FREEZE}
TWO = {'contacts': ('anna', 'carlo'), 'quorum': 2}


def again(change):
    found = list(again_notices(change))
    assert all(n.kind is Kind.AGAIN for n in found)
    return [(n.line.requirement, n.contacts) for n in found]


@pytest.mark.parametrize(('before', 'after', 'entries', 'people'), [
    pytest.param(SIGNED, patched(), [RELEASED], [('anna',)], id='patch'),
    pytest.param(SIGNED, patched(deputies=(
        Deputy('eve', 'anna', TODAY, TODAY),)), [RELEASED], [('eve',)],
        id='patch, and the contact is away'),
    pytest.param(SIGNED, patched(known=trac('anna')), [RELEASED], [()],
                 id='patch, and Trac refuses the contact'),
    pytest.param(standing(asked(release_bound=True)), patched(()),
                 [RELEASED], [], id='patch of what was not signed'),
    pytest.param(
        signed(asked(release_bound=True, **TWO), FREEZE),
        patched(**TWO), [RELEASED], [('anna', 'carlo')],
        id='patch of what one of two had signed'),
    pytest.param(SIGNED, SIGNED, [RELEASED], [], id='patch carried over'),
    pytest.param(None, SIGNED, [], [], id='creation'),
    pytest.param(SIGNED, standing(REST), [said('item-dropped')], [],
                 id='dropped'),
    pytest.param(
        SIGNED, standing(asked(objection=Objection('eve', NOW, 'No.', 40)),
                         [signoff(2)], [FREEZE]),
        [said('objected', FREEZE, 'eve', statement='No.')], [('anna',)],
        id='objection'),
    pytest.param(
        signed(asked(**TWO), FREEZE), standing(
            asked(objection=Objection('eve', NOW, 'No.', 40), **TWO),
            [signoff(2)], [FREEZE]),
        [said('objected', FREEZE, 'eve', statement='No.')],
        [('carlo',)], id='objection to what one of two had signed'),
    pytest.param(
        SIGNED, standing(asked(), [signoff(2), signoff(
            3, verdict='withdrawn')]),
        [said('withdrawn', FREEZE, 'anna')], [],
        id='a withdrawal is told as such'),
    pytest.param(
        signed(asked(), FREEZE), signed(asked(**TWO), FREEZE),
        [said('contacts-changed', FREEZE, reason='More.')], [('carlo',)],
        id='another one has to sign, too'),
    pytest.param(
        signed(asked(), FREEZE), signed(asked(contacts=('carlo',)), FREEZE,
                                        by='anna'),
        [said('contacts-changed', FREEZE, reason='More.')], [('carlo',)],
        id='another contact signs instead'),
    pytest.param(
        SIGNED, standing(asked(since=40, ticket=1), [signoff(2)]),
        [said('ticket-replaced', FREEZE, ticket=1)], [('anna',)],
        id='a new ticket for what was signed'),
    pytest.param(
        standing(asked(), [signoff(2)], tickets=GONE),
        standing(asked(since=40, ticket=1), [signoff(2)]),
        [said('ticket-replaced', FREEZE, ticket=1)], [('anna',)],
        id='a new ticket for what was signed and gone'),
    pytest.param(
        standing(asked()), standing(asked(since=40, ticket=1)),
        [said('ticket-replaced', FREEZE, ticket=1)], [],
        id='a new ticket for what was not'),
    pytest.param(
        SIGNED, standing(asked(), [signoff(2)], tickets=GONE),
        [said('ticket-missing', FREEZE)], [], id='its ticket is gone'),
])
def test_who_can_help_is_told_of_what_is_asked_again(before, after, entries,
                                                     people):
    assert again(changed(before, after, *entries)) == [
        (FREEZE, each) for each in people]


def test_what_rests_on_something_that_was_rejected_is_asked_again():
    resting = [*asked()[:1], requirement(QUALITY, contacts=('bruno',),
                                         rests_on=(FREEZE,)), *REST[1:]]
    first = signed(resting, FREEZE)
    given = with_bases(
        signoff(3, QUALITY, signer='bruno', basis=()), basis_of(
            decide(first, NOW).answer(QUALITY).bases))
    before = signed(resting, FREEZE, signoffs=[given], closed=[QUALITY])
    after = standing(resting, [*before.state.signoffs, signoff(
        9, verdict='rejected')], [QUALITY])
    notice, = again_notices(changed(before, after, said(
        'rejected', FREEZE, 'anna', statement='It leaks.')))
    assert notice.line.requirement == QUALITY
    assert notice.contacts == ('bruno',)
    assert notice.head == 'Asked again, for anna has rejected #1'


@pytest.mark.parametrize(('entries', 'head'), [
    pytest.param([], 'Asked again', id='nobody knows'),
    pytest.param([said('reopened', FREEZE, 'prodworkflow')], 'Asked again',
                 id='what the rules did is no cause'),
    pytest.param([RELEASED], 'Asked again, for 2011 Prod moved to release '
                 'V2, says root: “A patch.”', id='release'),
    pytest.param([said('contacts-changed', FREEZE, reason='Leave')],
                 'Asked again, for root changed who signs: “Leave”',
                 id='signers'),
    pytest.param([said('item-added', item={'name': 'CNAF'}, reason='Wish')],
                 'Asked again, for root added CNAF: “Wish”', id='item'),
    pytest.param([said('item-dropped', item='cnaf', name='CNAF', reason='')],
                 'Asked again, for root removed CNAF: without a word',
                 id='item that dropped out'),
    pytest.param([said('item-dropped', item='cnaf', reason='')],
                 'Asked again, for root removed cnaf: without a word',
                 id='item without a name that dropped out'),
    pytest.param([said('weight-changed', item='cnaf', reason='Disks')],
                 'Asked again, for root changed a weight: “Disks”',
                 id='weight'),
    pytest.param([said('ticket-replaced', FREEZE, ticket=12)],
                 'Asked again, for #12 takes the place of one that is gone',
                 id='another ticket'),
    pytest.param([said('objected', FREEZE, 'eve')],
                 'Asked again, for eve objects on #1', id='objection'),
    pytest.param([said('reported', QUALITY, 'eve')],
                 'Asked again, for eve has reported on #2', id='report'),
    pytest.param([said('attachment-changed', FREEZE, 'eve', ticket=1)],
                 'Asked again, for an attachment of #1 was changed by eve',
                 id='evidence'),
    pytest.param([said('reported', 'gone', 'eve')], 'Asked again',
                 id='of what is gone'),
    pytest.param([said('reopened', FREEZE), RELEASED],
                 'Asked again, for 2011 Prod moved to release V2, says root: '
                 '“A patch.”', id='the first cause there is'),
])
def test_the_cause_stands_above_and_what_it_did_below(entries, head):
    notice, = again_notices(changed(SIGNED, patched(), *entries))
    assert notice.head == head
    assert notice.line.words == 'was signed for another release than V2'
