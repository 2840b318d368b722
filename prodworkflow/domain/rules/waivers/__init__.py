"""Waivers: those in force, requests for new ones, and how far they may go."""

from prodworkflow.domain.rules.waivers.standing import (
    account,
    covers,
    days_left,
    expired,
    expiries,
    expiry_words,
    lapsed,
    live,
    unlifted,
    WaiverStatus,
)

__all__ = ['WaiverStatus', 'account', 'covers', 'days_left', 'expired',
           'expiries', 'expiry_words', 'lapsed', 'live', 'unlifted']
