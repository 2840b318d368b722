"""Wheels and installations from an sdist carry the compiled catalogues."""

from __future__ import annotations

import tarfile
from zipfile import ZipFile

from support.builds import COMPILED, compiled, run, sources

__all__ = ['sources']


def wheel_of(folder, out):
    """The names of the files in the wheel that a folder of sources makes."""
    run(['setup.py', '-q', 'bdist_wheel', '--dist-dir', out], folder)
    wheel, = out.glob('*.whl')
    return ZipFile(wheel).namelist()


def test_a_wheel_carries_the_compiled_catalogues(sources, tmp_path):
    assert compiled(wheel_of(sources, tmp_path / 'dist')) == COMPILED


def test_a_wheel_that_is_made_of_the_sdist_carries_them_too(
        sources, tmp_path):
    run(['setup.py', '-q', 'sdist', '--dist-dir', tmp_path / 'dist'], sources)
    archive, = (tmp_path / 'dist').glob('*.tar.gz')
    with tarfile.open(archive) as packed:
        assert compiled(packed.getnames()) == set()
        # Our own archive; Python 3.12 wants to be told that it is trusted.
        packed.extraction_filter = lambda member, path: member
        packed.extractall(tmp_path / 'unpacked')
    top, = (tmp_path / 'unpacked').iterdir()
    assert compiled(wheel_of(top, tmp_path / 'again')) == COMPILED
