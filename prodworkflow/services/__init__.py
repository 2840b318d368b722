"""Use cases: each changes a campaign in one transaction."""
