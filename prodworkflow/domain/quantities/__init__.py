"""Quantities: typed values with units, read and compared exactly.

What is typed is judged by `typed_value` and `typed_bound`, which know the
closed vocabulary alone.  `measurement` and `amount` read what is stored, too.
"""

from prodworkflow.domain.quantities.errors import LONGEST, UnitError
from prodworkflow.domain.quantities.measurement import (
    amount,
    is_number,
    Measurement,
    measurement,
)
from prodworkflow.domain.quantities.tolerance import tolerance
from prodworkflow.domain.quantities.typed import (
    typed_bound,
    typed_share,
    typed_value,
)
from prodworkflow.domain.quantities.units import alike, known

__all__ = ['LONGEST', 'Measurement', 'UnitError', 'alike', 'amount',
           'is_number', 'known', 'measurement', 'tolerance', 'typed_bound',
           'typed_share', 'typed_value']
