"""Ledger: hash chain, event replay, comparison, and history in words."""

from prodworkflow.domain.canonical_json import canonical
from prodworkflow.domain.ledger.chain import broken, digest, seal, START
from prodworkflow.domain.ledger.replay import apply, fold, LedgerError

__all__ = ['START', 'LedgerError', 'apply', 'broken', 'canonical', 'digest',
           'fold', 'seal']
