"""Guards and listeners of Trac's tickets and milestones."""
