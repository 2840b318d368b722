"""Reference of the template language: all words that the parser knows."""

from __future__ import annotations

import re
from pathlib import Path

from prodworkflow.domain.template.parser import WORDS
from prodworkflow.domain.template.placeholders import ALWAYS, ITEM
from prodworkflow.domain.template.reference.words import (
    EXPLAINED,
    HEADERS,
    PLACEHOLDERS,
    reference,
    TITLES,
)

PAGE = (Path(__file__).parents[3] / 'docs' / 'reference'
        / 'templates.rst').read_text(encoding='utf-8')


def test_each_word_of_the_parser_is_explained_and_no_other():
    assert {name: set(words) for name, words in EXPLAINED.items()} == {
        name: set(words) for name, words in WORDS.items()}
    assert set(HEADERS) == set(TITLES) == set(WORDS)


def test_each_placeholder_is_explained():
    assert {*(f'{{{word}}}' for word in (*ALWAYS, ITEM)), '{site}'} == set(
        PLACEHOLDERS)


def test_the_page_names_what_the_reference_names():
    named = set(re.findall(r'``([^`]+)``', PAGE))
    for table in reference():
        for word, _ in table.words:
            assert (word in named or f'[{word}]' in PAGE
                    or f'.{word}]]' in PAGE), word


def test_tables_come_in_the_order_of_the_parser_placeholders_last():
    found = reference()
    assert [t.header for t in found] == [*HEADERS.values(), '']
    assert found[0].words[0] == ('title', 'What the template is called.')
    assert found[-1].words[0][0] == '{campaign}'
