"""The built-in full template names readings that there are."""

from __future__ import annotations

import pkgutil

from prodworkflow.domain.template.parser import parse
from prodworkflow.evidence_readers.choice import BUILT_IN, kinds_of

FULL = pkgutil.get_data(
    'prodworkflow', 'builtin_templates/path-to-production-full.toml').decode()


def values():
    """The values that it asks for, by requirement and name."""
    template = parse(FULL, kinds=kinds_of(BUILT_IN))
    return {(r.key, v.name): v for r in template.requirements
            for v in r.asks.values}


def test_values_that_a_tool_measures_have_a_source():
    assert {key: v.source for key, v in values().items() if v.source} == {
        ('memory-leaks', 'memory_growth'): 'prmon:memory_growth',
        ('crash-rate', 'crash_rate'): 'htcondor:crash_rate',
        ('memory-and-cpu', 'cpu_time_per_job'): 'prmon:cpu_time',
        ('memory-and-cpu', 'peak_memory'): 'prmon:peak_memory',
        ('leaks-again', 'memory_growth'): 'prmon:memory_growth'}


def test_crash_rate_is_sure_and_of_enough_jobs():
    rate = values()['crash-rate', 'crash_rate']
    assert (rate.at_most, rate.confidence, rate.minimum) == (
        '1 %', '95 %', 200)
