"""Catalogues of languages: brings them up to date with the sources.

`python tests/tools/update_catalogues.py` extracts the templates (.pot) and
puts what is new into each language, without a translation; what is no longer
said is dropped. `python tests/tools/update_catalogues.py de` begins a
language.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOCALE = ROOT / 'prodworkflow' / 'locale'
CATALOGUES = {'': 'prodworkflow', '_js': 'prodworkflow-js',
              '_tracini': 'prodworkflow-tracini'}


def commands(languages: list[str]) -> list[str]:
    """The commands of setup.py, in order, with their arguments."""
    made = [f'extract_messages{kind}' for kind in CATALOGUES]
    for language in languages:
        folder = LOCALE / language / 'LC_MESSAGES'
        for kind, domain in CATALOGUES.items():
            known = (folder / f'{domain}.po').exists()
            made.append(f'{"update" if known else "init"}_catalog{kind} '
                        f'-l {language}')
    return made


def main(added: list[str]) -> int:
    """Run them; the languages are those that there are and those asked for."""
    known = {path.name for path in LOCALE.iterdir() if path.is_dir()}
    words = ' '.join(commands(sorted({*known, *added}))).split()
    return subprocess.run([sys.executable, '-W', 'ignore', 'setup.py', '-q',
                           *words], cwd=ROOT, check=False).returncode


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
