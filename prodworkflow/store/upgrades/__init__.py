"""Schema upgrades: one step a file, with its own literal tables."""

from __future__ import annotations

VERSION = 6


NAME = 'prodworkflow_version'
