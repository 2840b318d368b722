"""What a weekly meeting asks of a campaign: what changed, where it stands."""
