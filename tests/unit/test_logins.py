"""Lists of logins in text: one way to write them, and reading it back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.logins import (
    join_logins,
    joined_logins,
    quoted_login,
    split_logins,
    unquoted_login,
)

CERTIFICATE = '/DC=ch/DC=cern/OU=Users/CN=Doe, Jane'
LOGINS = st.text(min_size=1) | st.text('ab ,;"\t=/@', min_size=1)


@pytest.mark.parametrize(('login', 'text'), [
    pytest.param('anna', 'anna', id='plain'),
    pytest.param('/DC=ch/CN=anna', '/DC=ch/CN=anna', id='slashes, equals'),
    pytest.param("o'neil", "o'neil", id='apostrophe'),
    pytest.param('Doe, Jane', '"Doe, Jane"', id='comma and blank'),
    pytest.param('Doe,Jane', '"Doe,Jane"', id='comma'),
    pytest.param('a;b', '"a;b"', id='semicolon'),
    pytest.param('Jane Doe', '"Jane Doe"', id='blank'),
    pytest.param('a\u00a0b', '"a\u00a0b"', id='blank that does not break'),
    pytest.param('a "b" c', '"a ""b"" c"', id='quotation marks'),
    pytest.param('"', '""""', id='nothing but a quotation mark'),
    pytest.param('@site admins', '"@site admins"', id='group'),
    pytest.param(CERTIFICATE, f'"{CERTIFICATE}"', id='certificate'),
])
def test_a_login_is_quoted_where_it_has_to_be(login: str, text: str) -> None:
    assert quoted_login(login) == text
    assert unquoted_login(text) == login
    assert split_logins(text, 'contacts') == (login,)


def test_a_list_of_logins_is_written_as_in_csv() -> None:
    assert join_logins(['anna', 'Doe, Jane', 'a "b" c']) == \
        'anna, "Doe, Jane", "a ""b"" c"'
    assert join_logins([]) == ''


def test_in_a_sentence_they_are_written_in_the_same_way() -> None:
    people = ['anna', 'Doe, Jane', 'bruno']
    assert joined_logins(people) == 'anna, "Doe, Jane" and bruno'
    assert joined_logins(people, 'or') == 'anna, "Doe, Jane" or bruno'
    assert joined_logins(('Jane Doe',)) == '"Jane Doe"'


@given(st.lists(LOGINS))
def test_what_is_written_is_read_back(logins: list[str]) -> None:
    """Every login but blanks alone, which nobody has."""
    names = [name for name in logins if name.strip()]
    assert split_logins(join_logins(names), 'contacts') == tuple(names)


@pytest.mark.parametrize(('text', 'logins'), [
    pytest.param('', (), id='nothing'),
    pytest.param('anna,bruno', ('anna', 'bruno'), id='no blanks'),
    pytest.param('  anna ,\tbruno  ', ('anna', 'bruno'), id='blanks around'),
    pytest.param(', anna,, "" ,bruno,', ('anna', 'bruno'),
                 id='nothing between'),
    pytest.param('Jane Doe, anna', ('Jane Doe', 'anna'), id='blank within'),
    pytest.param('a;b', ('a;b',), id='semicolon within'),
    pytest.param(' "Doe, Jane" ,anna', ('Doe, Jane', 'anna'),
                 id='blanks around quotation'),
    pytest.param('anna,"Doe, Jane"', ('anna', 'Doe, Jane'), id='last quoted'),
    pytest.param('" anna "', (' anna ',), id='blanks in quotation'),
])
def test_lists_are_read_as_people_type_them(
        text: str, logins: tuple[str, ...]) -> None:
    assert split_logins(text, 'contacts') == logins


@pytest.mark.parametrize(('text', 'part', 'at'), [
    pytest.param('"Doe, Jane', '"Doe, Jane', 1, id='never closed'),
    pytest.param('anna,  "Doe, Jane', '"Doe, Jane', 8, id='later one'),
    pytest.param('anna "Doe, Jane"', 'anna "Doe, Jane"', 1, id='no comma'),
    pytest.param('"Doe, Jane" anna', '"Doe, Jane" anna', 1,
                 id='no comma behind'),
    pytest.param('bruno, a"b', 'a"b', 8, id='mark within'),
    pytest.param('"a "b" c"', '"a "b" c"', 1, id='mark not doubled'),
    pytest.param('"' * 3, '"' * 3, 1, id='marks alone'),
    pytest.param('"' + 'x' * 80, '"' + 'x' * 63, 1, id='long'),
])
def test_marks_out_of_place_are_told_with_place_and_remedy(
        text: str, part: str, at: int) -> None:
    with pytest.raises(InvalidRequest) as refused:
        split_logins(text, 'contact:generators')
    assert refused.value.problems == ((
        'contact:generators',
        f'The quotation marks in “{part}”, from character {at} on, are out '
        'of place: put a login that holds commas, semicolons, blanks or '
        'quotation marks between two of them, each mark in it twice, and a '
        'comma behind it, like anna, "Doe, Jane", "a ""b"" c".'),)


@given(st.text('a ,"', max_size=40))
def test_any_text_is_read_or_refused_and_what_is_read_stays(
        text: str) -> None:
    """Written anew, a list that was read says the same."""
    try:
        names = split_logins(text, 'contacts')
    except InvalidRequest:
        assert '"' in text
        return
    assert split_logins(join_logins(names), 'contacts') == names


def test_long_texts_are_read_in_one_go() -> None:
    """Neither blanks nor marks without an end make it search again."""
    blanks, marks = ' ' * 50_000 + '"', '"' * 49_999
    for text in (blanks, marks):
        with pytest.raises(InvalidRequest):
            split_logins(text, 'contacts')
