"""Moments: a campaign as it was at an earlier one."""
