"""Placeholders in the texts of a template: `{campaign}`, `{site}`."""

from prodworkflow.domain.template.placeholders.words import (
    ALWAYS,
    filled,
    ITEM,
    RESERVED,
    values,
    words_in,
)

__all__ = ['ALWAYS', 'ITEM', 'RESERVED', 'filled', 'values', 'words_in']
