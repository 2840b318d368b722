"""History is told in the language of who reads it, whoever has acted."""

from __future__ import annotations

from urllib.parse import quote

from prodworkflow.api import CampaignChanges, SignerChanges
from support.campaigns import ADMIN, NAME

KEY = 'resources-estimate'
ENGLISH = 'the campaign was changed by coordinator'


def test_what_an_italian_reader_caused_is_told_in_english_elsewhere(
        campaign, sign, italian, client, system):
    """Seen: its cause was kept in Italian, and told so to everybody."""
    sign(KEY)
    system.change(NAME, ADMIN, CampaignChanges('So.', None, (
        (KEY, SignerChanges(None, quorum='2')),)))
    answer = italian('coordinator').post(
        f'/admin/production/campaigns/{quote(NAME)}', {
            'act': 'change', 'reason': 'Basta.', f'quorum:{KEY}': '1'})
    assert answer.status == 200
    entry = system.queries.ledger(NAME)[-1]
    assert (entry.verb, entry.payload['because']) == ('restored', ENGLISH)
    page = f'/campaign/{quote(NAME)}?history=all'
    assert ENGLISH in client('anna').get(page).text
    assert ENGLISH not in italian('anna').get(page).text
