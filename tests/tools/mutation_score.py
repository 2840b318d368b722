"""Mutation score of the domain: fails where too many mutants live.

    python tests/tools/mutation_score.py [PATTERN …]

Without a pattern all mutants are made anew; with patterns, such as
`prodworkflow.domain.rules.gates.*`, those are tried (again) and the rest is
left alone.  mutmut makes the mutants and finds out which tests reach which
function; `mutants.py` tries them.  Whatever they print goes to `mutants.log`.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

from mutmut.mutation.diff_apply import get_diff_for_mutant

NEEDED = 97  # per cent
MUTANTS = Path('mutants')
LOG = Path('mutants.log')
TRIALS = Path(__file__).with_name('mutants.py')
# mutmut makes all and tries what it is told; this one it may try.
ANY = 'prodworkflow.domain.text.x_some__mutmut_1'
KILLED = ('killed', 'timeout')
UNTRIED = 'not checked'
_RESULT = re.compile(r'\s*prodworkflow\.domain\.([\w.]+)\.(\S+): ([a-z ]+)')


def tried(patterns: list[str]) -> int:
    """Make and try the mutants; the exit code of what failed, or 0."""
    if not patterns and MUTANTS.exists():
        shutil.rmtree(MUTANTS)
    with LOG.open('wb') as log:
        for command, folder in (
                (['mutmut', 'run', ANY], '.'),
                ([sys.executable, str(TRIALS), *patterns], MUTANTS)):
            code = subprocess.run(
                command, cwd=folder, stdin=subprocess.DEVNULL, stdout=log,
                stderr=subprocess.STDOUT, check=False).returncode
            if code:
                return code
    return 0


def results() -> dict[str, dict[str, str]]:
    """What became of each mutant, by module and name."""
    told = subprocess.run(['mutmut', 'results', '--all', 'true'],
                          stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for line in told.stdout.splitlines():
        match = _RESULT.fullmatch(line)
        if match:
            found[match[1]][match[2]] = match[3]
    return found


def change(module: str, name: str) -> str:
    """The lines that a mutant takes out and puts in."""
    mutant = f'prodworkflow.domain.{module}.{name}'
    path = Path('prodworkflow', 'domain', *module.split('.'))
    told = get_diff_for_mutant(mutant, path=path.with_suffix('.py'))
    return '\n'.join(f'      {line}' for line in told.splitlines()
                     if re.match(r'[-+](?![-+])', line))


def killed(fates: Counter[str]) -> int:
    return sum(fates[fate] for fate in KILLED)


def row(name: str, fates: Counter[str]) -> str:
    total = sum(fates.values())
    return (f'{name:<28}{total:>7}{killed(fates):>8}'
            f'{100 * killed(fates) / total:>8.1f} %')


def main(patterns: list[str]) -> int:
    """Print a table and the survivors; 0 if enough were killed."""
    code = tried(patterns)
    if code:
        print(LOG.read_text('utf-8', 'replace')[-3000:], file=sys.stderr)
        return code
    every: Counter[str] = Counter()
    print(f'{"module":<28}{"mutants":>7}{"killed":>8}{"score":>8}')
    for module, mutants in sorted(results().items()):
        fates = Counter(fate for fate in mutants.values() if fate != UNTRIED)
        every += fates
        if fates:
            print(row(module, fates))
        for name, fate in mutants.items():
            if fate not in (*KILLED, UNTRIED):
                print(f'  {name}: {fate}\n{change(module, name)}')
    if not every:
        print('No mutant was tried.', file=sys.stderr)
        return 2
    print(row('all', every))
    return 0 if 100 * killed(every) >= NEEDED * sum(every.values()) else 1


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
