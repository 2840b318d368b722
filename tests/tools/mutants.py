"""Try the mutants that mutmut made, in one process that has all tests.

    cd mutants; python ../tests/tools/mutants.py [PATTERN …]

mutmut itself collects the tests anew for each mutant, which takes longer than
running those that matter.  Here they are collected once; for each mutant the
process forks, and its child runs the tests that reach the changed function
until one fails: first those that killed other mutants of the function, then
the quickest.  What became of a mutant is written where mutmut keeps it, so
that `mutmut results` and `mutmut show` tell it.

A child has CPU time, not time: what else the machine does kills no mutant.
"""

from __future__ import annotations

import fnmatch
import gc
import json
import os
import resource
import signal
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest
from mutmut.configuration import config as mutmut_configuration
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.utils.format_utils import mangled_name_from_mutant_name

AT_ONCE = os.cpu_count() or 2
# What mutmut calls "no tests" and "timeout".
UNREACHED, FOR_EVER = 33, 36
_STOPPED = (signal.SIGXCPU, signal.SIGALRM, signal.SIGKILL)


class Trials:
    """The mutants that fit one of some patterns, or all, and their fates."""

    def __init__(self, patterns: list[str]) -> None:
        stats = json.loads(Path('mutmut-stats.json').read_text('utf-8'))
        self._tests = stats['tests_by_mangled_function_name']
        self._seconds = stats['duration_by_test']
        self._metas = {path: json.loads(path.read_text('utf-8'))
                       for path in sorted(Path().rglob('*.py.meta'))}
        self._kills: dict[str, Counter[str]] = defaultdict(Counter)
        self.mutants = [
            (path, name) for path, meta in self._metas.items()
            for name in meta['exit_code_by_key']
            if not patterns or any(fnmatch.fnmatch(name, pattern)
                                   for pattern in patterns)]

    def tests(self, mutant: str) -> list[str]:
        """The tests that reach what a mutant changes, the likeliest first."""
        function = mangled_name_from_mutant_name(mutant)
        kills = self._kills[function]
        return sorted(self._tests.get(function, ()),
                      key=lambda test: (-kills[test], self._seconds[test]))

    def limit(self, tests: Iterable[str]) -> int:
        """The CPU seconds after which a mutant is said to run for ever."""
        expected = sum(map(self._seconds.__getitem__, tests))
        return int(min(expected * 5 + 6, expected * 2 + 20))

    def killed(self, mutant: str, test: str) -> None:
        """Remember which test killed a mutant, for others of its function."""
        self._kills[mangled_name_from_mutant_name(mutant)][test] += 1

    def tell(self, path: Path, mutant: str, fate: int) -> None:
        """Keep what became of a mutant."""
        meta = self._metas[path]
        meta['exit_code_by_key'][mutant] = fate
        path.write_text(json.dumps(meta), 'utf-8')


class TryEach:
    """In place of running the collected tests once: for each mutant."""

    def __init__(self, trials: Trials) -> None:
        self.trials = trials
        self.running: dict[int, tuple[Path, str]] = {}
        self.ended: Counter[int] = Counter()
        # A child says by which test its mutant was killed.
        self.said, self.saying = os.pipe()
        self.killers: dict[int, str] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Fork for each mutant, some at once."""
        self.items = {item.nodeid: item for item in session.items}
        gc.freeze()
        for path, mutant in self.trials.mutants:
            tests = [name for name in self.trials.tests(mutant)
                     if name in self.items]
            if not tests:
                self.trials.tell(path, mutant, UNREACHED)
                continue
            while len(self.running) >= AT_ONCE:
                self._await_one()
            self.running[self._forked(mutant, tests)] = path, mutant
        while self.running:
            self._await_one()
        return True

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item,
                                  call: pytest.CallInfo[None]) -> None:
        """End at the first failure, of which nobody reads a report."""
        if call.excinfo and not call.excinfo.errisinstance(
                pytest.skip.Exception):
            os.write(self.saying, f'{os.getpid()} {item.nodeid}\n'.encode())
            os._exit(1)

    def _await_one(self) -> None:
        pid, status = os.wait()
        code = os.waitstatus_to_exitcode(status)
        fate = FOR_EVER if -code in _STOPPED else code
        path, mutant = self.running.pop(pid)
        if fate == 1:
            self.trials.killed(mutant, self._killer(pid))
        self.trials.tell(path, mutant, fate)
        self.ended[fate] += 1
        if sum(self.ended.values()) % 100 == 0:
            print(sum(self.ended.values()), 'of', len(self.trials.mutants),
                  dict(self.ended), file=sys.__stderr__, flush=True)

    def _killer(self, pid: int) -> str:
        while pid not in self.killers:
            for line in os.read(self.said, 1 << 16).decode().splitlines():
                teller, test = line.split(' ', 1)
                self.killers[int(teller)] = test
        return self.killers.pop(pid)

    def _forked(self, mutant: str, tests: list[str]) -> int:
        pid = os.fork()
        if pid:
            return pid
        try:
            limit = self.trials.limit(tests)
            resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 2))
            signal.alarm(limit * 20)
            set_mutant_under_test(mutant)
            self._try([self.items[name] for name in tests])
            os._exit(0)
        finally:
            os._exit(3)

    def _try(self, items: list[pytest.Item]) -> None:
        for item, following in zip(items, [*items[1:], None]):
            item.config.hook.pytest_runtest_protocol(item=item,
                                                     nextitem=following)


def main(patterns: list[str]) -> int:
    """pytest's exit code, of collecting."""
    os.chdir('..')
    options = mutmut_configuration()
    os.chdir('mutants')
    sys.path.insert(0, os.getcwd())
    set_mutant_under_test('')
    return pytest.main(
        ['--rootdir=.', '-q', '-x', '--tb=no', '--no-header', '--no-summary',
         *options.pytest_add_cli_args,
         *options.pytest_add_cli_args_test_selection],
        plugins=[TryEach(Trials(patterns))])


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
