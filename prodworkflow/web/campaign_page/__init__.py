"""The page of a campaign: a module for each of its sections."""
