"""Schema upgrades: one step a file, with its own literal tables."""

from __future__ import annotations

VERSION = 7


NAME = 'prodworkflow_version'
