"""The guide to queries is true: its macros and its reports show tickets."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote_plus

import pytest

from support.campaigns import NAME

GUIDE = (Path(__file__).parents[2] / 'docs' / 'guide' / 'queries.rst'
         ).read_text(encoding='utf-8')
MACROS = re.findall(r'(?m)^ +(\[\[TicketQuery\(.*\)\]\])$', GUIDE)
REPORTS = re.findall(r'(?m)^\.\. code-block:: sql\n(?:    :force:\n)?'
                     r'\n((?:    .*\n)+)', GUIDE)
SHOWN = ((f'{NAME}, Software preparation', 'feature-freeze', '#1'),
         ('Software preparation', '>3<', '>1<'))


@pytest.mark.parametrize('macro', MACROS)
def test_macro_of_the_guide_works(campaign, client, macro):
    page = client('anna').post('/wiki_render', {'text': macro})
    assert page.status == 200
    assert 'system-message' not in page.text
    assert re.search('#1|>[34]<|software-preparation', page.text)


@pytest.mark.parametrize(('sql', 'words'), [*zip(REPORTS, SHOWN)],
                         ids=['open tickets', 'counts'])
def test_report_of_the_guide_shows_the_campaign(env, campaign, sign, client,
                                                sql, words):
    sign('software-quality')
    if env.config.get('trac', 'database').startswith('mysql'):
        sql = sql.replace("c.name || ', ' || s.title",
                          "CONCAT(c.name, ', ', s.title)")
    with env.db_transaction as db:
        db("INSERT INTO report (id, title, query) VALUES (99, 'Ours', %s)",
           (sql,))
    page = client('anna').get(f'/report/99?CAMPAIGN={quote_plus(NAME)}')
    assert page.status == 200
    assert [w for w in words if w not in re.sub(r'\s*\n\s*', '', page.text)
            ] == []
    assert 'software-quality' not in page.text


def test_guide_has_two_reports_and_four_macros():
    assert (len(REPORTS), len(MACROS)) == (2, 4)
