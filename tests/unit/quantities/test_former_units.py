"""What older ledgers and templates hold keeps its meaning."""

from __future__ import annotations

from fractions import Fraction

import pytest

from prodworkflow.domain.model.evidence import EvidenceSpec
from prodworkflow.domain.quantities import (
    amount,
    known,
    typed_value,
    UnitError,
)

STORED = [
    ('5 kB/event', 'kB/event', 5), ('12 HEPSPEC06*h', 'HS06 s', 43200),
    ('5 millibytes', 'B', Fraction(5, 1000)), ('4.6 mB/event', 'B/event',
                                              Fraction(46, 10000)),
    ('5 ks', 's', 5000), ('5 kiloseconds', 's', 5000), ('5 das', 's', 50),
    ('3 per 2 s', 'Hz', Fraction(3, 2)), ('2 MHz', 'Hz', 2 * 10**6),
    ('5 GeV', 'MeV', 5000), ('1 keV', 'eV', 1000), ('3 pb', 'fb', 3000),
    ('1 km', 'm', 1000), ('2 kg', 'g', 2000), ('1 kW h', 'MJ',
                                             Fraction(36, 10)),
    ('8 kbps', 'kB/s', 1), ('1 fortnight', 'd', 14), ('1 month', 'year',
                                                      Fraction(1, 12)),
    ('1 ppm', '%', Fraction(1, 10**4)), ('0.5', '%', Fraction(1, 2)),
    ('-5', 's', -5), ('2', 'dimensionless', 2), ('1 octet', 'B', 1),
    ('300 mK', 'K', Fraction(3, 10)), ('1 kA', 'amps', 1000),
]


@pytest.mark.parametrize(('text', 'unit', 'value'), STORED)
def test_stored_quantities_mean_what_they_meant(text, unit, value):
    assert amount(text, unit) == value


@pytest.mark.parametrize('text', ['20 degC', '5 dB', '5 ha', '5 Td', '5 xs',
                                  '4600 per 1000 events', '5 rad', '5 %'])
def test_what_was_misread_is_read_no_more(text):
    with pytest.raises(UnitError):
        amount(text, 'B')


def test_a_former_unit_is_asked_for_by_former_templates_alone():
    known('GeV', former=True)
    with pytest.raises(UnitError):
        known('GeV')


def test_a_campaign_that_asks_in_a_former_unit_is_answered_in_it():
    assert typed_value('5 MeV', 'GeV') == '5 MeV'
    assert typed_value('5', 'GeV') == '5 GeV'


def stored(**words):
    """A value as a ledger of version 0.6.0 holds it."""
    return {'values': [{'name': 'v', 'title': 'V', 'unit': 'h',
                        'at_least': '', 'at_most': '', 'compare_with': '',
                        'tolerance': '', 'tolerable': '', **words}],
            'plots': [], 'links': []}


def test_one_hs23_was_one_hs06():
    value, = EvidenceSpec.of(stored(unit='HS23 h')).values
    assert value.amount('3 HS06 h') == 3
    assert EvidenceSpec.of(stored()).values[0].factor is None
