"""Values: judged by their bounds and estimates, with their uncertainty.

Rule 10 of docs/development/rules.rst.
"""

from prodworkflow.domain.rules.values.ends import bound_ends, End, value_ends
from prodworkflow.domain.rules.values.judgement import Fault, judge
from prodworkflow.domain.rules.values.statistics_told import statistics_dict

__all__ = ['End', 'Fault', 'bound_ends', 'judge', 'statistics_dict',
           'value_ends']
