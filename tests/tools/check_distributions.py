"""Distributions: installs each into a venv of its own and tests it there."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).parents[2]
SMOKE = ('tests/packaging/test_packaging.py', 'tests/packaging/test_demo.py')


def tried(package: Path) -> bool:
    """Whether the suite's smoke part passes against this sdist or wheel."""
    print(f'== {package.name}', flush=True)
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        programs = Path(folder) / 'bin'
        subprocess.run([programs / 'pip', 'install', '-q', f'{package}[test]',
                        'trac-ticketrpc==0.9.3'], check=True)
        return subprocess.run(
            [programs / 'pytest', '-q', *SMOKE], cwd=ROOT, check=False,
            env={**os.environ, 'PRODWORKFLOW_INSTALLED': '1'}).returncode == 0


def main(folder: str) -> int:
    packages = sorted(p for p in Path(folder).iterdir()
                      if p.name.endswith(('.tar.gz', '.whl')))
    kinds = {p.suffix for p in packages}
    if kinds != {'.gz', '.whl'} or len(packages) != 2:
        print(f'one sdist and one wheel are needed, not {packages}')
        return 2
    results = [tried(package) for package in packages]
    return 0 if all(results) else 1


if __name__ == '__main__':
    sys.exit(main(sys.argv[1]))
