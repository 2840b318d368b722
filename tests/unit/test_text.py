"""What a reason or a statement may hold, for it is kept for ever."""

from __future__ import annotations

import copy
import json
import pickle

import pytest

from prodworkflow.domain.text import (
    dashed,
    joined,
    joined_by,
    Message,
    phrase,
    reason_problems,
    shortened,
    some,
    suggest,
    word_problems,
    WORDS_MAX,
)

GERMAN = {
    '%(who)s rejected it: %(why)s': '%(who)s lehnte ab: %(why)s',
    'no reason': 'kein Grund', 'at 100 %': 'bei 100 %',
}
REJECTED = Message('%(who)s rejected it: %(why)s', who='anna',
                   why=Message('no reason'))


@pytest.mark.parametrize(('message', 'english', 'german'), [
    pytest.param(REJECTED, 'anna rejected it: no reason',
                 'anna lehnte ab: kein Grund', id='a message in a message'),
    pytest.param(Message('at 100 %'), 'at 100 %', 'bei 100 %',
                 id='a per cent sign'),
    pytest.param(Message('at %(share)s %%', share=5), 'at 5 %', 'at 5 %',
                 id='not in the catalogue'),
    pytest.param(joined_by('; 1 %: ', [Message('no reason'), 'x']),
                 'no reason; 1 %: x', 'kein Grund; 1 %: x', id='joined'),
    pytest.param(joined_by('; ', []), '', '', id='nothing to join'),
])
def test_a_message_is_english_text_that_can_be_translated(message, english,
                                                          german):
    assert message == english
    assert message.translated(lambda text: GERMAN.get(text, text)) == german


@pytest.mark.parametrize('again', [
    pytest.param(copy.deepcopy, id='copied'),
    pytest.param(lambda m: pickle.loads(pickle.dumps(m)), id='pickled'),
    pytest.param(lambda m: Message.of(m.as_dict()), id='read from data'),
])
def test_a_message_keeps_its_id_and_parameters(again):
    found = again(REJECTED)
    assert (found, found.msgid, found.params) == (
        REJECTED, REJECTED.msgid, REJECTED.params)


def test_a_message_as_data_is_plain():
    assert Message('%(a)s %(b)s', a=None, b=3).as_dict() == {
        'id': '%(a)s %(b)s', 'params': {'a': 'None', 'b': 3}}


def test_a_message_without_one_of_its_parameters_is_a_mistake():
    with pytest.raises(KeyError):
        Message('%(who)s and %(why)s', who='anna')


@pytest.mark.parametrize('text', [
    '', 'Fine.', 'a\tb\r\nc', 'µ⁺µ⁻ 🚦', 'x' * WORDS_MAX])
def test_statement_in_any_language_is_accepted(text):
    assert word_problems('reason', text) == []


@pytest.mark.parametrize(('text', 'signs'), [
    pytest.param('a\0b', 'U+0000', id='null'),
    pytest.param('\x1b[2J', 'U+001B', id='escape'),
    pytest.param('a\x85b', 'U+0085', id='next line'),
    pytest.param('a\ud800b', 'U+D800', id='half of a pair'),
    pytest.param('\x07b\x01\x07', 'U+0001, U+0007', id='each once'),
    pytest.param('\6\5\4\3\2\1', 'U+0001, U+0002, U+0003, U+0004, U+0005',
                 id='the first five'),
])
def test_reason_with_control_characters_is_refused_with_their_names(
        text, signs):
    assert word_problems('reason', text) == [(
        'reason', f'The reason cannot hold the control characters {signs}; '
        'leave them out.')]


def test_statement_longer_than_10000_characters_is_refused():
    assert word_problems('statement', 'x' * (WORDS_MAX + 1)) == [(
        'statement', 'The statement has 10001 characters; 10000 are '
        'allowed.')]
    assert word_problems('reason', 'four', 3) == [(
        'reason', 'The reason has 4 characters; 3 are allowed.')]
    assert word_problems('reason', 'four', 4) == []


@pytest.mark.parametrize(('text', 'given', 'problem'), [
    pytest.param('Disks full.', {}, None, id='a reason'),
    pytest.param(' \n', {}, ('reason', 'Say why; the reason is kept.'),
                 id='blank'),
    pytest.param('', {'field': 'statement', 'ask': 'Why?'},
                 ('statement', 'Why?'), id='with words of its own'),
    pytest.param('four', {'most': 3},
                 ('reason', 'The reason has 4 characters; 3 are allowed.'),
                 id='too long'),
    pytest.param('a\0', {}, (
        'reason', 'The reason cannot hold the control characters U+0000; '
        'leave them out.'), id='control character'),
])
def test_reason_has_to_be_given_and_fit_to_be_kept(text, given, problem):
    assert reason_problems(text, **given) == ([problem] if problem else [])


@pytest.mark.parametrize(('word', 'most', 'hint'), [
    pytest.param('ana', 3, ' Did you mean anna?', id='one'),
    pytest.param('emc', 3, ' Did you mean emc3, emc2 or emc1?', id='three'),
    pytest.param('emc', 1, ' Did you mean emc3?', id='the nearest only'),
    pytest.param('zzz', 3, '', id='none is near'),
])
def test_what_was_meant_is_suggested(word, most, hint):
    known = ['anna', 'bruno', 'emc1', 'emc2', 'emc3']
    assert suggest(word, known, most) == hint


@pytest.mark.parametrize(('name', 'key'), [
    pytest.param('IFCA-LCG2', 'ifca-lcg2', id='capitals'),
    pytest.param(' Drift  chamber (2) ', 'drift-chamber-2', id='signs'),
    pytest.param('Höhenstrahlung', 'hohenstrahlung', id='an umlaut'),
    pytest.param('µ', '', id='nothing is left'),
])
def test_name_becomes_small_letters_digits_and_hyphens(name, key):
    assert dashed(name) == key


@pytest.mark.parametrize(('number', 'words'), [
    (1, '0'), (2, '0 and 1'), (6, '0, 1, 2, 3, 4 and 5'),
    (7, '0, 1, 2, 3, 4, 5 and 6'), (8, '0, 1, 2, 3, 4, 5 and 2 more')])
def test_of_many_the_first_are_named_and_never_one_more(number, words):
    assert some([str(n) for n in range(number)]) == words


@pytest.mark.parametrize(('text', 'words'), [
    ('one  line\nof it', 'one line of it'), ('x' * 20, 'x' * 20),
    ('x' * 21, 'x' * 19 + '…')])
def test_a_long_text_is_cut_off(text, words):
    assert shortened(text, 20) == words


@pytest.mark.parametrize(('text', 'words'), [
    ('It failed.', 'It failed'), ('on XX.', 'on XX'), ('on X', 'on X')])
def test_a_phrase_has_no_full_stop(text, words):
    assert phrase(text) == words
    assert phrase(Message(text)) == words


@pytest.fixture
def german(monkeypatch):
    """Who looks reads German."""
    monkeypatch.setattr(Message, 'reader_gettext', staticmethod(
        lambda text: GERMAN.get(text, text)))


def test_a_message_says_itself_in_the_language_of_its_reader(german):
    told = Message('“%(words)s”', words=REJECTED)
    assert str(told) == '“anna lehnte ab: kein Grund”'
    assert '%s!' % REJECTED == 'anna lehnte ab: kein Grund!'  # noqa: UP031
    assert str(ValueError(REJECTED)) == 'anna lehnte ab: kein Grund'


def test_a_message_is_english_where_machines_read_it(german):
    made = Message('“%(words)s”', words=phrase(REJECTED))
    assert json.dumps(made) == json.dumps('“anna rejected it: no reason”')
    assert f'{made}' == ''.join([made]) == '“anna rejected it: no reason”'


def test_a_message_is_escaped_for_html_as_pages_escape():
    told = Message('<%(name)s> & "it\'s"', name='<b>')
    assert told.__html__() == (
        '&lt;&lt;b&gt;&gt; &amp; &#34;it&#39;s&#34;')


def test_html_shows_a_message_in_the_language_of_its_reader(german):
    assert REJECTED.__html__() == 'anna lehnte ab: kein Grund'


def test_a_message_fills_the_room_that_a_format_leaves_it():
    assert f'{Message("Fine"):>6}' == '  Fine'


def test_an_empty_message_is_never_looked_up():
    assert Message('').translated(lambda text: f'header {text}') == ''


def test_a_message_in_data_is_data():
    assert REJECTED.as_dict() == {
        'id': '%(who)s rejected it: %(why)s', 'params': {
            'who': 'anna', 'why': {'id': 'no reason', 'params': {}}}}


def test_a_translated_phrase_has_no_full_stop_but_all_its_letters():
    told = phrase(Message('at XX.'))
    assert told.translated(lambda text: text) == 'at XX'


def test_two_are_joined_as_they_are():
    assert joined(['anna', 'bruno']).as_dict() == {
        'id': '%(items)s and %(last)s', 'params': {'items': 'anna',
                                                   'last': 'bruno'}}


def test_a_separator_may_have_per_cent_signs():
    found = joined_by(' %% ', ['a', 'b'])
    assert found == found.translated(lambda text: text) == 'a %% b'
