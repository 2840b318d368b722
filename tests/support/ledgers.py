"""Ledgers with an entry of each verb."""

from __future__ import annotations

EVERY = {
    'created': {}, 'removed': {'reason': 'wrong'},
    'approved': {'role': 'contact', 'statement': 'Fine.', 'seen': 1},
    'rejected': {'role': 'contact', 'statement': 'No.', 'seen': 1},
    'withdrawn': {'role': 'anyone', 'statement': '', 'seen': 1},
    'closed-unsigned': {'seen': 1, 'resolution': ''},
    'reopened': {'seen': 1}, 'restored': {'seen': 1},
    'ticket-missing': {}, 'ticket-replaced': {'ticket': 9, 'ticket_time': 5},
    'stage-closed': {'stage': 'pre-production', 'against': ['#3 is open']},
    'stage-reopened': {'stage': 'pre-production', 'because': 'of it'},
    'stage-renamed': {'stage': 'pre-production', 'milestone': 'M'},
    'milestone-missing': {'stage': 'pre-production'},
    'milestone-restored': {'stage': 'pre-production'},
    'ticket-moved': {'from': '', 'to': 'M'},
    'ticket-entered': {'stage': 'pre-production', 'ticket': 9},
    'ticket-left': {'stage': 'pre-production', 'ticket': 9},
    'refused': {'what': 'closing the stage', 'stage': 'pre-production'},
    'reported': {'role': 'contact', 'statement': 'Five.', 'evidence': [{
        'kind': 'value', 'name': 'peak_memory', 'text': '5 GB',
        'digest': '0', 'reference': '', 'reference_digest': ''}]},
    'waived': {'role': 'administrator', 'statement': 'Small.', 'seen': 3,
               'waiver': {'reason': 'out-of-bounds', 'until': '2026-07-01',
                          'bounds': [{'name': 'peak_memory', 'at_least': '',
                                      'at_most': '5 GB'}]}},
    'released': {'release': 'V2', 'touches': ['emc'], 'reason': 'a patch',
                 'stale': ['physics-results'],
                 'carried': ['release-validated'],
                 'seen': {'physics-results': 7}},
    'held': {'reason': 'crashes'}, 'resumed': {'reason': 'mended'},
    'launched': {'reason': ''}, 'closed': {'reason': 'done'},
    'abandoned': {'reason': 'no money'},
    'enforcement-changed': {'enforcement': 'advisory', 'reason': 'haste'},
    'contacts-changed': {
        'contacts': ['bruno', '@physics'], 'quorum': 2, 'was': 'anna',
        'reason': 'holidays', 'deputies': [{
            'person': 'dora', 'stands_for': 'bruno', 'first': '2026-07-01',
            'last': '2026-07-14'}]},
    'ticket-turned-away': {'stage': 'pre-production', 'ticket': 9},
    'rescheduled': {'start': '2026-07-06', 'was': '2026-06-29',
                    'reason': 'the magnet', 'by_hand': {},
                    'stages': {'pre-production': '2026-07-03'}},
    'item-added': {'list': 'sites', 'requirements': [], 'reason': 'new',
                   'item': {'key': 'ral', 'name': 'RAL', 'weight': '3',
                            'contacts': ['anna']}},
    'item-dropped': {'list': 'sites', 'item': 'cnaf', 'name': 'CNAF',
                     'reason': 'flooded'},
}
OF_LISTS = ('item-added', 'item-dropped')
