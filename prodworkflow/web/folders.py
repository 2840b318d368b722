"""Folders of templates and static files: where they are installed."""

from __future__ import annotations

import os

import pkg_resources


def resource_folder(name: str) -> str:
    """Where `templates` or `htdocs` lies: in the package, or beside it.

    The folders lie at the top of the source tree and are mapped into the
    package; an editable install leaves them where they are.
    """
    if pkg_resources.resource_isdir('prodworkflow', name):
        return pkg_resources.resource_filename('prodworkflow', name)
    return os.path.join(os.path.dirname(os.path.dirname(
        os.path.dirname(os.path.abspath(__file__)))), name)
