"""Numbers: estimate, revisions, measurement and bound of each quantity."""
