"""When a campaign will be ready."""
