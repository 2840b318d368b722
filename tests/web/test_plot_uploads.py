"""Plots that are uploaded with a sign-off, in the box of its ticket."""

from __future__ import annotations

import hashlib
from html import unescape
from pathlib import Path

import pytest
from trac.attachment import Attachment, IAttachmentManipulator
from trac.core import Component, implements

from support.http_client import words_of
from support.plots import DRAWN, ENERGY, MASS, png
from support.policies import refuse_attachments


@pytest.fixture
def kept(env, attachments, drawn):
    """What Trac has of the ticket's attachments: rows and files on disk."""
    def found():
        folder = Path(env.attachments_dir)
        return sorted(attachments(drawn)), sum(
            p.is_file() for p in folder.rglob('*')) if folder.exists() else 0
    return found


def evidence(system):
    """The plots that are given, as (name, target, its digest, reference)."""
    state = system.queries.decision(DRAWN).snapshot.state
    return [(e.name, e.text, e.digest, e.reference)
            for s in state.signoffs for e in s.evidence]


def test_plots_are_attached_and_signed_in_one_act(
        drawn, send_plots, attachments, system, ticket):
    answer = send_plots(*MASS, *ENERGY)
    assert answer.status == 200
    assert 'Signed off.' in words_of(answer)
    there = attachments(drawn)
    assert set(there.values()) == {data for *_, data in (*MASS, *ENERGY)}
    digest = hashlib.sha256(MASS[0][2]).hexdigest()
    assert ('mass', 'mass.png', digest, 'mass.2.png') in evidence(system)
    assert ticket(drawn)['status'] == 'closed'
    assert [e.verb for e in system.queries.ledger(DRAWN)] == [
        'created', 'approved']


def test_attachments_name_who_signed_and_for_what(
        drawn, env, send_plots):
    send_plots(*MASS, verdict='reported')
    found = Attachment(env, 'ticket', drawn, 'mass.png')
    assert (found.author, found.description) == ('anna', 'mass: target')


def test_a_report_takes_plots(drawn, send_plots, system):
    assert send_plots(*MASS, verdict='reported').status == 200
    assert [name for name, *_ in evidence(system)] == ['mass']


def test_a_new_target_stands_beside_a_reference_that_is_attached(
        drawn, send_plots, system):
    send_plots(*MASS, verdict='reported')
    answer = send_plots(('target_file:mass', 'mass.png', png(9)), *ENERGY,
                        **{'reference:mass': 'mass.2.png'})
    assert 'Signed off.' in words_of(answer)
    assert [(target, reference) for name, target, _, reference
            in evidence(system) if name == 'mass'] == [
        ('mass.png', 'mass.2.png'), ('mass.3.png', 'mass.2.png')]


def test_signed_plots_are_never_overwritten(
        drawn, env, send_plots, attachments, system):
    send_plots(*MASS, *ENERGY)
    Attachment(env, 'ticket', drawn, 'mass.png').delete()
    send_plots(('target_file:mass', 'mass.png', png(7)), MASS[1],
               verdict='reported')
    assert 'mass.png' not in attachments(drawn)
    assert attachments(drawn)['mass.2.png'] == MASS[1][2]
    assert evidence(system)[-1][1] == 'mass.3.png'


@pytest.mark.parametrize(('file', 'words'), [
    pytest.param(('x.png', b''), 'is empty', id='empty'),
    pytest.param(('x.png', b'no picture'), 'no PNG, JPEG, GIF or PDF file',
                 id='words'),
    pytest.param(('x.svg', b'<svg xmlns="http://www.w3.org/2000/svg">'
                  b'<script>alert(1)</script></svg>'),
                 'SVG is not taken, for it can hold scripts', id='svg'),
    pytest.param(('x.html', png()), 'give it a name that ends with .png',
                 id='a picture as a page'),
    pytest.param(('x.gif', png()), 'give it a name that ends with .png',
                 id='another ending'),
    pytest.param(('x' * 300 + '.png', png()), 'at most 200 printable',
                 id='long name'),
    pytest.param(('x.png', png() + b'\0' * 300000),
                 'this site takes at most 262144', id='too big'),
])
@pytest.mark.parametrize('field', ['Target', 'Reference'])
def test_unfit_file_is_refused_beside_its_field_and_nothing_is_kept(
        drawn, send_plots, kept, system, file, words, field):
    name = f'{field.lower()}_file:mass'
    good = [f for f in (*MASS, *ENERGY) if f[0] != name]
    answer = send_plots((name, *file), *good)
    assert answer.status == 400
    said = unescape(words_of(answer))
    assert words in said
    assert f'{field} of mass: ' in said
    assert 'No file was attached; choose the files again.' in said
    assert 'aria-invalid="true"' in answer.text
    assert 'value="As before."' in answer.text
    assert kept() == ([], 0)
    assert evidence(system) == []


@pytest.mark.parametrize(('user', 'fields', 'status'), [
    pytest.param('anna', {'statement': ''}, 400, id='no statement'),
    pytest.param('bruno', {}, 409, id='no contact'),
    pytest.param('anna', {'verdict': 'maybe'}, 400, id='no verdict'),
    pytest.param('anna', {'revision': 'x'}, 400, id='no revision'),
    pytest.param('anna', {'value:mass': '1 GeV'}, 400, id='not asked'),
])
def test_a_refused_sign_off_keeps_nothing_attached(
        drawn, send_plots, kept, system, user, fields, status):
    answer = send_plots(*MASS, *ENERGY, user=user, **fields)
    assert answer.status == status
    assert kept() == ([], 0)
    assert evidence(system) == []


def test_a_sign_off_with_half_of_a_pair_keeps_nothing_attached(
        drawn, send_plots, kept):
    answer = send_plots(MASS[0], *ENERGY)
    assert answer.status == 400
    assert 'needs two attachments' in words_of(answer)
    assert kept() == ([], 0)


def test_a_sign_off_without_all_its_plots_keeps_nothing_attached(
        drawn, send_plots, kept):
    answer = send_plots(*MASS)
    assert answer.status == 400
    assert 'asks for more before it can be approved' in words_of(answer)
    assert kept() == ([], 0)


def test_files_for_a_plot_that_is_not_asked_for_are_refused(
        drawn, send_plots, kept):
    answer = send_plots(('target_file:other', 'x.png', png()),
                        ('reference_file:other', 'y.png', png()))
    assert answer.status == 400
    assert 'asks for no plot "other"' in unescape(words_of(answer))
    assert kept() == ([], 0)


def test_a_file_and_an_attachment_for_one_field_are_refused(
        drawn, send_plots, attach, attachments):
    attach(drawn, 'there.png')
    answer = send_plots(*MASS, *ENERGY, **{'plot:mass': 'there.png'})
    assert answer.status == 400
    assert ('Target of mass: a file and an attachment are chosen'
            in words_of(answer))
    assert [*attachments(drawn)] == ['there.png']


def test_two_files_for_one_field_are_refused(drawn, send_plots, kept):
    answer = send_plots(*MASS, MASS[0], *ENERGY)
    assert answer.status == 400
    assert 'Target of mass: choose one file.' in words_of(answer)
    assert kept() == ([], 0)


def test_empty_file_fields_send_nothing(drawn, send_plots, kept, system):
    """As a browser sends them: without a name, and without bytes."""
    answer = send_plots(('target_file:mass', '', b''),
                        ('reference_file:mass', '', b''), verdict='rejected')
    assert answer.status == 200
    assert kept() == ([], 0)
    assert evidence(system) == []


def test_who_may_not_attach_sends_no_files(
        drawn, env, client, send_plots, kept):
    refuse_attachments(env)
    page = client('anna').get(f'/ticket/{drawn}').text
    assert 'type="file"' not in page
    assert 'which you may not' in page
    answer = send_plots(*MASS, *ENERGY)
    assert answer.status == 403
    assert 'ATTACHMENT_CREATE' in words_of(answer)
    assert kept() == ([], 0)


@pytest.mark.parametrize(('address', 'field'), [
    pytest.param('/campaign/Drawn/sign', 'statement', id='a sentence'),
    pytest.param('/campaign/Drawn/sign', 'value:x', id='a value'),
    pytest.param('/campaign/Drawn', 'target_file:mass', id='another page'),
    pytest.param('/campaign', 'target_file:mass', id='the queue'),
])
def test_files_are_taken_by_their_fields_alone(
        drawn, client, kept, address, field):
    answer = client('anna').post_files(address, {
        'requirement': 'physics', 'verdict': 'approved', 'statement': 'x',
        'act': 'hold'}, [(field, 'x.png', png())])
    assert answer.status == 400
    assert 'is a file where words are asked for' in words_of(answer)
    assert kept() == ([], 0)


def test_files_need_the_form_token(drawn, client, kept):
    user = client('anna')
    user.get('/about')
    user.jar.clear_session_cookies()
    answer = user.post_files('/campaign/Drawn/sign', {
        'requirement': 'physics', '__FORM_TOKEN': 'forged'}, MASS)
    assert answer.status == 400
    assert kept() == ([], 0)


class PickyManipulator(Component):
    """Another plugin that refuses attachments of some names."""

    implements(IAttachmentManipulator)

    def prepare_attachment(self, req, attachment, fields):
        """Called by nobody."""

    def validate_attachment(self, req, attachment):
        assert req.args['attachment'].filename == attachment.filename
        if attachment.filename == 'before.png':
            yield None, 'It looks like spam.'


def test_what_other_plugins_have_against_an_attachment_is_heard(
        drawn, env, send_plots, kept):
    env.config.set('components', f'{PickyManipulator.__module__}.*',
                   'enabled')
    env.config.save()
    answer = send_plots(*MASS, *ENERGY)
    assert answer.status == 400
    assert 'Reference of energy: It looks like spam.' in words_of(answer)
    assert kept() == ([], 0)


def test_box_shows_given_plots_side_by_side(drawn, client, send_plots):
    send_plots(*MASS, verdict='reported')
    page = client('anna').get(f'/ticket/{drawn}')
    for _field, _name, data in MASS:
        assert hashlib.sha256(data).hexdigest()[:12] in page.text
    assert f'/raw-attachment/ticket/{drawn}/mass.2.png' in page.text
    assert ('Your sign-off rests on these plots, unless you choose other '
            'files: mass.' in words_of(page))
