"""One step a file, each with the tables as they were at that step."""

from __future__ import annotations

VERSION = 3


NAME = 'prodworkflow_version'
