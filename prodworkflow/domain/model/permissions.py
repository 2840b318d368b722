"""Permissions: the names of the actions that the plugin defines."""

from __future__ import annotations

VIEW = 'CAMPAIGN_VIEW'


HOLD = 'CAMPAIGN_HOLD'


WAIVE = 'CAMPAIGN_WAIVE'


LAUNCH = 'CAMPAIGN_LAUNCH'


ADMIN = 'CAMPAIGN_ADMIN'


GRANTS = (VIEW, HOLD, WAIVE, LAUNCH, ADMIN)
