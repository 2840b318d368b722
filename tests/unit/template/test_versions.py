"""Which text may become the next version of a template; pure."""

from __future__ import annotations

import hashlib

import pytest

from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.template.toml import LONGEST
from prodworkflow.domain.template.versions import (
    BUILT_IN,
    ChangedMeanwhile,
    clean,
    decoded,
    digest,
    measure,
    name_problems,
    next_version,
    split,
    TemplateDraft,
    TemplateVersion,
    TooLong,
    Unchanged,
    version_reason_problems,
)

DRAFT = TemplateDraft('mine', 'new', 'Because.')


def last(version=3, text='old', **changes):
    return TemplateVersion('mine', version, 'Mine', digest(text), 'anna', 5,
                           ' No\n reason ', **changes)


def test_template_version_is_named_behind_an_at_sign():
    assert (last().reference, last().built_in) == ('mine@3', False)
    assert last(0).built_in
    assert split('mine') == ('mine', None)
    assert split('mine@12') == ('mine', 12)
    assert split('mine@123456789') == ('mine', 123456789)


LONG = 'x' * 99


@pytest.mark.parametrize(('reference', 'words'), [
    ('mine@', '"" is no version; write a number, like mine@1.'),
    ('mine@x', '"x" is no version; write a number, like mine@1.'),
    ('mine@٣', '"٣" is no version; write a number, like mine@1.'),
    ('mine@1234567890',
     '"1234567890" is no version; write a number, like mine@1.'),
    ('mine@1@2', '"1@2" is no version; write a number, like mine@1.'),
    (f'{LONG}@{LONG}', f'"{LONG[:64]}" is no version; write a number, like '
     f'{LONG[:64]}@1.')])
def test_reference_to_an_impossible_version_is_refused(reference, words):
    with pytest.raises(InvalidRequest) as error:
        split(reference)
    assert error.value.problems == (('template', words),)


def test_line_endings_of_a_template_are_normalized():
    assert clean('a\r\nb\rc\n\r\n') == 'a\nb\nc\n\n'


def test_template_file_is_read_as_utf_8():
    assert decoded('\ufeffé\r\n'.encode()) == 'é\n'
    with pytest.raises(InvalidRequest) as error:
        decoded(b'\nb\n\xe9\n\n\n')
    assert error.value.problems == ((
        'text', 'line 3: the byte 0xE9 is no UTF-8; save the file as '
        'UTF-8'),)


def test_digest_of_a_template_is_sha256_of_its_utf_8():
    assert digest('é') == hashlib.sha256(b'\xc3\xa9').hexdigest()


def test_template_longer_than_the_limit_is_refused():
    assert decoded(b'x' * LONGEST) == 'x' * LONGEST
    assert decoded(b'\xc3\xa9' * LONGEST) == 'é' * LONGEST
    assert decoded('😀'.encode() * LONGEST) == '😀' * LONGEST
    measure('é' * LONGEST)
    measure('\ud800')
    words = (f'The text is too long: a template has at most {LONGEST} '
             'characters.')
    for act, given in ((decoded, b'x' * (LONGEST + 1)),
                       (decoded, b'x' * (4 * LONGEST + 1)),
                       (measure, 'x' + 'é' * LONGEST)):
        with pytest.raises(TooLong) as error:
            act(given)
        assert error.value.problems == (('text', words),)


NEXT = [
    pytest.param({}, None, 1, id='the first'),
    pytest.param({}, last(), 4, id='the next'),
    pytest.param({'began': 3}, last(), 4, id='begun from the last'),
    pytest.param({'began': 0}, None, 1, id='begun from nothing'),
    pytest.param({'fresh': True}, None, 1, id='a fresh one'),
    pytest.param({'fresh': True}, last(removed=True), 4,
                 id='a fresh one in place of a removed one'),
    pytest.param({'text': 'old'}, last(removed=True), 4,
                 id='a removed text again'),
]


@pytest.mark.parametrize(('given', 'before', 'number'), NEXT)
def test_next_template_version_counts_on(given, before, number):
    draft = TemplateDraft(**{**vars(DRAFT), **given})
    assert next_version(draft, before) == number


MEANWHILE = [
    pytest.param({'began': 2}, last(), ChangedMeanwhile,
                 'The template changed: version 3 was saved meanwhile by anna '
                 '(“No reason”). Nothing was saved; what you typed is still '
                 'here.', id='changed meanwhile'),
    pytest.param({'began': 2}, last(removed=True), ChangedMeanwhile,
                 'The template was removed meanwhile by anna (“No reason”). '
                 'Nothing was saved; what you typed is still here.',
                 id='removed meanwhile'),
    pytest.param({'began': 2}, None, ChangedMeanwhile, 'There is no such '
                 'template any more; nothing was saved.', id='gone'),
    pytest.param({'text': 'old'}, last(), Unchanged, 'This is the text of '
                 'version 3 already; nothing was changed.', id='the same'),
]


@pytest.mark.parametrize(('given', 'before', 'kind', 'words'), MEANWHILE)
def test_draft_of_a_template_changed_meanwhile_is_refused(
        given, before, kind, words):
    with pytest.raises(kind) as error:
        next_version(TemplateDraft(**{**vars(DRAFT), **given}), before)
    assert error.value.problems == (('text', words),)
    assert error.value.last is before


def test_all_mistakes_of_a_template_draft_are_told_at_once():
    draft = TemplateDraft('Mine', 'old', ' ', fresh=True)
    with pytest.raises(InvalidRequest) as error:
        next_version(draft, last())
    assert error.value.problems == (
        ('name', 'The name of a template has small letters (a-z), digits and '
         'single hyphens, at most 64. Write "mine".'),
        ('reason', 'Say why: the reason is kept with the version.'),
        ('name', 'There is a template "Mine" already; choose another name.'))


FORM = ('The name of a template has small letters (a-z), digits and single '
        'hyphens, at most 64.')
TAKEN = ('"{}" is built in and stays as it is; save your text under another '
         'name.')
NAMES = [
    *(pytest.param(name, None, id=name)
      for name in ('mine', 'a', '2011-prod', '1-2-3')),
    pytest.param('x' * 64, None, id='longest'),
    pytest.param('x' * 65, f'{FORM} Write "{"x" * 64}".', id='too long'),
    pytest.param('x' * 63 + '-y', f'{FORM} Write "{"x" * 63}".',
                 id='too long by a word'),
    pytest.param('My  Template!', f'{FORM} Write "my-template".', id='words'),
    pytest.param('é è', f'{FORM} Write "e-e".', id='accents'),
    pytest.param('-', FORM, id='a hyphen'),
    pytest.param('', FORM, id='nothing'),
    pytest.param('a--b', f'{FORM} Write "a-b".', id='two hyphens'),
    pytest.param('Path to Production', FORM, id='near what is built in'),
    *(pytest.param(name, TAKEN.format(name), id=name) for name in BUILT_IN),
]


@pytest.mark.parametrize(('name', 'words'), NAMES)
def test_template_name_that_does_not_fit_is_refused_with_the_nearest(
        name, words):
    assert name_problems(name) == ([('name', words)] if words else [])


def test_template_name_that_is_taken_is_refused():
    assert name_problems(BUILT_IN[0], ()) == []
    assert name_problems('mine', ('mine',)) == [
        ('name', TAKEN.format('mine'))]


REASONS = [
    pytest.param('Because.', None, id='a reason'),
    pytest.param('a\tb\r\nc\rd', None, id='lines and tabs'),
    pytest.param('x' * 2000, None, id='longest'),
    pytest.param('x' * 2001, 'The reason has 2001 characters; 2000 are '
                 'allowed.', id='too long'),
    pytest.param(' \n', 'Say why: the reason is kept with the version.',
                 id='nothing'),
    *(pytest.param(f'a{sign}b', 'The reason cannot hold the control '
                   f'characters {name}; leave them out.', id=name)
      for sign, name in (('\x00', 'U+0000'), ('\x1b', 'U+001B'),
                         ('\x85', 'U+0085'), ('\ud800', 'U+D800'))),
]


@pytest.mark.parametrize(('reason', 'words'), REASONS)
def test_template_version_without_a_reason_is_refused(reason, words):
    assert version_reason_problems(reason) == ([('reason', words)] if words
                                               else [])
