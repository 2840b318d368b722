"""Which files are accepted as plots."""

from __future__ import annotations

import pytest

from prodworkflow.domain.rules.plots.picture_kinds import (
    file_problem,
    is_picture,
    picture_kind,
)

PNG = b'\x89PNG\r\n\x1a\n'


@pytest.mark.parametrize(('head', 'name'), [
    (PNG, 'PNG'), (b'\xff\xd8\xff\xe0', 'JPEG'), (b'GIF89a', 'GIF'),
    (b'GIF87a', 'GIF'), (b'%PDF-1.7', 'PDF')])
def test_a_file_is_what_its_first_bytes_say(head, name):
    assert picture_kind(head).name == name


@pytest.mark.parametrize('head', [
    b'', b'<svg xml', b'<?xml ve', b'<html>', b'PNG', b' \x89PNG', b'GIF88a'])
def test_anything_else_is_no_picture(head):
    assert picture_kind(head) is None


@pytest.mark.parametrize(('name', 'head'), [
    ('a.png', PNG), ('A.PNG', PNG), ('a b.jpeg', b'\xff\xd8\xff'),
    ('a.jpg', b'\xff\xd8\xff'), ('a.gif', b'GIF89a'), ('a.pdf', b'%PDF-')])
def test_a_picture_with_an_ending_of_its_kind_is_accepted(name, head):
    assert file_problem('Target', name, 10, head, 10) is None


@pytest.mark.parametrize(('name', 'size', 'head', 'most', 'words'), [
    pytest.param('', 1, PNG, 9, 'the name of the file', id='no name'),
    pytest.param(' ', 1, PNG, 9, 'the name of the file', id='blank name'),
    pytest.param('a\x01.png', 1, PNG, 9, 'printable', id='control character'),
    pytest.param('a' * 197 + '.png', 1, PNG, 9, 'at most 200', id='long'),
    pytest.param('a.png', 0, b'', 9, 'a.png is empty', id='empty'),
    pytest.param('a.png', 10, PNG, 9, 'has 10 bytes', id='too big'),
    pytest.param('a.png', 1, PNG, 0, 'at most 0', id='nothing allowed'),
    pytest.param('a.svg', 9, b'<svg xml', 9, 'SVG is not taken', id='svg'),
    pytest.param('a.html', 9, PNG, 9, 'ends with .png', id='html'),
    pytest.param('a.png.html', 9, PNG, 9, 'ends with .png', id='two'),
    pytest.param('png', 9, PNG, 9, 'ends with .png', id='no ending'),
    pytest.param('a.gif', 9, b'\xff\xd8\xff', 9, 'ends with .jpg', id='gif')])
def test_unfit_file_is_told_with_its_field_and_what_helps(
        name, size, head, most, words):
    problem = file_problem('Target', name, size, head, most)
    assert problem.startswith('Target: ')
    assert words in problem


def test_a_negative_limit_allows_any_size():
    assert file_problem('Target', 'a.png', 10**9, PNG, -1) is None


@pytest.mark.parametrize(('name', 'drawn'), [
    ('a.png', True), ('a.SVG', True), ('a.pdf', False), ('png', False)])
def test_browsers_draw_what_is_a_picture(name, drawn):
    assert is_picture(name) is drawn


@pytest.mark.parametrize(('name', 'size', 'head', 'words'), [
    ('', 1, PNG, 'the name of the file cannot be kept; give it one of at '
     'most 200 printable characters.'),
    ('a.png', 0, b'', 'a.png is empty; choose the file with the plot.'),
    ('a.png', 10, PNG, 'a.png has 10 bytes, and this site takes at most 9; '
     'save the plot smaller, or ask an administrator for a greater max_size '
     'in [attachment].'),
    ('a.svg', 9, b'<svg xml', 'a.svg is no PNG, JPEG, GIF or PDF file by '
     'its content; save the plot as one of these. SVG is not taken, for it '
     'can hold scripts.'),
    ('a.gif', 9, b'\xff\xd8\xff', 'a.gif holds a JPEG picture; give it a '
     'name that ends with .jpg.')])
def test_refusal_of_a_file_is_told_to_the_end(name, size, head, words):
    assert file_problem('Target', name, size, head, 9) == f'Target: {words}'
