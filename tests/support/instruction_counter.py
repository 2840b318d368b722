"""Instruction counter: measures work alike on every machine, no clock."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor


def steps(act: Callable[[], object]) -> int:
    """How many instructions of Python are run while that is done again.

    The first time does not count: some things are loaded once in a process.
    """
    act()
    counted = itertools.count()
    (monitored if hasattr(sys, 'monitoring') else traced)(act, counted)
    return next(counted)


def monitored(act: Callable[[], object], counted: Iterator[int]) -> None:
    """As Python tells since 3.12."""
    tool, event = 4, sys.monitoring.events.INSTRUCTION
    sys.monitoring.use_tool_id(tool, __name__)
    sys.monitoring.register_callback(tool, event, lambda *_: next(counted))
    sys.monitoring.set_events(tool, event)
    try:
        act()
    finally:
        sys.monitoring.set_events(tool, 0)
        sys.monitoring.free_tool_id(tool)


def traced(act: Callable[[], object], counted: Iterator[int]) -> None:
    """In a thread of its own: coverage.py goes on with tracing this one."""
    def trace(frame, event, argument):
        frame.f_trace_opcodes = True
        if event == 'opcode':
            next(counted)
        return trace

    def run():
        before = sys.gettrace()
        sys.settrace(trace)
        try:
            act()
        finally:
            sys.settrace(before)
    with ThreadPoolExecutor(1) as pool:
        pool.submit(run).result()
