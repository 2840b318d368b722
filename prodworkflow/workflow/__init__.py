"""Where Trac's tickets and milestones are guarded and followed."""
